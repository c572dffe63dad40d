// Offline reading of a data directory, under its lock: `ebb verify` (is it whole?) and `ebb replay` (what is in it?).
//
// Verify needs no keys: checksum, chain, manifest and anchor cover the sealed bytes. It changes nothing.
//
// Thread:  the tool's only one.
// Failure: the directory is in use or is none. Damage is not a Failure of verify but its finding.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "persistence/walk.h"

namespace persistence {

struct Verified {
  std::uint64_t frames = 0;
  std::uint64_t commands = 0;
  std::size_t sealed_segments = 0;
  engine::Seq first;  // nothing: no command at all
  engine::Seq last;
  Digest head{};                      // of the last whole frame
  std::optional<std::string> damage;  // the first, with its place; what is counted above lies before it
};
engine::Result<Verified> verify(std::filesystem::path const& data_directory);

// Every command in order, with the header of its frame. Private parts are opened: a command whose key is gone stops it.
using VisitCommand = std::function<void(FrameHeader const& frame, engine::Sequenced const& command)>;
engine::Result<void> visit_commands(std::filesystem::path const& data_directory, VisitCommand const& visit);

}  // namespace persistence
