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
  std::uint64_t leaves = 0;
  std::uint64_t heads = 0;  // of the history
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
  engine::Seq first;  // nothing: no command at all
  engine::Seq last;
  Digest head{};                      // of the last whole frame
  std::optional<VerifiedLog> log;     // nothing: there are no keys
  std::optional<std::string> damage;  // the first, with its place; what is counted above lies before it
};
// `kept`: what somebody outside has of this log, which it must still have.
engine::Result<Verified> verify(std::filesystem::path const& data_directory, Kept kept = {});

// Every command in order, with the header of its frame. Private parts are opened: a command whose key is gone stops it.
using VisitCommand = std::function<void(FrameHeader const& frame, engine::Sequenced const& command)>;
engine::Result<void> visit_commands(std::filesystem::path const& data_directory, VisitCommand const& visit);

}  // namespace persistence
