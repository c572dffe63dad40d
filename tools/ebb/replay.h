// `ebb replay DIR`: the whole journal as text, and whether history still means what it meant.
//
// The Hall decides everything again. Each frame carries the digest of what was decided before it; a difference means
// that this program decides otherwise than the one that wrote it. Modules are not asked: what they did is in their own
// commands and follow-ups, which the journal holds.
//
// Of a trimmed journal without its archive it begins with the oldest snapshot that counts.
//
// Thread:  one. Opens the directory under its lock and changes nothing.
// Failure: the directory is in use, damaged, or was decided differently.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "engine/hall.h"
#include "engine/ports.h"

namespace ebb {

struct Replayed {
  std::uint64_t frames = 0;
  std::uint64_t commands = 0;
  std::uint64_t events = 0;
  std::uint64_t erased = 0;  // private parts of people who were erased
  std::uint64_t digest = 0;  // of the Hall at the end
  engine::Seq begun_with;    // a snapshot: what lies before it was trimmed; nothing: the first command
};
using TellLine = std::function<void(std::string_view line)>;

// Behind every command, for whoever wants to compare.
using SeeDecided =
    std::function<void(engine::Sequenced const& command, engine::Events const& events, engine::Hall const& hall)>;

engine::Result<Replayed> replay(std::filesystem::path const& directory, TellLine const& tell,
                                SeeDecided const& see_decided = {}, std::filesystem::path const& archive = {});

}  // namespace ebb
