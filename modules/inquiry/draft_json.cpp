// Drafts from and to JSON; see draft_json.h. The bounds here keep values inside their types; what the procurement rules
// allow is judged by the command (draft.cpp).
#include "modules/inquiry/draft_json.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/limits.h"
#include "modules/rules_json.h"

namespace modules::inquiry {

namespace {

using engine::Format;

constexpr std::int64_t year_s = std::int64_t{366} * 86'400;
constexpr Named<Closing> closings[] = {
    {"parallel", Closing::Parallel}, {"serial", Closing::Serial}, {"staggered", Closing::Staggered}};

// Where rules.md gives no figure: those of the field's public auctions of turns, and a level a minute.
constexpr std::uint8_t default_rounds = 3;
constexpr engine::Duration default_first_pause = std::chrono::minutes{5};
constexpr engine::Duration default_pause = std::chrono::minutes{2};
constexpr engine::Duration default_turn = std::chrono::minutes{2};
constexpr engine::Duration default_level = std::chrono::minutes{1};

std::uint8_t small(Fields& body, std::string_view name, std::int64_t least, std::uint8_t usual) {
  return static_cast<std::uint8_t>(body.count_if(name, {least, 255}).value_or(usual));
}
std::uint16_t number(Fields& body, std::string_view name, std::uint16_t usual) {
  return static_cast<std::uint16_t>(body.count_if(name, {0, 65'535}).value_or(usual));
}
engine::Duration seconds_or(Fields& body, std::string_view name, engine::Duration usual) {
  return body.seconds_if(name, {0, year_s}).value_or(usual);
}
template <class Enum, std::size_t Size>
Enum word(Fields& body, std::string_view name, Named<Enum> const (&table)[Size], Enum usual) {
  return body.one_of_if<Enum>(name, table).value_or(usual);
}

void read_ladder(Fields& body, engine::LotRules& rules) {
  auto bands = body.objects_if("ladder", {1, engine::limits::step_bands});
  for (std::size_t i = 0; i < bands.size(); ++i) {
    rules.ladder[i].above = bands[i].money_if("above", Least::Zero).value_or(engine::Money{});
    rules.ladder[i].decrement = bands[i].money("decrement");
    bands[i].finish();
  }
}

void read_step(Fields& body, engine::LotRules& rules) {
  rules.step_kind = word(body, "step_kind", step_kinds, rules.step_kind);
  bool const is_share = rules.step_kind == engine::StepKind::Percent;
  auto const usual = is_share ? engine::Money::fen(1) : default_decrement(rules.ceiling);
  rules.decrement = body.money_if("decrement").value_or(usual);
  if (is_share) rules.decrement_share = body.percent_if("decrement_share").value_or(default_decrement_share);
  if (rules.step_kind == engine::StepKind::Ladder) read_ladder(body, rules);
}

void read_reverse(Fields& body, engine::LotRules& rules) {
  read_step(body, rules);
  rules.step_basis = word(body, "step_basis", step_bases, rules.step_basis);
  rules.trigger_window = seconds_or(body, "trigger_window_s", rules.trigger_window);
  rules.extension = seconds_or(body, "extension_s", rules.extension);
  rules.hard_cap = body.seconds_if("hard_cap_s", {1, year_s}).value_or(default_hard_cap_durations * rules.duration);
  rules.ending = word(body, "ending", endings, rules.ending);
  rules.extend_from = word(body, "extend_from", extend_froms, rules.extend_from);
  rules.extend_scope = word(body, "extend_scope", extend_scopes, rules.extend_scope);
  rules.trigger_rank = number(body, "trigger_rank", rules.trigger_rank);
  rules.extensions_max = number(body, "extensions_max", rules.extensions_max);
  rules.front_buffer = body.money_if("front_buffer", Least::Zero).value_or(rules.front_buffer);
  rules.back_buffer = body.money_if("back_buffer", Least::Zero).value_or(rules.back_buffer);
  rules.leader_waits = body.flag_if("leader_waits").value_or(rules.leader_waits);
  rules.rounds = small(body, "rounds", 1, rules.rounds);
  rules.eliminate = number(body, "eliminate", rules.eliminate);
  rules.proxies = body.flag_if("proxies").value_or(rules.proxies);
}

void read_sealed(Fields& body, engine::LotRules& rules) {
  rules.band_over = body.percent_if("band_over").value_or(rules.band_over);
  rules.band_places = small(body, "band_places", 1, rules.band_places);
  rules.choose_for = body.seconds_if("choose_for_s", {1, year_s}).value_or(rules.choose_for);
}

void read_rounds(Fields& body, engine::LotRules& rules) {
  read_step(body, rules);
  rules.rounds = small(body, "rounds", 1, default_rounds);
  rules.first_pause = seconds_or(body, "first_pause_s", default_first_pause);
  rules.turn = seconds_or(body, "turn_s", default_turn);
}

// A dutch price rises to the ceiling, a japanese one falls from it, unless the draft says otherwise.
void read_levels(Fields& body, engine::LotRules& rules) {
  bool const rises = rules.format == Format::Dutch;
  rules.first_level = rises ? body.money("first_level") : body.money_if("first_level").value_or(rules.ceiling);
  rules.last_level = rises ? body.money_if("last_level").value_or(rules.ceiling) : body.money("last_level");
  rules.level_step = body.money("level_step");
  rules.turn = seconds_or(body, "turn_s", default_level);
}

void read_dutch(Fields& body, engine::LotRules& rules) {
  read_levels(body, rules);
  rules.sealed_for = seconds_or(body, "sealed_for_s", rules.sealed_for);
  if (rules.sealed_for == engine::Duration::zero()) return;
  rules.best_bid_for = seconds_or(body, "best_bid_for_s", rules.best_bid_for);
  read_step(body, rules);
}

void read_format(Fields& body, engine::LotRules& rules) {
  switch (rules.format) {
    case Format::Reverse:
      return read_reverse(body, rules);
    case Format::Sealed:
      return read_sealed(body, rules);
    case Format::Rounds:
      return read_rounds(body, rules);
    case Format::Dutch:
      return read_dutch(body, rules);
    case Format::Japanese:
      return read_levels(body, rules);
  }
  UNREACHABLE();
}

engine::Duration usual_duration(engine::LotRules const& rules) {
  if (rules.format != Format::Sealed) return rules.duration;
  return rules.ceiling >= large_ceiling ? large_quoting : default_quoting;
}

// Given at all: what is not said in it is not seen.
void read_visibility(Fields& body, engine::LotRules& rules) {
  if (auto seen = body.object_if("visibility")) {
    unsigned bits = 0;
    for (auto const& [name, bit] : visibilities) bits |= seen->flag_if(name).value_or(false) ? unsigned{bit} : 0U;
    rules.visibility = static_cast<std::uint8_t>(bits);
    seen->finish();
  }
  rules.lead_from_bidders = small(body, "lead_from_bidders", 0, rules.lead_from_bidders);
}

// What every format may say; see shown_rules() for where each is shown.
void read_choices(Fields& body, engine::LotRules& rules) {
  rules.rank_by = word(body, "rank_by", rank_bys, rules.rank_by);
  rules.ties = word(body, "ties", ties_named, rules.ties);
  rules.pause = seconds_or(body, "pause_s", rules.format == Format::Rounds ? default_pause : rules.pause);
  if (rules.format != Format::Sealed) read_visibility(body, rules);
  if (engine::has_hidden_bids(rules)) rules.requotes = body.flag_if("requotes").value_or(rules.requotes);
  rules.surrogates = body.flag_if("surrogates").value_or(rules.surrogates);
  rules.practice = body.flag_if("practice").value_or(rules.practice);
  rules.release = word(body, "release", releases, rules.release);
  rules.signed_bids = body.flag_if("signed_bids").value_or(rules.signed_bids);
  rules.version = engine::version_of(rules);
}

// The engine would refuse the whole draft without a word on which rule: whoever writes it is told where.
void look_at_signing(Fields& body, engine::LotRules const& rules) {
  if (!rules.signed_bids || !engine::judge(rules)) return;
  auto unsigned_rules = rules;
  unsigned_rules.signed_bids = false;
  unsigned_rules.version = engine::version_of(unsigned_rules);
  if (engine::judge(unsigned_rules)) return;  // something else is wrong
  body.fault(
      "signed_bids",
      "仅单轮反向竞价和密封询价可要求签名,且不得允许代理报价或代录报价 / only reverse lots of one round and sealed "
      "ones can ask for signatures, without proxies and surrogates");
}

engine::LotRules read_rules(Fields& body, Limits const& limits) {
  engine::LotRules rules;
  rules.format = body.one_of<Format>("format", formats);
  rules.ceiling = body.money("ceiling");
  bool const has_levels = rules.format == Format::Dutch || rules.format == Format::Japanese;
  if (!has_levels) rules.duration = body.seconds_if("duration_s", {1, year_s}).value_or(usual_duration(rules));
  read_format(body, rules);
  read_choices(body, rules);
  // One taker and nobody after: there is only ever one bidder.
  bool const has_one_taker = rules.format == Format::Dutch && rules.sealed_for == engine::Duration::zero();
  rules.min_bidders = small(body, "min_bidders", 1, has_one_taker ? 1 : rules.min_bidders);
  rules.slip_below = body.percent_if("slip_below").value_or(rules.slip_below);
  rules.confirm_for = body.seconds_if("confirm_for_s", {1, year_s}).value_or(rules.confirm_for);
  rules.attempts_max = static_cast<std::uint32_t>(
      body.count_if("attempts_max", {1, engine::limits::attempts_a_bidder_max}).value_or(rules.attempts_max));
  rules.resume_floor = limits.resume_floor;
  look_at_signing(body, rules);
  body.finish();
  return rules;
}

LotDraft read_lot(Fields& body, Limits const& limits) {
  LotDraft lot;
  lot.title = body.text("title", {1, 200});
  lot.category = body.text_if("category", {1, 20}).value_or("");
  lot.quantity = static_cast<std::uint32_t>(body.count_if("quantity", {1, 1'000'000'000}).value_or(1));
  auto rules = body.object("rules");
  lot.rules = read_rules(rules, limits);
  body.finish();
  return lot;
}

Json seconds(engine::Duration span) {
  return Json::number(std::chrono::duration_cast<std::chrono::seconds>(span).count());
}

// What is left to be said by whoever gives only what must be given. What follows from the ceiling is told apart:
// shown(Limits).
Json shown_defaults(Format format, Limits const& limits) {
  auto const least = Json::text(money_text(default_decrement_min));
  auto given = Json::object();
  given.add("format", Json::text(format_text(format))).add("ceiling", least);
  if (format == Format::Dutch) given.add("first_level", least);
  if (format == Format::Japanese) given.add("last_level", least);
  if (format == Format::Dutch || format == Format::Japanese) given.add("level_step", least);
  Faults none;
  Fields fields(&given, none);
  auto const rules = shown_rules(read_rules(fields, limits));
  auto defaults = Json::object();
  for (auto const& [name, value] : *rules.as_object()) {
    bool const is_amount = name == "ceiling" || name == "decrement" || name.ends_with("_level") || name == "level_step";
    if (!is_amount) defaults.add(name, value);
  }
  return defaults;
}

Json shown_derived() {
  return Json::object()
      .add("decrement_of_ceiling", Json::text(percent_text(default_decrement_share)))
      .add("decrement_min", Json::text(money_text(default_decrement_min)))
      .add("hard_cap_durations", Json::number(default_hard_cap_durations))
      .add("large_ceiling", Json::text(money_text(large_ceiling)))
      .add("large_duration_s", seconds(large_quoting));
}

}  // namespace

Draft read_draft(Fields& body, Limits const& limits) {
  Draft draft;
  draft.title = body.text("title", {1, 200});
  draft.description = body.prose_if("description", {0, 4'000}).value_or("");
  for (auto& lot : body.objects("lots", {1, engine::limits::lots_an_inquiry})) {
    draft.lots.push_back(read_lot(lot, limits));
  }
  for (auto& supplier : body.objects_if("admitted", {0, engine::limits::bidders_a_lot})) {
    engine::Admitted admitted;
    auto& evaluation = admitted.evaluation;
    admitted.bidder = supplier.id<engine::OrgId>("org");
    evaluation.deduction = supplier.percent_if("deduction").value_or(evaluation.deduction);
    if (evaluation.deduction.count() >= engine::BasisPoints::whole)
      supplier.fault("deduction", "应小于 100 / less than 100 is expected");
    evaluation.coefficient = supplier.coefficient_if("coefficient").value_or(evaluation.coefficient);
    evaluation.addition = supplier.money_if("addition", Least::Any).value_or(evaluation.addition);
    supplier.finish();
    draft.admitted.push_back(admitted);
  }
  draft.closing = word(body, "closing", closings, draft.closing);
  if (draft.closing == Closing::Staggered) draft.stagger = seconds_or(body, "stagger_s", draft.stagger);
  body.finish();
  return draft;
}

void add_closing(Draft const& draft, Json& json) {
  if (draft.closing != Closing::Parallel) json.add("closing", Json::text(name_of(draft.closing, closings)));
  if (draft.closing == Closing::Staggered) json.add("stagger_s", seconds(draft.stagger));
}

void add_evaluation(engine::Evaluation const& evaluation, Json& json) {
  constexpr engine::Evaluation plain;
  json.add("deduction", Json::text(percent_text(evaluation.deduction)));
  if (evaluation.coefficient != plain.coefficient) {
    json.add("coefficient", Json::text(coefficient_text(evaluation.coefficient)));
  }
  if (evaluation.addition != plain.addition) json.add("addition", Json::text(money_text(evaluation.addition)));
}

Json shown(Draft const& draft) {
  auto json = Json::object();
  json.add("title", Json::text(draft.title));
  if (!draft.description.empty()) json.add("description", Json::text(draft.description));
  auto lots = Json::array();
  for (auto const& lot : draft.lots) {
    auto item = Json::object();
    item.add("title", Json::text(lot.title));
    if (!lot.category.empty()) item.add("category", Json::text(lot.category));
    lots.push(item.add("quantity", Json::number(lot.quantity)).add("rules", shown_rules(lot.rules)));
  }
  auto admitted = Json::array();
  for (auto const& supplier : draft.admitted) {
    auto item = Json::object();
    item.add("org", Json::text(id_text(supplier.bidder)));
    add_evaluation(supplier.evaluation, item);
    admitted.push(std::move(item));
  }
  json.add("lots", std::move(lots)).add("admitted", std::move(admitted));
  add_closing(draft, json);
  return json;
}

Json shown(Limits const& limits) {
  auto count = [](std::size_t value) { return Json::number(static_cast<std::int64_t>(value)); };
  auto defaults = Json::object();
  for (auto const& [name, format] : formats) defaults.add(name, shown_defaults(format, limits));
  return Json::object()
      .add("notice_min_s", seconds(limits.notice_min))
      .add("duration_min_s", seconds(limits.duration_min))
      .add("duration_max_s", seconds(limits.duration_max))
      .add("extension_min_s", seconds(limits.extension_min))
      .add("extension_max_s", seconds(limits.extension_max))
      .add("quoting_min_s", seconds(limits.quoting_min))
      .add("confirm_min_s", seconds(limits.confirm_min))
      .add("confirm_max_s", seconds(limits.confirm_max))
      .add("resume_floor_s", seconds(limits.resume_floor))
      .add("min_bidders_max", Json::number(limits.min_bidders_max))
      .add("lots_max", count(engine::limits::lots_an_inquiry))
      .add("bidders_max", count(engine::limits::bidders_a_lot))
      .add("attempts_max", count(engine::limits::attempts_a_bidder_max))
      .add("reason_characters_min", count(engine::limits::reason_characters_min))
      .add("defaults", std::move(defaults))
      .add("derived", shown_derived());
}

}  // namespace modules::inquiry
