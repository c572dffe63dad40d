// Time as the rules see it: a moment of the server's clock, to the millisecond, that came in with the command.
//
// Every window is half-open, start <= t < end (rules.md §2.1): a bid stamped exactly at the end is late.
#pragma once

#include <chrono>
#include <cstdint>

namespace engine {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Duration>;

inline constexpr Instant never = Instant::max();

// Whether the time may be summed with spans of rules, many times over. For times that come from bytes.
constexpr bool is_far_from_never(Instant at) {
  return at >= Instant{} && at <= Instant{Duration{std::int64_t{1} << 53}};
}

constexpr std::int64_t in_millis(Instant at) {
  return at.time_since_epoch().count();
}
constexpr Instant at_millis(std::int64_t millis) {
  return Instant{Duration{millis}};
}

}  // namespace engine
