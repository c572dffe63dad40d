// Standings at close, the low band, and who is left after a decline.
#include "engine/award.h"

#include <gtest/gtest.h>

namespace {

using namespace engine;

Standing quote(std::uint64_t bidder, std::int64_t fen, std::uint64_t seq, std::int32_t deduction = 0) {
  Standing standing;
  standing.bidder = BidderId{bidder};
  standing.price = Money::fen(fen);
  standing.evaluated_price = Evaluation{.deduction = BasisPoints{deduction}}.of(standing.price);
  standing.seq = Seq{seq};
  return standing;
}

std::vector<std::uint64_t> numbers(std::vector<BidderId> const& bidders) {
  std::vector<std::uint64_t> ids;
  for (auto const bidder : bidders) ids.push_back(bidder.number());
  return ids;
}
using Ids = std::vector<std::uint64_t>;

// The band of the rules: three places, ten per cent.
Award band(std::vector<Standing> quotes, LotRules rules = {}) {
  return {std::move(quotes), rules, Choice::Band};
}

TEST(Award, ranks_by_evaluated_price_while_the_price_stays_the_bid) {
  // rules.md §5.2: Q's deduction of ten per cent puts it first; the contract is at the bid.
  auto const award = band({quote(1, 49'800'000, 1), quote(2, 50'500'000, 2, 1'000), quote(3, 48'000'000, 3)});
  EXPECT_EQ(award.first().bidder, BidderId{2});
  EXPECT_EQ(award.first().price, Money::fen(50'500'000));
  EXPECT_EQ(award.find(BidderId{3})->rank, 2);
  EXPECT_EQ(award.find(BidderId{1})->rank, 3);
}

TEST(Award, equal_evaluated_prices_rank_by_time_order) {
  auto const award = band({quote(1, 1'000, 9, 1'000), quote(2, 900, 5), quote(3, 900, 7)});
  EXPECT_EQ(award.first().bidder, BidderId{2});
  EXPECT_EQ(award.find(BidderId{3})->rank, 2);
  EXPECT_EQ(award.find(BidderId{1})->rank, 3);
}

TEST(Award, the_band_ends_exactly_at_its_share_of_the_lowest) {
  // A dear fourth keeps the mean out of the way.
  EXPECT_EQ(numbers(band({quote(1, 1'000, 1), quote(2, 1'100, 2), quote(3, 9'000, 3)}).selectable()), (Ids{1, 2}));
  EXPECT_EQ(numbers(band({quote(1, 1'000, 1), quote(2, 1'101, 2), quote(3, 9'000, 3)}).selectable()), (Ids{1}));
}

TEST(Award, the_band_ends_exactly_at_the_mean) {
  EXPECT_EQ(numbers(band({quote(1, 1'000, 1), quote(2, 1'010, 2), quote(3, 1'020, 3)}).selectable()), (Ids{1, 2}));
  EXPECT_EQ(numbers(band({quote(1, 1'000, 1), quote(2, 1'010, 2), quote(3, 1'019, 3)}).selectable()), (Ids{1}));
}

TEST(Award, the_band_has_so_many_places_also_among_equals) {
  EXPECT_EQ(
      numbers(band({quote(1, 1'000, 1), quote(2, 1'000, 2), quote(3, 1'000, 3), quote(4, 1'000, 4)}).selectable()),
      (Ids{1, 2, 3}));
}

TEST(Award, the_first_is_selectable_and_nobody_else_where_only_the_first_may_be) {
  Award const first_only({quote(1, 1'000, 1), quote(2, 1'000, 2)}, LotRules{}, Choice::FirstOnly);
  EXPECT_EQ(numbers(first_only.selectable()), (Ids{1}));
  Award const none({quote(1, 1'000, 1), quote(2, 1'000, 2)}, LotRules{}, Choice::None);
  EXPECT_TRUE(none.selectable().empty());
}

TEST(Award, the_largest_quotes_do_not_overflow) {
  auto const dear = limits::money_fen_max;
  std::vector<Standing> quotes;
  for (std::uint64_t id = 1; id <= limits::bidders_a_lot; ++id) quotes.push_back(quote(id, dear, id));
  auto const award = band(std::move(quotes));
  EXPECT_EQ(numbers(award.selectable()), (Ids{1, 2, 3}));
  EXPECT_EQ(award.band_limit(Evaluation{}), Money::fen(dear));
}

TEST(Award, after_a_drop_ranks_move_up_while_lowest_and_mean_stay) {
  auto award = band({quote(1, 1'000, 1), quote(2, 1'100, 2), quote(3, 1'101, 3), quote(4, 2'000, 4)});
  EXPECT_EQ(numbers(award.selectable()), (Ids{1, 2}));
  award.drop(BidderId{1});
  EXPECT_EQ(award.first().bidder, BidderId{2});
  EXPECT_EQ(award.first().rank, 1);
  EXPECT_EQ(numbers(award.selectable()), (Ids{2}));  // 1,101 is still over 110 % of the 1,000 that left
  award.drop(BidderId{2});
  EXPECT_EQ(numbers(award.selectable()), (Ids{3}));  // the first always
  EXPECT_EQ(award.at_close().size(), 4u);
  EXPECT_EQ(award.at_close().front().bidder, BidderId{1});
}

TEST(Award, a_fourth_moves_into_the_band_when_a_place_gets_free) {
  auto award = band({quote(1, 1'000, 1), quote(2, 1'000, 2), quote(3, 1'000, 3), quote(4, 1'000, 4)});
  award.drop(BidderId{2});
  EXPECT_EQ(numbers(award.selectable()), (Ids{1, 3, 4}));
}

TEST(Award, the_limit_is_the_highest_price_inside_for_that_bidder) {
  auto const quotes = std::vector{quote(1, 1'000, 1), quote(2, 1'300, 2), quote(3, 1'500, 3, 1'000)};
  auto const award = band(quotes);
  // lowest x 1.1 = 1,100 is below the mean; with ten per cent off, 1,222 counts as 1,099.8.
  EXPECT_EQ(award.band_limit(Evaluation{}), Money::fen(1'100));
  EXPECT_EQ(award.band_limit(Evaluation{.deduction = BasisPoints{1'000}}), Money::fen(1'222));
}

TEST(Award, is_empty_when_all_are_dropped) {
  auto award = band({quote(1, 1'000, 1)});
  EXPECT_TRUE(award.has_anyone());
  award.drop(BidderId{1});
  EXPECT_FALSE(award.has_anyone());
  EXPECT_EQ(award.find(BidderId{1}), nullptr);
}

}  // namespace
