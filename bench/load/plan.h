// The plan of a load run: every bid with its moment, fixed before the first one is sent.
//
// Open loop: the moments do not depend on the answers, so a server that stalls is still due all the bids of the stall,
// and each of their latencies counts from its moment. Latencies of a closed loop would leave out exactly the bids that
// a stall kept from being sent (coordinated omission).
//
// The prices are those of an auction: most bids undercut the best of the lot, some only their own last, and a few are
// deliberately wrong, with the refusal they must get. The same seed gives the same plan.
//
// Failure: a plan that does not fit the limits of a lot is an engine::Failure before anything is sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "bench/load/scenario.h"
#include "engine/money.h"
#include "engine/ports.h"

namespace bench::load {

enum class Intent : std::uint8_t {
  Lead = 1,          // below every bid planned before in this lot: accepted, and every watcher sees it
  Follow = 2,        // below the bidder's own last only: accepted, and nobody else sees it
  AboveCeiling = 3,  // refused ABOVE_CEILING
  StepTooSmall = 4,  // refused DECREMENT_TOO_SMALL
  Repeat = 5,        // an earlier bid once more: its receipt again, nothing changes
  ReusedKey = 6,     // an earlier key with another price: refused KEY_REUSED
};

struct PlannedBid {
  std::chrono::nanoseconds due;  // since the start
  std::uint32_t lot;             // place in the run, from 0
  std::uint32_t supplier;        // place in the run, from 0
  engine::Money price;
  std::uint32_t key;  // number of the bid whose key this is: its own, or an earlier one's
  Intent intent;
};

struct PlanInput {
  std::uint32_t lots = 1;
  std::uint32_t suppliers = 3;
  std::vector<Phase> phases;  // one after the other, a warm-up among them
  engine::Money decrement = engine::Money::fen(100);
  std::uint64_t seed = 1;
};

struct Plan {
  engine::Money ceiling;
  engine::Money decrement;
  std::uint32_t attempts_max;    // what the lots must allow
  std::vector<PlannedBid> bids;  // in order of `due`
};

engine::Result<Plan> make_plan(PlanInput const& input);

}  // namespace bench::load
