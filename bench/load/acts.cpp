// See the header.
#include "bench/load/acts.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace bench::load {
namespace {

using std::chrono::nanoseconds;

nanoseconds in_seconds(double seconds) {
  return nanoseconds{static_cast<std::int64_t>(seconds * 1e9)};
}

class Acting {
 public:
  Acting(std::uint32_t lots, std::uint64_t seed) : lots_(lots), random_(seed ^ 0x9e3779b97f4a7c15) {}

  void add(Phase const& phase, double begins) {
    auto const ends = begins + static_cast<double>(phase.span.count());
    if (phase.kind == PhaseKind::ReconnectStorm)
      for (auto at = begins + phase.every_s / 2; at < ends; at += phase.every_s)
        acts_.push_back({in_seconds(at), Deed::Storm});
    if (phase.kind == PhaseKind::SlowReaders) {
      acts_.push_back({in_seconds(begins), Deed::StopReading, 0, phase.slow_share});
      if (phase.stop_s > 0)
        acts_.push_back({in_seconds(std::min(begins + phase.stop_s, ends)), Deed::GoOnReading, 0, phase.slow_share});
    }
    arrive(phase.joins_a_s, begins, ends, Deed::Join, in_seconds(phase.stay_s));
    arrive(phase.rest_rate, begins, ends, Deed::Read, nanoseconds{0});
  }

  std::vector<Act> take() {
    std::ranges::stable_sort(acts_, {}, &Act::due);
    return std::move(acts_);
  }

 private:
  void arrive(double rate, double begins, double ends, Deed deed, nanoseconds lasts) {
    if (rate <= 0) return;
    std::exponential_distribution<double> gap(rate);
    std::uniform_int_distribution<std::uint32_t> lot(0, lots_ - 1);
    for (auto at = begins + gap(random_); at < ends; at += gap(random_))
      acts_.push_back({in_seconds(at), deed, lot(random_), 0, lasts});
  }

  std::uint32_t lots_;
  std::mt19937_64 random_;
  std::vector<Act> acts_;
};

}  // namespace

std::vector<Act> acts_of(std::vector<Phase> const& phases, std::uint32_t lots, std::uint64_t seed) {
  Acting acting{lots, seed};
  double begins = 0;
  for (auto const& phase : phases) {
    acting.add(phase, begins);
    begins += static_cast<double>(phase.span.count());
  }
  return acting.take();
}

std::uint32_t share_of(double share, std::uint32_t watchers) {
  return std::min(watchers, static_cast<std::uint32_t>(std::ceil(share * watchers)));
}

SlowWatchers slow_watchers(std::vector<Phase> const& phases, std::uint32_t watchers) {
  SlowWatchers slow;
  for (auto const& phase : phases) {
    if (phase.kind != PhaseKind::SlowReaders) continue;
    auto const count = share_of(phase.slow_share, watchers);
    slow.ever = std::max(slow.ever, count);
    if (phase.stop_s <= 0) slow.for_good = std::max(slow.for_good, count);
  }
  return slow;
}

}  // namespace bench::load
