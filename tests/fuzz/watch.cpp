// One handler for each kind of event that promises something; the others are read over.
#include "tests/fuzz/watch.h"

#include <algorithm>
#include <set>
#include <type_traits>

#include "engine/check.h"

namespace fuzz {
namespace {

using namespace engine;

bool is_money(Figure figure) {
  return figure.unit == Figure::Unit::Fen;
}

PlaceBid const* bid_of(Command const& command) {
  if (auto const* bid = std::get_if<PlaceBid>(&command)) return bid;
  if (auto const* surrogate = std::get_if<PlaceSurrogateBid>(&command)) return &surrogate->bid;
  return nullptr;
}

}  // namespace

bool SeenLot::hides_bids() const {
  auto const format = rules().format;
  return format == Format::Sealed || format == Format::Rounds || is_hidden(stage.kind);
}

bool SeenLot::hides_counted() const {
  if (rules().format == Format::Rounds) return stage.kind == StageKind::Bidding;
  return is_hidden_until_close || stage.kind == StageKind::SealedBids;
}

bool SeenLot::is_before_close() const {
  return state == LotState::Scheduled || state == LotState::Paused || is_live(state);
}

SeenLot const* Watch::find(LotId lot) const {
  auto const found = seen_.find(lot);
  return found == seen_.end() ? nullptr : &found->second;
}

SeenLot& Watch::lot(LotId id) {
  auto const found = seen_.find(id);
  CHECK(found != seen_.end());
  return found->second;
}

SeenBidder& Watch::bidder(LotId id, BidderId bidder) {
  auto& bidders = lot(id).bidders;
  auto const found = bidders.find(bidder);
  CHECK(found != bidders.end());
  return found->second;
}

void Watch::saw(Sequenced const& command, Events const& events, Instant now, Instant next_due) {
  CHECK(now == std::max(now_, command.at));
  CHECK(next_due > now);
  now_ = now;
  seq_ = command.seq;
  asked_ = bid_of(command.command);
  proxy_ = std::get_if<SetProxy>(&command.command);
  receipts_ = 0;
  for (auto const& event : events) std::visit([this](auto const& e) { see(e); }, event);
  CHECK(receipts_ == (asked_ != nullptr ? 1U : 0U));
}

// Bids ----------------------------------------------------------------------------------------------------------------

void Watch::see_receipt(Receipt const& receipt) {
  ++receipts_;
  CHECK(asked_ != nullptr);
  CHECK(receipt.lot == asked_->lot && receipt.bidder == asked_->bidder && receipt.key == asked_->key);
  CHECK(!receipt.refusal || engine_refusal(receipt.refusal->kind->number) == receipt.refusal->kind);
}

void Watch::see_accepted(Receipt const& receipt, SeenLot& lot) {
  see_receipt(receipt);
  CHECK(!receipt.refusal && receipt.attempt > 0 && receipt.seq == seq_ && receipt.at == now_);
  CHECK(is_live(lot.state) && receipt.at < lot.ends_at && lot.stage.kind != StageKind::Break);
  CHECK(asked_->price >= Money::fen(1) && asked_->price <= lot.rules().ceiling);
  auto& bidder = this->bidder(receipt.lot, receipt.bidder);
  CHECK(!bidder.is_disqualified && !bidder.is_eliminated);
  if (lot.stage.kind == StageKind::Turn || lot.stage.kind == StageKind::BestBid) {
    CHECK(lot.stage.bidder == receipt.bidder);
  }
  bidder.last = receipt.seq;
  bidder.sent = *asked_;
  bidder.pending = asked_->price;
  if (lot.stage.kind != StageKind::Turn && lot.stage.kind != StageKind::BestBid) bidder.own = asked_->price;
}

void Watch::see_placed(Placed const& placed, BidderId bidder, SeenLot& lot) {
  auto const count = lot.bidders.size();
  CHECK(placed.price >= Money::fen(1) && placed.price <= lot.rules().ceiling);
  CHECK(placed.rank >= 1 && placed.rank <= count && placed.previous_rank <= count);
  CHECK(lot.bidders.contains(placed.leader));
  CHECK(bidder != placed.leader || placed.best == placed.price);
  auto const is_by_price = lot.rules().rank_by == RankBy::Price;
  auto const falls = lot.rules().format == Format::Reverse || lot.rules().format == Format::Japanese;
  // A later round may have lost its lead only by an act, which is told with the new one.
  if (is_by_price && falls && lot.best != Money{}) CHECK(placed.best <= lot.best);
  lot.best = placed.best;
}

// The rest ------------------------------------------------------------------------------------------------------------

// While bids are hidden, who is ahead is too.
void Watch::see_order(LotId id, std::vector<BidderId> const& order, Money best) {
  auto& seen = lot(id);
  if (seen.hides_counted()) {
    CHECK(order.empty() && best == Money{});
    return;
  }
  CHECK(order.empty() == (best == Money{}));
  CHECK(order.size() <= seen.bidders.size());
  seen.best = best;
}

void Watch::see(LotClosed const& closed) {
  auto& seen = lot(closed.lot);
  CHECK(closed.closed_at <= now_);
  std::set<BidderId> ranked;
  Standing const* before = nullptr;
  for (auto const& standing : closed.standings) {
    CHECK(ranked.insert(standing.bidder).second && standing.rank == ranked.size());
    CHECK(standing.price >= Money::fen(1) && standing.price <= seen.rules().ceiling);
    auto const& bidder = this->bidder(closed.lot, standing.bidder);
    CHECK(!bidder.is_disqualified);
    if (before != nullptr) {
      CHECK(before->evaluated_price <= standing.evaluated_price);
      CHECK(before->evaluated_price != standing.evaluated_price || before->seq <= standing.seq);
    }
    before = &standing;
  }
  for (std::size_t i = 1; i < closed.history.size(); ++i) {
    CHECK(closed.history[i - 1].seq <= closed.history[i].seq && closed.history[i - 1].at <= closed.history[i].at);
  }
  seen.state = closed.state;
  seen.is_hidden_until_close = false;
}

void Watch::see(LotScheduled const& e) {
  CHECK(!seen_.contains(e.lot) && e.ends_at > e.opens_at);
  auto& seen = seen_[e.lot];
  seen.opened = *e.opened;
  seen.ends_at = e.ends_at;
  seen.is_hidden_until_close = e.rules().format == Format::Sealed;
  for (auto const& admitted : e.admitted()) seen.bidders[admitted.bidder];
  order_.push_back(e.lot);
}

void Watch::see(LotRescheduled const& e) {
  CHECK(lot(e.lot).state == LotState::Scheduled && lot(e.lot).opened.after.is_given());
  CHECK(e.ends_at > e.opens_at);
}

void Watch::see(LotStarted const& e) {
  CHECK(lot(e.lot).state == LotState::Scheduled);
  lot(e.lot).state = LotState::Running;
  lot(e.lot).ends_at = e.ends_at;
}

void Watch::see(StageStarted const& e) {
  auto& seen = lot(e.lot);
  CHECK(is_live(seen.state));
  if (e.stage.kind == StageKind::Bidding) seen.state = LotState::Running;
  seen.stage = e.stage;
  seen.ends_at = e.ends_at;
}

void Watch::see(TurnEnded const& e) {
  CHECK(lot(e.lot).stage == e.stage && (e.price == Money{}) == (e.rank == 0));
  auto& of = bidder(e.lot, e.stage.bidder);
  CHECK(!e.changed || of.is_disqualified || e.price == of.pending);
  if (e.price != Money{}) of.own = e.price;
}

void Watch::see(QuotesOpened const& e) {
  CHECK(lot(e.lot).stage == e.stage && lot(e.lot).rules().format != Format::Sealed);
  if (!e.quotes.empty()) lot(e.lot).best = e.quotes.front().price;
}

void Watch::see(BiddersEliminated const& e) {
  CHECK(!e.bidders.empty() && std::ranges::is_sorted(e.bidders));
  for (auto const id : e.bidders) {
    CHECK(!bidder(e.lot, id).is_eliminated && !bidder(e.lot, id).is_disqualified);
    bidder(e.lot, id).is_eliminated = true;
  }
}

void Watch::see(BidAccepted const& e) {
  auto& seen = lot(e.receipt.lot);
  CHECK(!seen.hides_bids());
  see_accepted(e.receipt, seen);
  CHECK(e.placed.price == asked_->price);
  see_placed(e.placed, e.receipt.bidder, seen);
}

void Watch::see(QuoteAccepted const& e) {
  auto& seen = lot(e.receipt.lot);
  CHECK(seen.hides_bids());
  see_accepted(e.receipt, seen);
}

void Watch::see(BidRefused const& e) {
  see_receipt(e.receipt);
  CHECK(e.receipt.refusal.has_value() && e.receipt.seq == seq_ && e.receipt.at == now_);
  auto const* seen = find(e.receipt.lot);
  if (seen != nullptr && seen->hides_bids()) CHECK(!is_money(e.receipt.refusal->actual));
}

void Watch::see(BidRepeated const& e) {
  see_receipt(e.original);
  CHECK(e.original.seq < seq_ && e.original.at <= now_ && e.original.attempt > 0);
}

void Watch::see(ProxySet const& e) {
  CHECK(proxy_ != nullptr && proxy_->lot == e.lot && proxy_->bidder == e.bidder);
  bidder(e.lot, e.bidder).limit = proxy_->limit;
  lot(e.lot).limit = proxy_->limit;
}

void Watch::see(ProxyBid const& e) {
  auto& seen = lot(e.lot);
  CHECK(seen.rules().proxies && is_live(seen.state) && e.seq == seq_);
  auto& of = bidder(e.lot, e.bidder);
  CHECK(!of.is_disqualified && !of.is_eliminated && e.placed.price >= of.limit);
  see_placed(e.placed, e.bidder, seen);
  of.own = e.placed.price;
  of.last = e.seq;
}

void Watch::see(LotExtended const& e) {
  auto& seen = lot(e.lot);
  CHECK(e.ends_at > e.previous_ends_at && e.previous_ends_at == seen.ends_at);
  if (e.because != ExtendedBecause::Outage) CHECK(is_live(seen.state));
  seen.ends_at = e.ends_at;
  if (is_live(seen.state)) seen.state = LotState::Extended;
}

void Watch::see(LotPaused const& e) {
  CHECK(is_live(lot(e.lot).state));
  lot(e.lot).state = LotState::Paused;
}

void Watch::see(LotResumed const& e) {
  CHECK(lot(e.lot).state == LotState::Paused && e.ends_at > now_);
  lot(e.lot).state = LotState::Running;
  lot(e.lot).ends_at = e.ends_at;
}

void Watch::see(LotAborted const& e) {
  lot(e.lot).state = LotState::Aborted;
}

void Watch::see(BidderDisqualified const& e) {
  auto& of = bidder(e.lot, e.bidder);
  of.is_disqualified = true;
  see_order(e.lot, e.order, e.best);
}

void Watch::see(BidderReinstated const& e) {
  auto& of = bidder(e.lot, e.bidder);
  of.is_disqualified = false;
  see_order(e.lot, e.order, e.best);
}

void Watch::see(BidCancelled const& e) {
  see_order(e.lot, e.order, e.best);
  bidder(e.lot, e.bidder).own = Money{};  // the one before is not told; the next accepted one says
}

void Watch::see(BiddingEnded const& e) {
  CHECK(is_live(lot(e.lot).state) && e.closed_at <= now_);
  lot(e.lot).state = LotState::ResultPending;
}

void Watch::see(SelectionOpened const& e) {
  CHECK(e.until > now_ || !e.selectable.empty());
  lot(e.lot).state = LotState::Selecting;
}

void Watch::see(AwardAsked const& e) {
  CHECK(e.price >= Money::fen(1) && !bidder(e.lot, e.bidder).is_disqualified);
  lot(e.lot).state = LotState::Awarded;
}

void Watch::see(AwardAnswered const& e) {
  lot(e.lot).state = e.state;
}

}  // namespace fuzz
