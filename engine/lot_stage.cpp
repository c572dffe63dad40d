// What time does: a lot starts, goes from stage to stage (stage.h), and closes.
//
// Everything happens at the end of the stage under way, which is `ends_at_`: the next stage begins there, whenever the
// engine gets round to it.
#include <algorithm>

#include "engine/check.h"
#include "engine/lot.h"

namespace engine {

Instant Lot::due_at_rest() const {
  switch (state_) {
    case LotState::Scheduled:
      return waits_ == Waits::ForAnother ? never : opens_at_;
    case LotState::Running:
    case LotState::Extended:
      return ends_at_;
    case LotState::Selecting:
    case LotState::Awarded:
      return until_;
    case LotState::Paused:
    case LotState::WinnerDeclined:
    case LotState::OrderConfirmed:
    case LotState::FailedNoBid:
    case LotState::FailedFew:
    case LotState::Aborted:
    case LotState::ResultPending:
    case LotState::PracticeEnded:
    case LotState::Verifying:
      return never;
  }
  UNREACHABLE();
}

void Lot::act(Seq cause, Events& out) {
  switch (state_) {
    case LotState::Scheduled:
      return start(opens_at_, out);
    case LotState::Running:
    case LotState::Extended:
      return end_stage(cause, out);
    case LotState::Selecting:
      return end_selection_in_silence(out);
    case LotState::Awarded:
      return lose_winner(PersonId{}, AwardOutcome::Silent, until_, out);
    case LotState::Paused:
    case LotState::WinnerDeclined:
    case LotState::OrderConfirmed:
    case LotState::FailedNoBid:
    case LotState::FailedFew:
    case LotState::Aborted:
    case LotState::ResultPending:
    case LotState::PracticeEnded:
    case LotState::Verifying:
      break;
  }
  UNREACHABLE();  // nothing is due in these
}

bool Lot::is_ended() const {
  switch (state_) {
    case LotState::Scheduled:
    case LotState::Running:
    case LotState::Extended:
    case LotState::Paused:
    case LotState::Selecting:
    case LotState::Awarded:
    case LotState::ResultPending:
    case LotState::Verifying:
      return false;
    case LotState::WinnerDeclined:
      return !award_.has_anyone();
    case LotState::OrderConfirmed:
    case LotState::FailedNoBid:
    case LotState::FailedFew:
    case LotState::Aborted:
    case LotState::PracticeEnded:
      return true;
  }
  UNREACHABLE();
}

// The beginning -------------------------------------------------------------------------------------------------------

Duration Lot::first_stage_length(LotRules const& rules) {
  return rules.format == Format::Dutch || rules.format == Format::Japanese ? rules.turn : rules.duration;
}

// Only an open auction is ever extended; what another format says of a cap is not even judged.
Instant Lot::cap_from(Instant start) const {
  return rules_.format == Format::Reverse ? start + rules_.hard_cap : start;
}

void Lot::follow(Instant ended_at, Events& out) {
  CHECK(state_ == LotState::Scheduled && waits_ == Waits::ForAnother);
  waits_ = Waits::No;
  opens_at_ = std::max(earliest_, ended_at + rules_.pause);
  ends_at_ = opens_at_ + first_stage_length(rules_);
  cap_at_ = cap_from(opens_at_);
  out.push_back(LotRescheduled{id_, opens_at_, ends_at_});
}

void Lot::start(Instant at, Events& out) {
  CHECK(state_ == LotState::Scheduled);
  state_ = LotState::Running;
  opens_at_ = at;
  ends_at_ = at + first_stage_length(rules_);
  cap_at_ = cap_from(at);
  out.push_back(LotStarted{id_, ends_at_});
  if (stage_.kind == StageKind::Level) out.push_back(StageStarted{id_, stage_, ends_at_});
}

void Lot::begin(Stage const& stage, Duration length, Events& out) {
  CHECK(length > Duration::zero());
  stage_ = stage;
  ends_at_ += length;
  out.push_back(StageStarted{id_, stage_, ends_at_});
}

void Lot::begin_after(Duration pause, StageKind next, std::uint16_t round, Events& out) {
  if (pause == Duration::zero()) return begin_next(next, round, out);
  next_ = next;
  begin({.kind = StageKind::Break, .round = round}, pause, out);
}

void Lot::begin_next(StageKind next, std::uint16_t round, Events& out) {
  switch (next) {
    case StageKind::Bidding:
      return begin_round(round, out);
    case StageKind::Turn:
      return begin_turns(round, out);
    case StageKind::SealedBids:
      return begin({.kind = StageKind::SealedBids, .level = taken_}, rules_.sealed_for, out);
    case StageKind::BestBid:
      return begin_best_bid(out);
    case StageKind::Quiet:
    case StageKind::Break:
    case StageKind::Level:
      break;
  }
  UNREACHABLE();  // none of these follows a break
}

void Lot::end_stage(Seq cause, Events& out) {
  Cause by_time{{cause, ends_at_}};
  switch (stage_.kind) {
    case StageKind::Bidding:
      return end_bidding(out);
    case StageKind::Quiet:
      return end_round(out);
    case StageKind::Break:
      begin_next(next_, stage_.round, out);
      return act_proxies(by_time, out);  // who leads may have changed in the break
    case StageKind::Turn:
      end_turn(out);
      return begin_turn(stage_.round, stage_.turn, out);
    case StageKind::Level:
      return end_level(out);
    case StageKind::SealedBids:
      return end_sealed_bids(out);
    case StageKind::BestBid:
      end_turn(out);
      return close(ends_at_, out);
  }
  UNREACHABLE();
}

// Main time, quiet period, rounds of elimination ----------------------------------------------------------------------

void Lot::end_bidding(Events& out) {
  if (rules_.format == Format::Sealed) return close(ends_at_, out);
  if (rules_.format == Format::Rounds) {
    if (book_.size() < std::max<std::size_t>(2, rules_.min_bidders)) return close(ends_at_, out);
    open_quotes(out);
    return begin_after(rules_.first_pause, StageKind::Turn, 1, out);
  }
  if (rules_.ending == Ending::Window || cap_at_ <= ends_at_) return end_round(out);
  move_end(std::min(cap_at_, ends_at_ + rules_.extension), ExtendedBecause::QuietPeriod, out);
  stage_.kind = StageKind::Quiet;
  out.push_back(StageStarted{id_, stage_, ends_at_});
}

// Two stay, however few there are; a bidder without a bid has nothing to go on with.
void Lot::end_round(Events& out) {
  std::vector<Slot> alive;
  for (auto const& counted : book_.order()) {
    if (!bidders_[counted.slot].is_eliminated) alive.push_back(counted.slot);
  }
  if (stage_.round == rules_.rounds || alive.size() < 2) return close(ends_at_, out);
  auto const going = std::min<std::size_t>(rules_.eliminate, alive.size() - 2);
  std::vector<Slot> out_of_it(alive.end() - static_cast<std::ptrdiff_t>(going), alive.end());
  for (Slot slot = 0; slot < bidders_.size(); ++slot) {
    auto const& bidder = bidders_[slot];
    if (!bidder.is_disqualified() && !bidder.is_eliminated && !bidder.has_bid()) out_of_it.push_back(slot);
  }
  std::ranges::sort(out_of_it);
  eliminate(out_of_it, out);
  begin_after(rules_.pause, StageKind::Bidding, static_cast<std::uint16_t>(stage_.round + 1), out);
}

void Lot::eliminate(std::vector<Slot> const& slots, Events& out) {
  if (slots.empty()) return;
  BiddersEliminated event{id_, stage_, {}};
  for (auto const slot : slots) {
    bidders_[slot].is_eliminated = true;
    event.bidders.push_back(bidders_[slot].id);
  }
  out.push_back(std::move(event));
}

void Lot::begin_round(std::uint16_t round, Events& out) {
  state_ = LotState::Running;
  extensions_ = 0;
  if (!book_.is_empty()) {
    top_ = book_.lead();
    ordinary_.highest = std::min(rules_.ceiling, Money::fen(top_->whole));
  }
  cap_at_ = ends_at_ + rules_.hard_cap;
  begin({.kind = StageKind::Bidding, .round = round}, rules_.duration, out);
}

// Rounds of turns -----------------------------------------------------------------------------------------------------

void Lot::begin_turns(std::uint16_t round, Events& out) {
  turn_order_.clear();
  for (auto const& counted : book_.order()) turn_order_.push_back(counted.slot);
  std::ranges::reverse(turn_order_);
  begin_turn(round, 0, out);
}

// The next who may still bid; after the last the round is over.
void Lot::begin_turn(std::uint16_t round, std::size_t from, Events& out) {
  for (auto turn = from; turn < turn_order_.size(); ++turn) {
    auto const& bidder = bidders_[turn_order_[turn]];
    if (bidder.is_disqualified()) continue;
    auto const number = static_cast<std::uint16_t>(turn + 1);
    return begin({.kind = StageKind::Turn, .round = round, .turn = number, .bidder = bidder.id}, rules_.turn, out);
  }
  if (round == rules_.rounds) return close(ends_at_, out);
  begin_after(rules_.pause, StageKind::Turn, static_cast<std::uint16_t>(round + 1), out);
}

void Lot::end_turn(Events& out) {
  auto const slot = admitted_slot(stage_.bidder);
  auto const bid = std::exchange(pending_, no_attempt);
  // A regulator may have voided what the bid had to undercut: it never counts for more than what counts without it.
  auto const changed = bid != no_attempt && is_improvement(slot, bid);
  if (changed)
    count(slot, bid);
  else if (bid != no_attempt)
    attempts_.void_at(bid);
  auto const rank = book_.rank(slot);
  out.push_back(TurnEnded{id_, stage_, rank != 0 ? bidders_[slot].price : Money{}, changed, rank});
}

bool Lot::is_improvement(Slot slot, AttemptPlace bid) const {
  auto const& bidder = bidders_[slot];
  return !bidder.has_bid() || attempts_.at(bid).price < bidder.price;
}

// Levels --------------------------------------------------------------------------------------------------------------

void Lot::end_level(Events& out) {
  auto is_over = stage_.turn == levels(rules_);
  if (rules_.format == Format::Japanese) {
    std::vector<Slot> out_of_it;
    std::size_t staying = 0;
    for (Slot slot = 0; slot < bidders_.size(); ++slot) {
      auto const& bidder = bidders_[slot];
      if (bidder.is_disqualified() || bidder.is_eliminated) continue;
      if (bidder.has_bid() && bidder.price == stage_.level)
        ++staying;
      else
        out_of_it.push_back(slot);
    }
    eliminate(out_of_it, out);
    is_over = is_over || staying <= 1;
  }
  if (is_over) return close(ends_at_, out);
  auto const next = static_cast<std::uint16_t>(stage_.turn + 1);
  begin({.kind = StageKind::Level, .turn = next, .level = level_price(rules_, next)}, rules_.turn, out);
}

// The first taker ends the levels at once, so there is never a second.
void Lot::take_level(Slot taker, Instant at, Events& out) {
  taker_ = taker;
  taken_ = stage_.level;
  ends_at_ = at;
  if (rules_.sealed_for == Duration::zero()) return close(ends_at_, out);
  begin_after(rules_.pause, StageKind::SealedBids, 1, out);
}

void Lot::end_sealed_bids(Events& out) {
  open_quotes(out);
  auto const is_beaten =
      std::ranges::any_of(book_.order(), [&](Counted const& counted) { return counted.slot != taker_; });
  if (!is_beaten || rules_.best_bid_for == Duration::zero()) return close(ends_at_, out);
  begin_after(rules_.pause, StageKind::BestBid, 1, out);
}

void Lot::begin_best_bid(Events& out) {
  auto const& taker = bidders_[taker_];
  if (taker.is_disqualified() || book_.is_empty()) return close(ends_at_, out);
  begin({.kind = StageKind::BestBid, .bidder = taker.id, .level = reference(book_.lead(), taker_)}, rules_.best_bid_for,
        out);
}

void Lot::open_quotes(Events& out) const {
  QuotesOpened opened{id_, stage_, {}};
  for (auto const& counted : book_.order()) {
    opened.quotes.push_back({bidders_[counted.slot].id, bidders_[counted.slot].price});
  }
  out.push_back(std::move(opened));
}

// The end -------------------------------------------------------------------------------------------------------------

void Lot::move_end(Instant end, ExtendedBecause because, Events& out) {
  CHECK(end > ends_at_);
  auto const previous = std::exchange(ends_at_, end);
  state_ = LotState::Extended;
  out.push_back(LotExtended{id_, previous, ends_at_, because});
}

void Lot::extend_with_other(Duration length, Events& out) {
  auto const is_bidding = stage_.kind == StageKind::Bidding || stage_.kind == StageKind::Quiet;
  if (rules_.extend_scope != ExtendScope::Inquiry || rules_.format != Format::Reverse) return;
  if (!is_live(state_) || !is_bidding) return;
  auto const end = std::min(cap_at_, ends_at_ + length);
  if (end > ends_at_) move_end(end, ExtendedBecause::OtherLot, out);
}

// At the end of the bidding, or once the signatures of its bids are verified.
void Lot::close(Instant at, Events& out) {
  CHECK(is_live(state_) || state_ == LotState::Verifying);
  auto const is_end_told = state_ == LotState::Verifying && rules_.version >= 2;
  if (!unverified_.empty()) {
    state_ = LotState::Verifying;
    out.push_back(BiddingEnded{id_, ends_at_});
    return;
  }
  if (is_sealed() && book_.size() < rules_.min_bidders && window_ == Window::First) {
    window_ = Window::Second;
    return move_end(at + rules_.duration, ExtendedBecause::TooFewQuotes, out);
  }
  auto const choice = choice_at_close();
  auto const enough = book_.size() >= rules_.min_bidders;
  award_ = Award(counted(), rules_, choice);
  if (rules_.practice)
    outcome_ = LotState::PracticeEnded;
  else if (book_.is_empty())
    outcome_ = LotState::FailedNoBid;
  else if (choice != Choice::None)
    outcome_ = LotState::Selecting;
  else
    outcome_ = enough ? LotState::Awarded : LotState::FailedFew;

  auto const has_award = outcome_ == LotState::Selecting || outcome_ == LotState::Awarded;
  auto const waits = rules_.release == Release::ResultsTogether ||  //
                     (rules_.release == Release::AwardsTogether && has_award);
  state_ = waits ? LotState::ResultPending : outcome_;
  if (rules_.release == Release::ResultsTogether) {
    if (!is_end_told) out.push_back(BiddingEnded{id_, ends_at_});
    return;
  }
  announce_close(out);
  if (!waits) open_award(at, out);
}

void Lot::release(Instant at, Events& out) {
  CHECK(state_ == LotState::ResultPending);
  state_ = outcome_;
  if (rules_.release == Release::ResultsTogether) announce_close(out);
  open_award(at, out);
}

}  // namespace engine
