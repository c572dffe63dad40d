// A backup as it lies on a disk: the frames of every segment in a file each, and an index of what must be in them.
//
//   TO/LOCK              one backup or restore at a time
//   TO/BACKUP            the index, replaced as a whole
//   TO/frames/00000001   frames, each behind its length (u32)
//
// Files of frames and not environments of LMDB: they grow at their end, an interrupted run leaves a short end that the
// index does not count, and every frame says by itself whether it is whole. FORMAT.md gives every byte.
//
// Thread:  one.
// Failure: a directory that is no backup, damage with its place, or the disk.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/backup_chain.h"
#include "persistence/files.h"

namespace persistence {

struct BackedSegment {
  enum class State : std::uint8_t { Growing = 1, Sealed = 2 };
  SealedSegment segment;  // so far, where it grows
  State state = State::Growing;
  std::uint64_t bytes = 0;  // of its file that count
  friend bool operator==(BackedSegment const&, BackedSegment const&) = default;
};

class BackupSet {
 public:
  enum class Begin : std::uint8_t { OnlyIfThere, IfEmpty };
  static engine::Result<BackupSet> open(std::filesystem::path const& directory, Begin begin);

  std::vector<BackedSegment> const& segments() const { return segments_; }  // numbers dense from 1
  std::optional<BackedSegment> find(std::uint32_t number) const;
  // What the file now holds; durable, in the index too, when this returns.
  engine::Result<void> hold(BackedSegment const& backed);

  // The frames of a segment that count, in order, until `visit` has enough or fails. Says how it ended.
  enum class Reading : std::uint8_t { GoOn, Enough };
  using Visit = std::function<engine::Result<Reading>(std::string_view frame)>;
  engine::Result<Reading> read(BackedSegment const& backed, Visit const& visit) const;
  // All of them through `chain`, which stands at the segment's beginning: they are what the index says. Gives the first
  // seq of the last frame.
  engine::Result<engine::Seq> check(BackedSegment const& backed, BackupChain& chain) const;

  std::filesystem::path frames_of(std::uint32_t number) const;
  std::filesystem::path const& directory() const { return directory_; }

 private:
  explicit BackupSet(std::filesystem::path directory) : directory_(std::move(directory)) {}
  engine::Result<void> read_index();

  std::filesystem::path directory_;
  std::vector<BackedSegment> segments_;
};

// Appends frames behind `at`, in pieces of about a mebibyte.
class FrameFile {
 public:
  static engine::Result<FrameFile> open(std::filesystem::path const& path, std::uint64_t at);
  engine::Result<void> append(std::string_view frame);
  // Everything appended is durable; the file ends behind it.
  engine::Result<std::uint64_t> finish();

 private:
  FrameFile(File file, std::uint64_t at) : file_(std::move(file)), at_(at) {}
  engine::Result<void> flush();
  File file_;
  std::uint64_t at_;
  std::string waiting_;
};

}  // namespace persistence
