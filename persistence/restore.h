// `ebb restore`: a data directory made from a backup.
//
// The backup is read twice: first to its end, every frame held against checksum, chain and index, so that a damaged one
// is refused before anything is written; then again while it is copied. Frames are copied as they are: a frame is what
// was made durable at once, its hash is in the next one, and none is ever cut. With `until` the journal ends with the
// last frame that lies wholly at or before it; what the last command of that had caused and what is cut off with the
// frames behind is caused again at the next start, as after a crash.
//
// Signed heads of the tree are put back with it, each held against the root that comes out.
//
// The anchor is written first and names the tail that will be there. So a restore that was interrupted is no data
// directory that starts: its journal ends before its anchor.
//
// FROM may be read-only and is not locked: a backup that runs meanwhile only adds behind what the index counts.
//
// Thread:  the tool's only one.
// Failure: FROM is damaged or no backup, DIR is not empty, nothing lies before `until`, the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <variant>

#include "engine/ports.h"
#include "persistence/anchor.h"
#include "persistence/head.h"

namespace persistence {

using Until = std::variant<std::monostate, engine::Seq, engine::Instant>;  // everything, a command, a time

struct RestoreOptions {
  std::filesystem::path from;
  std::filesystem::path directory;
  std::optional<std::filesystem::path> keys_from;  // without keys the directory can be verified, but does not start
  Until until;
};
struct Restored {
  Tail tail;
  engine::Instant at;  // of the last command
  std::uint64_t frames = 0;
  std::uint64_t commands = 0;
  std::size_t keys = 0;
  std::uint64_t commands_cut_off = 0;  // that the backup holds behind `tail`
  // A frame that `until` lies in: first and last seq. It is left out whole.
  std::optional<std::pair<engine::Seq, engine::Seq>> left_out;
  // Signed heads of the tree: put back, and of more commands than there are now. Those were published: they contradict
  // what this journal will become.
  std::size_t heads = 0;
  std::size_t heads_beyond = 0;
  std::optional<TreeHead> newest_beyond;
};
engine::Result<Restored> restore(RestoreOptions const& options);

}  // namespace persistence
