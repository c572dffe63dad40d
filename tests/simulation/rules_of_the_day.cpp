// See the header.
#include "tests/simulation/rules_of_the_day.h"

namespace simulation {

using namespace engine;

namespace {

// A part of a sum, in ten-thousandths, at least a fen.
Money part(Money sum, std::int64_t ten_thousandths) {
  auto const fen = sum.in_fen() / 10'000 * ten_thousandths + sum.in_fen() % 10'000 * ten_thousandths / 10'000;
  return Money::fen(fen < 1 ? 1 : fen);
}
Duration span(Dice& dice, std::int64_t lowest, std::int64_t highest) {
  return Duration{dice.between(lowest, highest)};
}

void draw_step(Dice& dice, LotRules& rules) {
  auto const is_fine = dice.chance(30);  // the smallest steps there are
  rules.decrement = is_fine ? Money::fen(dice.between(1, 500)) : part(rules.ceiling, dice.between(10, 300));
  if (rules.decrement > rules.ceiling) rules.decrement = Money::fen(1);
  rules.step_kind = static_cast<StepKind>(dice.between(1, 4));
  rules.decrement_share = BasisPoints{static_cast<std::int32_t>(dice.between(1, 400))};
  if (rules.step_kind != StepKind::Ladder) return;
  rules.ladder[0] = {part(rules.ceiling, 8'000), part(rules.ceiling, 200)};
  rules.ladder[1] = {part(rules.ceiling, 5'000), part(rules.ceiling, 100)};
  rules.ladder[2] = {Money{}, Money::fen(1)};
}

void draw_ending(Dice& dice, LotRules& rules) {
  rules.ending = dice.chance(25) ? Ending::Quiet : Ending::Window;
  rules.trigger_window = dice.chance(15) ? Duration::zero() : span(dice, 1, 800);
  rules.extension = span(dice, 1, 700);
  rules.hard_cap = rules.duration + (dice.chance(20) ? Duration::zero() : span(dice, 1, 2'500));
  rules.extend_from = dice.chance(50) ? ExtendFrom::Bid : ExtendFrom::End;
  rules.trigger_rank = static_cast<std::uint16_t>(dice.chance(60) ? 0 : dice.between(1, 3));
  rules.extensions_max = static_cast<std::uint16_t>(dice.chance(60) ? 0 : dice.between(1, 3));
  rules.extend_scope = dice.chance(30) ? ExtendScope::Inquiry : ExtendScope::Lot;
}

void draw_reverse(Dice& dice, LotRules& rules) {
  draw_step(dice, rules);
  draw_ending(dice, rules);
  rules.step_basis = dice.chance(50) ? StepBasis::Own : StepBasis::Best;
  if (dice.chance(20)) rules.front_buffer = part(rules.ceiling, dice.between(1, 100));
  if (dice.chance(20)) rules.back_buffer = part(rules.ceiling, dice.between(1, 100));
  rules.leader_waits = dice.chance(20);
  rules.ties = static_cast<Ties>(dice.between(1, 5));
  rules.proxies = dice.chance(45);
  if (dice.chance(70)) return;
  rules.rounds = static_cast<std::uint8_t>(dice.between(2, 3));
  rules.eliminate = static_cast<std::uint16_t>(dice.between(0, 2));
}

void draw_levels(Dice& dice, LotRules& rules) {
  auto const low = part(rules.ceiling, dice.between(5'000, 7'000));
  auto const high = part(rules.ceiling, dice.between(8'000, 10'000));
  auto const rises = rules.format == Format::Dutch;
  rules.first_level = rises ? low : high;
  rules.last_level = rises ? high : low;
  rules.level_step = part(rules.ceiling, dice.between(200, 1'500));
  if (!rises) return;
  if (dice.chance(70)) rules.sealed_for = span(dice, 200, 900);
  if (rules.sealed_for > Duration::zero() && dice.chance(70)) rules.best_bid_for = span(dice, 100, 600);
  if (rules.sealed_for == Duration::zero()) rules.min_bidders = 1;
  if (rules.sealed_for == Duration::zero()) rules.min_bidders_approved = 0;
  draw_step(dice, rules);
}

void draw_format(Dice& dice, LotRules& rules) {
  switch (rules.format) {
    case Format::Reverse:
      return draw_reverse(dice, rules);
    case Format::Sealed:
      rules.band_over = BasisPoints{static_cast<std::int32_t>(dice.between(0, 4'000))};
      rules.band_places = static_cast<std::uint8_t>(dice.between(1, 4));
      return;
    case Format::Rounds:
      draw_step(dice, rules);
      rules.rounds = static_cast<std::uint8_t>(dice.between(1, 3));
      return;
    case Format::Dutch:
    case Format::Japanese:
      return draw_levels(dice, rules);
  }
}

// Nobody else may bid for a supplier then; now and then the rules forget it, and the lot is not opened.
void draw_signing(Dice& dice, LotRules& rules) {
  auto const can_be = (rules.format == Format::Reverse && rules.rounds == 1) || rules.format == Format::Sealed;
  rules.signed_bids = dice.chance(can_be ? 35 : 1);
  rules.version = version_of(rules);
  if (!rules.signed_bids || dice.chance(2)) return;
  rules.proxies = false;
  rules.surrogates = false;
}

Format draw_format(Dice& dice) {
  auto const pick = dice.between(1, 100);
  if (pick <= 40) return Format::Reverse;
  if (pick <= 55) return Format::Sealed;
  if (pick <= 72) return Format::Rounds;
  return pick <= 88 ? Format::Dutch : Format::Japanese;
}

}  // namespace

LotRules draw_rules(Dice& dice) {
  LotRules rules;
  rules.format = draw_format(dice);
  auto const is_small = dice.chance(25);
  rules.ceiling = Money::fen(is_small ? dice.between(200, 1'000) : dice.between(100'000'000'000, 9'000'000'000'000));
  rules.duration = span(dice, 400, 2'500);
  rules.turn = span(dice, 100, 500);
  if (dice.chance(60)) rules.pause = span(dice, 1, 400);
  if (dice.chance(50)) rules.first_pause = span(dice, 1, 400);
  rules.min_bidders = static_cast<std::uint8_t>(dice.between(1, 3));
  rules.min_bidders_approved = static_cast<std::uint8_t>(dice.between(0, rules.min_bidders));
  rules.rank_by = dice.chance(40) ? RankBy::Evaluated : RankBy::Price;
  rules.ties = static_cast<Ties>(dice.between(1, 3));
  rules.visibility = static_cast<std::uint8_t>(dice.between(0, visible::everything));
  draw_format(dice, rules);
  rules.surrogates = dice.chance(50);
  draw_signing(dice, rules);
  rules.requotes = dice.chance(70);
  rules.practice = dice.chance(8);
  rules.choose_for = span(dice, 300, 2'000);
  rules.confirm_for = span(dice, 300, 2'000);
  rules.slip_below = BasisPoints{static_cast<std::int32_t>(dice.chance(30) ? 0 : dice.between(1'000, 9'000))};
  rules.resume_floor = dice.chance(40) ? Duration::zero() : span(dice, 1, 800);
  rules.attempts_max = static_cast<std::uint32_t>(dice.chance(25) ? dice.between(1, 6) : 40);
  if (dice.chance(1)) rules.ceiling = Money{};
  return rules;
}

Evaluation draw_evaluation(Dice& dice, LotRules const& rules) {
  Evaluation evaluation;
  if (dice.chance(50)) return evaluation;
  if (dice.chance(50)) evaluation.deduction = BasisPoints{static_cast<std::int32_t>(dice.between(1, 2'000))};
  if (dice.chance(40)) evaluation.coefficient = BasisPoints{static_cast<std::int32_t>(dice.between(8'000, 13'000))};
  if (dice.chance(30)) evaluation.addition = Money::fen(dice.between(-1, 1) * (rules.ceiling.in_fen() / 50));
  return evaluation;
}

}  // namespace simulation
