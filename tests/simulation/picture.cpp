// See the header. Each event moves the picture by what it says and nothing more.
#include "tests/simulation/picture.h"

#include <algorithm>
#include <utility>

namespace simulation {

using namespace engine;

namespace {

template <class... Functions>
struct Cases : Functions... {
  using Functions::operator()...;
};

Duration first_length(LotRules const& rules) {
  auto const by_levels = rules.format == Format::Dutch || rules.format == Format::Japanese;
  return by_levels ? rules.turn : rules.duration;
}

// Whichever of its kinds an event is, moved into the lot it is about.
struct Fold {
  KnownLot& lot;
  Command const& cause;

  KnownBidder& bidder(BidderId id) { return lot.bidders[id]; }
  void enter(BidderId id, Seq seq, Money price) {
    auto& one = bidder(id);
    auto const waits = lot.stage.kind == StageKind::Turn || lot.stage.kind == StageKind::BestBid;
    if (auto* before = one.pending(); before != nullptr) before->voided = true;
    one.bids.push_back({seq, price, ++lot.arrivals, waits, false});
  }
  void answered(Receipt const& receipt) {
    if (receipt.attempt == 0) return;
    auto& one = bidder(receipt.bidder);
    one.answers.try_emplace(receipt.key, receipt);
    one.attempts = std::max(one.attempts, receipt.attempt);
  }
  void extended_by_pause(Instant ends_at) {
    lot.cap += ends_at - lot.ends_at;
    lot.ends_at = ends_at;
  }

  void operator()(LotRescheduled const& e) {
    lot.opens_at = e.opens_at;
    lot.ends_at = e.ends_at;
  }
  void operator()(LotStarted const& e) {
    lot.state = LotState::Running;
    lot.opens_at = e.ends_at - first_length(lot.rules());
    lot.ends_at = e.ends_at;
    lot.cap = lot.opens_at + lot.rules().hard_cap;
  }
  void operator()(StageStarted const& e) {
    if (e.stage.kind == StageKind::Bidding) {
      lot.state = LotState::Running;
      lot.cap = e.ends_at - lot.rules().duration + lot.rules().hard_cap;
    }
    lot.stage = e.stage;
    lot.ends_at = e.ends_at;
  }
  void operator()(TurnEnded const& e) {
    auto* bid = bidder(e.stage.bidder).pending();
    if (bid == nullptr) return;
    bid->pending = false;
    bid->voided = !e.changed;  // what it had to undercut was voided meanwhile
  }
  void operator()(QuotesOpened const&) { lot.is_opened = true; }
  void operator()(BiddersEliminated const& e) {
    for (auto const id : e.bidders) bidder(id).eliminated = true;
  }
  void operator()(BidAccepted const& e) {
    answered(e.receipt);
    enter(e.receipt.bidder, e.receipt.seq, e.placed.price);
  }
  void operator()(QuoteAccepted const& e) {
    answered(e.receipt);
    auto const* bid = bid_in(cause);
    enter(e.receipt.bidder, e.receipt.seq, bid == nullptr ? Money{} : bid->price);
  }
  void operator()(BidRefused const& e) { answered(e.receipt); }
  void operator()(ProxyBid const& e) { enter(e.bidder, e.seq, e.placed.price); }
  void operator()(BidWithdrawn const& e) {
    if (auto* bid = bidder(e.bidder).pending()) bid->voided = true;
  }
  void operator()(BidCancelled const& e) {
    auto& bids = bidder(e.bidder).bids;
    auto const bid = std::ranges::find_if(bids, [&](auto const& b) { return b.seq == e.bid && !b.voided; });
    if (bid != bids.end()) bid->voided = true;
  }
  void operator()(BidSigned const& e) {
    lot.unverified.insert(e.seq);
    auto& bids = bidder(e.bid.bidder).bids;
    auto const bid = std::ranges::find(bids, e.seq, &KnownBid::seq);
    if (bid != bids.end()) bid->forged = !is_genuine(e.signature);
  }
  void operator()(BidderDisqualified const& e) {
    bidder(e.bidder).disqualified = true;
    if (auto* bid = bidder(e.bidder).pending()) bid->voided = true;
  }
  void operator()(BidderReinstated const& e) { bidder(e.bidder).disqualified = false; }
  void operator()(ProxySet const& e) {
    if (auto const* set = std::get_if<SetProxy>(&cause)) bidder(e.bidder).proxy_limit = set->limit;
  }
  void operator()(ProxyEnded const& e) { bidder(e.bidder).proxy_limit.reset(); }
  void operator()(LotExtended const& e) {
    lot.state = LotState::Extended;
    if (e.because == ExtendedBecause::Outage) return extended_by_pause(e.ends_at);
    lot.ends_at = e.ends_at;
  }
  void operator()(LotPaused const&) { lot.resumes_to = std::exchange(lot.state, LotState::Paused); }
  void operator()(LotResumed const& e) {
    lot.state = lot.resumes_to;
    extended_by_pause(e.ends_at);
  }
  void operator()(LotAborted const&) { lot.state = LotState::Aborted; }
  void operator()(BiddingEnded const& e) {
    lot.state = LotState::ResultPending;
    lot.ends_at = e.closed_at;
  }
  void operator()(LotClosed const& e) {
    lot.state = e.state;
    lot.ends_at = e.closed_at;
    lot.standings = e.standings;
  }
  void operator()(SelectionOpened const&) {
    lot.state = LotState::Selecting;
    lot.is_released = true;
    lot.asked = {};
  }
  void operator()(AwardAsked const& e) {
    lot.state = LotState::Awarded;
    lot.is_released = true;
    lot.asked = e.bidder;
  }
  void operator()(AwardAnswered const& e) {
    lot.state = e.state;
    lot.asked = {};
    if (e.outcome == AwardOutcome::Confirmed) {
      lot.confirmed = e.bidder;
    } else {
      lot.lost.insert(e.bidder);
    }
  }
  // What moves nothing, or no lot.
  void operator()(LotScheduled const&) {}
  void operator()(BidRepeated const&) {}
  void operator()(SurrogateNoted const&) {}
  void operator()(QuoteChosen const&) {}
  void operator()(LotCommandRefused const&) {}
  void operator()(ModuleAnswered const&) {}
  void operator()(OutageNoted const&) {}
  void operator()(ClockStepNoted const&) {}
};

}  // namespace

LotId lot_of(Event const& event) {
  return std::visit(Cases{[](auto const& e)
                            requires requires { e.lot; }
                                     { return e.lot; },
                                     [](auto const& e)
                                       requires requires { e.receipt; }
                          { return e.receipt.lot; },
                          [](BidRepeated const& e) { return e.original.lot; },
                          [](BidSigned const& e) { return e.bid.lot; }, [](ModuleAnswered const&) { return LotId{}; },
                          [](OutageNoted const&) { return LotId{}; }, [](ClockStepNoted const&) { return LotId{}; }},
                    event);
}

Receipt const* receipt_in(Event const& event) {
  if (auto const* accepted = std::get_if<BidAccepted>(&event)) return &accepted->receipt;
  if (auto const* quoted = std::get_if<QuoteAccepted>(&event)) return &quoted->receipt;
  if (auto const* refused = std::get_if<BidRefused>(&event)) return &refused->receipt;
  if (auto const* repeated = std::get_if<BidRepeated>(&event)) return &repeated->original;
  return nullptr;
}

PlaceBid const* bid_in(Command const& command) {
  if (auto const* bid = std::get_if<PlaceBid>(&command)) return bid;
  if (auto const* surrogate = std::get_if<PlaceSurrogateBid>(&command)) return &surrogate->bid;
  if (auto const* signed_bid = std::get_if<PlaceSignedBid>(&command)) return &signed_bid->bid;
  return nullptr;
}

KnownBid const* KnownBidder::last_valid() const {
  auto const found = std::find_if(bids.rbegin(), bids.rend(), [](auto const& b) { return !b.voided && !b.pending; });
  return found == bids.rend() ? nullptr : &*found;
}
KnownBid* KnownBidder::pending() {
  auto const found = std::ranges::find_if(bids, [](auto const& b) { return !b.voided && b.pending; });
  return found == bids.end() ? nullptr : &*found;
}

bool KnownLot::is_before_close() const {
  return state == LotState::Scheduled || is_live(state) || state == LotState::Paused;
}
bool KnownLot::is_over() const {
  switch (state) {
    case LotState::OrderConfirmed:
    case LotState::FailedNoBid:
    case LotState::FailedFew:
    case LotState::Aborted:
    case LotState::PracticeEnded:
      return true;
    case LotState::WinnerDeclined:
      return lost.size() >= standings.size();
    default:
      return false;
  }
}

bool KnownLot::hides_the_order() const {
  switch (rules().format) {
    case Format::Sealed:
      return true;
    case Format::Rounds:
      return stage.kind == StageKind::Bidding;
    case Format::Dutch:
      return stage.kind == StageKind::SealedBids;
    default:
      return false;
  }
}

bool KnownLot::takes_from(BidderId bidder) const {
  switch (stage.kind) {
    case StageKind::Break:
      return false;
    case StageKind::Turn:
    case StageKind::BestBid:
      return stage.bidder == bidder;
    default:
      return true;
  }
}

Evaluated KnownLot::key(BidderId bidder, Money price) const {
  if (rules().rank_by == RankBy::Price) return {price.in_fen(), 0, 1};
  auto const found = bidders.find(bidder);
  return found == bidders.end() ? Evaluated{} : found->second.evaluation.of(price);
}

Money KnownLot::reference(Evaluated const& key, BidderId bidder) const {
  if (rules().rank_by == RankBy::Price) return Money::fen(key.whole);
  auto const found = bidders.find(bidder);
  return found == bidders.end() ? Money{} : found->second.evaluation.price_within(key);
}

std::vector<BidderId> KnownLot::order() const {
  struct Place {
    Evaluated key;
    std::uint32_t arrival;
    BidderId bidder;
  };
  std::vector<Place> places;
  for (auto const& [bidder, one] : bidders) {
    if (auto const* bid = one.counted()) places.push_back({key(bidder, bid->price), bid->arrival, bidder});
  }
  std::ranges::sort(
      places, [](Place const& a, Place const& b) { return a.key != b.key ? a.key < b.key : a.arrival < b.arrival; });
  std::vector<BidderId> ids;
  for (auto const& place : places) ids.push_back(place.bidder);
  return ids;
}

std::optional<Evaluated> KnownLot::lead() const {
  std::optional<Evaluated> best;
  for (auto const& [bidder, one] : bidders) {
    auto const* bid = one.counted();
    if (bid == nullptr) continue;
    auto const own = key(bidder, bid->price);
    if (!best || own < *best) best = own;
  }
  return best;
}

KnownLot const* Picture::find(LotId lot) const {
  auto const found = lots_.find(lot);
  return found == lots_.end() ? nullptr : &found->second;
}

Signature genuine_signature(BidderId bidder) {
  Signature signature{SigningKeyId{bidder.number()}, {}};
  signature.bytes.front() = 1;
  return signature;
}
bool is_genuine(Signature const& signature) {
  return signature.bytes.front() == 1;
}

void Picture::note(NoteSignatures const& note) {
  auto const found = lots_.find(note.lot);
  if (found == lots_.end()) return;
  auto& unverified = found->second.unverified;
  unverified.erase(unverified.begin(), unverified.upper_bound(note.through));
}

void Picture::fold(Command const& cause, Event const& event) {
  if (auto const* scheduled = std::get_if<LotScheduled>(&event)) {
    auto& lot = lots_[scheduled->lot];
    lot.id = scheduled->lot;
    lot.opened = *scheduled->opened;
    lot.opens_at = scheduled->opens_at;
    lot.ends_at = scheduled->ends_at;
    for (auto const& admitted : scheduled->admitted()) lot.bidders[admitted.bidder].evaluation = admitted.evaluation;
    return;
  }
  auto const found = lots_.find(lot_of(event));
  if (found != lots_.end()) std::visit(Fold{found->second, cause}, event);
}

}  // namespace simulation
