// One function a group of rules; see rules_json.h.
#include "modules/rules_json.h"

#include "modules/rule_names.h"
#include "modules/text.h"

namespace modules {

namespace {

using engine::Format;
using engine::LotRules;

LotRules const plain;  // the defaults

// Adds the members of one lot, those of the later rules only where they say something else than the default.
class Members {
 public:
  explicit Members(LotRules const& rules) : rules_(rules) {}

  Json take() && { return std::move(json_); }

  void money(std::string_view name, engine::Money value) { json_.add(name, Json::text(money_text(value))); }
  void seconds(std::string_view name, engine::Duration value) {
    json_.add(name, Json::number(std::chrono::duration_cast<std::chrono::seconds>(value).count()));
  }
  void percent(std::string_view name, engine::BasisPoints value) { json_.add(name, Json::text(percent_text(value))); }
  void count(std::string_view name, std::int64_t value) { json_.add(name, Json::number(value)); }
  void word(std::string_view name, std::string_view value) { json_.add(name, Json::text(value)); }

  void money_unless_default(std::string_view name, engine::Money LotRules::* rule) {
    if (rules_.*rule != plain.*rule) money(name, rules_.*rule);
  }
  void seconds_unless_default(std::string_view name, engine::Duration LotRules::* rule) {
    if (rules_.*rule != plain.*rule) seconds(name, rules_.*rule);
  }
  template <class Number>
  void count_unless_default(std::string_view name, Number LotRules::* rule) {
    if (rules_.*rule != plain.*rule) count(name, rules_.*rule);
  }
  template <class Flag>
  void flag_unless_default(std::string_view name, Flag LotRules::* rule) {
    if (rules_.*rule != plain.*rule) json_.add(name, Json::yes_or_no(rules_.*rule ? 1 : 0));
  }
  template <class Enum, std::size_t Size>
  void word_unless_default(std::string_view name, Enum LotRules::* rule, Named<Enum> const (&table)[Size]) {
    if (rules_.*rule != plain.*rule) word(name, name_of(rules_.*rule, table));
  }
  void add(std::string_view name, Json value) { json_.add(name, std::move(value)); }

 private:
  LotRules const& rules_;
  Json json_ = Json::object();
};

void add_ladder(LotRules const& rules, Members& out) {
  if (rules.step_kind != engine::StepKind::Ladder) return;
  auto ladder = Json::array();
  for (auto const& band : rules.ladder) {
    auto item = Json::object();
    ladder.push(
        item.add("above", Json::text(money_text(band.above))).add("decrement", Json::text(money_text(band.decrement))));
    if (band.above == engine::Money{}) break;
  }
  out.add("ladder", std::move(ladder));
}

void add_step(LotRules const& rules, Members& out) {
  out.money("decrement", rules.decrement);
  if (rules.format == Format::Reverse) out.word("step_basis", basis_text(rules.step_basis));
  out.word_unless_default("step_kind", &LotRules::step_kind, step_kinds);
  if (rules.step_kind == engine::StepKind::Percent) out.percent("decrement_share", rules.decrement_share);
  add_ladder(rules, out);
}

void add_reverse(LotRules const& rules, Members& out) {
  add_step(rules, out);
  out.seconds("trigger_window_s", rules.trigger_window);
  out.seconds("extension_s", rules.extension);
  out.seconds("hard_cap_s", rules.hard_cap);
  out.word_unless_default("ending", &LotRules::ending, endings);
  out.word_unless_default("extend_from", &LotRules::extend_from, extend_froms);
  out.word_unless_default("extend_scope", &LotRules::extend_scope, extend_scopes);
  out.count_unless_default("trigger_rank", &LotRules::trigger_rank);
  out.count_unless_default("extensions_max", &LotRules::extensions_max);
  out.money_unless_default("front_buffer", &LotRules::front_buffer);
  out.money_unless_default("back_buffer", &LotRules::back_buffer);
  out.flag_unless_default("leader_waits", &LotRules::leader_waits);
  out.count_unless_default("rounds", &LotRules::rounds);
  out.count_unless_default("eliminate", &LotRules::eliminate);
  out.flag_unless_default("proxies", &LotRules::proxies);
}

void add_rounds(LotRules const& rules, Members& out) {
  add_step(rules, out);
  out.count("rounds", rules.rounds);
  out.seconds("first_pause_s", rules.first_pause);
  out.seconds("pause_s", rules.pause);
  out.seconds("turn_s", rules.turn);
}

void add_levels(LotRules const& rules, Members& out) {
  out.money("first_level", rules.first_level);
  out.money("last_level", rules.last_level);
  out.money("level_step", rules.level_step);
  out.seconds("turn_s", rules.turn);
}

void add_dutch(LotRules const& rules, Members& out) {
  add_levels(rules, out);
  if (rules.sealed_for == engine::Duration::zero()) return;
  add_step(rules, out);
  out.seconds("sealed_for_s", rules.sealed_for);
  out.seconds("best_bid_for_s", rules.best_bid_for);
}

void add_visibility(LotRules const& rules, Members& out) {
  if (rules.visibility != plain.visibility) {
    auto seen = Json::object();
    for (auto const& [name, bit] : visibilities) seen.add(name, Json::yes_or_no((rules.visibility & bit) != 0 ? 1 : 0));
    out.add("visibility", std::move(seen));
  }
  out.count_unless_default("lead_from_bidders", &LotRules::lead_from_bidders);
}

// What every format may say, whatever it is.
void add_choices(LotRules const& rules, Members& out) {
  out.word_unless_default("rank_by", &LotRules::rank_by, rank_bys);
  out.word_unless_default("ties", &LotRules::ties, ties_named);
  if (rules.format != Format::Rounds) out.seconds_unless_default("pause_s", &LotRules::pause);
  if (rules.format != Format::Sealed) add_visibility(rules, out);
  if (engine::has_hidden_bids(rules)) out.flag_unless_default("requotes", &LotRules::requotes);
  out.flag_unless_default("surrogates", &LotRules::surrogates);
  out.flag_unless_default("signed_bids", &LotRules::signed_bids);
  out.flag_unless_default("practice", &LotRules::practice);
  out.word_unless_default("release", &LotRules::release, releases);
}

void add_format(LotRules const& rules, Members& out) {
  switch (rules.format) {
    case Format::Reverse:
      return add_reverse(rules, out);
    case Format::Sealed:
      return;
    case Format::Rounds:
      return add_rounds(rules, out);
    case Format::Dutch:
      return add_dutch(rules, out);
    case Format::Japanese:
      return add_levels(rules, out);
  }
}

}  // namespace

Json shown_rules(LotRules const& rules) {
  Members out(rules);
  out.word("format", format_text(rules.format));
  out.money("ceiling", rules.ceiling);
  bool const has_levels = rules.format == Format::Dutch || rules.format == Format::Japanese;
  if (!has_levels) out.seconds("duration_s", rules.duration);
  add_format(rules, out);
  if (rules.format == Format::Sealed) {
    out.percent("band_over", rules.band_over);
    out.count("band_places", rules.band_places);
    out.seconds("choose_for_s", rules.choose_for);
  }
  add_choices(rules, out);
  out.count("min_bidders", rules.min_bidders);
  if (rules.min_bidders_approved > 0) out.count("min_bidders_approved", rules.min_bidders_approved);
  out.percent("slip_below", rules.slip_below);
  out.seconds("confirm_for_s", rules.confirm_for);
  out.count("attempts_max", rules.attempts_max);
  return std::move(out).take();
}

Json shown_bidding_rules(LotRules const& rules) {
  Members out(rules);
  add_format(rules, out);
  add_choices(rules, out);
  return std::move(out).take();
}

}  // namespace modules
