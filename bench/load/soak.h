// Whether a server that ran for long stayed what it was: memory bounded, no descriptor and no thread left behind.
//
// The verdict is the slope of a straight line through the readings behind the warm-up, times their length: one reading
// decides nothing. Memory may grow with what the house has to remember, so its bound counts with the bids taken.
//
// Failure: none; too few readings are a finding of their own.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/load/outcome.h"

namespace bench::load {

struct SoakBounds {
  double warmup_s = 20;
  double fds = 8;  // more at the end than at the beginning, along the line
  double threads = 2;
  double heap_bytes = 24 << 20;  // besides what bids take
  double heap_bytes_a_command = 4'096;
};

// Least squares; 0 for fewer than two moments.
double slope(std::vector<Reading> const& readings, std::string_view figure);
// Readings of rest only: taken between two rounds, when nobody is connected. Empty: it stayed what it was.
std::vector<std::string> soak_findings(std::vector<Reading> const& readings, SoakBounds const& bounds);

}  // namespace bench::load
