// Two sides held against each other, figure by figure, with what the machine's mood may do taken into account.
//
// A side is one run or several of the same scenario; its figure is the median of theirs. Where the ranges of the two
// sides overlap, a difference is noise. One run a side has no range: then the ratio is shown and nothing is decided,
// but a gate by ratio holds all the same.
//
// Failure: none.
#pragma once

#include <string>
#include <vector>

#include "bench/load/outcome.h"

namespace bench::load {

enum class Verdict : std::uint8_t { Same = 0, Better = 1, Worse = 2, SingleRuns = 3 };

struct Spread {
  double median = 0, least = 0, most = 0;
};
Spread spread_of(std::vector<double> values);

struct Compared {
  std::string figure;  // "receipt p99"
  Spread before, after;
  double ratio = 1;  // after / before; above 1 is slower
  Verdict verdict = Verdict::Same;
};

struct Comparison {
  std::size_t runs_before = 0, runs_after = 0;
  std::vector<Compared> rows;
  std::vector<std::string> warnings;  // what makes the two sides unlike
};

Comparison compare(std::vector<Outcome> const& before, std::vector<Outcome> const& after);
std::string text_of(Comparison const& comparison);
// Any p50 or p99 above the ratio that is not noise. A maximum is one value, and the harness's own lateness no server's.
bool is_worse(Comparison const& comparison, double ratio);

}  // namespace bench::load
