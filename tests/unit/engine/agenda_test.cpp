// The agenda against a sorted set, through thousands of moves.
#include "engine/agenda.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <utility>

namespace {

using namespace engine;

TEST(Agenda, nothing_is_due_without_lots) {
  EXPECT_EQ(Agenda{}.next_due(), never);
}

TEST(Agenda, the_earlier_comes_first_and_of_equals_the_lower_lot) {
  Agenda agenda;
  auto const three = agenda.add(LotId{3}, at_millis(10));
  agenda.add(LotId{1}, at_millis(10));
  agenda.add(LotId{2}, at_millis(20));
  EXPECT_EQ(agenda.first().lot, LotId{1});
  agenda.move(three, at_millis(9));
  EXPECT_EQ(agenda.first().lot, LotId{3});
  EXPECT_EQ(agenda.next_due(), at_millis(9));
  agenda.move(three, never);
  EXPECT_EQ(agenda.first().lot, LotId{1});
}

TEST(Agenda, is_a_sorted_set_whatever_moves) {
  std::mt19937_64 random(7);
  for (std::uint64_t const lots : {1u, 2u, 5u, 6u, 21u, 22u, 300u}) {
    Agenda agenda;
    std::set<std::pair<Instant, LotId>> expected;
    std::vector<std::pair<Instant, LotId>> now;
    for (std::uint64_t i = 0; i < lots; ++i) {
      now.push_back({at_millis(static_cast<std::int64_t>(random() % 50)), LotId{random()}});
      ASSERT_EQ(agenda.add(now.back().second, now.back().first), i);
      expected.insert(now.back());
    }
    for (int moves = 0; moves < 3'000; ++moves) {
      auto const item = static_cast<Agenda::Item>(random() % lots);
      expected.erase(now[item]);
      now[item].first = random() % 20 == 0 ? never : at_millis(static_cast<std::int64_t>(random() % 50));
      expected.insert(now[item]);
      agenda.move(item, now[item].first);
      ASSERT_EQ(agenda.next_due(), expected.begin()->first);
      ASSERT_EQ(agenda.first().lot, expected.begin()->second);
    }
  }
}

}  // namespace
