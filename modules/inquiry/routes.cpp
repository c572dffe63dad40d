// The REST side of inquiries (gateway/PROTOCOL.md): decoders here, reads in show.cpp.
#include <algorithm>

#include "engine/check.h"
#include "modules/alias.h"
#include "modules/inquiry/commands.h"
#include "modules/inquiry/draft_json.h"
#include "modules/inquiry/inquiry_module.h"
#include "modules/inquiry/list.h"
#include "modules/inquiry/refusals.h"
#include "modules/inquiry/rows.h"
#include "modules/inquiry/show.h"
#include "modules/inquiry/templates.h"

namespace modules::inquiry {

namespace {

using engine::TableReader;

constexpr Named<engine::AwardAnswer> answers[] = {{"confirm", engine::AwardAnswer::Confirm},
                                                  {"decline", engine::AwardAnswer::Decline}};
enum class Start : std::uint8_t { Now = 1 };
constexpr Named<Start> starts[] = {{"now", Start::Now}};
constexpr Length reason_length{1, engine::limits::reason_bytes_max};

template <class Command>
engine::ModuleCommand by_actor(Request const& request, Command const& command) {
  CHECK(request.actor != nullptr);  // the route names roles
  return {.module = module_number,
          .verb = static_cast<std::uint16_t>(Command::verb),
          .actor = request.actor->person,
          .session = request.actor->session,
          .request_key = {},
          .body = pack(command),
          .secret = {},
          .secret_of = {}};
}

std::optional<engine::InquiryId> inquiry_in(Request const& request) {
  return read_id<engine::InquiryId>(request.path.at(0));
}
std::optional<engine::LotId> lot_in(Request const& request) {
  return read_lot(request.path.at(0));
}

Decoded create(Request const& request, Limits const& limits) {
  Faults faults;
  Fields body(request.body, faults);
  Create const command{read_draft(body, limits), limits};
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

// The version is held against the row when the command is applied, so that a repeated request is answered as before.
Decoded edit(Request const& request, Limits const& limits) {
  auto const inquiry = inquiry_in(request);
  if (!inquiry) return denied({&refusals::no_such_inquiry});
  auto const version = version_read(request);
  if (!version) return denied(version.error());
  Faults faults;
  Fields body(request.body, faults);
  Edit const command{*inquiry, *version, read_draft(body, limits), limits};
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

// {"start":"now"} or {"opens_at":"…"}.
Decoded publish(Request const& request, Limits const& limits) {
  auto const inquiry = inquiry_in(request);
  if (!inquiry) return denied({&refusals::no_such_inquiry});
  Faults faults;
  Fields body(request.body, faults);
  auto const opens_at = body.instant_if("opens_at");
  auto const start = body.one_of_if<Start>("start", starts);
  body.finish();
  if (faults.empty() && opens_at.has_value() == start.has_value()) {
    body.fault("opens_at", "须给出 opens_at 或 \"start\":\"now\" 之一 / either this or \"start\":\"now\" is expected");
  }
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, Publish{*inquiry, opens_at.value_or(engine::Instant{}), limits});
}

// {"reason","lots":[1,3]?}
template <class Command>
Decoded hold(Request const& request, TableReader const&) {
  auto const inquiry = inquiry_in(request);
  if (!inquiry) return denied({&refusals::no_such_inquiry});
  Faults faults;
  Fields body(request.body, faults);
  Command command;
  command.inquiry = *inquiry;
  command.reason = body.text("reason", reason_length);
  constexpr std::int64_t places = engine::limits::lots_an_inquiry;
  for (auto const place : body.counts_if("lots", {1, places}, {1, places})) {
    command.places.push_back(static_cast<std::uint8_t>(place));
  }
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

Decoded relaunch(Request const& request, TableReader const&) {
  auto const inquiry = inquiry_in(request);
  if (!inquiry) return denied({&refusals::no_such_inquiry});
  Faults faults;
  read_nothing(request.body, faults);
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, Relaunch{*inquiry});
}

// {"bidder","reason"}
template <class Command>
Decoded to_bidder(Request const& request, TableReader const&) {
  auto const lot = lot_in(request);
  if (!lot) return denied({&engine::refusals::no_such_lot});
  Faults faults;
  Fields body(request.body, faults);
  Command command;
  command.lot = *lot;
  command.bidder = body.id<engine::BidderId>("bidder");
  bool const is_choice = std::is_same_v<Command, Choose>;  // the first needs no reason
  command.reason = is_choice ? body.text_if("reason", reason_length).value_or("") : body.text("reason", reason_length);
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

template <class Command>
Decoded to_lot(Request const& request, TableReader const&) {
  auto const lot = lot_in(request);
  if (!lot) return denied({&engine::refusals::no_such_lot});
  Faults faults;
  read_nothing(request.body, faults);
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, Command{*lot});
}

// ---- Straight to the engine: what has a price ------------------------------------------------------------------

// Of the lot whose request was approved, by who made it. {"price","confirm"?}
Acted place_surrogate_bid(Request const& request, TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto const lot = lot_in(request);
  if (!lot || !lot_row(*lot, tables)) return denied({&engine::refusals::no_such_lot});
  auto const inquiry = inquiry_row(engine::inquiry_of(*lot), tables);
  if (inquiry->buyer != request.actor->org) return denied({&refusals::not_your_inquiry});
  Faults faults;
  Fields body(request.body, faults);
  auto const price = body.money("price");
  auto const consent = body.flag_if("confirm").value_or(false) ? engine::Consent::Given : engine::Consent::NotGiven;
  body.finish();
  if (!faults.empty()) return malformed(faults);
  auto const asked = surrogate_row(*lot, tables);
  if (!asked || !asked->approved_by.is_given() || asked->by != request.actor->person) {
    return denied({&refusals::no_surrogate});
  }
  engine::BidKey key;
  std::ranges::copy(request.request_key.substr(0, key.text.size()), key.text.begin());
  return engine::PlaceSurrogateBid{
      {*lot, asked->bidder, asked->by, price, key, consent}, asked->approved_by, asked->reason};
}

// {"limit","step"}
Acted set_proxy(Request const& request, TableReader const&) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto const lot = lot_in(request);
  if (!lot) return denied({&engine::refusals::no_such_lot});
  Faults faults;
  Fields body(request.body, faults);
  auto const limit = body.money("limit");
  auto const step = body.money("step");
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return engine::SetProxy{*lot, request.actor->org, request.actor->person, limit, step};
}

// {"alias","bid","reason"}: a regulator knows bidders by their aliases only.
Decoded cancel_bid(Request const& request, TableReader const&) {
  auto const lot = lot_in(request);
  if (!lot) return denied({&engine::refusals::no_such_lot});
  Faults faults;
  Fields body(request.body, faults);
  auto const place = read_alias(body.text("alias", {1, 6}));
  CancelBid command{*lot, place.value_or(0), body.id<engine::Seq>("bid"), body.text("reason", reason_length)};
  body.finish();
  if (faults.empty() && !place) body.fault("alias", "应为代号,如 \"S1\" / an alias such as \"S1\" is expected");
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

Decoded answer_award(Request const& request, TableReader const&) {
  auto const lot = lot_in(request);
  if (!lot) return denied({&engine::refusals::no_such_lot});
  Faults faults;
  Fields body(request.body, faults);
  AnswerAward const command{*lot, body.one_of<engine::AwardAnswer>("answer", answers)};
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

// {"name","draft"}
Decoded save_template(Request const& request, Limits const& limits) {
  Faults faults;
  Fields body(request.body, faults);
  auto name = body.text("name", {1, 60});
  auto draft = body.object("draft");
  SaveTemplate const command{std::move(name), read_draft(draft, limits)};
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

Decoded drop_template(Request const& request, TableReader const&) {
  auto const id = read_id<TemplateId>(request.path.at(0));
  if (!id) return denied({&refusals::no_such_template});
  Faults faults;
  read_nothing(request.body, faults);
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, DropTemplate{*id});
}

}  // namespace

void InquiryModule::routes(Routes& routes) const {
  auto const shown = "/inquiries/{id}";
  auto stamped = [limits = limits_](Decoded (*decode)(Request const&, Limits const&)) -> WriteDecoder {
    return [limits, decode](Request const& request, TableReader const&) { return decode(request, limits); };
  };
  auto read = [&](std::string pattern, ReadHandler handler) {
    routes.add({Method::Get, std::move(pattern), {}, std::move(handler), {}, 200, {}});
  };
  auto write = [&](Method method, std::string pattern, WriteDecoder decode, int success = 200) {
    routes.add({method, std::move(pattern), {Role::Purchaser}, {}, std::move(decode), success, shown});
  };
  auto post = [&](std::string pattern, WriteDecoder decode, int success = 200) {
    write(Method::Post, std::move(pattern), std::move(decode), success);
  };

  read("/inquiries", list_inquiries);
  read("/inquiries/{inquiry}", show_inquiry);
  read("/inquiry-limits", [limits = limits_](Request const&, TableReader const&) -> Answer {
    return Response{200, inquiry::shown(limits), {}};
  });
  read("/lots/{lot}/result", show_result);
  read("/lots/{lot}/history", show_history);

  post("/inquiries", stamped(create), 201);
  write(Method::Put, "/inquiries/{inquiry}", stamped(edit));
  routes.add({.method = Method::Post,
              .pattern = "/inquiries/{inquiry}/publish",
              .roles = {Role::Purchaser},
              .read = {},
              .decode = stamped(publish),
              .show = shown,
              .begins = true});
  post("/inquiries/{inquiry}/pause", hold<Pause>);
  post("/inquiries/{inquiry}/resume", hold<Resume>);
  post("/inquiries/{inquiry}/abort", hold<Abort>);
  post("/inquiries/{inquiry}/relaunch", relaunch, 201);
  post("/lots/{lot}/disqualify", to_bidder<Disqualify>);
  post("/lots/{lot}/reinstate", to_bidder<Reinstate>);
  post("/lots/{lot}/choice", to_bidder<Choose>);
  post("/lots/{lot}/choice/approval", to_lot<ApproveChoice>);
  post("/lots/{lot}/ask-next", to_lot<AskNext>);

  post("/lots/{lot}/surrogate", to_bidder<AskSurrogate>);
  post("/lots/{lot}/surrogate/approval", to_lot<ApproveSurrogate>);

  auto const buyers = std::vector{Role::Purchaser};
  auto const suppliers = std::vector{Role::Supplier};
  auto act = [&](std::string pattern, std::vector<Role> const& who, ActDecoder decode) {
    routes.add({Method::Post, std::move(pattern), who, {}, {}, 204, {}, std::move(decode)});
  };
  act("/lots/{lot}/surrogate/bid", buyers, place_surrogate_bid);
  act("/lots/{lot}/proxy", suppliers, set_proxy);
  auto done = [&](std::string pattern, std::vector<Role> const& who, WriteDecoder decode) {
    routes.add({Method::Post, std::move(pattern), who, {}, std::move(decode), 200, shown});
  };
  done("/lots/{lot}/proxy/cancel", suppliers, to_lot<CancelProxy>);
  done("/lots/{lot}/withdraw", suppliers, to_lot<WithdrawBid>);
  done("/lots/{lot}/cancel-bid", {Role::Regulator}, cancel_bid);

  routes.add({Method::Get, "/templates", buyers, list_templates, {}, 200, {}});
  routes.add({Method::Get, "/templates/{template}", buyers, show_template, {}, 200, {}});
  routes.add({Method::Post, "/templates", buyers, {}, stamped(save_template), 201, "/templates/{id}"});
  routes.add({Method::Delete, "/templates/{template}", buyers, {}, drop_template, 204, {}});

  routes.add({Method::Post, "/lots/{lot}/award-answer", {Role::Supplier}, {}, answer_award, 200, shown});
}

}  // namespace modules::inquiry
