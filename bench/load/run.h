// One load run from first sign-in to last comparison, and its result as values.
//
// Thread: the caller's, with one more for every lane; lanes pass their steps together.
// Failure: as engine::Result where the run could not be made; differences are part of the result.
#pragma once

#include <chrono>
#include <vector>

#include "bench/load/options.h"
#include "bench/load/outcome.h"

namespace bench::load {

struct Run {
  Outcome outcome;
  struct Each {
    std::chrono::nanoseconds planned;  // since 1970
    std::chrono::nanoseconds receipt;  // behind it
  };
  std::vector<Each> each;  // of what was measured, where it was asked for; of one process only
};

engine::Result<Run> run(Options const& options);
// A phase's rates divided among the processes of a run.
void share(Phase& phase, std::uint32_t processes);

}  // namespace bench::load
