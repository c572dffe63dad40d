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
constexpr engine::Money large_inquiry = engine::Money::fen(10'000'000);  // 100,000.00 (rules.md §4.3)

// Three working days for a large inquiry, one otherwise; as hours, until the calendar of working days has its module.
engine::Duration default_quoting(engine::Money ceiling) {
  return ceiling >= large_inquiry ? std::chrono::hours{72} : std::chrono::hours{24};
}

void read_reverse(Fields& body, engine::LotRules& rules) {
  rules.decrement = body.money_if("decrement").value_or(default_decrement(rules.ceiling));
  rules.step_basis = body.one_of_if<engine::StepBasis>("step_basis", bases).value_or(rules.step_basis);
  rules.trigger_window = body.seconds_if("trigger_window_s", {0, year_s}).value_or(rules.trigger_window);
  rules.extension = body.seconds_if("extension_s", {0, year_s}).value_or(rules.extension);
  rules.hard_cap = body.seconds_if("hard_cap_s", {1, year_s}).value_or(2 * rules.duration);
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
  rules.duration =
      body.seconds_if("duration_s", {1, year_s}).value_or(is_reverse ? rules.duration : default_quoting(rules.ceiling));
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

}  // namespace

Draft read_draft(Json const* given, Faults& faults, Limits const& limits) {
  Fields body(given, faults);
  Draft draft;
  draft.title = body.text("title", {1, 200});
  draft.description = body.text_if("description", {0, 4'000}).value_or("");
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

}  // namespace modules::inquiry
