// Evaluated prices: exact mixed numbers, and the way back to the highest price that is not behind.
#include "engine/evaluation.h"

#include <gtest/gtest.h>

namespace {

using namespace engine;

Evaluation with(std::int32_t deduction, std::int32_t coefficient = BasisPoints::whole, std::int64_t addition = 0) {
  return {BasisPoints{deduction}, BasisPoints{coefficient}, Money::fen(addition)};
}
Money fen(std::int64_t amount) {
  return Money::fen(amount);
}

TEST(Evaluation, of_nothing_special_is_the_price_in_ten_thousandths_of_a_fen) {
  EXPECT_TRUE(with(0).is_plain());
  EXPECT_EQ(with(0).of(fen(12'345)), (Evaluated{123'450'000, 0, 1}));
  EXPECT_TRUE(with(0).of(fen(12'345)).is_whole());
}

TEST(Evaluation, anything_special_is_not_plain) {
  EXPECT_FALSE(with(1).is_plain());
  EXPECT_FALSE(with(0, 10'001).is_plain());
  EXPECT_FALSE(with(0, 10'000, -1).is_plain());
}

TEST(Evaluation, takes_a_deduction_off_the_price) {
  EXPECT_EQ(with(1'000).of(fen(85'000)), (Evaluated{765'000'000, 0, 1}));
  EXPECT_EQ(with(9'999).of(fen(85'000)), (Evaluated{85'000, 0, 1}));
}

TEST(Evaluation, divides_by_the_coefficient_and_keeps_the_rest) {
  EXPECT_EQ(with(0, 12'500).of(fen(100'000)), with(0).of(fen(80'000)));
  auto const third = with(0, 30'000).of(fen(100));
  EXPECT_EQ(third.whole, 333'333);
  EXPECT_EQ(third.rest, 10'000u);  // a third of the 30,000 that it is over
  EXPECT_EQ(third.over, 30'000u);
  EXPECT_FALSE(third.is_whole());
}

TEST(Evaluation, adds_after_everything_else_and_may_fall_below_zero) {
  EXPECT_EQ(with(1'000, 20'000, 5'000).of(fen(10'000)), with(0).of(fen(9'500)));  // 100.00 x 0.9 / 2 + 50.00
  auto const bonus = with(0, 30'000, -1).of(fen(1));                              // a third of a fen less a fen
  EXPECT_EQ(bonus.whole, 3'333 - 10'000);
  EXPECT_EQ(bonus.rest, 10'000u);
  EXPECT_LT(bonus, (Evaluated{-6'666, 0, 1}));
  EXPECT_GT(bonus, (Evaluated{-6'667, 0, 1}));
}

TEST(Evaluated, of_the_same_whole_are_told_apart_by_their_fractions) {
  auto const two_thirds = with(0, 30'000).of(fen(29'999));
  auto const five_ninths = with(0, 29'999).of(fen(29'998));
  EXPECT_EQ(two_thirds.whole, 99'996'666);
  EXPECT_EQ(five_ninths.whole, 99'996'666);
  EXPECT_LT(five_ninths, two_thirds);
  EXPECT_NE(five_ninths, two_thirds);
}

TEST(Evaluated, of_equal_value_are_equal_over_whatever_they_stand) {
  EXPECT_EQ(with(0, 30'000).of(fen(10'000)), with(0, 15'000).of(fen(5'000)));
  EXPECT_EQ(with(0, 20'000).of(fen(60'000)), with(0).of(fen(30'000)));
  EXPECT_EQ((Evaluated{5, 0, 1}), (Evaluated{5, 0, 99'999}));
}

TEST(Evaluated, compares_the_largest_fractions_there_are) {
  EXPECT_LT((Evaluated{0, 99'998, 99'999}), (Evaluated{0, 99'999, 100'000}));
  EXPECT_LT((Evaluated{0, 99'999, 100'000}), (Evaluated{1, 0, 1}));
}

// The price found is within the limit, and one fen more is not.
void expect_highest(Evaluation const& mine, Evaluated const& limit, std::int64_t price) {
  EXPECT_EQ(mine.price_within(limit), fen(price));
  EXPECT_LE(mine.of(fen(price)), limit);
  EXPECT_GT(mine.of(fen(price + 1)), limit);
}

TEST(PriceWithin, of_plain_on_plain_is_the_price_itself) {
  expect_highest(with(0), with(0).of(fen(12'345)), 12'345);
}

TEST(PriceWithin, is_the_highest_price_that_is_not_behind) {
  expect_highest(with(0, 12'500), with(0).of(fen(80'000)), 100'000);
  expect_highest(with(0, 10'001), with(0).of(fen(80'000)), 80'008);
  expect_highest(with(1'000), with(0).of(fen(80'000)), 88'888);
  expect_highest(with(0), with(1'000).of(fen(88'889)), 80'000);  // 800.001
  expect_highest(with(0, 30'000), with(0, 15'000).of(fen(5'000)), 10'000);
  expect_highest(with(0, 15'000, 250), with(0).of(fen(10'000)), 14'625);
  expect_highest(with(300, 7'000, -250), with(500, 30'000, 100).of(fen(99'999)), 23'104);
}

TEST(PriceWithin, reads_the_rest_of_the_limit) {
  // 29,998 / 29,999 is a hair below 29,999 / 30,000.
  expect_highest(with(0, 30'000), with(0, 29'999).of(fen(29'998)), 29'998);
  expect_highest(with(0, 29'999), with(0, 30'000).of(fen(29'999)), 29'998);
}

TEST(PriceWithin, of_what_no_price_reaches_is_nothing) {
  EXPECT_EQ(with(0, 10'000, 500).price_within(with(0).of(fen(499))), Money{});
  EXPECT_EQ(with(0, 10'000, 500).price_within(with(0).of(fen(500))), Money{});
  expect_highest(with(0, 10'000, 500), with(0).of(fen(501)), 1);
}

TEST(PriceWithin, never_passes_the_largest_amount) {
  auto const most = limits::money_fen_max;
  EXPECT_EQ(with(9'999, 100'000, -most).price_within(with(0, 1'000, most).of(fen(most))), fen(most));
}

TEST(Evaluation, of_the_largest_amounts_does_not_overflow) {
  auto const most = limits::money_fen_max;
  auto const dearest = with(0, Evaluation::coefficient_min, most).of(fen(most));
  EXPECT_EQ(dearest.whole, most * 10'000 * 11);  // ten times the price, and the price once more
  EXPECT_LT(with(0, 10'000, -most).of(fen(0)), with(0).of(fen(0)));
}

}  // namespace
