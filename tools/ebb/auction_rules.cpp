// The table, made from the engine's own fields: the type of a field says how it is written.
#include "tools/ebb/auction_rules.h"

#include <algorithm>
#include <array>
#include <limits>
#include <type_traits>

#include "engine/figure.h"
#include "modules/rule_names.h"
#include "modules/text.h"

namespace ebb::auction {
namespace {

using engine::LotRules;

// The words of a table of names, in its order.
template <auto& Table>
constexpr auto words = [] {
  std::array<std::string_view, std::size(Table)> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = Table[i].name;
  return names;
}();

template <auto Field>
void reset(LotRules& rules) {
  rules.*Field = LotRules{}.*Field;
}

// How a refusal tells a value of that type; None: it does not.
template <class Type>
constexpr engine::Figure::Unit unit() {
  using Unit = engine::Figure::Unit;
  if constexpr (std::is_same_v<Type, engine::Money>) return Unit::Fen;
  if constexpr (std::is_same_v<Type, engine::Duration>) return Unit::Span;
  if constexpr (std::is_same_v<Type, engine::BasisPoints>) return Unit::Count;
  if constexpr (std::is_unsigned_v<Type> && !std::is_same_v<Type, bool>) return Unit::Count;
  return Unit::None;
}

template <auto Field>
engine::Figure figure(LotRules const& rules) {
  using Type = std::remove_cvref_t<decltype(rules.*Field)>;
  auto const& field = rules.*Field;
  if constexpr (std::is_same_v<Type, engine::Money>) return engine::figure::fen(field);
  if constexpr (std::is_same_v<Type, engine::Duration>) return engine::figure::span(field);
  if constexpr (std::is_same_v<Type, engine::BasisPoints>) return engine::figure::points(field);
  if constexpr (std::is_unsigned_v<Type> && !std::is_same_v<Type, bool>) return engine::figure::count(field);
  return {};
}

template <auto Field>
void set(LotRules& rules, engine::Figure to) {
  using Type = std::remove_reference_t<decltype(rules.*Field)>;
  if (to.unit != unit<Type>()) return;
  auto& field = rules.*Field;
  if constexpr (std::is_same_v<Type, engine::Money>) field = engine::Money::fen(to.value);
  if constexpr (std::is_same_v<Type, engine::Duration>) field = engine::Duration{to.value};
  if constexpr (std::is_same_v<Type, engine::BasisPoints>) {
    field = engine::BasisPoints{static_cast<std::int32_t>(to.value)};
  }
  if constexpr (std::is_unsigned_v<Type> && !std::is_same_v<Type, bool>) field = static_cast<Type>(to.value);
}

template <auto Field>
void read(RuleMember const& member, Members& members, LotRules& rules) {
  using Type = std::remove_reference_t<decltype(rules.*Field)>;
  auto& field = rules.*Field;
  if constexpr (std::is_same_v<Type, engine::Money>) {
    field = members.money(member.name).value_or(field);
  } else if constexpr (std::is_same_v<Type, engine::Duration>) {
    field = members.seconds(member.name).value_or(field);
  } else if constexpr (std::is_same_v<Type, engine::BasisPoints>) {
    field = members.percent(member.name).value_or(field);
  } else if constexpr (std::is_same_v<Type, bool>) {
    field = members.yes_or_no(member.name).value_or(field);
  } else {
    static_assert(std::is_unsigned_v<Type>);
    Range const range{0, std::numeric_limits<Type>::max()};
    field = static_cast<Type>(members.count(member.name, range).value_or(field));
  }
}

void read_ladder(RuleMember const& member, Members& members, LotRules& rules) {
  auto const* const bands = members.list(member.name, engine::limits::step_bands);
  if (bands == nullptr) return;
  for (std::size_t i = 0; i < bands->size(); ++i) {
    Members band((*bands)[i], members.at(member.name) + '/' + std::to_string(i), members.problems());
    rules.ladder[i].above = band.money("above", Presence::Required).value_or(engine::Money{});
    rules.ladder[i].decrement = band.money("decrement", Presence::Required).value_or(engine::Money{});
    band.finish();
  }
}

template <auto Field, auto& Table>
void read_choice(RuleMember const& member, Members& members, LotRules& rules) {
  if (auto const place = members.choice(member.name, member.choices)) rules.*Field = Table[*place].value;
}

// Given at all: what is not said in it is not seen.
void read_visibility(RuleMember const& member, Members& members, LotRules& rules) {
  auto const* const given = members.any(member.name);
  if (given == nullptr) return;
  Members seen(*given, members.at(member.name), members.problems());
  rules.visibility = 0;
  for (auto const& [name, bit] : modules::visibilities) {
    auto const shows = seen.yes_or_no(name).value_or(false);
    if (shows) rules.visibility = static_cast<std::uint8_t>(rules.visibility | bit);
  }
  seen.finish();
}

template <auto Field>
constexpr RuleMember rule(std::string_view name) {
  return {name, {}, read<Field>, figure<Field>, set<Field>, reset<Field>};
}
template <auto Field, auto& Table>
constexpr RuleMember choice(std::string_view name) {
  return {name, words<Table>, read_choice<Field, Table>, figure<Field>, set<Field>, reset<Field>};
}

constexpr std::array table{
    choice<&LotRules::format, modules::formats>("format"),
    rule<&LotRules::ceiling>("ceiling"),
    rule<&LotRules::duration>("duration_s"),
    rule<&LotRules::decrement>("decrement"),
    choice<&LotRules::step_basis, modules::step_bases>("step_basis"),
    choice<&LotRules::step_kind, modules::step_kinds>("step_kind"),
    rule<&LotRules::decrement_share>("decrement_share"),
    RuleMember{"ladder", {}, read_ladder, figure<&LotRules::ladder>, set<&LotRules::ladder>, reset<&LotRules::ladder>},
    rule<&LotRules::front_buffer>("front_buffer"),
    rule<&LotRules::back_buffer>("back_buffer"),
    rule<&LotRules::leader_waits>("leader_waits"),
    choice<&LotRules::ending, modules::endings>("ending"),
    rule<&LotRules::trigger_window>("trigger_window_s"),
    rule<&LotRules::extension>("extension_s"),
    rule<&LotRules::hard_cap>("hard_cap_s"),
    choice<&LotRules::extend_from, modules::extend_froms>("extend_from"),
    rule<&LotRules::trigger_rank>("trigger_rank"),
    rule<&LotRules::extensions_max>("extensions_max"),
    choice<&LotRules::extend_scope, modules::extend_scopes>("extend_scope"),
    choice<&LotRules::rank_by, modules::rank_bys>("rank_by"),
    choice<&LotRules::ties, modules::ties_named>("ties"),
    RuleMember{"visibility", words<modules::visibilities>, read_visibility, figure<&LotRules::visibility>,
               set<&LotRules::visibility>, reset<&LotRules::visibility>},
    rule<&LotRules::lead_from_bidders>("lead_from_bidders"),
    rule<&LotRules::rounds>("rounds"),
    rule<&LotRules::eliminate>("eliminate"),
    rule<&LotRules::first_pause>("first_pause_s"),
    rule<&LotRules::pause>("pause_s"),
    rule<&LotRules::turn>("turn_s"),
    rule<&LotRules::first_level>("first_level"),
    rule<&LotRules::last_level>("last_level"),
    rule<&LotRules::level_step>("level_step"),
    rule<&LotRules::sealed_for>("sealed_for_s"),
    rule<&LotRules::best_bid_for>("best_bid_for_s"),
    rule<&LotRules::proxies>("proxies"),
    rule<&LotRules::surrogates>("surrogates"),
    rule<&LotRules::requotes>("requotes"),
    rule<&LotRules::practice>("practice"),
    rule<&LotRules::band_over>("band_over"),
    rule<&LotRules::band_places>("band_places"),
    rule<&LotRules::choose_for>("choose_for_s"),
    rule<&LotRules::min_bidders>("min_bidders"),
    rule<&LotRules::min_bidders_approved>("min_bidders_approved"),
    rule<&LotRules::slip_below>("slip_below"),
    rule<&LotRules::confirm_for>("confirm_for_s"),
    rule<&LotRules::resume_floor>("resume_floor_s"),
    rule<&LotRules::attempts_max>("attempts_max"),
    choice<&LotRules::release, modules::releases>("release"),
};

// The member that the engine means, and the rules without the fault: it has the value that was found, and with the
// nearest right value the engine says something else. What was said in the file comes before what was left out.
struct Culprit {
  RuleMember const* member;
  LotRules without;
};
std::optional<Culprit> by_figure(Members const& members, LotRules const& rules, engine::Refusal const& refusal) {
  if (refusal.actual.unit == engine::Figure::Unit::None) return std::nullopt;
  for (bool const is_said : {true, false}) {
    for (auto const& member : table) {
      if (members.has(member.name) != is_said || member.figure(rules) != refusal.actual) continue;
      auto without = rules;
      member.set(without, refusal.limit);
      if (without != rules && engine::judge(without) != refusal) return Culprit{&member, without};
    }
  }
  return std::nullopt;
}

// Where the engine gives no figure: the last member that was said without which it would say something else.
std::optional<Culprit> by_absence(Members const& members, LotRules const& rules, engine::Refusal const& refusal) {
  for (auto member = table.rbegin(); member != table.rend(); ++member) {
    if (!members.has(member->name)) continue;
    auto without = rules;
    member->reset(without);
    if (without != rules && engine::judge(without) != refusal) return Culprit{&*member, without};
  }
  return std::nullopt;
}

void judge(Members& members, LotRules rules) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const refusal = engine::judge(rules);
    if (!refusal) return;
    auto culprit = by_figure(members, rules, *refusal);
    if (!culprit) culprit = by_absence(members, rules, *refusal);
    members.problems().add(problem(culprit ? members.at(culprit->member->name) : members.pointer(), *refusal));
    if (!culprit) return;
    rules = culprit->without;
  }
}

}  // namespace

Problem problem(std::string pointer, engine::Refusal const& refusal) {
  auto const& kind = *refusal.kind;
  return {std::move(pointer),
          kind.code,
          kind.zh,
          kind.en,
          modules::figure_text(refusal.actual),
          modules::figure_text(refusal.limit)};
}

std::span<RuleMember const> rule_members() {
  return table;
}

LotRules read_rules(Members& members) {
  auto const before = members.problems().count();
  LotRules rules;
  for (auto const& member : table) member.read(member, members, rules);
  if (!members.has("format")) members.problems().add(members.at("format"), problems::missing_member);
  if (!members.has("ceiling")) members.problems().add(members.at("ceiling"), problems::missing_member);
  if (members.problems().count() == before) judge(members, rules);
  return rules;
}

}  // namespace ebb::auction
