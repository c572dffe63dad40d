// Segments of a journal outside of its data directory: the frames of each in a compressed file named by its first and
// last seq, and an index that chains them.
//
//   ARCHIVE/LOCK                              one who trims or restores at a time
//   ARCHIVE/SEGMENTS                          the index, replaced as a whole
//   ARCHIVE/segments/<first>-<last>.zst       frames, each behind its length (u32), as zstd
//
// The index has of each what the manifest has (through the hash of its last frame a digest of everything up to there),
// the root of the transparency log with as many leaves, and the SHA-256 of the file. FORMAT.md gives every byte.
//
// Thread:  one per object; a finished file may be read by any.
// Failure: a folder that is no such archive, damage with its place, or the disk.
// Memory:  of a frame, and of what zstd keeps.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "persistence/files.h"
#include "persistence/manifest.h"
#include "persistence/sha256.h"

namespace persistence {

struct ArchivedSegment {
  SealedSegment segment;
  Digest root{};            // of the transparency log with the leaves of everything up to its last command
  std::uint64_t bytes = 0;  // of its file
  Digest file{};            // SHA-256 of it
  friend bool operator==(ArchivedSegment const&, ArchivedSegment const&) = default;
};

class SegmentArchive {
 public:
  enum class Begin : std::uint8_t { OnlyIfThere, IfMissing };
  static engine::Result<SegmentArchive> open(std::filesystem::path const& directory, Begin begin);

  std::filesystem::path const& directory() const { return directory_; }
  std::vector<ArchivedSegment> const& segments() const { return segments_; }  // numbers dense from 1
  // Its segments are the manifest's, as far as both go, and there are at least so many; otherwise why not.
  engine::Result<void> belongs_to(Manifest const& manifest, std::uint32_t at_least) const;

  // Frames of one segment, in order, until `visit` fails. At the end the file was what the index says.
  using Visit = std::function<engine::Result<void>(std::string_view frame)>;
  engine::Result<void> read(std::uint32_t number, Visit const& visit) const;
  // Listed, durably, when this returns; behind the last one, or in its own place again.
  engine::Result<void> hold(ArchivedSegment const& archived);

  std::filesystem::path file_of(SealedSegment const& segment) const;

 private:
  explicit SegmentArchive(std::filesystem::path directory) : directory_(std::move(directory)) {}
  engine::Result<void> read_index();

  std::filesystem::path directory_;
  std::vector<ArchivedSegment> segments_;
};

// Frames into a file that has its name once it is whole and durable.
class ArchivedFile {
 public:
  static engine::Result<ArchivedFile> begin(std::filesystem::path const& path);
  ~ArchivedFile();
  ArchivedFile(ArchivedFile&&) noexcept;
  ArchivedFile& operator=(ArchivedFile&&) = delete;

  engine::Result<void> append(std::string_view frame);
  // Durable under its name when this returns. What it is: bytes and file of `of`.
  engine::Result<void> finish(ArchivedSegment& of);

 private:
  struct Compression;
  ArchivedFile(std::filesystem::path path, File file);
  enum class Then : std::uint8_t { MoreComes, End };
  engine::Result<void> compress(std::string_view bytes, Then then);

  std::filesystem::path path_;
  File file_;
  std::unique_ptr<Compression> compression_;
  std::uint64_t bytes_ = 0;
  Sha256 hash_;
};

}  // namespace persistence
