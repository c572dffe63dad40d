// Two lines, served from the front. See fan_out.h.
#include "gateway/fan_out.h"

#include <utility>

namespace gateway {

void FanOut::queue(Home home) {
  queue(bidders_, home.topic->bidders, home);
  queue(watchers_, home.topic->watchers, home);
}

void FanOut::queue(Line& line, Crowd& crowd, Home home) {
  crowd.serve_again();
  if (crowd.is_served() || std::exchange(crowd.is_queued, true)) return;
  line.push_back({&crowd, home});
}

std::vector<FanOut::Lost> FanOut::pump(std::size_t deliveries) {
  std::vector<Lost> lost;
  std::vector<std::uint64_t> behind;
  for (auto* const line : {&bidders_, &watchers_}) {
    while (deliveries > 0 && !line->empty()) {
      auto const first = line->front();
      line->pop_front();
      deliveries = first.crowd->pump(deliveries, behind);
      if (first.crowd->is_served())
        first.crowd->is_queued = false;
      else
        line->push_back(first);
      for (auto const number : behind) lost.push_back({number, first.home});
      behind.clear();
    }
  }
  return lost;
}

}  // namespace gateway
