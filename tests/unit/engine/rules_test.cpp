// Rules of a lot at both sides of every limit.
#include "engine/rules.h"

#include <gtest/gtest.h>

#include <vector>

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

// 10.00 to 50.00 by 10.00, either way.
LotRules with_levels(Format format) {
  auto rules = good(format);
  auto const rises = format == Format::Dutch;
  rules.first_level = Money::fen(rises ? 1'000 : 5'000);
  rules.last_level = Money::fen(rises ? 5'000 : 1'000);
  rules.level_step = Money::fen(1'000);
  rules.turn = 1min;
  rules.min_bidders = 1;
  return rules;
}
LotRules with_rounds() {
  auto rules = good(Format::Rounds);
  rules.decrement = Money::fen(100);
  rules.turn = 1min;
  return rules;
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
  rules.signed_bids = true;
  for (auto const version : {std::uint16_t{1}, std::uint16_t{2}})
    EXPECT_TRUE((rules.version = version, is_good(rules)));
  rules.version = 3;
  EXPECT_FALSE(is_good(rules));
  rules = good();
  rules.format = static_cast<Format>(6);
  EXPECT_FALSE(is_good(rules));
  rules.format = static_cast<Format>(0);
  EXPECT_FALSE(is_good(rules));
}

// Every value of the enumeration stands, none and one more do not.
template <class E>
void expect_known(LotRules rules, E LotRules::* field, E last) {
  for (std::uint8_t value = 0; value <= static_cast<std::uint8_t>(last) + 1; ++value) {
    rules.*field = static_cast<E>(value);
    EXPECT_EQ(is_good(rules), value != 0 && value <= static_cast<std::uint8_t>(last)) << int{value};
  }
}

TEST(Rules, every_choice_is_one_of_those_there_are) {
  auto open = good();
  open.decrement_share = BasisPoints{100};
  open.ladder[0] = {Money{}, Money::fen(1)};
  expect_known(open, &LotRules::step_basis, StepBasis::Best);
  expect_known(open, &LotRules::step_kind, StepKind::Ladder);
  expect_known(open, &LotRules::ending, Ending::Quiet);
  expect_known(open, &LotRules::extend_from, ExtendFrom::End);
  expect_known(open, &LotRules::extend_scope, ExtendScope::Inquiry);
  expect_known(open, &LotRules::rank_by, RankBy::Evaluated);
  expect_known(open, &LotRules::ties, Ties::RefusedAtLead);
  expect_known(open, &LotRules::release, Release::ResultsTogether);
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

TEST(Rules, what_moves_the_price_has_its_range) {
  auto const year = Duration{366 * 24h};
  auto const tick = Duration{1};
  auto percent = good();
  percent.step_kind = StepKind::Percent;
  expect_range(percent, &LotRules::decrement_share, BasisPoints{1}, BasisPoints{0}, BasisPoints{10'000},
               BasisPoints{10'001});
  auto const top = Money::fen(10'000);
  expect_range(good(), &LotRules::front_buffer, Money{}, Money::fen(-1), top, Money::fen(10'001));
  expect_range(good(), &LotRules::back_buffer, Money{}, Money::fen(-1), top, Money::fen(10'001));
  for (auto const& rules : {good(), with_rounds()}) {
    expect_range<std::uint8_t>(rules, &LotRules::rounds, 1, 0, limits::rounds_a_lot, limits::rounds_a_lot + 1);
  }
  for (auto const& rules : {good(), with_rounds(), good(Format::Sealed), with_levels(Format::Dutch)}) {
    expect_range(rules, &LotRules::pause, Duration{}, -tick, year, year + tick);
  }
  expect_range(with_rounds(), &LotRules::first_pause, Duration{}, -tick, year, year + tick);
  for (auto const& rules : {with_rounds(), with_levels(Format::Dutch), with_levels(Format::Japanese)}) {
    expect_range(rules, &LotRules::turn, tick, Duration{}, year, year + tick);
  }
  expect_range<std::uint8_t>(good(), &LotRules::visibility, 0, 32, visible::everything, 255);
}

TEST(Rules, a_quiet_period_has_a_length) {
  auto rules = good();
  rules.ending = Ending::Quiet;
  rules.trigger_window = Duration::zero();
  expect_range(rules, &LotRules::extension, Duration{1}, Duration{}, Duration{366 * 24h}, Duration{366 * 24h + 1ms});
}

TEST(Rules, rounds_of_turns_step_from_the_own_bid) {
  auto rules = with_rounds();
  EXPECT_TRUE(is_good(rules));
  rules.step_basis = StepBasis::Best;
  EXPECT_FALSE(is_good(rules));
}

TEST(Rules, hidden_bids_do_not_give_themselves_away_by_refused_ties) {
  for (auto rules : {good(Format::Sealed), with_rounds(), with_levels(Format::Dutch)}) {
    for (auto const ties : {Ties::Earliest, Ties::EqualBest, Ties::EqualWorst, Ties::Refused, Ties::RefusedAtLead}) {
      rules.ties = ties;
      EXPECT_EQ(is_good(rules), ties <= Ties::EqualWorst);
    }
  }
}

TEST(Rules, only_a_reverse_lot_knows_proxies) {
  for (auto rules : {good(), good(Format::Sealed), with_rounds(), with_levels(Format::Dutch)}) {
    rules.proxies = true;
    EXPECT_EQ(is_good(rules), rules.format == Format::Reverse);
  }
}

TEST(Rules, levels_lie_between_a_fen_and_the_ceiling_and_lead_one_way) {
  auto const top = Money::fen(10'000);
  expect_range(with_levels(Format::Dutch), &LotRules::first_level, Money::fen(1), Money{}, Money::fen(5'000),
               Money::fen(5'001));
  expect_range(with_levels(Format::Dutch), &LotRules::last_level, Money::fen(1'000), Money::fen(999), top,
               top + Money::fen(1));
  expect_range(with_levels(Format::Japanese), &LotRules::first_level, Money::fen(1'000), Money::fen(999), top,
               top + Money::fen(1));
  expect_range(with_levels(Format::Japanese), &LotRules::last_level, Money::fen(1), Money{}, Money::fen(5'000),
               Money::fen(5'001));
}

TEST(Rules, there_are_at_most_a_thousand_levels_and_a_single_one_needs_no_step) {
  for (auto const format : {Format::Dutch, Format::Japanese}) {
    auto rules = with_levels(format);
    expect_range(rules, &LotRules::level_step, Money::fen(5), Money::fen(4), Money::fen(10'000), Money::fen(10'001));
    rules.level_step = Money{};
    EXPECT_FALSE(is_good(rules));
    rules.first_level = rules.last_level;
    EXPECT_TRUE(is_good(rules));
    EXPECT_EQ(levels(rules), 1u);
  }
}

TEST(Rules, a_dutch_lot_asks_for_a_best_bid_only_after_sealed_ones) {
  auto rules = with_levels(Format::Dutch);
  rules.best_bid_for = 1min;
  EXPECT_FALSE(is_good(rules));
  rules.sealed_for = 1min;
  EXPECT_FALSE(is_good(rules)) << "there is no step to beat the taker by";
  rules.decrement = Money::fen(1);
  EXPECT_TRUE(is_good(rules));
  rules.min_bidders = 3;
  EXPECT_TRUE(is_good(rules));
  rules.sealed_for = rules.best_bid_for = Duration::zero();
  EXPECT_FALSE(is_good(rules)) << "there is one taker and nobody else";
}

TEST(Rules, knows_which_lots_hide_bids_for_a_time) {
  EXPECT_FALSE(has_hidden_bids(good()));
  EXPECT_TRUE(has_hidden_bids(good(Format::Sealed)));
  EXPECT_TRUE(has_hidden_bids(with_rounds()));
  EXPECT_FALSE(has_hidden_bids(with_levels(Format::Japanese)));
  auto dutch = with_levels(Format::Dutch);
  EXPECT_FALSE(has_hidden_bids(dutch));
  dutch.sealed_for = 1ms;
  EXPECT_TRUE(has_hidden_bids(dutch));
}

// Ladders -------------------------------------------------------------------------------------------------------------

// 20.00 above 500.00, 10.00 above 200.00, 1.00 down from there.
LotRules with_ladder() {
  auto rules = good();
  rules.ceiling = Money::fen(100'000);
  rules.step_kind = StepKind::Ladder;
  rules.ladder[0] = {Money::fen(50'000), Money::fen(2'000)};
  rules.ladder[1] = {Money::fen(20'000), Money::fen(1'000)};
  rules.ladder[2] = {Money{}, Money::fen(100)};
  return rules;
}

TEST(Ladder, falls_to_nothing_and_ends_there) {
  EXPECT_TRUE(is_good(with_ladder()));
  auto level = with_ladder();
  level.ladder[1].above = level.ladder[0].above;
  EXPECT_FALSE(is_good(level));
  auto open_below = with_ladder();
  for (std::size_t i = 0; i < open_below.ladder.size(); ++i) {
    open_below.ladder[i] = {Money::fen(50'000 - static_cast<std::int64_t>(i)), Money::fen(1)};
  }
  EXPECT_FALSE(is_good(open_below)) << "no band for the lowest prices";
  open_below.ladder.back().above = Money{};
  EXPECT_TRUE(is_good(open_below)) << "as many bands as there are";
  auto more = with_ladder();
  more.ladder[3] = {Money{}, Money::fen(1)};
  EXPECT_FALSE(is_good(more)) << "a band behind the last";
  EXPECT_FALSE(is_good([] {
    auto none = with_ladder();
    none.ladder = {};
    return none;
  }()));
}

TEST(Ladder, has_a_step_in_every_band) {
  auto rules = with_ladder();
  rules.ladder[1].decrement = Money{};
  EXPECT_FALSE(is_good(rules));
  rules.ladder[1].decrement = rules.ceiling;
  EXPECT_TRUE(is_good(rules));
  rules.ladder[1].decrement = rules.ceiling + Money::fen(1);
  EXPECT_FALSE(is_good(rules));
}

TEST(DecrementAt, of_a_ladder_is_that_of_the_first_band_below_the_reference) {
  auto const rules = with_ladder();
  auto const at = [&](std::int64_t reference) { return decrement_at(rules, Money::fen(reference)).in_fen(); };
  EXPECT_EQ(at(100'000), 2'000);
  EXPECT_EQ(at(50'001), 2'000);
  EXPECT_EQ(at(50'000), 1'000);
  EXPECT_EQ(at(20'001), 1'000);
  EXPECT_EQ(at(20'000), 100);
  EXPECT_EQ(at(1), 100);
}

TEST(DecrementAt, of_a_percentage_is_rounded_up_and_has_a_least) {
  auto rules = good();
  rules.step_kind = StepKind::Percent;
  rules.decrement_share = BasisPoints{150};
  auto const at = [&](std::int64_t reference) { return decrement_at(rules, Money::fen(reference)).in_fen(); };
  EXPECT_EQ(at(70'000), 1'050);
  EXPECT_EQ(at(70'001), 1'051);
  EXPECT_EQ(at(6'667), 101);  // 100.005
  EXPECT_EQ(at(6'666), 100);  // 99.99
  EXPECT_EQ(at(1), 100);
  rules.decrement_share = BasisPoints{10'000};
  EXPECT_EQ(at(limits::money_fen_max), limits::money_fen_max);
}

TEST(DecrementAt, of_a_fixed_step_and_of_a_grid_is_the_same_everywhere) {
  auto rules = good();
  for (auto const kind : {StepKind::Fixed, StepKind::Multiple}) {
    rules.step_kind = kind;
    EXPECT_EQ(decrement_at(rules, Money::fen(1)), Money::fen(100));
    EXPECT_EQ(decrement_at(rules, Money::fen(limits::money_fen_max)), Money::fen(100));
  }
}

// Levels --------------------------------------------------------------------------------------------------------------

std::vector<std::int64_t> prices_of(LotRules const& rules) {
  std::vector<std::int64_t> prices;
  for (std::uint32_t level = 1; level <= levels(rules); ++level) prices.push_back(level_price(rules, level).in_fen());
  return prices;
}

TEST(Levels, of_a_dutch_lot_rise_and_reach_the_last_however_short_the_way) {
  auto rules = with_levels(Format::Dutch);
  EXPECT_EQ(prices_of(rules), (std::vector<std::int64_t>{1'000, 2'000, 3'000, 4'000, 5'000}));
  rules.last_level = Money::fen(3'001);
  EXPECT_EQ(prices_of(rules), (std::vector<std::int64_t>{1'000, 2'000, 3'000, 3'001}));
}

TEST(Levels, of_a_japanese_lot_fall_and_never_below_the_last) {
  auto rules = with_levels(Format::Japanese);
  EXPECT_EQ(prices_of(rules), (std::vector<std::int64_t>{5'000, 4'000, 3'000, 2'000, 1'000}));
  rules.last_level = Money::fen(3'999);
  EXPECT_EQ(prices_of(rules), (std::vector<std::int64_t>{5'000, 4'000}));
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
