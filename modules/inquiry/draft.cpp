// What the platform allows of a draft; see draft.h. Pure.
#include "modules/inquiry/draft.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"
#include "modules/inquiry/refusals.h"

namespace modules::inquiry {

namespace {

using Verdict = std::optional<engine::Refusal>;

Verdict outside(engine::Duration value, engine::Duration lowest, engine::Duration highest) {
  if (value >= lowest && value <= highest) return std::nullopt;
  auto const limit = value < lowest ? lowest : highest;
  return engine::Refusal{&refusals::parameter_out_of_range, engine::figure::span(value), engine::figure::span(limit)};
}

Verdict judge_reverse(engine::LotRules const& rules, Limits const& limits) {
  if (auto const wrong = outside(rules.duration, limits.duration_min, limits.duration_max)) return wrong;
  if (rules.trigger_window == engine::Duration::zero()) return std::nullopt;  // a hard close has no extension
  if (auto const wrong = outside(rules.trigger_window, engine::Duration{1}, limits.extension_max)) return wrong;
  return outside(rules.extension, limits.extension_min, limits.extension_max);
}

// Levels follow each other without a choice of anybody's: together they are the main time.
Verdict judge_levels(engine::LotRules const& rules, Limits const& limits) {
  return outside(rules.turn * engine::levels(rules), engine::Duration{1}, limits.duration_max);
}

Verdict judge_format(engine::LotRules const& rules, Limits const& limits) {
  switch (rules.format) {
    case engine::Format::Reverse:
      return judge_reverse(rules, limits);
    case engine::Format::Rounds:
      return outside(rules.duration, limits.duration_min, engine::Duration::max());
    case engine::Format::Dutch:
    case engine::Format::Japanese:
      return judge_levels(rules, limits);
    case engine::Format::Sealed:
      return outside(rules.duration, limits.quoting_min, engine::Duration::max());
  }
  UNREACHABLE();
}

Verdict outside(std::int64_t points, std::int64_t lowest, std::int64_t highest) {
  if (points >= lowest && points <= highest) return std::nullopt;
  auto const figure = [](std::int64_t value) {
    return engine::figure::points(engine::BasisPoints{static_cast<std::int32_t>(value)});
  };
  return engine::Refusal{&refusals::parameter_out_of_range, figure(points), figure(points < lowest ? lowest : highest)};
}

Verdict judge_admitted(std::vector<engine::Admitted> const& all) {
  using engine::Evaluation;
  std::vector<engine::OrgId> orgs;
  orgs.reserve(all.size());
  for (auto const& [bidder, evaluation] : all) {
    if (auto const wrong =
            outside(evaluation.coefficient.count(), Evaluation::coefficient_min, Evaluation::coefficient_max)) {
      return wrong;
    }
    orgs.push_back(bidder);
  }
  std::ranges::sort(orgs);
  if (std::ranges::adjacent_find(orgs) != orgs.end()) return engine::Refusal{&engine::refusals::duplicate};
  return std::nullopt;
}

// What a lot reserves when it opens.
Verdict judge_size(Draft const& draft) {
  for (auto const& lot : draft.lots) {
    auto const attempts = draft.admitted.size() * lot.rules.attempts_max;
    if (attempts > engine::limits::attempts_a_lot) {
      return engine::Refusal{&engine::refusals::too_many, engine::figure::count(attempts),
                             engine::figure::count(engine::limits::attempts_a_lot)};
    }
  }
  return std::nullopt;
}

// A stagger moves the end of a main time: levels and rounds of turns have none that it could move.
Verdict judge_together(Draft const& draft) {
  auto const practised = std::ranges::count_if(draft.lots, [](LotDraft const& lot) { return lot.rules.practice; });
  bool const is_mixed = practised != 0 && static_cast<std::size_t>(practised) != draft.lots.size();
  if (is_mixed) return engine::Refusal{&refusals::parameter_out_of_range};
  if (draft.closing != Closing::Staggered) return std::nullopt;
  auto const can_wait = [](LotDraft const& lot) {
    return lot.rules.format == engine::Format::Reverse || lot.rules.format == engine::Format::Sealed;
  };
  if (!std::ranges::all_of(draft.lots, can_wait)) return engine::Refusal{&refusals::parameter_out_of_range};
  return outside(draft.stagger, engine::Duration{1}, engine::Duration::max());
}

}  // namespace

Verdict judge(engine::LotRules const& rules, Limits const& limits) {
  if (auto const wrong = engine::judge(rules)) return wrong;
  if (rules.min_bidders > limits.min_bidders_max) {
    return engine::Refusal{&refusals::parameter_out_of_range, engine::figure::count(rules.min_bidders),
                           engine::figure::count(limits.min_bidders_max)};
  }
  if (auto const wrong = outside(rules.confirm_for, limits.confirm_min, limits.confirm_max)) return wrong;
  return judge_format(rules, limits);
}

Verdict judge(Draft const& draft, Limits const& limits) {
  if (auto const wrong = judge_together(draft)) return wrong;
  for (std::size_t i = 0; i < draft.lots.size(); ++i) {
    if (auto const wrong = judge(opened_rules(draft, i), limits)) return wrong;
  }
  if (auto const wrong = judge_admitted(draft.admitted)) return wrong;
  return judge_size(draft);
}

engine::LotRules opened_rules(Draft const& draft, std::size_t index) {
  auto rules = draft.lots.at(index).rules;
  if (draft.closing == Closing::Staggered) {
    auto const later = draft.stagger * static_cast<std::int64_t>(index);
    rules.duration += later;
    rules.hard_cap += later;
  }
  return rules;
}

bool is_practice(Draft const& draft) {
  return !draft.lots.empty() && draft.lots.front().rules.practice;
}

engine::Money default_decrement(engine::Money ceiling) {
  constexpr auto whole = engine::BasisPoints::whole;
  auto const share = engine::Money::fen((ceiling.in_fen() * default_decrement_share.count() + whole - 1) / whole);
  return std::min(ceiling, std::max(share, default_decrement_min));
}

std::uint8_t relaunches_max(engine::Format format) {
  switch (format) {
    case engine::Format::Reverse:
    case engine::Format::Rounds:
    case engine::Format::Dutch:
    case engine::Format::Japanese:
      return 1;
    case engine::Format::Sealed:
      return 2;
  }
  UNREACHABLE();
}

std::uint8_t min_bidders_approved(engine::Format format, std::uint8_t relaunch_no) {
  return relaunch_no >= relaunches_max(format) ? 1 : 0;
}

}  // namespace modules::inquiry
