// One function per kind, in the order of engine/event.h.
#include "tools/ebb/auction_tell.h"

#include "modules/rule_names.h"
#include "modules/text.h"

namespace ebb::auction {
namespace {

using namespace engine;
using modules::Json;
using modules::lot_state_text;

constexpr modules::Named<ExtendedBecause> causes[] = {{"late_bid", ExtendedBecause::LateBid},
                                                      {"too_few_quotes", ExtendedBecause::TooFewQuotes},
                                                      {"outage", ExtendedBecause::Outage},
                                                      {"quiet_period", ExtendedBecause::QuietPeriod},
                                                      {"other_lot", ExtendedBecause::OtherLot}};
constexpr modules::Named<ProxyEnd> proxy_ends[] = {
    {"cancelled", ProxyEnd::Cancelled}, {"exhausted", ProxyEnd::Exhausted}, {"disqualified", ProxyEnd::Disqualified}};
constexpr modules::Named<AwardOutcome> award_outcomes[] = {
    {"confirmed", AwardOutcome::Confirmed}, {"declined", AwardOutcome::Declined}, {"silent", AwardOutcome::Silent}};

std::string_view key_text(BidKey const& key) {
  std::string_view const text{key.text.data(), key.text.size()};
  return text.substr(0, text.find('\0'));
}

// Evaluated prices are whole ten-thousandths of a fen and a rest: "93123.456789", then the rest as a fraction.
std::string micro_yuan_text(std::int64_t micro) {
  constexpr std::int64_t yuan = 1'000'000;
  auto const size = micro < 0 ? -micro : micro;
  return (micro < 0 ? "-" : "") + std::to_string(size / yuan) + '.' + std::to_string(yuan + size % yuan).substr(1);
}

class Teller {
 public:
  Teller(Naming const& names, Json& out) : names_(names), out_(out) {}

  void operator()(LotScheduled const& e) {
    kind("lot_scheduled").lot(e.lot).moment("opens_at", e.opens_at).moment("ends_at", e.ends_at);
  }
  void operator()(LotRescheduled const& e) {
    kind("lot_rescheduled").lot(e.lot).moment("opens_at", e.opens_at).moment("ends_at", e.ends_at);
  }
  void operator()(LotStarted const& e) { kind("lot_started").lot(e.lot).moment("ends_at", e.ends_at); }
  void operator()(StageStarted const& e) {
    kind("stage_started").lot(e.lot).stage(e.stage).moment("ends_at", e.ends_at);
  }
  void operator()(TurnEnded const& e) {
    kind("turn_ended").lot(e.lot).stage(e.stage).money("price", e.price).truth("changed", e.changed);
    number("rank", e.rank);
  }
  void operator()(QuotesOpened const& e) {
    auto quotes = Json::array();
    for (auto const& quote : e.quotes) {
      auto one = Json::object();
      Teller{names_, one}.bidder("bidder", quote.bidder).money("price", quote.price);
      quotes.push(std::move(one));
    }
    kind("quotes_opened").lot(e.lot).stage(e.stage).json("quotes", std::move(quotes));
  }
  void operator()(BiddersEliminated const& e) {
    kind("bidders_eliminated").lot(e.lot).stage(e.stage).bidders("bidders", e.bidders);
  }
  void operator()(BidAccepted const& e) { kind("bid_accepted").receipt(e.receipt).placed(e.placed); }
  void operator()(QuoteAccepted const& e) { kind("quote_accepted").receipt(e.receipt); }
  void operator()(BidRefused const& e) { kind("bid_refused").receipt(e.receipt); }
  void operator()(BidRepeated const& e) {
    kind("bid_repeated").receipt(e.original).number("original", e.original.seq.number());
  }
  void operator()(SurrogateNoted const& e) {
    kind("surrogate_noted").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by);
    person("approved_by", e.approved_by).reason(e.reason);
  }
  // What was signed is in the receipt before it.
  void operator()(BidSigned const& e) {
    kind("bid_signed").lot(e.bid.lot).bidder("bidder", e.bid.bidder).number("bid", e.seq.number());
    number("signing_key", e.signature.key.number());
  }
  void operator()(BidWithdrawn const& e) {
    kind("bid_withdrawn").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by);
  }
  void operator()(BidCancelled const& e) {
    kind("bid_cancelled").lot(e.lot).bidder("bidder", e.bidder).number("bid", e.bid.number());
    person("by", e.by).reason(e.reason).order(e.order, e.best);
  }
  void operator()(ProxySet const& e) {
    kind("proxy_set").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by).money("step", e.step);
  }
  void operator()(ProxyEnded const& e) {
    kind("proxy_ended").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by);
    text("because", modules::name_of(e.because, proxy_ends));
  }
  void operator()(ProxyBid const& e) { kind("proxy_bid").lot(e.lot).bidder("bidder", e.bidder).placed(e.placed); }
  void operator()(LotExtended const& e) {
    kind("lot_extended").lot(e.lot).moment("previous_ends_at", e.previous_ends_at).moment("ends_at", e.ends_at);
    text("because", modules::name_of(e.because, causes));
  }
  void operator()(LotPaused const& e) {
    kind("lot_paused").lot(e.lot).person("by", e.by).reason(e.reason).number("remaining_ms", e.remaining.count());
  }
  void operator()(LotResumed const& e) {
    kind("lot_resumed").lot(e.lot).person("by", e.by).reason(e.reason).moment("ends_at", e.ends_at);
  }
  void operator()(LotAborted const& e) { kind("lot_aborted").lot(e.lot).person("by", e.by).reason(e.reason); }
  void operator()(BidderDisqualified const& e) {
    kind("bidder_disqualified").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by).reason(e.reason);
    order(e.order, e.best);
  }
  void operator()(BidderReinstated const& e) {
    kind("bidder_reinstated").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by).reason(e.reason);
    order(e.order, e.best);
  }
  void operator()(BiddingEnded const& e) { kind("bidding_ended").lot(e.lot).moment("closed_at", e.closed_at); }
  // Standings and history stand once, with the lot.
  void operator()(LotClosed const& e) {
    kind("lot_closed").lot(e.lot).text("state", lot_state_text(e.state)).moment("closed_at", e.closed_at);
    number("ranked", static_cast<std::int64_t>(e.standings.size()));
  }
  void operator()(SelectionOpened const& e) {
    kind("selection_opened").lot(e.lot).moment("until", e.until).bidders("selectable", e.selectable);
  }
  void operator()(QuoteChosen const& e) {
    kind("quote_chosen").lot(e.lot).bidder("bidder", e.bidder).number("rank", e.rank).person("by", e.by);
    person("approved_by", e.approved_by).reason(e.reason);
  }
  void operator()(AwardAsked const& e) {
    kind("award_asked").lot(e.lot).bidder("bidder", e.bidder).money("price", e.price).moment("until", e.until);
  }
  void operator()(AwardAnswered const& e) {
    kind("award_answered").lot(e.lot).bidder("bidder", e.bidder).person("by", e.by);
    text("outcome", modules::name_of(e.outcome, award_outcomes)).text("state", lot_state_text(e.state));
    truth("next_available", e.next_available);
  }
  void operator()(LotCommandRefused const& e) {
    kind("command_refused").lot(e.lot);
    tell(e.refusal, out_);
  }
  void operator()(ModuleAnswered const&) { kind("module_answered"); }
  void operator()(OutageNoted const& e) { kind("outage_noted").moment("from", e.from).moment("until", e.until); }
  void operator()(ClockStepNoted const& e) { kind("clock_step_noted").number("by_ms", e.by.count()); }

  Teller& json(std::string_view name, Json value) {
    out_.add(name, std::move(value));
    return *this;
  }
  Teller& text(std::string_view name, std::string_view value) { return json(name, Json::text(value)); }
  Teller& number(std::string_view name, std::integral auto value) {
    return json(name, Json::number(static_cast<std::int64_t>(value)));
  }
  Teller& moment(std::string_view name, Instant at) { return text(name, modules::instant_text(at)); }
  Teller& money(std::string_view name, Money amount) { return text(name, modules::money_text(amount)); }
  Teller& bidder(std::string_view name, BidderId bidder) { return text(name, names_.name(bidder)); }

 private:
  Teller& kind(std::string_view name) { return text("event", name); }
  Teller& lot(LotId lot) { return text("lot", names_.name(lot)); }
  Teller& person(std::string_view name, PersonId person) {
    return person.is_given() ? text(name, names_.name(person)) : *this;
  }
  Teller& reason(std::string const& reason) { return reason.empty() ? *this : text("reason", reason); }
  Teller& truth(std::string_view name, std::uint8_t is) { return json(name, Json::yes_or_no(is)); }
  Teller& bidders(std::string_view name, std::vector<BidderId> const& bidders) {
    auto names = Json::array();
    for (auto const each : bidders) names.push(Json::text(names_.name(each)));
    return json(name, std::move(names));
  }
  Teller& stage(Stage const& stage) {
    text("stage", modules::name_of(stage.kind, modules::stage_kinds)).number("round", stage.round);
    if (stage.turn != 0) number("turn", stage.turn);
    if (stage.bidder.is_given()) bidder("bidder", stage.bidder);
    return stage.level == Money{} ? *this : money("level", stage.level);
  }
  Teller& receipt(Receipt const& receipt) {
    lot(receipt.lot).bidder("bidder", receipt.bidder).text("key", key_text(receipt.key));
    number("attempt", receipt.attempt);
    if (receipt.refusal) tell(*receipt.refusal, out_);
    return *this;
  }
  Teller& placed(Placed const& placed) {
    money("price", placed.price).number("rank", placed.rank).number("previous_rank", placed.previous_rank);
    return money("best", placed.best).bidder("leader", placed.leader);
  }
  Teller& order(std::vector<BidderId> const& order, Money best) {
    return order.empty() ? *this : bidder("leader", order.front()).money("best", best);
  }

  Naming const& names_;
  Json& out_;
};

}  // namespace

void tell(Naming const& names, Event const& event, Json& out) {
  std::visit(Teller{names, out}, event);
}

Json standing_json(Naming const& names, Standing const& standing) {
  auto json = Json::object();
  Teller teller{names, json};
  teller.number("rank", standing.rank).bidder("bidder", standing.bidder).money("price", standing.price);
  teller.text("evaluated_price", micro_yuan_text(standing.evaluated_price.whole));
  if (!standing.evaluated_price.is_whole()) {
    auto const& evaluated = standing.evaluated_price;
    teller.text("evaluated_rest", std::to_string(evaluated.rest) + '/' + std::to_string(evaluated.over));
  }
  teller.moment("at", standing.at).number("seq", standing.seq.number());
  teller.json("selectable", Json::yes_or_no(standing.selectable));
  return json;
}

Json history_json(Naming const& names, HistoryEntry const& entry) {
  auto json = Json::object();
  Teller teller{names, json};
  teller.number("seq", entry.seq.number()).moment("at", entry.at).bidder("bidder", entry.bidder);
  teller.money("price", entry.price).json("voided", Json::yes_or_no(entry.voided));
  return json;
}

void tell(Refusal const& refusal, Json& out) {
  out.add("code", Json::text(refusal.kind->code));
  if (refusal.actual.unit != Figure::Unit::None) out.add("actual", Json::text(modules::figure_text(refusal.actual)));
  if (refusal.limit.unit != Figure::Unit::None) out.add("limit", Json::text(modules::figure_text(refusal.limit)));
}

}  // namespace ebb::auction
