// Bounds that a run must keep, and which of them it missed.
//
//   receipt_p99_ms = 10    a percentile of a measure: p50, p90, p99, p99_9, p99_99 or max, in milliseconds
//   errors = 0             answers nobody planned, told busy, connections lost that nobody dropped, failed requests
//   answered_share = 0.99  of the rate that was offered
//
// Failure: none; a measure without a single value misses its bound, because nothing was shown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/load/outcome.h"
#include "bench/load/scenario.h"

namespace bench::load {

bool is_threshold(std::string_view name);
std::string threshold_names();  // for people

struct Missed {
  std::string name;
  double bound = 0;
  std::string actual;
  std::string text() const;
};
std::vector<Missed> missed(Outcome const& outcome, std::vector<Threshold> const& thresholds);

}  // namespace bench::load
