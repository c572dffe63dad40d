// See the header. The index: magic (8), version (u16), count (u32), entries, CRC-32C of all before it (u32).
#include "persistence/backup_set.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "engine/limits.h"
#include "persistence/backup_source.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view magic = "EBBBACKP";
constexpr std::uint16_t index_version = 1;
constexpr std::size_t written_at_once = std::size_t{1} << 20;

BackedSegment segment_from(engine::ByteReader& reader) {
  BackedSegment backed;
  backed.segment.number = reader.get<std::uint32_t>();
  backed.segment.first = reader.get<engine::Seq>();
  backed.segment.last = reader.get<engine::Seq>();
  backed.segment.frames = reader.get<std::uint64_t>();
  std::ranges::copy(reader.get_raw(backed.segment.head.size()), backed.segment.head.begin());
  backed.state = reader.get<BackedSegment::State>();
  backed.bytes = reader.get<std::uint64_t>();
  return backed;
}

// A first run that was interrupted leaves frames without an index; anything else is not ours to write into.
engine::Result<void> holds_nothing_else(fs::path const& directory) {
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{directory, error}) {
    auto const name = entry.path().filename();
    if (name != "LOCK" && name != "frames") {
      return failed(directory.string() + ": not a backup, and not empty: there is " + name.string());
    }
  }
  if (error) return failed(directory.string() + ": " + error.message());
  return {};
}

}  // namespace

engine::Result<BackupSet> BackupSet::open(fs::path const& directory, Begin begin) {
  BackupSet set{directory};
  if (is_there(directory / "BACKUP")) {
    if (auto read = set.read_index(); !read) return std::unexpected(read.error());
    return set;
  }
  if (begin == Begin::OnlyIfThere) return failed(directory.string() + ": there is no backup here");
  if (auto empty = holds_nothing_else(directory); !empty) return std::unexpected(empty.error());
  return set;
}

engine::Result<void> BackupSet::read_index() {
  auto const path = directory_ / "BACKUP";
  auto const bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  engine::ByteReader reader{*bytes};
  if (reader.get_raw(magic.size()) != magic) return failed(path.string() + ": not the index of a backup");
  auto const version = reader.get<std::uint16_t>();
  if (version != index_version) return failed(path.string() + ": version " + std::to_string(version) + " is unknown");
  for (auto left = reader.get<std::uint32_t>(); left > 0 && reader.ok(); --left) {
    segments_.push_back(segment_from(reader));
    if (segments_.back().segment.number != segments_.size()) reader.fail();
  }
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.finished() || sum != crc32c(std::string_view{*bytes}.substr(0, bytes->size() - sizeof sum))) {
    return failed(path.string() + ": damaged");
  }
  return {};
}

std::optional<BackedSegment> BackupSet::find(std::uint32_t number) const {
  if (number == 0 || number > segments_.size()) return std::nullopt;
  return segments_[number - 1];
}

engine::Result<void> BackupSet::hold(BackedSegment const& backed) {
  auto const number = backed.segment.number;
  if (number > segments_.size()) segments_.resize(number);
  segments_[number - 1] = backed;
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(index_version).put(static_cast<std::uint32_t>(segments_.size()));
  for (auto const& [segment, state, file_bytes] : segments_) {
    bytes.put(segment.number).put(segment.first).put(segment.last).put(segment.frames).put_raw(view(segment.head));
    bytes.put(state).put(file_bytes);
  }
  bytes.put(crc32c(bytes.view()));
  if (auto synced = sync_directory(directory_ / "frames"); !synced) return synced;
  return replace_file(directory_ / "BACKUP", bytes.view());
}

engine::Result<BackupSet::Reading> BackupSet::read(BackedSegment const& backed, Visit const& visit) const {
  auto const path = frames_of(backed.segment.number);
  std::ifstream file{path, std::ios::binary};
  if (!file) return failed_with_errno(path.string() + ": open");
  std::string frame;
  for (std::uint64_t at = 0; at < backed.bytes;) {
    std::array<char, 4> head{};
    file.read(head.data(), head.size());
    auto const size = engine::ByteReader{{head.data(), head.size()}}.get<std::uint32_t>();
    bool const fits = file && size <= engine::limits::frame_bytes_max && at + head.size() + size <= backed.bytes;
    frame.resize(fits ? size : 0);
    if (fits) file.read(frame.data(), size);
    auto const place = path.string() + ", byte " + std::to_string(at) + ": ";
    if (!fits || !file) return failed(place + "a frame is cut short");
    auto const seen = visit(frame);
    if (!seen) return failed(place + seen.error().what);
    if (*seen == Reading::Enough) return Reading::Enough;
    at += head.size() + size;
  }
  return Reading::GoOn;
}

engine::Result<engine::Seq> BackupSet::check(BackedSegment const& backed, BackupChain& chain) const {
  chain.begin(backed.segment.number);
  engine::Seq last_frame;
  auto const followed = read(backed, [&](std::string_view frame) -> engine::Result<Reading> {
    auto const header = chain.follow(frame);
    if (!header) return std::unexpected(header.error());
    last_frame = header->first;
    return Reading::GoOn;
  });
  if (!followed) return std::unexpected(followed.error());
  if (chain.segment() != backed.segment) {
    return failed(frames_of(backed.segment.number).string() + ": not what the index lists");
  }
  return last_frame;
}

fs::path BackupSet::frames_of(std::uint32_t number) const {
  return directory_ / "frames" / name_of_segment(number);
}

engine::Result<FrameFile> FrameFile::open(fs::path const& path, std::uint64_t at) {
  auto file = File::open(path, O_CREAT | O_WRONLY);
  if (!file) return std::unexpected(file.error());
  return FrameFile{std::move(*file), at};
}

engine::Result<void> FrameFile::append(std::string_view frame) {
  engine::ByteWriter size;
  size.put(static_cast<std::uint32_t>(frame.size()));
  waiting_ += size.view();
  waiting_ += frame;
  return waiting_.size() >= written_at_once ? flush() : engine::Result<void>{};
}

engine::Result<void> FrameFile::flush() {
  if (auto written = file_.write_at(at_, waiting_); !written) return written;
  at_ += waiting_.size();
  waiting_.clear();
  return {};
}

engine::Result<std::uint64_t> FrameFile::finish() {
  if (auto flushed = flush(); !flushed) return std::unexpected(flushed.error());
  if (::ftruncate(file_.descriptor(), static_cast<off_t>(at_)) != 0) return failed_with_errno("frames: truncate");
  if (auto synced = file_.sync(); !synced) return std::unexpected(synced.error());
  return at_;
}

}  // namespace persistence
