// How a demo supplier bids: it has costs it will not go under, a temper, and dice with a seed.
//
// It gives way with the time: it shows little of its room at first and all of it at the end, so that a newcomer finds
// an auction that is still open and sees it extended. Pure, so that a test can play a whole auction in no time: the
// same seed gives the same bids.
//
// Thread: one. Failure: none.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

#include "engine/money.h"
#include "engine/rules.h"

namespace demo {

// What the supplier sees of a lot.
struct Sight {
  engine::Format format = engine::Format::Reverse;
  engine::Money ceiling;
  engine::Money decrement;
  std::optional<engine::Money> best;  // of all; none: nobody bid, or sealed
  std::optional<engine::Money> best_own;
  std::optional<engine::Money> next_limit;  // the highest that would be accepted
  std::uint32_t rank = 0;                   // 0: no bid yet
  std::chrono::milliseconds length{1};      // from the opening to the end
  std::chrono::milliseconds left{0};        // until the end
  std::chrono::milliseconds window{0};      // a bid in it extends

  bool is_ending() const { return left <= window; }
};

class Bidder {
 public:
  Bidder(std::uint64_t seed, engine::Money ceiling);

  // Its next bid, if it wants to make one.
  std::optional<engine::Money> wish(Sight const& sight);
  // How long it thinks before it looks again: short near the end, now and then long before.
  std::chrono::milliseconds pause(Sight const& sight);

  engine::Money cost() const { return cost_; }

 private:
  std::int64_t dice(std::int64_t least, std::int64_t most);
  engine::Money least_now(Sight const& sight) const;

  std::minstd_rand random_;
  engine::Money cost_;          // 78-93 % of the ceiling
  std::int64_t eagerness_ = 0;  // of 100 looks, how many lead to a bid
};

}  // namespace demo
