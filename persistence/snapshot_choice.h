// Which snapshot something may begin with: the newest that counts. One counts when it is whole, when the frame that
// ends at its seq in this journal has the hash that it says, and when the tables have applied at least as much: what
// modules decided is in them and not in a snapshot. Where none counts, everything is in the journal.
//
// Thread:  one. Failure: none: what does not count is told why, and the one before is tried.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "persistence/frame_reader.h"
#include "persistence/snapshot_file.h"

namespace persistence {

// Sections, in this order.
inline constexpr std::string_view hall_section = "hall";
inline constexpr std::string_view pictures_section = "pictures";

// What a snapshot is loaded into, piece by piece.
struct SnapshotTarget {
  // false: not what this program's save() gave.
  std::function<bool(std::string_view section, std::string_view piece)> load;
  // Every piece came that belongs to it; asked behind the last.
  std::function<bool()> is_whole;
  // As new again: what was loaded does not count.
  std::function<void()> forget;
  // The digest of the hall that was loaded: it must be the one that was saved. Empty: not looked at, which is faster.
  std::function<std::uint64_t()> state{};
};

// What a snapshot is held against.
struct SnapshotJournal {
  std::filesystem::path directory;  // of the snapshots
  Digest key;
  FrameReader const& frames;
  engine::Seq applied;  // by the tables
};

using TellLine = std::function<void(std::string const& line)>;

// Loads the newest that counts. Read once: each piece was authenticated, with all before it, when it is loaded; where
// the rest then is not whole, what was loaded is forgotten.
std::optional<SnapshotAbout> load_newest_snapshot(SnapshotJournal const& journal, SnapshotTarget const& target,
                                                  TellLine const& tell);
// This one, if it counts; otherwise why not, and the target is as new.
engine::Result<SnapshotAbout> load_from(SnapshotPlace const& place, SnapshotJournal const& journal,
                                        SnapshotTarget const& target);
// Of a data directory that nobody else uses, the oldest one that counts but for its tables: for whoever wants to decide
// as much again as a trimmed journal allows.
engine::Result<SnapshotAbout> load_oldest_snapshot(std::filesystem::path const& data_directory,
                                                   SnapshotTarget const& target);
// A snapshot as whoever looks from outside sees it.
struct SnapshotSeen {
  engine::Seq seq;
  std::optional<SnapshotAbout> about;  // nothing: it is not whole, or of another journal
  std::string why_not;                 // what a start has against it; empty: nothing
};
// All of a data directory that nobody else uses, the newest first.
engine::Result<std::vector<SnapshotSeen>> look_at_snapshots(std::filesystem::path const& data_directory);

// Why one would not count, apart from what only loading shows; nothing: it would.
std::optional<std::string> why_not(SnapshotPlace const& place, SnapshotJournal const& journal);

}  // namespace persistence
