// Start-up: opens everything in the data directory, and replays the journal into whoever applies it: all of it, or what
// lies behind a snapshot.
//
//   var/LOCK      one process at a time            var/journal/  segments and MANIFEST
//   var/ANCHOR    tail of the journal              var/keys/     keys of private parts
//   var/ALIVE     heartbeat                        var/tables/   rows of the modules
//                                                  var/snapshots/
//
// Replay compares the digest of all outcomes that each frame header carries with what is decided now: a program that
// decides differently than it did must not go on as if nothing had happened.
//
// Thread:  engine's, before it runs (or main's, before the engine has one).
// Failure: anything damaged, missing or different stops the start, with its place and both values.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "persistence/alive.h"
#include "persistence/directory_lock.h"
#include "persistence/journal.h"
#include "persistence/key_store.h"
#include "persistence/snapshot_choice.h"
#include "persistence/tables.h"

namespace persistence {

struct StoreOptions {
  std::filesystem::path directory;
  std::size_t segment_bytes = JournalOptions{}.segment_bytes;
  Filling filling{};
  TablesOptions tables;
};

// Everything that is on the disk, in order of construction.
struct Store {
  std::filesystem::path directory;
  DirectoryLock lock;
  Alive alive;
  std::unique_ptr<KeyStore> keys;
  std::unique_ptr<Journal> journal;
  std::unique_ptr<Tables> tables;
};
engine::Result<Store> open_store(StoreOptions const& options);

struct Progress {
  std::uint64_t frames = 0;    // replayed
  std::uint64_t commands = 0;  // in them
  engine::Seq seq;             // replayed so far
  engine::Seq goal;            // where the last frame begins
};
// Applies one frame as it was committed and gives the canonical bytes of its outcomes (engine::Loop::replay).
using ApplyFrame = std::function<engine::Result<std::string>(std::span<engine::Sequenced const> frame)>;
using ReportProgress = std::function<void(Progress const& progress)>;

inline constexpr std::uint64_t commands_a_progress = 100'000;

// Reports every commands_a_progress commands, and once at the end. After it the journal takes commits. `begun_with`:
// what was loaded already; frames up to there are neither decoded nor applied.
engine::Result<Progress> recover(Journal& journal, ApplyFrame const& apply_frame, ReportProgress const& report,
                                 std::optional<SnapshotAbout> const& begun_with = {});

// Loads the newest snapshot that counts, if one does.
std::optional<SnapshotAbout> begin_with_snapshot(Store const& store, SnapshotTarget const& target,
                                                 TellLine const& tell);

}  // namespace persistence
