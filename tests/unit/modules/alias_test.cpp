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

std::map<BidderId, std::uint16_t> by_bidder(LotId lot, std::vector<Admitted> const& admitted) {
  std::map<BidderId, std::uint16_t> out;
  auto const numbers = aliases(lot, admitted);
  for (std::size_t i = 0; i < admitted.size(); ++i) out[admitted[i].bidder] = numbers[i];
  return out;
}

TEST(Alias, numbers_are_a_permutation) {
  for (std::uint64_t count : {0u, 1u, 2u, 7u, 256u}) {
    auto numbers = aliases(LotId{257}, bidders(count));
    std::ranges::sort(numbers);
    for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_EQ(numbers[i], i + 1);
  }
}

TEST(Alias, the_order_of_admission_does_not_show) {
  auto admitted = bidders(40);
  auto const before = by_bidder(LotId{513}, admitted);
  std::mt19937 draw(1);
  std::ranges::shuffle(admitted, draw);
  EXPECT_EQ(by_bidder(LotId{513}, admitted), before);
}

TEST(Alias, every_lot_draws_anew) {
  std::map<std::uint16_t, int> places_of_the_first;
  for (std::uint64_t lot = 1; lot <= 1'000; ++lot) ++places_of_the_first[aliases(LotId{lot << 8 | 1}, bidders(5))[0]];
  ASSERT_EQ(places_of_the_first.size(), 5u);
  for (auto const& [place, count] : places_of_the_first) EXPECT_NEAR(count, 200, 70) << place;
}

// Kept in results and seen by people: the drawing never changes.
TEST(Alias, stays_what_it_was) {
  EXPECT_EQ(aliases(LotId{257}, bidders(4)), (std::vector<std::uint16_t>{3, 4, 1, 2}));
}

TEST(Alias, has_a_text) {
  EXPECT_EQ(alias_text(12), "S12");
}

}  // namespace
