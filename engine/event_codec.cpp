// The canonical bytes of events, for the outcome digest: what was decided, bound to what was asked (codec.h).
//
// Layout: a type number (u8), then the fields in the order of event.h. There is no decoder: events are derived.
#include <algorithm>
#include <type_traits>
#include <variant>

#include "engine/check.h"
#include "engine/codec.h"

namespace engine {
namespace {

enum class EventType : std::uint8_t {
  LotScheduled = 1,
  LotStarted = 2,
  BidAccepted = 3,
  QuoteAccepted = 4,
  BidRefused = 5,
  BidRepeated = 6,
  LotExtended = 7,
  LotPaused = 8,
  LotResumed = 9,
  LotAborted = 10,
  BidderDisqualified = 11,
  BidderReinstated = 12,
  LotClosed = 13,
  SelectionOpened = 14,
  QuoteChosen = 15,
  AwardAsked = 16,
  AwardAnswered = 17,
  LotCommandRefused = 18,
  ModuleAnswered = 19,
  OutageNoted = 20,
  ClockStepNoted = 21,
  LotRescheduled = 22,
  StageStarted = 23,
  TurnEnded = 24,
  QuotesOpened = 25,
  BiddersEliminated = 26,
  SurrogateNoted = 27,
  BidWithdrawn = 28,
  BidCancelled = 29,
  ProxySet = 30,
  ProxyEnded = 31,
  ProxyBid = 32,
  BiddingEnded = 33,
  LotClosedInFractions = 34,
  BidSigned = 35,
};

struct EventEncoder {
  ByteWriter& to;

  ByteWriter& put(EventType type, LotId lot) { return to.put(type).put(lot); }
  void figure(Figure figure) { to.put(figure.unit).put(figure.value); }
  void refusal(Refusal const& refusal) {
    CHECK(refusal.kind != nullptr);
    to.put(refusal.kind->number);
    figure(refusal.actual);
    figure(refusal.limit);
  }
  // Kinds count from 1: a 0 says that there was none.
  void refusal(std::optional<Refusal> const& maybe) {
    if (maybe) return refusal(*maybe);
    to.put(std::uint16_t{0});
  }
  void receipt(EventType type, Receipt const& receipt) {
    put(type, receipt.lot).put(receipt.bidder).put_raw({receipt.key.text.data(), receipt.key.text.size()});
    to.put(receipt.seq).put(receipt.at).put(receipt.attempt);
    refusal(receipt.refusal);
  }
  void placed(Placed const& placed) {
    to.put(placed.price).put(placed.rank).put(placed.previous_rank).put(placed.best).put(placed.leader);
  }
  void stage(Stage const& stage) {
    to.put(stage.kind).put(stage.round).put(stage.turn).put(stage.bidder).put(stage.level);
  }
  void bidders(std::vector<BidderId> const& bidders) {
    to.put(static_cast<std::uint32_t>(bidders.size()));
    for (auto const bidder : bidders) to.put(bidder);
  }

  void operator()(LotScheduled const& e) {
    put(EventType::LotScheduled, e.lot);
    auto opened = *e.opened;
    opened.opens_at = e.opens_at;
    to.put_text(encode(opened, Privacy::Open).open).put(e.ends_at);
  }
  void operator()(LotStarted const& e) { put(EventType::LotStarted, e.lot).put(e.ends_at); }
  void operator()(BidAccepted const& e) {
    receipt(EventType::BidAccepted, e.receipt);
    placed(e.placed);
  }
  void operator()(QuoteAccepted const& e) { receipt(EventType::QuoteAccepted, e.receipt); }
  void operator()(BidRefused const& e) { receipt(EventType::BidRefused, e.receipt); }
  void operator()(BidRepeated const& e) { receipt(EventType::BidRepeated, e.original); }
  void operator()(LotExtended const& e) {
    put(EventType::LotExtended, e.lot).put(e.previous_ends_at).put(e.ends_at).put(e.because);
  }
  void operator()(LotPaused const& e) {
    put(EventType::LotPaused, e.lot).put(e.by).put_text(e.reason).put(e.remaining);
  }
  void operator()(LotResumed const& e) {
    put(EventType::LotResumed, e.lot).put(e.by).put_text(e.reason).put(e.ends_at);
  }
  void operator()(LotAborted const& e) { put(EventType::LotAborted, e.lot).put(e.by).put_text(e.reason); }
  void operator()(BidderDisqualified const& e) {
    put(EventType::BidderDisqualified, e.lot).put(e.bidder).put(e.by).put_text(e.reason);
    bidders(e.order);
    to.put(e.best);
  }
  void operator()(BidderReinstated const& e) {
    put(EventType::BidderReinstated, e.lot).put(e.bidder).put(e.by).put_text(e.reason);
    bidders(e.order);
    to.put(e.best);
  }
  void operator()(LotRescheduled const& e) { put(EventType::LotRescheduled, e.lot).put(e.opens_at).put(e.ends_at); }
  void operator()(StageStarted const& e) {
    put(EventType::StageStarted, e.lot);
    stage(e.stage);
    to.put(e.ends_at);
  }
  void operator()(TurnEnded const& e) {
    put(EventType::TurnEnded, e.lot);
    stage(e.stage);
    to.put(e.price).put(std::uint8_t{e.changed}).put(e.rank);
  }
  void operator()(QuotesOpened const& e) {
    put(EventType::QuotesOpened, e.lot);
    stage(e.stage);
    to.put(static_cast<std::uint32_t>(e.quotes.size()));
    for (auto const& quote : e.quotes) to.put(quote.bidder).put(quote.price);
  }
  void operator()(BiddersEliminated const& e) {
    put(EventType::BiddersEliminated, e.lot);
    stage(e.stage);
    bidders(e.bidders);
  }
  void operator()(SurrogateNoted const& e) {
    put(EventType::SurrogateNoted, e.lot).put(e.bidder).put(e.seq).put(e.by).put(e.approved_by).put_text(e.reason);
  }
  void operator()(BidWithdrawn const& e) { put(EventType::BidWithdrawn, e.lot).put(e.bidder).put(e.by); }
  void operator()(BidCancelled const& e) {
    put(EventType::BidCancelled, e.lot).put(e.bidder).put(e.bid).put(e.by).put_text(e.reason);
    bidders(e.order);
    to.put(e.best);
  }
  void operator()(ProxySet const& e) { put(EventType::ProxySet, e.lot).put(e.bidder).put(e.by).put(e.step); }
  void operator()(ProxyEnded const& e) { put(EventType::ProxyEnded, e.lot).put(e.bidder).put(e.by).put(e.because); }
  void operator()(ProxyBid const& e) {
    put(EventType::ProxyBid, e.lot).put(e.bidder).put(e.seq).put(e.at);
    placed(e.placed);
  }
  void operator()(BidSigned const& e) {
    auto const& [lot, bidder, by, price, key, consent] = e.bid;
    put(EventType::BidSigned, lot).put(bidder).put(by).put(price).put_raw({key.text.data(), key.text.size()});
    to.put(consent).put(e.seq).put(e.at).put(e.signature.key);
    to.put_raw({e.signature.bytes.data(), e.signature.bytes.size()});
  }
  void operator()(BiddingEnded const& e) { put(EventType::BiddingEnded, e.lot).put(e.closed_at); }
  // What the first layout can say keeps its bytes.
  void operator()(LotClosed const& e) {
    auto const is_whole = std::ranges::all_of(e.standings, [](auto const& s) { return s.evaluated_price.is_whole(); });
    put(is_whole ? EventType::LotClosed : EventType::LotClosedInFractions, e.lot).put(e.state).put(e.closed_at);
    to.put(static_cast<std::uint32_t>(e.standings.size()));
    for (auto const& standing : e.standings) {
      to.put(standing.rank).put(standing.bidder).put(standing.price).put(standing.evaluated_price.whole);
      if (!is_whole) to.put(standing.evaluated_price.rest).put(standing.evaluated_price.over);
      to.put(standing.seq).put(standing.at);
      to.put(std::uint8_t{standing.selectable});
    }
    to.put(static_cast<std::uint32_t>(e.history.size()));
    for (auto const& entry : e.history) {
      to.put(entry.seq).put(entry.at).put(entry.bidder).put(entry.price);
      to.put(std::uint8_t{entry.voided});
    }
  }
  void operator()(SelectionOpened const& e) {
    put(EventType::SelectionOpened, e.lot).put(e.until);
    bidders(e.selectable);
  }
  void operator()(QuoteChosen const& e) {
    put(EventType::QuoteChosen, e.lot).put(e.bidder).put(e.rank).put(e.by).put(e.approved_by).put_text(e.reason);
  }
  void operator()(AwardAsked const& e) { put(EventType::AwardAsked, e.lot).put(e.bidder).put(e.price).put(e.until); }
  void operator()(AwardAnswered const& e) {
    put(EventType::AwardAnswered, e.lot).put(e.bidder).put(e.by).put(e.outcome).put(e.state);
    to.put(std::uint8_t{e.next_available});
  }
  void operator()(LotCommandRefused const& e) {
    put(EventType::LotCommandRefused, e.lot);
    refusal(e.refusal);
  }
  void operator()(ModuleAnswered const& e) {
    to.put(EventType::ModuleAnswered).put(e.module).put(e.verb).put(e.actor).put(e.id);
    to.put(std::uint8_t{e.repeated});
    refusal(e.refusal);
  }
  void operator()(OutageNoted const& e) { to.put(EventType::OutageNoted).put(e.from).put(e.until); }
  void operator()(ClockStepNoted const& e) { to.put(EventType::ClockStepNoted).put(e.by); }
};

}  // namespace

void encode(Event const& event, ByteWriter& to) {
  std::visit(EventEncoder{to}, event);
}

}  // namespace engine
