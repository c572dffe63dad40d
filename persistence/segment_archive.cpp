// See the header. The index: magic (8), version (u16), count (u32), entries, CRC-32C of all before it (u32).
#include "persistence/segment_archive.h"

#include <fcntl.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <optional>
#include <utility>

#include "engine/bytes.h"
#include "engine/check.h"
#include "engine/limits.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic = "EBBARCHV";
constexpr std::uint16_t index_version = 1;
constexpr int level = 9;  // written once, read when something went wrong
constexpr std::size_t read_at_once = std::size_t{1} << 18;
constexpr std::string_view index_name = "SEGMENTS";

ArchivedSegment archived_from(engine::ByteReader& reader) {
  ArchivedSegment archived;
  auto& segment = archived.segment;
  segment.number = reader.get<std::uint32_t>();
  segment.first = reader.get<engine::Seq>();
  segment.last = reader.get<engine::Seq>();
  segment.frames = reader.get<std::uint64_t>();
  std::ranges::copy(reader.get_raw(segment.head.size()), segment.head.begin());
  std::ranges::copy(reader.get_raw(archived.root.size()), archived.root.begin());
  archived.bytes = reader.get<std::uint64_t>();
  std::ranges::copy(reader.get_raw(archived.file.size()), archived.file.begin());
  return archived;
}

// A compressed file, decompressed as it is asked for.
class Decompression {
 public:
  explicit Decompression(fs::path const& path)
      : file_(path, std::ios::binary), context_(ZSTD_createDStream()), packed_(read_at_once, '\0') {
    CHECK(context_ != nullptr);
  }
  Decompression(Decompression const&) = delete;
  Decompression& operator=(Decompression const&) = delete;
  ~Decompression() { ZSTD_freeDStream(context_); }

  bool is_open() const { return file_.is_open(); }
  Digest hash() const { return hash_.digest(); }
  std::uint64_t bytes() const { return bytes_; }
  bool is_used_up() const { return plain_.size() == taken_; }  // as far as it was decompressed
  bool is_at_end() const { return state_ == 0 && input_.pos == input_.size && is_used_up(); }

  // So many bytes, or nothing: there are not so many, or they are not zstd.
  std::optional<std::string_view> take(std::size_t size) {
    while (plain_.size() - taken_ < size) {
      if (!more()) return std::nullopt;
    }
    taken_ += size;
    return std::string_view{plain_}.substr(taken_ - size, size);
  }
  // Some more of it; false: that was all, or it is damaged.
  bool more() {
    if (input_.pos == input_.size && !has_more_to_give_ && !refill()) return false;
    plain_.erase(0, taken_);
    taken_ = 0;
    auto const before = plain_.size();
    plain_.resize(before + ZSTD_DStreamOutSize());
    ZSTD_outBuffer output{plain_.data() + before, plain_.size() - before, 0};
    state_ = ZSTD_decompressStream(context_, &output, &input_);
    plain_.resize(before + output.pos);
    has_more_to_give_ = output.pos == output.size;
    return ZSTD_isError(state_) == 0;
  }

 private:
  bool refill() {
    file_.read(packed_.data(), static_cast<std::streamsize>(packed_.size()));
    auto const got = static_cast<std::size_t>(file_.gcount());
    hash_.add({packed_.data(), got});
    bytes_ += got;
    input_ = {packed_.data(), got, 0};
    return got > 0;
  }

  std::ifstream file_;
  ZSTD_DStream* context_;
  std::string packed_;
  ZSTD_inBuffer input_{nullptr, 0, 0};
  std::string plain_;
  std::size_t taken_ = 0;
  std::size_t state_ = 1;          // 0: a frame of zstd ended here
  bool has_more_to_give_ = false;  // of what it took already
  Sha256 hash_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

// ---- The folder --------------------------------------------------------------------------------------------------

engine::Result<SegmentArchive> SegmentArchive::open(fs::path const& directory, Begin begin) {
  SegmentArchive archive{directory};
  if (is_there(directory / index_name)) {
    if (auto read = archive.read_index(); !read) return std::unexpected(read.error());
  } else if (begin == Begin::OnlyIfThere) {
    return failed(directory.string() + ": no segments of a journal are archived here");
  }
  return archive;
}

engine::Result<void> SegmentArchive::read_index() {
  auto const path = directory_ / index_name;
  auto const bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  engine::ByteReader reader{*bytes};
  if (reader.get_raw(magic.size()) != magic) return failed(path.string() + ": not the index of an archive");
  auto const version = reader.get<std::uint16_t>();
  if (version != index_version) return failed(path.string() + ": version " + std::to_string(version) + " is unknown");
  for (auto left = reader.get<std::uint32_t>(); left > 0 && reader.ok(); --left) {
    segments_.push_back(archived_from(reader));
    if (segments_.back().segment.number != segments_.size()) reader.fail();
  }
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.finished() || sum != crc32c(std::string_view{*bytes}.substr(0, bytes->size() - sizeof sum))) {
    return failed(path.string() + ": damaged");
  }
  return {};
}

engine::Result<void> SegmentArchive::belongs_to(Manifest const& manifest, std::uint32_t at_least) const {
  if (segments_.size() < at_least) {
    return failed(directory_.string() + ": it has " + std::to_string(segments_.size()) + " segments, and " +
                  std::to_string(at_least) + " were trimmed: they lie in another archive");
  }
  for (auto const& [segment, root, bytes, file] : segments_) {
    if (segment.number <= manifest.size() && segment == manifest[segment.number - 1]) continue;
    return failed(directory_.string() + ": the archive of another journal: segment " + std::to_string(segment.number) +
                  " is not what the manifest lists");
  }
  return {};
}

engine::Result<void> SegmentArchive::hold(ArchivedSegment const& archived) {
  auto const number = archived.segment.number;
  CHECK(number > 0 && number <= segments_.size() + 1);
  if (number > segments_.size()) segments_.emplace_back();
  segments_[number - 1] = archived;
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(index_version).put(static_cast<std::uint32_t>(segments_.size()));
  for (auto const& [segment, root, file_bytes, file] : segments_) {
    bytes.put(segment.number).put(segment.first).put(segment.last).put(segment.frames).put_raw(view(segment.head));
    bytes.put_raw(view(root)).put(file_bytes).put_raw(view(file));
  }
  bytes.put(crc32c(bytes.view()));
  return replace_file(directory_ / index_name, bytes.view());
}

fs::path SegmentArchive::file_of(SealedSegment const& segment) const {
  std::array<char, 64> name{};
  std::snprintf(name.data(), name.size(), "%020llu-%020llu.zst",
                static_cast<unsigned long long>(segment.first.number()),
                static_cast<unsigned long long>(segment.last.number()));
  return directory_ / "segments" / name.data();
}

engine::Result<void> SegmentArchive::read(std::uint32_t number, Visit const& visit) const {
  if (number == 0 || number > segments_.size()) {
    return failed(directory_.string() + ": segment " + std::to_string(number) + " is not in it");
  }
  auto const& archived = segments_[number - 1];
  auto const path = file_of(archived.segment);
  Decompression file{path};
  if (!file.is_open()) return failed_with_errno(path.string() + ": open");
  for (std::uint64_t at = 0; at < archived.segment.frames; ++at) {
    auto const damaged = [&] {
      return failed(path.string() + ": frame " + std::to_string(at + 1) + " of it is damaged");
    };
    auto const head = file.take(sizeof(std::uint32_t));
    if (!head) return damaged();
    auto const size = engine::ByteReader{*head}.get<std::uint32_t>();
    if (size > engine::limits::frame_bytes_max) return damaged();
    auto const frame = file.take(size);
    if (!frame) return damaged();
    if (auto seen = visit(*frame); !seen) return failed(path.string() + ": " + seen.error().what);
  }
  while (file.is_used_up() && file.more()) {}
  if (!file.is_at_end() || file.bytes() != archived.bytes || file.hash() != archived.file) {
    return failed(path.string() + ": not the file that the index lists");
  }
  return {};
}

// ---- A file ------------------------------------------------------------------------------------------------------

struct ArchivedFile::Compression {
  Compression() : context(ZSTD_createCStream()), packed(ZSTD_CStreamOutSize(), '\0') {
    CHECK(context != nullptr);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  }
  Compression(Compression const&) = delete;
  Compression& operator=(Compression const&) = delete;
  ~Compression() { ZSTD_freeCStream(context); }

  ZSTD_CStream* context;
  std::string packed;
};

engine::Result<ArchivedFile> ArchivedFile::begin(fs::path const& path) {
  auto file = File::open(path.string() + ".part", O_CREAT | O_TRUNC | O_WRONLY);
  if (!file) return std::unexpected(file.error());
  return ArchivedFile{path, std::move(*file)};
}

ArchivedFile::ArchivedFile(fs::path path, File file)
    : path_(std::move(path)), file_(std::move(file)), compression_(std::make_unique<Compression>()) {}
ArchivedFile::ArchivedFile(ArchivedFile&&) noexcept = default;
ArchivedFile::~ArchivedFile() = default;

engine::Result<void> ArchivedFile::compress(std::string_view bytes, Then then) {
  auto& packed = compression_->packed;
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  bool is_done = false;
  while (!is_done) {
    ZSTD_outBuffer output{packed.data(), packed.size(), 0};
    auto const left =
        ZSTD_compressStream2(compression_->context, &output, &input, then == Then::End ? ZSTD_e_end : ZSTD_e_continue);
    if (ZSTD_isError(left) != 0) return failed(std::string{"zstd: "} + ZSTD_getErrorName(left));
    std::string_view const written{packed.data(), output.pos};
    if (auto put = file_.write_at(bytes_, written); !put) return put;
    hash_.add(written);
    bytes_ += written.size();
    is_done = then == Then::End ? left == 0 : input.pos == input.size;
  }
  return {};
}

engine::Result<void> ArchivedFile::append(std::string_view frame) {
  engine::ByteWriter size;
  size.put(static_cast<std::uint32_t>(frame.size()));
  if (auto put = compress(size.view(), Then::MoreComes); !put) return put;
  return compress(frame, Then::MoreComes);
}

engine::Result<void> ArchivedFile::finish(ArchivedSegment& of) {
  if (auto ended = compress({}, Then::End); !ended) return ended;
  if (auto synced = file_.sync(); !synced) return synced;
  // Whoever reads it back is to read the disk, not what the kernel still has of it.
  posix_fadvise(file_.descriptor(), 0, 0, POSIX_FADV_DONTNEED);
  std::error_code error;
  fs::rename(path_.string() + ".part", path_, error);
  if (error) return failed(path_.string() + ": rename: " + error.message());
  of.bytes = bytes_;
  of.file = hash_.digest();
  return sync_directory(path_.parent_path());
}

}  // namespace persistence
