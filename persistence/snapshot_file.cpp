// See the header.
#include "persistence/snapshot_file.h"

#include <fcntl.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <utility>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/failure.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic = "EBBSNAPS";
constexpr std::string_view about_section = "about";
constexpr std::size_t message_bytes_max = std::size_t{1} << 20;
constexpr std::size_t sealing_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t stream_header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t header_bytes = 8 + 2 + 8 + stream_header_bytes;

constexpr unsigned char tag_more = crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
constexpr unsigned char tag_piece_ends = crypto_secretstream_xchacha20poly1305_TAG_PUSH;
constexpr unsigned char tag_end = crypto_secretstream_xchacha20poly1305_TAG_FINAL;

static_assert(sizeof(SealingState) == sizeof(crypto_secretstream_xchacha20poly1305_state));
static_assert(sizeof(Digest) == crypto_secretstream_xchacha20poly1305_KEYBYTES);

auto* stream(SealingState& state) {
  return reinterpret_cast<crypto_secretstream_xchacha20poly1305_state*>(state.data());
}
unsigned char const* raw(std::string_view bytes) {
  return reinterpret_cast<unsigned char const*>(bytes.data());
}
unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

constexpr std::string_view extension = ".snap";
constexpr std::string_view half_made_extension = ".part";

std::string name_of(engine::Seq seq) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%020llu", static_cast<unsigned long long>(seq.number()));
  return std::string{text.data()} + std::string{extension};
}

std::string bytes_of(SnapshotAbout const& about) {
  engine::ByteWriter bytes;
  bytes.put(about.seq).put(about.at).put_raw(view(about.outcomes)).put_raw(view(about.frame)).put(about.state);
  return bytes.take();
}

std::optional<SnapshotAbout> about_from(std::string_view bytes) {
  engine::ByteReader reader{bytes};
  SnapshotAbout about;
  about.seq = reader.get<engine::Seq>();
  about.at = reader.get_instant();
  for (auto* const digest : {&about.outcomes, &about.frame}) {
    auto const taken = reader.get_raw(digest->size());
    std::ranges::copy(taken, digest->begin());
  }
  about.state = reader.get<std::uint64_t>();
  if (!reader.finished()) return std::nullopt;
  return about;
}

}  // namespace

// ---- Writing -----------------------------------------------------------------------------------------------------

engine::Result<SnapshotWriter> SnapshotWriter::begin(fs::path const& directory, SnapshotAbout const& about,
                                                     Digest const& key, Rest rest) {
  CHECK(sodium_init() >= 0);
  if (auto made = make_directory(directory); !made) return std::unexpected(made.error());
  auto const path = directory / name_of(about.seq);
  auto file = File::open(path.string() + std::string{half_made_extension}, O_CREAT | O_TRUNC | O_WRONLY);
  if (!file) return std::unexpected(file.error());
  SnapshotWriter writer{std::move(*file), path, std::move(rest)};
  std::string header(stream_header_bytes, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(stream(writer.state_), raw(header), raw(view(key)));
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(snapshot_version).put(about.seq).put_raw(header);
  if (auto written = writer.write(bytes.view()); !written) return std::unexpected(written.error());
  engine::ByteWriter first;
  first.put_text(about_section).put_raw(bytes_of(about));
  if (auto sealed = writer.seal(first.view(), tag_piece_ends, bytes.view()); !sealed) {
    return std::unexpected(sealed.error());
  }
  return writer;
}

SnapshotWriter::SnapshotWriter(File file, fs::path path, Rest rest)
    : file_(std::move(file)), path_(std::move(path)), rest_(std::move(rest)) {}

SnapshotWriter::~SnapshotWriter() {
  if (path_.empty()) return;
  std::error_code ignored;
  fs::remove(path_.string() + std::string{half_made_extension}, ignored);
}

engine::Result<void> SnapshotWriter::add(std::string_view section, std::string_view piece) {
  engine::ByteWriter name;
  name.put_text(section);
  plain_.assign(name.view());
  plain_ += piece;
  std::string_view rest = plain_;
  for (; rest.size() > message_bytes_max; rest.remove_prefix(message_bytes_max)) {
    if (auto sealed = seal(rest.substr(0, message_bytes_max), tag_more); !sealed) return sealed;
  }
  return seal(rest, tag_piece_ends);
}

engine::Result<void> SnapshotWriter::seal(std::string_view text, unsigned char tag, std::string_view beside) {
  closed_.resize(text.size() + sealing_bytes);
  crypto_secretstream_xchacha20poly1305_push(stream(state_), raw(closed_), nullptr, raw(text), text.size(), raw(beside),
                                             beside.size(), tag);
  engine::ByteWriter length;
  length.put(static_cast<std::uint32_t>(closed_.size()));
  if (auto written = write(length.view()); !written) return written;
  return write(closed_);
}

// A commit that flushes meanwhile waits for what the disk has of this: a step at most. No flush before the end, because
// each is a commit of the file system's own journal and a flush of the whole disk, for which others wait, too.
engine::Result<void> SnapshotWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    auto const part = bytes.substr(0, pushed_ + snapshot_bytes_a_step - bytes_);
    if (auto written = file_.write_at(bytes_, part); !written) return written;
    bytes_ += part.size();
    bytes.remove_prefix(part.size());
    if (bytes_ - pushed_ < snapshot_bytes_a_step) continue;
    if (auto pushed = file_.push_out(pushed_, snapshot_bytes_a_step); !pushed) return pushed;
    pushed_ = bytes_;
    if (rest_) rest_();
  }
  return {};
}

engine::Result<std::uint64_t> SnapshotWriter::finish() {
  if (auto sealed = seal({}, tag_end); !sealed) return std::unexpected(sealed.error());
  if (auto synced = file_.sync(); !synced) return std::unexpected(synced.error());
  std::error_code error;
  auto const half_made = fs::path{path_.string() + std::string{half_made_extension}};
  fs::rename(half_made, path_, error);
  if (error) return failed(half_made.string() + ": rename: " + error.message());
  auto const directory = std::exchange(path_, {}).parent_path();
  if (auto synced = sync_directory(directory); !synced) return std::unexpected(synced.error());
  return bytes_;
}

// ---- Reading -----------------------------------------------------------------------------------------------------

engine::Result<SnapshotReader> SnapshotReader::open(fs::path const& path, Digest const& key) {
  CHECK(sodium_init() >= 0);
  SnapshotReader reader{path};
  reader.file_.open(path, std::ios::binary);
  if (!reader.file_) return failed_with_errno(path.string() + ": open");
  if (auto begun = reader.begin(key); !begun) return std::unexpected(begun.error());
  return reader;
}

std::unexpected<engine::Failure> SnapshotReader::damaged(std::string const& why) const {
  return failed(path_.string() + ": " + why);
}

engine::Result<void> SnapshotReader::begin(Digest const& key) {
  beside_.resize(header_bytes);
  if (!file_.read(beside_.data(), static_cast<std::streamsize>(header_bytes))) return damaged("it is cut short");
  engine::ByteReader header{beside_};
  if (header.get_raw(magic.size()) != magic) return damaged("not a snapshot: it does not begin with EBBSNAPS");
  auto const version = header.get<std::uint16_t>();
  if (version != snapshot_version) {
    return damaged("snapshot version " + std::to_string(version) + "; this program knows " +
                   std::to_string(snapshot_version));
  }
  auto const seq = header.get<engine::Seq>();
  if (crypto_secretstream_xchacha20poly1305_init_pull(stream(state_), raw(header.rest()), raw(view(key))) != 0) {
    return damaged("the beginning of its stream is damaged");
  }
  auto const first = next();
  if (!first) return std::unexpected(first.error());
  engine::ByteReader piece{plain_};
  auto const is_about = piece.get_text() == about_section;
  auto const about = about_from(piece.rest());
  if (*first != Is::Piece || !is_about || !about || about->seq != seq) {
    return damaged("it does not say what it stands for");
  }
  if (path_.filename() != name_of(seq)) return damaged("it is the snapshot of seq " + std::to_string(seq.number()));
  about_ = *about;
  return {};
}

// The next whole piece into plain_.
engine::Result<SnapshotReader::Is> SnapshotReader::next() {
  plain_.clear();
  for (;;) {
    std::string length(sizeof(std::uint32_t), '\0');
    if (!file_.read(length.data(), static_cast<std::streamsize>(length.size()))) return damaged("it is cut short");
    auto const bytes = engine::ByteReader{length}.get<std::uint32_t>();
    if (bytes < sealing_bytes || bytes > message_bytes_max + sealing_bytes) {
      return damaged("a message is not as long as one can be");
    }
    closed_.resize(bytes);
    if (!file_.read(closed_.data(), bytes)) return damaged("it is cut short");
    auto const before = plain_.size();
    auto const size = before + bytes - sealing_bytes;
    plain_.resize_and_overwrite(size, [size](char*, std::size_t) { return size; });  // it is told of more where it grew
    unsigned char tag = 0;
    if (crypto_secretstream_xchacha20poly1305_pull(stream(state_), raw(plain_) + before, nullptr, &tag, raw(closed_),
                                                   bytes, raw(beside_), beside_.size()) != 0) {
      return damaged("it is damaged, or of another key");
    }
    beside_.clear();
    if (tag == tag_more) continue;
    if (tag == tag_piece_ends) return Is::Piece;
    if (tag != tag_end || !plain_.empty()) return damaged("a message of a kind that is not known");
    return Is::End;
  }
}

engine::Result<void> SnapshotReader::each(Visit const& visit) {
  for (;;) {
    auto const is = next();
    if (!is) return std::unexpected(is.error());
    if (*is == Is::End) break;
    engine::ByteReader piece{plain_};
    auto const section = piece.get_text();
    if (!piece.ok()) return damaged("a piece without its section");
    if (auto seen = visit(section, piece.rest()); !seen) return damaged(seen.error().what);
  }
  if (file_.peek() != std::ifstream::traits_type::eof()) return damaged("bytes behind its end");
  return {};
}

// ---- The directory -----------------------------------------------------------------------------------------------

namespace {

std::optional<engine::Seq> seq_of(fs::path const& path) {
  auto const stem = path.stem().string();
  std::uint64_t number = 0;
  auto const [end, wrong] = std::from_chars(stem.data(), stem.data() + stem.size(), number);
  if (wrong != std::errc{} || end != stem.data() + stem.size()) return std::nullopt;
  auto const seq = engine::Seq{number};
  return path.filename() == name_of(seq) ? std::optional{seq} : std::nullopt;
}

}  // namespace

std::vector<SnapshotPlace> snapshots_in(fs::path const& directory) {
  std::vector<SnapshotPlace> found;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{directory, error}) {
    if (auto const seq = seq_of(entry.path())) found.push_back({*seq, entry.path()});
  }
  std::ranges::sort(found, std::greater{}, &SnapshotPlace::seq);
  return found;
}

std::vector<fs::path> half_made_snapshots_in(fs::path const& directory) {
  std::vector<fs::path> found;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{directory, error}) {
    if (entry.path().extension() == half_made_extension) found.push_back(entry.path());
  }
  return found;
}

engine::Result<void> keep_snapshots(fs::path const& directory, std::vector<engine::Seq> const& kept) {
  auto gone = half_made_snapshots_in(directory);
  for (auto const& snapshot : snapshots_in(directory)) {
    if (std::ranges::find(kept, snapshot.seq) == kept.end()) gone.push_back(snapshot.path);
  }
  std::error_code error;
  for (auto const& path : gone) {
    if (fs::remove(path, error); error) return failed(path.string() + ": remove: " + error.message());
  }
  return gone.empty() ? engine::Result<void>{} : sync_directory(directory);
}

}  // namespace persistence
