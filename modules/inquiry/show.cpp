// Reads; see show.h for who sees what.
#include "modules/inquiry/show.h"

#include <map>

#include "engine/limits.h"
#include "modules/accounts/accounts.h"
#include "modules/alias.h"
#include "modules/inquiry/draft_json.h"
#include "modules/inquiry/head.h"
#include "modules/inquiry/refusals.h"
#include "modules/query.h"
#include "modules/rules_json.h"

namespace modules::inquiry {

namespace {

using engine::BidderId;
using engine::LotState;
using engine::TableReader;

std::unexpected<engine::Refusal> no(engine::RefusalKind const& kind) {
  return std::unexpected(engine::Refusal{&kind});
}

struct Seen {
  InquiryRow inquiry;
  Eye eye;
};
std::expected<Seen, engine::Refusal> find(engine::InquiryId id, Request const& request, TableReader const& tables) {
  auto row = inquiry_row(id, tables);
  if (!row) return no(refusals::no_such_inquiry);
  auto const how = eye(*row, request.actor);
  if (how == Eye::Blind) {
    bool const is_colleague = request.actor != nullptr && request.actor->role == Role::Purchaser;
    return is_colleague ? no(refusals::not_your_inquiry) : no(refusals::no_such_inquiry);
  }
  if (how == Eye::OutOfScope) return no(refusals::out_of_scope);
  return Seen{*std::move(row), how};
}

// ---- One inquiry -----------------------------------------------------------------------------------------------

Json ids(std::vector<BidderId> const& bidders) {
  auto list = Json::array();
  for (auto const bidder : bidders) list.push(Json::text(id_text(bidder)));
  return list;
}

// What only the buyer's side and regulators in scope see of a lot.
void add_inside(engine::LotId id, LotRow const& lot, TableReader const& tables, Json& json) {
  if (!lot.disqualified.empty()) json.add("disqualified", ids(lot.disqualified));
  if (lot.state == LotState::Selecting) json.add("selectable", ids(lot.selectable));
  if (lot.proposed.is_given()) {
    auto proposal = Json::object();
    proposal.add("bidder", Json::text(id_text(lot.proposed)))
        .add("by", Json::text(id_text(lot.proposed_by)))
        .add("reason", Json::text(lot.proposed_because));
    auto const person = accounts::person_of(lot.proposed_by, tables);
    if (auto const name = person ? accounts::name_of(*person, tables) : std::nullopt) {
      proposal.add("by_name", Json::text(name->display));
    }
    json.add("proposal", std::move(proposal));
  }
  if (auto const surrogate = surrogate_row(id, tables)) {
    auto asked = Json::object();
    asked.add("bidder", Json::text(id_text(surrogate->bidder)))
        .add("by", Json::text(id_text(surrogate->by)))
        .add("reason", Json::text(surrogate->reason));
    if (surrogate->approved_by.is_given()) asked.add("approved_by", Json::text(id_text(surrogate->approved_by)));
    json.add("surrogate", std::move(asked));
  }
  if (lot.state == LotState::WinnerDeclined) json.add("next_available", Json::yes_or_no(lot.next_available));
  if (lot.refusal == 0) return;
  auto const* kind = engine::engine_refusal(lot.refusal);
  json.add("last_refusal", Json::text(kind != nullptr ? kind->code : "?"));
}

Json shown_lot(InquiryRow const& inquiry, std::size_t index, Eye how, TableReader const& tables) {
  auto const& draft = inquiry.draft.lots[index];
  auto const id = lot_at(inquiry, index);
  auto json = Json::object();
  json.add("lot", Json::text(lot_text(id))).add("title", Json::text(draft.title));
  if (!draft.category.empty()) json.add("category", Json::text(draft.category));
  auto const lot = lot_row(id, tables);
  json.add("quantity", Json::number(draft.quantity))
      .add("rules", shown_rules(lot ? opened_rules(inquiry.draft, index) : draft.rules));
  if (!lot) return json;
  json.add("state", Json::text(lot_state_text(lot->state)));
  if (lot->opens_at != engine::Instant{}) json.add("opens_at", Json::text(instant_text(lot->opens_at)));
  if (lot->closed_at != engine::Instant{}) json.add("closed_at", Json::text(instant_text(lot->closed_at)));
  if (lot->state == LotState::Selecting || lot->state == LotState::Awarded) {
    json.add("until", Json::text(instant_text(lot->until)));
  }
  bool const is_held = lot->state == LotState::Paused || lot->state == LotState::Aborted;
  if (is_held && !lot->held_because.empty()) json.add("reason", Json::text(lot->held_because));
  if (is_insider(how)) add_inside(id, *lot, tables, json);
  return json;
}

Json shown_admitted(Draft const& draft, TableReader const& tables) {
  auto list = Json::array();
  for (auto const& admitted : draft.admitted) {
    auto json = Json::object();
    json.add("org", Json::text(id_text(admitted.bidder))).add("name", Json::text(name_of_org(admitted.bidder, tables)));
    add_evaluation(admitted.evaluation, json);
    list.push(std::move(json));
  }
  return list;
}

// ---- After the close -------------------------------------------------------------------------------------------

// Bidders under their aliases; their names too for those who may see them.
class Masks {
 public:
  Masks(engine::LotId lot, Seen const& seen, Actor const* actor, TableReader const& tables)
      : tables_(tables), are_off_(is_insider(seen.eye)), own_(actor != nullptr ? actor->org : BidderId{}) {
    auto const order = drawn(lot, seen.inquiry.entropy, seen.inquiry.draft.admitted);
    for (std::size_t i = 0; i < order.size(); ++i) alias_[order[i].bidder] = alias_text(i);
  }
  void add(BidderId bidder, Json& json) {
    json.add("alias", Json::text(alias_[bidder]));
    if (are_off_) name(bidder, json);
    if (bidder == own_) json.add("own", Json::yes_or_no(1));
  }
  void name(BidderId bidder, Json& json) const {
    json.add("bidder", Json::text(id_text(bidder))).add("name", Json::text(name_of_org(bidder, tables_)));
  }
  std::string const& alias(BidderId bidder) { return alias_[bidder]; }

 private:
  TableReader const& tables_;
  bool are_off_;
  BidderId own_;
  std::map<BidderId, std::string> alias_;
};

struct Closed {
  engine::LotId id;
  LotRow lot;
  Seen seen;
};
std::expected<Closed, engine::Refusal> find_closed(Request const& request, TableReader const& tables) {
  auto const id = read_lot(request.path.at(0));
  if (!id) return no(engine::refusals::no_such_lot);
  auto seen = find(engine::inquiry_of(*id), request, tables);
  if (!seen) return std::unexpected(seen.error());
  auto lot = lot_row(*id, tables);
  if (!lot) return no(engine::refusals::no_such_lot);
  bool const is_hidden = lot->state == LotState::ResultPending && !tables.get(table::results, key(*id));
  if (is_before_close(lot->state) || is_hidden) return no(refusals::sealed);
  return Closed{*id, *std::move(lot), *std::move(seen)};
}

// Ten-thousandths of a fen as yuan, so six decimals. Below zero where a bonus is larger than the price.
std::string evaluated_text(std::int64_t value) {
  auto const size = value < 0 ? -value : value;
  auto decimals = std::to_string(size % 1'000'000);
  decimals.insert(0, 6 - decimals.size(), '0');
  return (value < 0 ? "-" : "") + std::to_string(size / 1'000'000) + '.' + decimals;
}

Json shown(StandingRow const& standing, Masks& masks) {
  auto json = Json::object();
  json.add("rank", Json::number(standing.rank));
  masks.add(standing.bidder, json);
  return json.add("price", Json::text(money_text(standing.price)))
      .add("evaluated", Json::text(evaluated_text(standing.evaluated_price)))
      .add("seq", Json::text(id_text(standing.seq)))
      .add("at", Json::text(instant_text(standing.at)))
      .add("selectable", Json::yes_or_no(standing.selectable));
}

Json shown(HistoryRow const& entry, engine::LotId lot, Masks& masks, TableReader const& tables) {
  auto json = Json::object();
  json.add("seq", Json::text(id_text(entry.seq))).add("at", Json::text(instant_text(entry.at)));
  masks.add(entry.bidder, json);
  json.add("price", Json::text(money_text(entry.price)));
  if (entry.voided == 0) return json;
  json.add("voided", Json::yes_or_no(1));
  if (auto const why = get_row<VoidedRow>(tables, table::voided, key(lot, entry.seq))) {
    json.add("reason", Json::text(why->reason));
  }
  return json;
}

Json shown_winner(LotRow const& lot, Masks& masks) {
  auto json = Json::object();
  json.add("alias", Json::text(masks.alias(lot.asked)));
  masks.name(lot.asked, json);
  json.add("price", Json::text(money_text(lot.price)))
      .add("confirmed", Json::yes_or_no(lot.state == LotState::OrderConfirmed ? 1 : 0));
  if (!lot.chosen_because.empty()) json.add("reason", Json::text(lot.chosen_because));
  return json;
}

}  // namespace

Answer show_inquiry(Request const& request, TableReader const& tables) {
  auto const id = read_id<engine::InquiryId>(request.path.at(0));
  if (!id) return no(refusals::no_such_inquiry);
  auto const seen = find(*id, request, tables);
  if (!seen) return std::unexpected(seen.error());
  auto const& inquiry = seen->inquiry;
  auto body = shown_head(inquiry, seen->eye, tables);
  add_closing(inquiry.draft, body);
  if (!inquiry.draft.description.empty()) body.add("description", Json::text(inquiry.draft.description));
  auto lots = Json::array();
  for (std::size_t i = 0; i < inquiry.draft.lots.size(); ++i) lots.push(shown_lot(inquiry, i, seen->eye, tables));
  body.add("lots", std::move(lots));
  if (is_insider(seen->eye)) body.add("admitted", shown_admitted(inquiry.draft, tables));
  return Response{200, std::move(body), std::to_string(inquiry.version)};
}

Answer show_result(Request const& request, TableReader const& tables) {
  auto const closed = find_closed(request, tables);
  if (!closed) return std::unexpected(closed.error());
  auto const& lot = closed->lot;
  Masks masks(closed->id, closed->seen, request.actor, tables);
  auto standings = Json::array();
  auto const result = get_row<ResultRow>(tables, table::results, key(closed->id)).value_or(ResultRow{});
  for (auto const& standing : result.standings) standings.push(shown(standing, masks));
  auto body = Json::object();
  body.add("lot", Json::text(lot_text(closed->id))).add("state", Json::text(lot_state_text(lot.state)));
  if (lot.closed_at != engine::Instant{}) body.add("closed_at", Json::text(instant_text(lot.closed_at)));
  body.add("standings", std::move(standings));
  if (is_practice(closed->seen.inquiry.draft)) body.add("practice", Json::yes_or_no(1));
  bool const has_winner = lot.state == LotState::Awarded || lot.state == LotState::OrderConfirmed;
  if (has_winner) body.add("winner", shown_winner(lot, masks));
  return Response{200, std::move(body), {}};
}

Answer show_history(Request const& request, TableReader const& tables) {
  Faults faults;
  Query query(request.query, faults);
  auto const after = query.number("after").value_or(0);
  query.finish();
  if (!faults.empty()) return malformed(std::move(faults));
  auto const closed = find_closed(request, tables);
  if (!closed) return std::unexpected(closed.error());
  Masks masks(closed->id, closed->seen, request.actor, tables);
  auto items = Json::array();
  std::size_t count = 0;
  engine::Seq last;
  bool is_cut = false;
  tables.scan(table::history, key(closed->id, std::uint64_t{after + 1}),
              [&](std::string_view row, std::string_view bytes) {
                if (number_at(row, 0) != closed->id.number()) return Scan::Stop;
                for (auto const& entry : unpacked<HistoryChunk>(bytes).entries) {
                  if (entry.seq.number() <= after) continue;
                  // Several bids of one command have one seq: `after` could not stand between them.
                  is_cut = count >= engine::limits::rows_a_page && entry.seq != last;
                  if (is_cut) return Scan::Stop;
                  items.push(shown(entry, closed->id, masks, tables));
                  last = entry.seq;
                  ++count;
                }
                return Scan::Continue;
              });
  auto body = Json::object();
  body.add("items", std::move(items));
  if (is_cut) body.add("next", Json::text(id_text(last)));
  return Response{200, std::move(body), {}};
}

}  // namespace modules::inquiry
