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

}  // namespace

Verdict judge(engine::LotRules const& rules, Limits const& limits) {
  if (auto const wrong = engine::judge(rules)) return wrong;
  if (rules.min_bidders > limits.min_bidders_max) {
    return engine::Refusal{&refusals::parameter_out_of_range, engine::figure::count(rules.min_bidders),
                           engine::figure::count(limits.min_bidders_max)};
  }
  if (auto const wrong = outside(rules.confirm_for, limits.confirm_min, limits.confirm_max)) return wrong;
  if (rules.format == engine::Format::Reverse) return judge_reverse(rules, limits);
  if (rules.duration < limits.quoting_min) return outside(rules.duration, limits.quoting_min, engine::Duration::max());
  return std::nullopt;
}

Verdict judge(Draft const& draft, Limits const& limits) {
  for (auto const& lot : draft.lots) {
    if (auto const wrong = judge(lot.rules, limits)) return wrong;
  }
  std::vector<engine::OrgId> orgs;
  orgs.reserve(draft.admitted.size());
  for (auto const& admitted : draft.admitted) orgs.push_back(admitted.bidder);
  std::ranges::sort(orgs);
  if (std::ranges::adjacent_find(orgs) != orgs.end()) return engine::Refusal{&engine::refusals::duplicate};
  return std::nullopt;
}

engine::Money default_decrement(engine::Money ceiling) {
  constexpr auto whole = engine::BasisPoints::whole;
  auto const share = engine::Money::fen((ceiling.in_fen() * default_decrement_share.count() + whole - 1) / whole);
  return std::min(ceiling, std::max(share, default_decrement_min));
}

std::uint8_t relaunches_max(engine::Format format) {
  switch (format) {
    case engine::Format::Reverse:
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
