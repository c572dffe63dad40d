// What became of every planned bid, and the figures that all threads of a run count together.
//
// Thread: a record is written by the lane of its lot only, and read by others after the lanes were joined.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <utility>

#include "bench/load/outcome.h"
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

// What was answered since the last look, for the live view.
class Recent {
 public:
  struct Figures {
    HdrHistogram receipt{longest_ns};
    HdrHistogram lateness{longest_ns};
  };
  void answered(std::chrono::nanoseconds receipt, std::chrono::nanoseconds lateness) {
    std::lock_guard const lock{mutex_};
    now_.receipt.record(receipt.count());
    now_.lateness.record(lateness.count());
  }
  Figures take() {
    Figures empty;
    std::lock_guard const lock{mutex_};
    std::swap(empty, now_);
    return empty;
  }

 private:
  std::mutex mutex_;
  Figures now_;
};

// For the live view; figures of the result are computed from the records.
struct Counters {
  std::atomic<std::uint64_t> connected{0};
  std::atomic<std::uint64_t> sent{0};
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> delivered{0};  // pictures heard by watchers
  std::atomic<std::uint64_t> lost{0};       // connections that nobody dropped
  std::atomic<std::uint64_t> dropped{0};    // by a storm
  std::atomic<std::uint64_t> closed_slow{0};
  std::atomic<std::uint64_t> over{0};  // lots that have closed
  std::atomic<std::uint64_t> unplanned{0};
  Recent recent;
};

}  // namespace bench::load
