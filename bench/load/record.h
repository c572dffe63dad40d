// What became of every planned bid, and the figures that all threads of a run count together.
//
// Thread: a record is written by the lane of its lot only, and read by others after the lanes were joined.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>

#include "tools/client/reactor.h"

namespace bench::load {

enum class Fate : std::uint8_t { NotSent = 0, Unanswered = 1, Accepted = 2, Refused = 3 };

struct Record {
  Fate fate = Fate::NotSent;
  std::uint64_t seq = 0;
  ebb_client::Steady::time_point sent_at{};
  ebb_client::Steady::time_point answered_at{};
  std::string code;  // of a refusal
};

// For the progress line; figures of the result are computed from the records.
struct Counters {
  std::atomic<std::uint64_t> connected{0};
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> delivered{0};  // pictures heard by watchers
  std::atomic<std::uint64_t> lost{0};       // connections
  std::atomic<std::uint64_t> over{0};       // lots that have closed
};

}  // namespace bench::load
