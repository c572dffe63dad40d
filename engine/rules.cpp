// What the state machine needs of its parameters, so that no sum overflows, no window is empty and no lot waits for
// ever. The figures of a BAD_RULES refusal say what was asked and what the nearest allowed value is.
#include "engine/rules.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"

namespace engine {
namespace {

// No window is longer than a year: far beyond any procurement, far below what a time can hold.
constexpr Duration span_max = std::chrono::days{366};

using Wrong = std::optional<Refusal>;

Wrong bad(Figure actual, Figure limit) {
  return Refusal{&refusals::bad_rules, actual, limit};
}

template <class T>
Wrong outside(T value, T lowest, T highest, Figure (*figure)(T)) {
  if (value < lowest) return bad(figure(value), figure(lowest));
  if (value > highest) return bad(figure(value), figure(highest));
  return std::nullopt;
}
Wrong outside(Money value, Money lowest, Money highest) {
  return outside<Money>(value, lowest, highest, figure::fen);
}
Wrong outside(Duration value, Duration lowest, Duration highest) {
  return outside<Duration>(value, lowest, highest, figure::span);
}
Wrong outside(BasisPoints value, BasisPoints lowest, BasisPoints highest) {
  return outside<BasisPoints>(value, lowest, highest, figure::points);
}
Wrong outside(std::size_t value, std::size_t lowest, std::size_t highest) {
  return outside<std::size_t>(value, lowest, highest, figure::count);
}

template <class E>
bool is_known(E value, E lowest, E highest) {
  return value >= lowest && value <= highest;
}

constexpr auto instant = Duration{1};

Wrong judge_ladder(LotRules const& rules) {
  auto below = Money::fen(limits::money_fen_max);
  for (std::size_t i = 0; i < rules.ladder.size(); ++i) {
    auto const& [above, decrement] = rules.ladder[i];
    if (auto wrong = outside(above, Money{}, below)) return wrong;
    if (auto wrong = outside(decrement, Money::fen(1), rules.ceiling)) return wrong;
    if (above == Money{}) {
      auto const rest = std::span(rules.ladder).subspan(i + 1);
      auto const is_last = std::ranges::all_of(rest, [](StepBand const& band) { return band == StepBand{}; });
      return is_last ? std::nullopt : bad(figure::count(i + 2), figure::count(i + 1));
    }
    below = above - Money::fen(1);
  }
  return bad(figure::fen(rules.ladder.back().above), figure::fen(Money{}));  // no band for the lowest prices
}

Wrong judge_step(LotRules const& rules) {
  if (!is_known(rules.step_kind, StepKind::Fixed, StepKind::Ladder)) return bad({}, {});
  if (auto wrong = outside(rules.decrement, Money::fen(1), rules.ceiling)) return wrong;
  if (rules.step_kind == StepKind::Percent) {
    return outside(rules.decrement_share, BasisPoints{1}, BasisPoints{BasisPoints::whole});
  }
  return rules.step_kind == StepKind::Ladder ? judge_ladder(rules) : std::nullopt;
}

Wrong judge_ending(LotRules const& rules) {
  if (!is_known(rules.ending, Ending::Window, Ending::Quiet)) return bad({}, {});
  if (!is_known(rules.extend_from, ExtendFrom::Bid, ExtendFrom::End)) return bad({}, {});
  if (!is_known(rules.extend_scope, ExtendScope::Lot, ExtendScope::Inquiry)) return bad({}, {});
  if (auto wrong = outside(rules.trigger_window, Duration::zero(), span_max)) return wrong;
  auto const needs_length = rules.ending == Ending::Quiet || rules.trigger_window > Duration::zero();
  if (auto wrong = outside(rules.extension, needs_length ? instant : Duration::zero(), span_max)) return wrong;
  return outside(rules.hard_cap, rules.duration, span_max);
}

Wrong judge_reverse(LotRules const& rules) {
  if (!is_known(rules.step_basis, StepBasis::Own, StepBasis::Best)) return bad({}, {});
  if (auto wrong = judge_step(rules)) return wrong;
  if (auto wrong = judge_ending(rules)) return wrong;
  if (auto wrong = outside(rules.front_buffer, Money{}, rules.ceiling)) return wrong;
  if (auto wrong = outside(rules.back_buffer, Money{}, rules.ceiling)) return wrong;
  if (auto wrong = outside(rules.rounds, 1, limits::rounds_a_lot)) return wrong;
  return outside(rules.pause, Duration::zero(), span_max);
}

Wrong judge_sealed(LotRules const& rules) {
  auto const whole = BasisPoints{BasisPoints::whole};
  if (auto wrong = outside(rules.band_over, BasisPoints{}, whole)) return wrong;
  return outside(rules.band_places, 1, 255);
}

Wrong judge_rounds(LotRules const& rules) {
  if (rules.step_basis != StepBasis::Own) return bad({}, {});
  if (auto wrong = judge_step(rules)) return wrong;
  if (auto wrong = outside(rules.rounds, 1, limits::rounds_a_lot)) return wrong;
  if (auto wrong = outside(rules.first_pause, Duration::zero(), span_max)) return wrong;
  if (auto wrong = outside(rules.pause, Duration::zero(), span_max)) return wrong;
  return outside(rules.turn, instant, span_max);
}

Wrong judge_levels(LotRules const& rules) {
  auto const rises = rules.format == Format::Dutch;
  auto const& lowest = rises ? rules.first_level : rules.last_level;
  auto const& highest = rises ? rules.last_level : rules.first_level;
  if (auto wrong = outside(highest, Money::fen(1), rules.ceiling)) return wrong;
  if (auto wrong = outside(lowest, Money::fen(1), highest)) return wrong;
  if (auto wrong = outside(rules.level_step, Money::fen(lowest < highest ? 1 : 0), rules.ceiling)) return wrong;
  if (auto wrong = outside(levels(rules), 1, limits::levels_a_lot)) return wrong;
  return outside(rules.turn, instant, span_max);
}

Wrong judge_dutch(LotRules const& rules) {
  if (auto wrong = judge_levels(rules)) return wrong;
  if (auto wrong = outside(rules.pause, Duration::zero(), span_max)) return wrong;
  if (auto wrong = outside(rules.sealed_for, Duration::zero(), span_max)) return wrong;
  auto const has_more = rules.sealed_for > Duration::zero();
  if (auto wrong = outside(rules.best_bid_for, Duration::zero(), has_more ? span_max : Duration::zero())) return wrong;
  if (has_more) return judge_step(rules);
  return outside(rules.min_bidders, 1, 1);  // there is one taker and nobody else
}

Wrong judge_format(LotRules const& rules) {
  switch (rules.format) {
    case Format::Reverse:
      return judge_reverse(rules);
    case Format::Sealed:
      return judge_sealed(rules);
    case Format::Rounds:
      return judge_rounds(rules);
    case Format::Dutch:
      return judge_dutch(rules);
    case Format::Japanese:
      return judge_levels(rules);
  }
  UNREACHABLE();
}

// What would give away a hidden bid, or needs what the format has not.
Wrong judge_choices(LotRules const& rules) {
  if (!is_known(rules.rank_by, RankBy::Price, RankBy::Evaluated)) return bad({}, {});
  auto const last_tie = rules.format == Format::Reverse ? Ties::RefusedAtLead : Ties::EqualWorst;
  if (!is_known(rules.ties, Ties::Earliest, last_tie)) return bad({}, {});
  if (!is_known(rules.release, Release::Each, Release::ResultsTogether)) return bad({}, {});
  if (auto wrong = outside(rules.visibility, 0, visible::everything)) return wrong;
  if (rules.proxies && rules.format != Format::Reverse) return bad({}, {});
  auto const can_be_signed = (rules.format == Format::Reverse && rules.rounds == 1) || rules.format == Format::Sealed;
  if (rules.signed_bids && (!can_be_signed || rules.proxies || rules.surrogates)) return bad({}, {});
  // In series, whatever the format.
  return outside(rules.pause, Duration::zero(), span_max);
}

}  // namespace

std::optional<Refusal> judge(LotRules const& rules) {
  if (auto wrong = outside(rules.version, 1, version_of(rules))) return wrong;
  if (!is_known(rules.format, Format::Reverse, Format::Japanese)) return bad({}, {});
  if (auto wrong = outside(rules.ceiling, Money::fen(1), Money::fen(limits::money_fen_max))) return wrong;
  if (auto wrong = outside(rules.duration, instant, span_max)) return wrong;
  if (auto wrong = judge_format(rules)) return wrong;
  if (auto wrong = judge_choices(rules)) return wrong;
  if (auto wrong = outside(rules.min_bidders, 1, 255)) return wrong;
  if (auto wrong = outside(rules.min_bidders_approved, 0, rules.min_bidders)) return wrong;
  if (auto wrong = outside(rules.slip_below, BasisPoints{}, BasisPoints{BasisPoints::whole})) return wrong;
  if (auto wrong = outside(rules.choose_for, instant, span_max)) return wrong;
  if (auto wrong = outside(rules.confirm_for, instant, span_max)) return wrong;
  if (auto wrong = outside(rules.resume_floor, Duration::zero(), span_max)) return wrong;
  return outside(rules.attempts_max, 1, limits::attempts_a_bidder_max);
}

Money decrement_at(LotRules const& rules, Money reference) {
  switch (rules.step_kind) {
    case StepKind::Fixed:
    case StepKind::Multiple:
      return rules.decrement;
    case StepKind::Percent: {
      auto const share = reference.in_fen() * rules.decrement_share.count();
      return std::max(rules.decrement, Money::fen((share + BasisPoints::whole - 1) / BasisPoints::whole));
    }
    case StepKind::Ladder: {
      auto const* band = rules.ladder.data();
      while (reference <= band->above && band->above != Money{}) ++band;
      return band->decrement;
    }
  }
  UNREACHABLE();
}

std::uint32_t levels(LotRules const& rules) {
  auto const rises = rules.format == Format::Dutch;
  auto const way = (rises ? rules.last_level - rules.first_level : rules.first_level - rules.last_level).in_fen();
  if (way == 0) return 1;
  auto const step = rules.level_step.in_fen();
  auto const steps = rises ? (way + step - 1) / step : way / step;
  return static_cast<std::uint32_t>(std::min<std::int64_t>(steps, limits::levels_a_lot) + 1);
}

Money level_price(LotRules const& rules, std::uint32_t level) {
  auto const way = Money::fen(rules.level_step.in_fen() * (level - 1));
  if (rules.format == Format::Dutch) return std::min(rules.last_level, rules.first_level + way);
  return rules.first_level - way;
}

}  // namespace engine
