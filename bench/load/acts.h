// What happens in a run besides bids, every act with its moment, fixed before the first one: storms, readers that stop,
// watchers that join, reads over REST. The same seed gives the same acts.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "bench/load/scenario.h"

namespace bench::load {

enum class Deed : std::uint8_t {
  Storm = 0,  // all clients drop at once
  StopReading = 1,
  GoOnReading = 2,
  Join = 3,  // a further watcher, in a lot
  Read = 4,  // over REST, about a lot
};

struct Act {
  std::chrono::nanoseconds due;  // since the start
  Deed deed;
  std::uint32_t lot = 0;              // Join, Read
  double share = 0;                   // StopReading, GoOnReading: of the watchers
  std::chrono::nanoseconds lasts{0};  // Join
};

// In order of `due`. The phases as the plan has them, a warm-up among them.
std::vector<Act> acts_of(std::vector<Phase> const& phases, std::uint32_t lots, std::uint64_t seed);

// Of a lot's watchers: the first so many are slow at some time, and so many of them stop for good.
struct SlowWatchers {
  std::uint32_t ever = 0;
  std::uint32_t for_good = 0;
};
SlowWatchers slow_watchers(std::vector<Phase> const& phases, std::uint32_t watchers);
std::uint32_t share_of(double share, std::uint32_t watchers);

}  // namespace bench::load
