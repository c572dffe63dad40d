// A difference between the Hall and its twin is told by the fewest commands: a fault is planted in what the Hall said,
// and what is left of hundreds of commands must be only what the fault needs.
#include <gtest/gtest.h>

#include "engine/hall.h"
#include "tests/support/difference.h"
#include "tests/support/generator.h"

namespace {

using namespace engine;

support::Commands generated(std::uint64_t seed, int count) {
  support::Generator generator(seed, Format::Reverse);
  support::Commands commands;
  Hall hall;
  for (int i = 0; i < count; ++i) {
    commands.push_back(generator.next(hall.now(), hall.next_due()));
    Events events;
    hall.apply(commands.back(), events);
    generator.observe(events);
  }
  return commands;
}

// A bid that moved the end is said to have moved it a millisecond too far.
void extend_too_far(Events& events) {
  for (auto& event : events) {
    auto* const extended = std::get_if<LotExtended>(&event);
    if (extended != nullptr && extended->because == ExtendedBecause::LateBid) extended->ends_at += Duration{1};
  }
}

TEST(Shrinking, equal_sides_have_no_difference_and_nothing_to_shrink) {
  auto const commands = generated(7, 150);
  EXPECT_FALSE(support::first_difference(commands));
  EXPECT_EQ(support::shortest(commands).size(), commands.size());
}

TEST(Shrinking, a_planted_fault_is_left_with_the_commands_that_it_needs) {
  auto const commands = generated(1, 300);
  ASSERT_TRUE(support::first_difference(commands, extend_too_far));
  auto const fewest = support::shortest(commands, extend_too_far);
  // A lot is opened, and somebody bids late; where the bid is automatic, a bid and a proxy come before.
  EXPECT_GE(fewest.size(), 2u);
  EXPECT_LE(fewest.size(), 5u);
  EXPECT_TRUE(std::holds_alternative<OpenLot>(fewest.front().command));
  ASSERT_TRUE(support::first_difference(fewest, extend_too_far));
  for (std::size_t i = 0; i < fewest.size(); ++i) {
    auto fewer = fewest;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(support::first_difference(fewer, extend_too_far)) << "command " << i << " is not needed";
  }
}

TEST(Shrinking, the_report_tells_the_commands_and_both_sides) {
  auto const fewest = support::shortest(generated(1, 300), extend_too_far);
  auto const text = support::report(fewest, extend_too_far);
  for (auto const* part : {" open ", " admit ", "hall:", "naive:", "[because late bid]"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << " is missing in" << text;
  }
}

}  // namespace
