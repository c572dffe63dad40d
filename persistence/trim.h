// `ebb archive DIR ARCHIVE --trim`: the oldest segments of a journal leave its data directory for an archive, beside
// the server that writes the last one; and `ebb restore ARCHIVE DIR --segments` brings them back.
//
// A segment may go when nothing that a start needs lies in it: two snapshots that count stand wholly behind it, so that
// the newest one may be damaged; the tables and the transparency log, durably, too; and the anchor has seen more. Keys
// are not touched and not copied: what is private in an archive opens with the keys of the data directory, and with
// nobody's once a key was destroyed.
//
//   step                                                      the power goes: the segment is
//   its frames compressed beside their name, flushed, named   in the directory
//   listed in the archive's index                             in the directory, and in the archive
//   read back: SHA-256, every frame, the chain, every leaf    the same
//   journal/TRIMMED says that it is gone                      in the archive, and in the directory until
//   its directory removed                                     in the archive
//
// Each is durable before the next one begins. A server that runs holds no file of it: its readers let go within a
// second of what was trimmed, and refuse what they cannot read any more with its place.
//
// Thread:  one. Failure: what must hold before a segment may go does not; the archive is of another journal; the disk.
// Memory:  of a frame and of what loads a snapshot.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "persistence/segment_archive.h"
#include "persistence/snapshot_choice.h"

namespace persistence {

enum class TrimStep : std::uint8_t { Copied, Listed, ReadBack, Marked, Removed };

struct TrimOptions {
  std::filesystem::path directory;
  std::filesystem::path archive;
  SnapshotTarget snapshots;  // takes each snapshot on which the journal is to begin: it counts only if it loads
  std::function<void(TrimStep step, SealedSegment const& segment)> told{};  // behind each step; may be empty
};
struct TrimmedNow {
  std::vector<ArchivedSegment> moved;
  std::uint64_t bytes = 0;      // that they had in the journal
  std::uint32_t before = 0;     // how many had gone earlier
  std::vector<engine::Seq> on;  // the two snapshots, the newer first; fewer: then nothing was moved
  std::string kept_because;     // why the first segment that is left, of those that are sealed, is left
};
engine::Result<TrimmedNow> trim(TrimOptions const& options);

struct BroughtBack {
  std::uint32_t segments = 0;
  engine::Seq last;
};
// All that were trimmed, each read whole before it has its name; then nothing is trimmed any more. Under the lock of
// the data directory.
engine::Result<BroughtBack> bring_back(std::filesystem::path const& archive, std::filesystem::path const& directory);

}  // namespace persistence
