// Offline reading of a data directory, under its lock: `ebb verify` (is it whole?) and `ebb replay` (what is in it?).
//
// Checksum, chain, manifest and anchor cover the sealed bytes and need no keys. The transparency log does: the salts of
// its leaves come from a key, so without keys/ it is not checked, and that is said. Nothing is changed.
//
// Thread:  the tool's only one.
// Failure: the directory is in use or is none. Damage is not a Failure of verify but its finding.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "persistence/tree_check.h"
#include "persistence/walk.h"

namespace persistence {

// The transparency log: every leaf computed again, every hash of the tree, every head ever signed.
struct VerifiedLog {
  std::uint64_t leaves = 0;         // computed from the journal
  std::uint64_t leaves_unseen = 0;  // taken as the tree has them: of commands that were trimmed
  std::uint64_t heads = 0;          // of the history
  std::uint64_t kept_heads = 0;
  std::uint64_t kept_receipts = 0;
  std::optional<TreeHead> newest;
  std::optional<PublicKey>
      key;  // nothing: the directory has none, and signatures were checked only where they say by whom
};
struct Verified {
  std::uint64_t frames = 0;
  std::uint64_t commands = 0;
  std::size_t sealed_segments = 0;
  engine::Seq unseen_until;  // trimmed, and no archive was given: not read; nothing: everything was
  std::string unseen_where;
  std::size_t archived_segments = 0;  // read in the archive
  engine::Seq first;                  // that was read; nothing: no command at all
  engine::Seq last;
  Digest head{};                      // of the last whole frame
  std::optional<VerifiedLog> log;     // nothing: there are no keys
  std::optional<std::string> damage;  // the first, with its place; what is counted above lies before it
  bool is_log_damaged = false;        // that is the log's, and the journal beside it is whole
};
// `kept`: what somebody outside has of this log, which it must still have. `archive`: where segments lie that were
// trimmed; without it the walk begins behind them, and the tree is held against its own leaves up to there.
engine::Result<Verified> verify(std::filesystem::path const& data_directory, Kept kept = {},
                                std::filesystem::path const& archive = {});

// Every command in order, with the header of its frame. Private parts are opened: a command whose key is gone stops it.
using VisitCommand = std::function<void(FrameHeader const& frame, engine::Sequenced const& command)>;
struct VisitFrom {
  engine::Seq behind;             // the last command of a frame; nothing: all
  std::filesystem::path archive;  // where trimmed segments lie; empty: a visit that needs one stops
};
engine::Result<void> visit_commands(std::filesystem::path const& data_directory, VisitCommand const& visit,
                                    VisitFrom const& from = {});

}  // namespace persistence
