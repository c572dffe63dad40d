// A thousand markets that nobody planned, and every promise kept in each; together they get everywhere there is.
//
//   EBB_SEED=8471 tests/simulation/simulation_market_test --gtest_filter='Market.*'      one of them again
#include "tests/simulation/market.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using namespace engine;
using simulation::Reached;

constexpr std::uint64_t days = 1'000;
constexpr std::size_t steps_a_day = 300;

void expect_everywhere(Reached const& reached) {
  for (std::size_t kind = 0; kind < reached.events.size(); ++kind) {
    EXPECT_GT(reached.events[kind], 0U) << "no event of kind " << kind;
  }
  for (std::uint16_t number = 1; number < reached.refusals.size(); ++number) {
    auto const* kind = engine_refusal(number);
    if (kind == nullptr) continue;
    EXPECT_GT(reached.refusals[number], 0U) << kind->code << " was never said";
  }
  for (auto kind = StageKind::Bidding; kind <= StageKind::BestBid; kind = StageKind(int(kind) + 1)) {
    EXPECT_GT(reached.stages[std::size_t(kind)], 0U) << "stage " << int(kind);
  }
  for (auto because = ExtendedBecause::LateBid; because <= ExtendedBecause::OtherLot;) {
    EXPECT_GT(reached.extensions[std::size_t(because)], 0U) << "extension " << int(because);
    because = ExtendedBecause(int(because) + 1);
  }
  // Only the leader's proxy outlives a command, and the leader is never eliminated.
  for (auto const because : {ProxyEnd::Cancelled, ProxyEnd::Exhausted, ProxyEnd::Disqualified}) {
    EXPECT_GT(reached.proxy_ends[std::size_t(because)], 0U) << "end of a proxy " << int(because);
  }
  for (auto release = Release::Each; release <= Release::ResultsTogether; release = Release(int(release) + 1)) {
    EXPECT_GT(reached.releases[std::size_t(release)], 0U) << "release " << int(release);
  }
}

// Whatever the format: begun, paused, ended in every way.
void expect_every_state_in_every_format(Reached const& reached) {
  for (auto format = Format::Reverse; format <= Format::Japanese; format = Format(int(format) + 1)) {
    for (auto state = LotState::Scheduled; state <= LotState::PracticeEnded; state = LotState(int(state) + 1)) {
      EXPECT_GT(reached.states[std::size_t(format)][std::size_t(state)], 0U)
          << "format " << int(format) << " was never in state " << int(state);
    }
  }
}

TEST(Market, a_thousand_days_keep_every_promise_and_get_everywhere) {
  simulation::say_the_seed_on_abort();
  auto const* const given = std::getenv("EBB_SEED");
  auto const first = given == nullptr ? 1 : std::strtoull(given, nullptr, 10);
  auto const last = given == nullptr ? days : first;
  Reached reached;
  for (auto seed = first; seed <= last; ++seed) {
    auto const day = simulation::live_a_day(seed, steps_a_day);
    for (auto const& broken : day.broken) ADD_FAILURE() << "EBB_SEED=" << seed << ": " << broken;
    reached.add(day.reached);
    if (HasFailure()) return;
  }
  std::cout << last - first + 1 << " days, seeds " << first << ".." << last << ": " << reached.commands << " commands, "
            << reached.bids << " bids by hand, " << reached.crashes << " crashes (" << reached.refused_commits
            << " refused commits, " << reached.unheard_commits << " unheard, " << reached.snapshots
            << " starts from a snapshot), " << reached.replayed << " commands replayed, " << reached.hidden
            << " hidden prices and " << reached.limits << " limits hunted, " << reached.repeats << " repeats\n";
  if (given != nullptr) return;
  expect_everywhere(reached);
  expect_every_state_in_every_format(reached);
  EXPECT_GT(reached.crashes, days);
  EXPECT_GT(reached.snapshots, days / 4) << "starts from a snapshot";
  EXPECT_GT(reached.refused_commits, days / 10);
  EXPECT_GT(reached.unheard_commits, days / 10);
  EXPECT_GT(reached.clock_jumps, days / 10);
  EXPECT_GT(reached.hidden, days);
  EXPECT_GT(reached.limits, days);
}

TEST(Market, the_same_seed_is_the_same_day) {
  auto const one = simulation::live_a_day(8471, steps_a_day);
  auto const other = simulation::live_a_day(8471, steps_a_day);
  EXPECT_EQ(one.broken, other.broken);
  EXPECT_EQ(one.reached.events, other.reached.events);
  EXPECT_EQ(one.reached.refusals, other.reached.refusals);
  EXPECT_EQ(one.reached.states, other.reached.states);
}

}  // namespace
