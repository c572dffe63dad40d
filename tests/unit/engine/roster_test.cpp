// Slots by id: in ascending order, everybody found, nobody else.
#include "engine/roster.h"

#include <gtest/gtest.h>

namespace {

using namespace engine;

TEST(Roster, finds_everybody_at_the_place_of_their_id_in_ascending_order_and_nobody_else) {
  for (std::uint64_t const bidders : {0u, 1u, 2u, 3u, 8u, 20u, 1'024u}) {
    for (std::uint64_t const apart : {1ull, 3ull, 1'000'003ull, 1ull << 32, 1ull << 53}) {
      std::vector<BidderId> ids;
      for (std::uint64_t i = 1; i <= bidders; ++i) ids.push_back(BidderId{i * apart});
      Roster const roster(ids);
      ASSERT_EQ(roster.size(), bidders);
      for (std::uint64_t i = 1; i <= bidders; ++i) ASSERT_EQ(roster.find(BidderId{i * apart}), i - 1);
      EXPECT_EQ(roster.find(BidderId{}), std::nullopt);
      EXPECT_EQ(roster.find(BidderId{(bidders + 1) * apart}), std::nullopt);
    }
  }
}

TEST(RosterDeathTest, ids_ascend) {
  EXPECT_DEATH(Roster({BidderId{2}, BidderId{1}}), "CHECK");
  EXPECT_DEATH(Roster({BidderId{2}, BidderId{2}}), "CHECK");
}

}  // namespace
