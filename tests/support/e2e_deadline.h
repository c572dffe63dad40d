// Bounded waiting for what another process does: a condition is asked again and again until it holds or patience ends.
//
// Real time lives here and nowhere else in the end-to-end tests; nothing is ever measured with it, it only ends a wait.
// Thread: any. Failure: a wait that ended says so; the caller turns that into a failed test with its own words.
#pragma once

#include <poll.h>

#include <algorithm>
#include <chrono>

namespace support {

using Patience = std::chrono::milliseconds;
inline constexpr Patience long_enough{20'000};  // under sanitizers on a busy machine

class Deadline {
 public:
  explicit Deadline(Patience patience) : at_(std::chrono::steady_clock::now() + patience) {}
  bool is_over() const { return std::chrono::steady_clock::now() >= at_; }
  int left_ms() const {
    auto const left = std::chrono::ceil<Patience>(at_ - std::chrono::steady_clock::now());
    return static_cast<int>(std::max<Patience::rep>(0, left.count()));
  }

 private:
  std::chrono::steady_clock::time_point at_;
};

// Whether `condition` came true in time. Between two questions the processor is given away for a few milliseconds.
template <class Condition>
[[nodiscard]] bool eventually(Condition&& condition, Patience patience = long_enough) {
  Deadline const deadline{patience};
  for (;;) {
    if (condition()) return true;
    if (deadline.is_over()) return false;
    ::poll(nullptr, 0, 5);
  }
}

}  // namespace support
