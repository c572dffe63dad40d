// The crowds that have something to get, in line: bidders of a lot before those who only watch.
//
// Each crowd gets a slice and goes to the end of its line, so that the next lot's people wait no longer than these. Who
// fell behind what a stream keeps is named, and needs a snapshot.
//
// Thread: the hub's strand. Failure: none. Ownership: topics outlive their places in the line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "engine/ids.h"
#include "gateway/board.h"

namespace gateway {

class FanOut {
 public:
  struct Home {
    engine::LotId lot;
    Topic* topic;
  };
  struct Lost {
    std::uint64_t listener;
    Home home;
  };

  // There is news for everybody who listens to it.
  void queue(Home home);
  // Hands over at most `deliveries`.
  std::vector<Lost> pump(std::size_t deliveries);
  bool is_done() const { return bidders_.empty() && watchers_.empty(); }

 private:
  struct Waiting {
    Crowd* crowd;
    Home home;
  };
  using Line = std::deque<Waiting>;
  static void queue(Line& line, Crowd& crowd, Home home);

  Line bidders_, watchers_;
};

}  // namespace gateway
