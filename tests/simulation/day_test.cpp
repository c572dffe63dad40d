// Days that nobody planned: crashes, clock jumps, refused commits, slow and rude clients, and every promise kept.
//
//   EBB_SEED=8471 tests/simulation_day_test      the same day again
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "tests/simulation/world.h"

namespace {

using simulation::World;

constexpr std::size_t steps_a_day = 2'500;

std::uint64_t seed_of(int day) {
  if (auto const* given = std::getenv("EBB_SEED")) return std::strtoull(given, nullptr, 10);
  static std::uint64_t const first = std::random_device{}();
  return first + static_cast<std::uint64_t>(day);
}

class Day : public testing::TestWithParam<int> {};

TEST_P(Day, every_promise_is_kept_whatever_happens) {
  auto const seed = seed_of(GetParam());
  SCOPED_TRACE("EBB_SEED=" + std::to_string(seed));
  std::cout << "EBB_SEED=" << seed << '\n';
  World world{seed};
  world.live(steps_a_day);
  world.settle();
  world.invariants().every_command_gets_exactly_one_outcome();
  world.resend_everything_acknowledged();
  world.invariants().every_command_gets_exactly_one_outcome();
  world.expect_the_same_rows_from_the_journal_alone();
  world.expect_everybody_to_see_what_a_newcomer_sees();

  auto const& tally = world.tally();
  std::cout << tally.bids << " bids in " << tally.inquiries << " inquiries, " << tally.crashes << " crashes ("
            << tally.refused_commits << " after a refused commit), " << tally.clock_jumps << " clock jumps, "
            << tally.overwhelmed << " overwhelmed clients, " << tally.resumed << " resumed; "
            << world.invariants().outcomes() << " outcomes, " << world.invariants().messages() << " messages, "
            << world.invariants().acknowledgements().size() << " acknowledged bids\n";
  EXPECT_GT(tally.crashes, 0U) << "a day without a crash proves little";
  EXPECT_GT(world.invariants().acknowledgements().size(), 100U);
}

INSTANTIATE_TEST_SUITE_P(simulation, Day, testing::Range(0, 6));

}  // namespace
