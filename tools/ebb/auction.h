// `ebb auction FILE`: an auction given as a file, run through the engine without server or disk, told as JSON.
//
// Everything that becomes due between two acts happens at its own time, as on the server; after the last act time goes
// on until the bidding of every lot is over. It is the operator's own file, so hidden prices are shown too: `hidden`
// names what an event itself did not carry.
//
// Thread:  one. No exception, no abort and bounded time, whatever the text.
// Failure: a wrong file is told whole and nothing of it is run (exit 2); an act or a lot that came out otherwise than
//          the file expects is told after the run (exit 1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/ports.h"

namespace ebb::auction {

enum class Tell : std::uint8_t { All, NoEvents };

struct Told {
  int exit_code = 0;  // 0: ran, or nothing is wrong; 1: other than expected; 2: the file is wrong
  std::string json;
};

Told check(std::string_view text);
Told run(std::string_view text, Tell tell = Tell::All);

// The text of a file, or of standard input for "-"; no more than a file may have, and one byte.
engine::Result<std::string> input(std::string const& path);

}  // namespace ebb::auction
