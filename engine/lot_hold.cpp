// What people and accidents do to a lot under way: pause, resume, outage, abort; disqualify, reinstate, cancel a bid,
// withdraw one.
//
// A pause freezes the remaining time exactly. On resume the end and the cap that counts from the start move by the
// pause; if less than the floor would remain, the floor remains and the cap rises equally (rules.md §12a gaps 4).
// An outage is a pause that nobody chose.
#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"
#include "engine/lot.h"

namespace engine {
namespace {

// Whoever holds a lot up says why.
std::optional<Refusal> judge_reason(std::string const& reason) {
  if (reason.empty()) return refuse(refusals::reason_too_short, figure::count(0), figure::count(1));
  if (reason.size() > limits::reason_bytes_max) {
    return refuse(refusals::too_many, figure::count(reason.size()), figure::count(limits::reason_bytes_max));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> Lot::judge(PauseLot const& pause, Instant) const {
  if (!is_live(state_)) return refuse(refusals::state_conflict);
  return judge_reason(pause.reason);
}

void Lot::enter(PauseLot const& pause, Moment moment, Events& out) {
  auto const at = moment.at;
  CHECK(at < ends_at_);
  resume_to_ = std::exchange(state_, LotState::Paused);
  paused_at_ = at;
  out.push_back(LotPaused{id_, pause.by, pause.reason, ends_at_ - at});
}

std::optional<Refusal> Lot::judge(ResumeLot const& resume, Instant) const {
  if (state_ != LotState::Paused) return refuse(refusals::state_conflict);
  return judge_reason(resume.reason);
}

void Lot::enter(ResumeLot const& resume, Moment moment, Events& out) {
  state_ = resume_to_;
  shift_end(paused_at_, moment.at);
  out.push_back(LotResumed{id_, resume.by, resume.reason, ends_at_});
  Cause cause{moment};
  act_proxies(cause, out);  // who leads may have changed meanwhile
}

void Lot::shift_end(Instant frozen_at, Instant until) {
  auto const remaining = ends_at_ - frozen_at;
  auto const granted = std::max(remaining, rules_.resume_floor);
  ends_at_ = until + granted;
  cap_at_ += (until - frozen_at) + (granted - remaining);
}

void Lot::outlast(Instant from, Instant until, Events& out) {
  CHECK(from < until);
  CHECK(due() > from);
  if (is_live(state_)) {
    auto const previous = ends_at_;
    shift_end(from, until);
    state_ = LotState::Extended;
    out.push_back(LotExtended{id_, previous, ends_at_, ExtendedBecause::Outage});
    return;
  }
  if (due() > until) return;
  if (state_ == LotState::Scheduled) return start(until, out);
  // The day to choose or to answer fell into the outage. The same question is put again with its new time.
  until_ += until - from;
  if (state_ == LotState::Selecting) out.push_back(SelectionOpened{id_, until_, award_.selectable()});
  if (state_ == LotState::Awarded) out.push_back(AwardAsked{id_, asked_, award_.find(asked_)->price, until_});
}

std::optional<Refusal> Lot::judge(AbortLot const& abort, Instant) const {
  if (is_ended()) return refuse(refusals::state_conflict);
  return judge_reason(abort.reason);
}

void Lot::enter(AbortLot const& abort, Moment moment, Events& out) {
  if (is_before_close(state_) && state_ != LotState::Verifying) ends_at_ = moment.at;
  state_ = LotState::Aborted;
  out.push_back(LotAborted{id_, abort.by, abort.reason});
}

std::optional<Refusal> Lot::judge_bidder(BidderId bidder, Bidder::Standing expected, std::string const& reason) const {
  if (!is_before_close(state_)) return refuse(refusals::state_conflict);
  auto const slot = slot_of(bidder);
  if (!slot) return refuse(refusals::not_admitted);
  if (bidders_[*slot].standing != expected) return refuse(refusals::state_conflict);
  return judge_reason(reason);
}

std::optional<Refusal> Lot::judge(DisqualifyBidder const& disqualify, Instant) const {
  return judge_bidder(disqualify.bidder, Bidder::Standing::Admitted, disqualify.reason);
}

// The bids are voided; nobody else's reference changes and the end is never rolled back (rules.md §12a gaps 2).
void Lot::enter(DisqualifyBidder const& disqualify, Moment moment, Events& out) {
  auto const slot = admitted_slot(disqualify.bidder);
  bidders_[slot].standing = Bidder::Standing::Disqualified;
  book_.remove(slot);
  drop_pending(slot);
  out.push_back(
      BidderDisqualified{id_, disqualify.bidder, disqualify.by, disqualify.reason, live_order(), live_best()});
  if (has_proxy(slot)) end_proxy(slot, ProxyEnd::Disqualified, out);
  Cause cause{moment};
  act_proxies(cause, out);
}

std::optional<Refusal> Lot::judge(ReinstateBidder const& reinstate, Instant) const {
  return judge_bidder(reinstate.bidder, Bidder::Standing::Disqualified, reinstate.reason);
}

void Lot::enter(ReinstateBidder const& reinstate, Moment moment, Events& out) {
  auto const slot = admitted_slot(reinstate.bidder);
  auto& bidder = bidders_[slot];
  bidder.standing = Bidder::Standing::Admitted;
  if (bidder.has_bid()) count(slot, bidder.last);
  out.push_back(BidderReinstated{id_, reinstate.bidder, reinstate.by, reinstate.reason, live_order(), live_best()});
  Cause cause{moment};
  act_proxies(cause, out);
}

// A bid that should never have been made. Who may do this is the caller's business: a regulator, and nobody else.
std::optional<Refusal> Lot::judge(CancelBid const& cancel, Instant) const {
  if (!is_before_close(state_) || state_ == LotState::Scheduled) return refuse(refusals::state_conflict);
  auto const slot = slot_of(cancel.bidder);
  if (!slot) return refuse(refusals::not_admitted);
  auto const& bidder = bidders_[*slot];
  if (!bidder.has_bid() || attempts_.at(bidder.last).seq != cancel.bid) return refuse(refusals::no_bid);
  return judge_reason(cancel.reason);
}

// The bid before it counts again; nobody else's reference changes and the end is never rolled back.
void Lot::enter(CancelBid const& cancel, Moment moment, Events& out) {
  auto const slot = admitted_slot(cancel.bidder);
  void_bid(slot, bidders_[slot].last);
  out.push_back(BidCancelled{id_, cancel.bidder, cancel.bid, cancel.by, cancel.reason, live_order(), live_best()});
  Cause cause{moment};
  act_proxies(cause, out);
}

// One that counts uncovers the one before it.
void Lot::void_bid(Slot slot, AttemptPlace bid) {
  auto& bidder = bidders_[slot];
  attempts_.void_at(bid);
  if (bidder.last != bid) return;
  book_.remove(slot);
  auto const before = attempts_.last_valid(slot, bid);
  if (before == no_attempt) {
    bidder.last = no_attempt;
    bidder.price = Money{};
  } else if (bidder.is_disqualified()) {
    bidder.last = before;
    bidder.price = attempts_.at(before).price;
  } else {
    count(slot, before);
  }
}

std::optional<Refusal> Lot::judge(WithdrawBid const& withdraw, Instant at) const {
  auto const slot = slot_of(withdraw.bidder);
  if (!slot) return refuse(refusals::not_admitted);
  if (!is_live(state_)) return refuse(refusals::state_conflict);
  auto const may_withdraw = stage_.kind == StageKind::Turn || stage_.kind == StageKind::BestBid;
  if (auto refusal = judge_stage(*slot, at)) return refusal;
  if (!may_withdraw) return refuse(refusals::not_your_turn);
  return pending_ != no_attempt ? std::nullopt : refuse(refusals::no_bid);
}

void Lot::enter(WithdrawBid const& withdraw, Moment, Events& out) {
  drop_pending(admitted_slot(withdraw.bidder));
  out.push_back(BidWithdrawn{id_, withdraw.bidder, withdraw.by});
}

// What was bid in the turn under way, if it is this bidder's, will not count.
void Lot::drop_pending(Slot slot) {
  if (pending_ == no_attempt || attempts_.at(pending_).slot() != slot) return;
  attempts_.void_at(std::exchange(pending_, no_attempt));
}

// Nothing of a hidden order is told before its time.
std::vector<BidderId> Lot::live_order() const {
  std::vector<BidderId> order;
  if (hides_counted()) return order;
  for (auto const& counted : book_.order()) order.push_back(bidders_[counted.slot].id);
  return order;
}

Money Lot::live_best() const {
  return hides_counted() || book_.is_empty() ? Money{} : bidders_[book_.leader()].price;
}

}  // namespace engine
