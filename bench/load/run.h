// One load run from first sign-in to last comparison, and its result as values.
//
// Thread: the caller's, with one more for every lane; lanes pass their steps together.
// Failure: as engine::Result where the run could not be made; differences are part of the result.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/hdr_histogram.h"
#include "bench/load/options.h"
#include "bench/load/plan.h"

namespace bench::load {

struct Result {
  explicit Result(std::int64_t longest_ns) : receipt(longest_ns), last_watcher(longest_ns), lateness(longest_ns) {}

  HdrHistogram receipt;       // ns from the moment in the plan to the receipt read
  HdrHistogram last_watcher;  // ns from the moment in the plan to the last watcher having read it
  HdrHistogram lateness;      // ns from the moment in the plan to the bid given to the socket: the harness's own part
  std::uint64_t planned = 0, accepted = 0, refused = 0, measured = 0;
  std::uint64_t delivered = 0, connections = 0, lost = 0, reconnects = 0, resends = 0, busy = 0;
  std::chrono::duration<double> bidding{0};  // from the start to the last answer
  std::chrono::duration<double> harness_cpu{0};
  struct Each {
    std::chrono::nanoseconds planned;  // since 1970
    std::chrono::nanoseconds receipt;  // behind it
  };
  std::vector<Each> each;  // of what was measured, where it was asked for
  std::vector<std::string> differences;
};

engine::Result<Result> run(Options const& options);

}  // namespace bench::load
