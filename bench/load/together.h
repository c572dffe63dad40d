// Several processes of one run: each with lots and suppliers of its own, started at one moment, added up at the end.
//
// They agree on moments by proposing: the latest proposal holds for all. Alone, one's own proposal holds.
//
// Thread:  one. Failure: a process that ended early is a difference of the run; the others are not left waiting.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "bench/load/outcome.h"

namespace bench::load {

// A process's end of the agreement.
class Together {
 public:
  Together() = default;  // alone
  Together(int out, int in) : out_(out), in_(in) {}
  // Nanoseconds of a clock that all processes read. 0: somebody is gone, and the run with it.
  std::int64_t latest(std::int64_t mine) const;

 private:
  int out_ = -1;
  int in_ = -1;
};

// Forks `count` processes, which call `work` with their number and write what it gives; `agreements` is how often each
// of them calls latest(). To be called before any thread is started.
engine::Result<std::vector<Outcome>> in_processes(
    std::uint32_t count, std::uint32_t agreements,
    std::function<engine::Result<Outcome>(std::uint32_t, Together const&)> const& work);

}  // namespace bench::load
