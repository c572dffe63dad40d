// Where the Hall and its naive twin part, and the shortest list of commands that still shows it.
//
// Shrinking leaves commands out (rapidcheck does the search) as long as the two still differ; what is left is printed
// as lines to read. Both sides judge any list, so every list left is a fair one.
//
// Thread: none of its own. Failure: none; the difference is the answer. Memory: copies of the list.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"

namespace support {

using Commands = std::vector<engine::Sequenced>;
// Changes what the Hall said before it is compared: how the comparison itself is tested.
using Fault = std::function<void(engine::Events&)>;

struct Difference {
  std::size_t place = 0;  // of the command
  std::string text;
};

std::string bytes_of(engine::Event const& event);
// The first command after which the two differ: an event, what is due next, or the time.
std::optional<Difference> first_difference(Commands const& commands, Fault const& fault = {});
// A list of the same difference in kind: no command of it can be left out. Gives up looking after `tries` comparisons.
Commands shortest(Commands commands, Fault const& fault = {}, int tries = 4'000);
// The list, one command a line, and the difference at its end.
std::string report(Commands const& commands, Fault const& fault = {});

}  // namespace support
