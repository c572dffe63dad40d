// Results as one HTML page that needs nothing else: no script, no file beside it.
//
// Failure: none.
#pragma once

#include <string>
#include <vector>

#include "bench/load/compare.h"
#include "bench/load/outcome.h"

namespace bench::load {

std::string page_of(Outcome const& outcome);
std::string page_of(Comparison const& comparison, std::vector<Outcome> const& before,
                    std::vector<Outcome> const& after);

}  // namespace bench::load
