// `ebb backup`: the journal of a server, running or not, copied to another place; run again, it copies what is new.
//
// Everything acknowledged before the call is in it, and it ends with a whole frame. What lies there already is read and
// held against its digests and against the journal: a file that has rotted is copied again, a backup of another journal
// is refused. Tables and tree can be made from the journal and are not copied; the heads that were signed cannot, and
// are.
//
// Keys open sealed prices and credentials, so they go to a place of their own and only when asked for. A backup without
// them is whole, provable and tells nobody a secret: it can be given away. Whoever keeps both at one place has undone
// that; and a key that was destroyed must be destroyed in every copy, which is why the keys are replaced as a whole and
// the frames never are.
//
// Thread:  the tool's only one; any number of servers may run.
// Failure: DIR has no journal or lost something, TO is another journal's, the disk. What the index lists stays good.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/ports.h"
#include "persistence/anchor.h"

namespace persistence {

struct BackupOptions {
  std::filesystem::path directory;
  std::filesystem::path to;
  std::optional<std::filesystem::path> keys_to;
  // Where segments lie that were trimmed: needed where the backup does not have them yet.
  std::filesystem::path archive{};
};
struct BackedUp {
  Tail tail;           // what the backup ends with
  engine::Instant at;  // of its last command, where one was copied now
  std::uint64_t frames_copied = 0;
  std::uint64_t commands_copied = 0;
  std::uint64_t bytes_copied = 0;
  std::size_t segments = 0;
  std::size_t segments_kept = 0;    // read again, whole, and not copied
  std::vector<std::string> mended;  // what lay there was damaged and was copied again
  std::size_t heads_copied = 0;     // signed heads of the tree
  std::size_t keys = 0;
  std::size_t keys_destroyed = 0;  // of people who were erased: not in the backup of the keys any more
};
engine::Result<BackedUp> back_up(BackupOptions const& options);

}  // namespace persistence
