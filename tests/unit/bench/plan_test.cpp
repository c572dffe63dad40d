// The plan of a load run: on schedule, within the rules it says it keeps, and the same for the same seed.
#include "bench/load/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace {

using namespace bench::load;
using engine::Money;

Phase steady(double rate, int seconds) {
  Phase phase;
  phase.rate = rate;
  phase.span = std::chrono::seconds{seconds};
  return phase;
}

PlanInput some(std::uint64_t seed) {
  return {4, 5, {steady(500, 20)}, Money::fen(100), seed};
}

Plan made(std::uint64_t seed) {
  auto plan = make_plan(some(seed));
  EXPECT_TRUE(plan);
  return *plan;
}

using Pair = std::pair<std::uint32_t, std::uint32_t>;

// What the rules say to a bid under basis "own", written the plain way.
std::string judged(Plan const& plan, PlannedBid const& bid, std::map<Pair, Money>& own,
                   std::map<std::uint32_t, PlannedBid>& keys) {
  auto const number = bid.key;
  if (auto const earlier = keys.find(number); earlier != keys.end())
    return earlier->second.price == bid.price ? "repeated" : "KEY_REUSED";
  keys.emplace(number, bid);
  if (bid.price > plan.ceiling) return "ABOVE_CEILING";
  auto const mine = own.find({bid.lot, bid.supplier});
  if (mine != own.end() && bid.price > mine->second - plan.decrement) return "DECREMENT_TOO_SMALL";
  own[{bid.lot, bid.supplier}] = bid.price;
  return "accepted";
}

std::string expected(Intent intent) {
  switch (intent) {
    case Intent::Lead:
    case Intent::Follow:
      return "accepted";
    case Intent::AboveCeiling:
      return "ABOVE_CEILING";
    case Intent::StepTooSmall:
      return "DECREMENT_TOO_SMALL";
    case Intent::Repeat:
      return "repeated";
    case Intent::ReusedKey:
      return "KEY_REUSED";
  }
  return "?";
}

}  // namespace

TEST(Plan, keeps_every_promise_of_its_intents) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto const plan = made(seed);
    std::map<Pair, Money> own;
    std::map<std::uint32_t, PlannedBid> keys;
    std::map<Intent, int> seen;
    for (auto const& bid : plan.bids) {
      ++seen[bid.intent];
      ASSERT_EQ(judged(plan, bid, own, keys), expected(bid.intent)) << "seed " << seed << ", bid " << bid.key;
    }
    EXPECT_EQ(seen.size(), 6u) << "every kind occurs, seed " << seed;
  }
}

TEST(Plan, lets_only_leaders_change_the_best_price) {
  auto const plan = made(7);
  std::map<std::uint32_t, Money> best;
  for (auto const& bid : plan.bids) {
    if (bid.intent != Intent::Lead && bid.intent != Intent::Follow) continue;
    bool const is_lower = !best.contains(bid.lot) || bid.price < best[bid.lot];
    if (bid.intent == Intent::Lead) {
      ASSERT_TRUE(is_lower);
      best[bid.lot] = bid.price;
    } else {
      ASSERT_TRUE(best.contains(bid.lot) ? !is_lower : bid.price == plan.ceiling);
    }
  }
}

TEST(Plan, never_comes_near_the_guard_against_slips) {
  auto const plan = made(3);
  for (auto const& bid : plan.bids) EXPECT_GT(bid.price.in_fen(), plan.ceiling.in_fen() / 2);
}

TEST(Plan, keeps_its_rate_and_its_span) {
  auto const plan = made(11);
  EXPECT_NEAR(static_cast<double>(plan.bids.size()), 500.0 * 20, 500);  // five standard deviations
  for (std::size_t i = 1; i < plan.bids.size(); ++i) ASSERT_GE(plan.bids[i].due, plan.bids[i - 1].due);
  EXPECT_LT(plan.bids.back().due, std::chrono::seconds{20});
}

TEST(Plan, is_the_same_for_the_same_seed) {
  auto const once = made(5), again = made(5), other = made(6);
  ASSERT_EQ(once.bids.size(), again.bids.size());
  for (std::size_t i = 0; i < once.bids.size(); ++i) {
    EXPECT_EQ(once.bids[i].due, again.bids[i].due);
    EXPECT_EQ(once.bids[i].price, again.bids[i].price);
  }
  EXPECT_NE(once.bids.front().due, other.bids.front().due);
}

TEST(Plan, refuses_more_attempts_than_a_lot_allows) {
  EXPECT_FALSE(make_plan({1, 1, {steady(20'000, 1)}, Money::fen(100), 1}));
  EXPECT_FALSE(make_plan({1, engine::limits::bidders_a_lot + 1, {steady(10, 1)}, Money::fen(100), 1}));
  EXPECT_FALSE(make_plan({0, 1, {steady(10, 1)}, Money::fen(100), 1}));
}

TEST(Plan, climbs_along_a_ramp) {
  auto ramp = steady(100, 20);
  ramp.kind = PhaseKind::Ramp;
  ramp.to_rate = 900;
  auto const plan = make_plan({4, 5, {ramp}, Money::fen(100), 1});
  ASSERT_TRUE(plan);
  auto const half =
      std::ranges::count_if(plan->bids, [](auto const& bid) { return bid.due < std::chrono::seconds{10}; });
  EXPECT_NEAR(static_cast<double>(plan->bids.size()), 500.0 * 20, 500);
  EXPECT_NEAR(static_cast<double>(half), 300.0 * 10, 280);  // from 100 to 500 in the first half
}

TEST(Plan, puts_a_burst_into_the_last_second) {
  auto burst = steady(10, 5);
  burst.kind = PhaseKind::BurstAtClose;
  burst.bids = 1'000;
  auto const plan = make_plan({4, 5, {steady(10, 3), burst}, Money::fen(100), 1});
  ASSERT_TRUE(plan);
  auto const last =
      std::ranges::count_if(plan->bids, [](auto const& bid) { return bid.due >= std::chrono::seconds{7}; });
  EXPECT_GE(last, 1'000);
  EXPECT_LT(plan->bids.back().due, std::chrono::seconds{8});
}

TEST(Plan, heats_one_lot_in_its_phase_only) {
  auto hot = steady(500, 4);
  hot.kind = PhaseKind::HotLot;
  hot.hot_share = 0.9;
  auto const plan = make_plan({5, 5, {steady(500, 4), hot}, Money::fen(100), 1});
  ASSERT_TRUE(plan);
  int cool = 0, warm = 0;
  for (auto const& bid : plan->bids) ++(bid.lot != 0 ? cool : bid.due < std::chrono::seconds{4} ? cool : warm);
  EXPECT_NEAR(warm, 0.92 * 2'000, 200);
}
