// Aliases: a permutation that depends on the lot and the bidders, not on who came first.
#include "modules/alias.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace {

using namespace modules;
using engine::Admitted;
using engine::BidderId;
using engine::LotId;

std::vector<Admitted> bidders(std::uint64_t count) {
  std::vector<Admitted> out;
  for (std::uint64_t id = 1; id <= count; ++id) out.push_back({BidderId{id}, {}});
  return out;
}

std::vector<std::uint64_t> order(LotId lot, std::uint64_t entropy, std::vector<Admitted> const& admitted) {
  std::vector<std::uint64_t> ids;
  for (auto const& bidder : drawn(lot, entropy, admitted)) ids.push_back(bidder.bidder.number());
  return ids;
}

TEST(Alias, everybody_is_drawn_once) {
  for (std::uint64_t count : {0u, 1u, 2u, 7u, 256u}) {
    auto ids = order(LotId{257}, 99, bidders(count));
    std::ranges::sort(ids);
    ASSERT_EQ(ids.size(), count);
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(ids[i], i + 1);
  }
}

TEST(Alias, the_order_of_admission_does_not_show) {
  auto admitted = bidders(40);
  auto const before = order(LotId{513}, 99, admitted);
  std::mt19937 draw(1);
  std::ranges::shuffle(admitted, draw);
  EXPECT_EQ(order(LotId{513}, 99, admitted), before);
}

TEST(Alias, every_lot_draws_anew) {
  std::map<std::uint64_t, int> first_drawn;
  for (std::uint64_t lot = 1; lot <= 1'000; ++lot) ++first_drawn[order(LotId{lot << 8 | 1}, 99, bidders(5))[0]];
  ASSERT_EQ(first_drawn.size(), 5u);
  for (auto const& [bidder, count] : first_drawn) EXPECT_NEAR(count, 200, 70) << bidder;
}

// Whoever knows lot and admitted but not the entropy learns nothing: every order of the same lot is as likely.
TEST(Alias, other_entropy_draws_another_order) {
  std::map<std::uint64_t, int> first_drawn;
  for (std::uint64_t entropy = 0; entropy < 1'000; ++entropy) ++first_drawn[order(LotId{257}, entropy, bidders(5))[0]];
  ASSERT_EQ(first_drawn.size(), 5u);
  for (auto const& [bidder, count] : first_drawn) EXPECT_NEAR(count, 200, 70) << bidder;
}

// Kept in results and seen by people: the drawing never changes.
TEST(Alias, stays_what_it_was) {
  EXPECT_EQ(order(LotId{257}, 99, bidders(4)), (std::vector<std::uint64_t>{2, 1, 3, 4}));
}

TEST(Alias, has_a_text) {
  EXPECT_EQ(alias_text(11), "S12");
}

TEST(Alias, an_alias_is_read_as_its_place) {
  EXPECT_EQ(read_alias("S1"), 1);
  EXPECT_EQ(read_alias(alias_text(1'023)), 1'024);
  for (auto const* wrong : {"", "S", "S0", "s1", "S01", "S1025", "1", "S1 "}) EXPECT_FALSE(read_alias(wrong)) << wrong;
}

}  // namespace
