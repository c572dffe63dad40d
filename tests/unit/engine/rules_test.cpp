// Rules of a lot at both sides of every limit.
#include "engine/rules.h"

#include <gtest/gtest.h>

namespace {

using namespace engine;
using namespace std::chrono_literals;

LotRules good(Format format = Format::Reverse) {
  LotRules rules;
  rules.format = format;
  rules.ceiling = Money::fen(10'000);
  rules.decrement = Money::fen(format == Format::Reverse ? 100 : 0);
  return rules;
}

bool is_good(LotRules const& rules) {
  auto const wrong = judge(rules);
  if (wrong) {
    EXPECT_EQ(wrong->kind, &refusals::bad_rules);
  }
  return !wrong;
}

// The field at its edge stands, one beyond does not.
template <class T>
void expect_range(LotRules rules, T LotRules::* field, T lowest, T below, T highest, T above) {
  rules.*field = lowest;
  EXPECT_TRUE(is_good(rules));
  rules.*field = below;
  EXPECT_FALSE(is_good(rules));
  rules.*field = highest;
  EXPECT_TRUE(is_good(rules));
  rules.*field = above;
  EXPECT_FALSE(is_good(rules));
}

TEST(Rules, the_defaults_with_a_ceiling_and_a_step_are_good) {
  EXPECT_TRUE(is_good(good()));
  EXPECT_TRUE(is_good(good(Format::Sealed)));
}

TEST(Rules, every_field_has_its_range) {
  auto const year = Duration{366 * 24h};
  auto const tick = Duration{1};
  auto const most = Money::fen(limits::money_fen_max);
  auto open = good();
  open.hard_cap = year;
  expect_range(open, &LotRules::ceiling, Money::fen(100), Money::fen(99), most, most + Money::fen(1));
  expect_range(open, &LotRules::decrement, Money::fen(1), Money{}, Money::fen(10'000), Money::fen(10'001));
  expect_range(open, &LotRules::duration, tick, Duration{}, year, year + tick);
  expect_range(open, &LotRules::trigger_window, Duration{}, -tick, year, year + tick);
  expect_range(open, &LotRules::extension, tick, Duration{}, year, year + tick);
  expect_range(good(), &LotRules::hard_cap, Duration{30min}, Duration{30min} - tick, year, year + tick);
  expect_range(open, &LotRules::choose_for, tick, Duration{}, year, year + tick);
  expect_range(open, &LotRules::confirm_for, tick, Duration{}, year, year + tick);
  expect_range(open, &LotRules::resume_floor, Duration{}, -tick, year, year + tick);
  expect_range(open, &LotRules::slip_below, BasisPoints{0}, BasisPoints{-1}, BasisPoints{10'000}, BasisPoints{10'001});
  expect_range(good(Format::Sealed), &LotRules::band_over, BasisPoints{0}, BasisPoints{-1}, BasisPoints{10'000},
               BasisPoints{10'001});
  expect_range(open, &LotRules::attempts_max, std::uint32_t{1}, std::uint32_t{0}, limits::attempts_a_bidder_max,
               limits::attempts_a_bidder_max + 1);
  expect_range(open, &LotRules::min_bidders_approved, std::uint8_t{0}, std::uint8_t{4}, std::uint8_t{3},
               std::uint8_t{4});
  expect_range(good(Format::Sealed), &LotRules::band_places, std::uint8_t{1}, std::uint8_t{0}, std::uint8_t{255},
               std::uint8_t{0});
  expect_range(open, &LotRules::min_bidders, std::uint8_t{1}, std::uint8_t{0}, std::uint8_t{255}, std::uint8_t{0});
}

TEST(Rules, unknown_versions_formats_and_bases_are_not_guessed_at) {
  auto rules = good();
  rules.version = 2;
  EXPECT_FALSE(is_good(rules));
  rules = good();
  rules.format = static_cast<Format>(3);
  EXPECT_FALSE(is_good(rules));
  rules = good();
  rules.step_basis = static_cast<StepBasis>(0);
  EXPECT_FALSE(is_good(rules));
}

TEST(Rules, a_hard_close_needs_no_extension) {
  auto rules = good();
  rules.trigger_window = Duration::zero();
  rules.extension = Duration::zero();
  EXPECT_TRUE(is_good(rules));
}

TEST(Rules, a_sealed_lot_is_not_judged_by_what_only_a_reverse_one_reads) {
  auto rules = good(Format::Sealed);
  rules.decrement = Money{};
  rules.duration = 72h;  // longer than the hard cap that it does not have
  EXPECT_TRUE(is_good(rules));
}

TEST(Rules, a_refusal_says_what_was_asked_and_what_would_do) {
  auto rules = good();
  rules.hard_cap = 29min;
  auto const wrong = judge(rules);
  ASSERT_TRUE(wrong);
  EXPECT_EQ(wrong->actual, (Figure{Figure::Unit::Span, Duration{29min}.count()}));
  EXPECT_EQ(wrong->limit, (Figure{Figure::Unit::Span, Duration{30min}.count()}));
}

}  // namespace
