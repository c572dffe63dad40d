// What the state machine needs of its parameters, so that no sum overflows, no window is empty and no lot waits for
// ever. The figures of a BAD_RULES refusal say what was asked and what the nearest allowed value is.
#include "engine/rules.h"

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

Wrong judge_reverse(LotRules const& rules) {
  auto const instant = Duration{1};
  if (rules.step_basis != StepBasis::Own && rules.step_basis != StepBasis::Best) return bad({}, {});
  if (auto wrong = outside(rules.decrement, Money::fen(1), rules.ceiling)) return wrong;
  if (auto wrong = outside(rules.trigger_window, Duration::zero(), span_max)) return wrong;
  auto const shortest = rules.trigger_window > Duration::zero() ? instant : Duration::zero();
  if (auto wrong = outside(rules.extension, shortest, span_max)) return wrong;
  return outside(rules.hard_cap, rules.duration, span_max);
}

Wrong judge_sealed(LotRules const& rules) {
  auto const whole = BasisPoints{BasisPoints::whole};
  if (auto wrong = outside(rules.band_over, BasisPoints{}, whole)) return wrong;
  return outside(rules.band_places, 1, 255);
}

}  // namespace

std::optional<Refusal> judge(LotRules const& rules) {
  auto const instant = Duration{1};
  if (auto wrong = outside(rules.version, 1, 1)) return wrong;
  if (rules.format != Format::Reverse && rules.format != Format::Sealed) return bad({}, {});
  if (auto wrong = outside(rules.ceiling, Money::fen(1), Money::fen(limits::money_fen_max))) return wrong;
  if (auto wrong = outside(rules.duration, instant, span_max)) return wrong;
  if (auto wrong = rules.format == Format::Reverse ? judge_reverse(rules) : judge_sealed(rules)) return wrong;
  if (auto wrong = outside(rules.min_bidders, 1, 255)) return wrong;
  if (auto wrong = outside(rules.min_bidders_approved, 0, rules.min_bidders)) return wrong;
  if (auto wrong = outside(rules.slip_below, BasisPoints{}, BasisPoints{BasisPoints::whole})) return wrong;
  if (auto wrong = outside(rules.choose_for, instant, span_max)) return wrong;
  if (auto wrong = outside(rules.confirm_for, instant, span_max)) return wrong;
  if (auto wrong = outside(rules.resume_floor, Duration::zero(), span_max)) return wrong;
  return outside(rules.attempts_max, 1, limits::attempts_a_bidder_max);
}

}  // namespace engine
