// Drafts from and to JSON; see draft_json.h. The bounds here keep values inside their types; what the procurement rules
// allow is judged by the command (draft.cpp).
#include "modules/inquiry/draft_json.h"

#include <algorithm>

#include "engine/limits.h"

namespace modules::inquiry {

namespace {

using engine::Format;

constexpr Named<engine::StepBasis> bases[] = {{"own", engine::StepBasis::Own}, {"best", engine::StepBasis::Best}};
constexpr std::int64_t year_s = std::int64_t{366} * 86'400;

void read_reverse(Fields& body, engine::LotRules& rules) {
  rules.decrement = body.money_if("decrement").value_or(default_decrement(rules.ceiling));
  rules.step_basis = body.one_of_if<engine::StepBasis>("step_basis", bases).value_or(rules.step_basis);
  rules.trigger_window = body.seconds_if("trigger_window_s", {0, year_s}).value_or(rules.trigger_window);
  rules.extension = body.seconds_if("extension_s", {0, year_s}).value_or(rules.extension);
  rules.hard_cap = body.seconds_if("hard_cap_s", {1, year_s}).value_or(default_hard_cap_durations * rules.duration);
}

void read_sealed(Fields& body, engine::LotRules& rules) {
  rules.band_over = body.percent_if("band_over").value_or(rules.band_over);
  rules.band_places = static_cast<std::uint8_t>(body.count_if("band_places", {1, 255}).value_or(rules.band_places));
  rules.choose_for = body.seconds_if("choose_for_s", {1, year_s}).value_or(rules.choose_for);
}

engine::LotRules read_rules(Fields& body, Limits const& limits) {
  engine::LotRules rules;
  rules.format = body.one_of<Format>("format", formats);
  rules.ceiling = body.money("ceiling");
  bool const is_reverse = rules.format == Format::Reverse;
  auto const quoting = rules.ceiling >= large_ceiling ? large_quoting : default_quoting;
  rules.duration = body.seconds_if("duration_s", {1, year_s}).value_or(is_reverse ? rules.duration : quoting);
  is_reverse ? read_reverse(body, rules) : read_sealed(body, rules);
  rules.min_bidders = static_cast<std::uint8_t>(body.count_if("min_bidders", {1, 255}).value_or(rules.min_bidders));
  rules.slip_below = body.percent_if("slip_below").value_or(rules.slip_below);
  rules.confirm_for = body.seconds_if("confirm_for_s", {1, year_s}).value_or(rules.confirm_for);
  rules.attempts_max = static_cast<std::uint32_t>(
      body.count_if("attempts_max", {1, engine::limits::attempts_a_bidder_max}).value_or(rules.attempts_max));
  rules.resume_floor = limits.resume_floor;
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

// What is left to be said by whoever gives only a ceiling. What follows from the ceiling is told apart: shown(Limits).
Json shown_defaults(Format format, Limits const& limits) {
  auto given = Json::object();
  given.add("format", Json::text(format_text(format))).add("ceiling", Json::text(money_text(default_decrement_min)));
  Faults none;
  Fields fields(&given, none);
  auto const rules = shown(read_rules(fields, limits));
  auto defaults = Json::object();
  for (auto const& [name, value] : *rules.as_object()) {
    if (name != "ceiling" && name != "decrement") defaults.add(name, value);
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
    admitted.bidder = supplier.id<engine::OrgId>("org");
    admitted.deduction = supplier.percent_if("deduction").value_or(admitted.deduction);
    if (admitted.deduction.count() >= engine::BasisPoints::whole)
      supplier.fault("deduction", "应小于 100 / less than 100 is expected");
    supplier.finish();
    draft.admitted.push_back(admitted);
  }
  body.finish();
  return draft;
}

Json shown(engine::LotRules const& rules) {
  auto json = Json::object();
  json.add("format", Json::text(format_text(rules.format)))
      .add("ceiling", Json::text(money_text(rules.ceiling)))
      .add("duration_s", seconds(rules.duration));
  if (rules.format == Format::Reverse) {
    json.add("decrement", Json::text(money_text(rules.decrement)))
        .add("step_basis", Json::text(basis_text(rules.step_basis)))
        .add("trigger_window_s", seconds(rules.trigger_window))
        .add("extension_s", seconds(rules.extension))
        .add("hard_cap_s", seconds(rules.hard_cap));
  } else {
    json.add("band_over", Json::text(percent_text(rules.band_over)))
        .add("band_places", Json::number(rules.band_places))
        .add("choose_for_s", seconds(rules.choose_for));
  }
  json.add("min_bidders", Json::number(rules.min_bidders));
  if (rules.min_bidders_approved > 0) json.add("min_bidders_approved", Json::number(rules.min_bidders_approved));
  return json.add("slip_below", Json::text(percent_text(rules.slip_below)))
      .add("confirm_for_s", seconds(rules.confirm_for))
      .add("attempts_max", Json::number(rules.attempts_max));
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
    lots.push(item.add("quantity", Json::number(lot.quantity)).add("rules", shown(lot.rules)));
  }
  auto admitted = Json::array();
  for (auto const& supplier : draft.admitted) {
    auto item = Json::object();
    admitted.push(item.add("org", Json::text(id_text(supplier.bidder)))
                      .add("deduction", Json::text(percent_text(supplier.deduction))));
  }
  return json.add("lots", std::move(lots)).add("admitted", std::move(admitted));
}

Json shown(Limits const& limits) {
  auto count = [](std::size_t value) { return Json::number(static_cast<std::int64_t>(value)); };
  auto defaults = Json::object();
  defaults.add("reverse", shown_defaults(Format::Reverse, limits))
      .add("sealed", shown_defaults(Format::Sealed, limits));
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
