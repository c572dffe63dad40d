// Opening, bids, start and close of one lot (the phase diagram is in lot.h).
//
// A bid is judged in the order of rules.md §4.4 and §12a: its key, its bidder, the moment, the attempts left, then the
// price. Every attempt under a new key is kept with its answer, refused ones too, while the bidder has attempts left.
#include "engine/lot.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/codec.h"
#include "engine/figure.h"

namespace engine {
namespace {

// No lot is scheduled further ahead: keeps every later sum of times far from overflow.
constexpr Duration opening_ahead_max = std::chrono::days{3'660};

std::optional<Refusal> refuse(RefusalKind const& kind, Figure actual = {}, Figure limit = {}) {
  return Refusal{&kind, actual, limit};
}

std::optional<Refusal> judge_admitted(std::vector<Admitted> const& admitted) {
  if (admitted.size() > limits::bidders_a_lot) {
    return refuse(refusals::too_many, figure::count(admitted.size()), figure::count(limits::bidders_a_lot));
  }
  std::vector<BidderId> ids;
  for (auto const& bidder : admitted) {
    auto const deduction = bidder.deduction.count();
    if (deduction < 0 || deduction >= BasisPoints::whole) {
      return refuse(refusals::bad_rules, figure::points(bidder.deduction),
                    figure::points(BasisPoints{deduction < 0 ? 0 : BasisPoints::whole - 1}));
    }
    if (!bidder.bidder.is_given()) return refuse(refusals::not_admitted);
    ids.push_back(bidder.bidder);
  }
  std::ranges::sort(ids);
  if (std::ranges::adjacent_find(ids) != ids.end()) return refuse(refusals::duplicate);
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> Lot::judge(OpenLot const& open, Instant at) {
  if (!open.lot.is_given()) return refuse(refusals::no_such_lot);
  if (auto wrong = engine::judge(open.rules)) return wrong;
  if (open.opens_at > at + opening_ahead_max) {
    return refuse(refusals::bad_rules, figure::moment(open.opens_at), figure::moment(at + opening_ahead_max));
  }
  return judge_admitted(open.admitted);
}

Lot::Lot(OpenLot const& open, Instant opens_at, Events& out)
    : id_(open.lot),
      rules_(open.rules),
      opens_at_(opens_at),
      ends_at_(opens_at + open.rules.duration),
      cap_at_(opens_at + open.rules.hard_cap),
      book_(open.admitted.size()),
      attempts_(open.admitted.size(), open.rules.attempts_max) {
  auto sorted = open.admitted;
  std::ranges::sort(sorted, {}, &Admitted::bidder);
  for (auto const& admitted : sorted) {
    ids_.push_back(admitted.bidder);
    bidders_.push_back({.id = admitted.bidder, .deduction = admitted.deduction, .last = {}, .last_at = {}});
  }
  out.push_back(LotScheduled{id_, rules_, opens_at_, ends_at_, open.admitted});
}

std::optional<Slot> Lot::slot_of(BidderId bidder) const {
  auto const found = std::ranges::lower_bound(ids_, bidder);
  if (found == ids_.end() || *found != bidder) return std::nullopt;
  return static_cast<Slot>(found - ids_.begin());
}

Slot Lot::admitted_slot(BidderId bidder) const {
  auto const slot = slot_of(bidder);
  CHECK(slot.has_value());
  return *slot;
}

// A bid ---------------------------------------------------------------------------------------------------------------

void Lot::decide(PlaceBid const& bid, Seq seq, Instant at, Events& out) {
  Receipt receipt{id_, bid.bidder, bid.key, seq, at, 0, std::nullopt};
  auto const slot = slot_of(bid.bidder);
  if (!slot) {
    receipt.refusal = Refusal{&refusals::not_admitted, {}, {}};
    out.emplace_back(BidRefused{receipt});
    return;
  }
  if (auto const* known = attempts_.find(*slot, bid.key)) {
    if (known->price != bid.price || known->consent != bid.consent) {
      receipt.refusal = Refusal{&refusals::key_reused, {}, {}};
      out.emplace_back(BidRefused{receipt});
      return;
    }
    receipt = {id_, bid.bidder, bid.key, known->seq, known->at, known->number, std::nullopt};
    if (!known->is_accepted()) receipt.refusal = known->refusal;
    out.emplace_back(BidRepeated{receipt});
    return;
  }

  receipt.refusal = judge(bid, *slot, at);
  if (attempts_.has_room(*slot)) {
    receipt.attempt = attempts_
                          .keep({.key = bid.key,
                                 .slot = *slot,
                                 .consent = bid.consent,
                                 .price = bid.price,
                                 .seq = seq,
                                 .at = at,
                                 .refusal = receipt.refusal.value_or(Refusal{})})
                          .number;
  }
  if (receipt.refusal) {
    out.emplace_back(BidRefused{receipt});
    return;
  }
  // From here on the bid stands.
  enter_bid(bid, *slot, receipt, out);
}

std::optional<Refusal> Lot::judge(PlaceBid const& bid, Slot slot, Instant at) const {
  auto const& bidder = bidders_[slot];
  if (bidder.standing == Bidder::Standing::Disqualified) return refuse(refusals::disqualified);
  if (state_ == LotState::Scheduled) {
    return refuse(refusals::not_started, figure::moment(at), figure::moment(opens_at_));
  }
  if (state_ == LotState::Paused) return refuse(refusals::paused);
  if (!is_live(state_)) return refuse(refusals::closed, figure::moment(at), figure::moment(ends_at_));
  CHECK(at < ends_at_);  // Hall closed what was due before it asked
  if (!attempts_.has_room(slot)) {
    return refuse(refusals::too_many_attempts, figure::count(attempts_.made_by(slot) + std::size_t{1}),
                  figure::count(rules_.attempts_max));
  }
  return judge_price(bid, bidder);
}

std::optional<Refusal> Lot::judge_price(PlaceBid const& bid, Bidder const& bidder) const {
  if (bid.price < Money::fen(1)) {
    return refuse(refusals::non_positive, private_to(bid.price), figure::fen(Money::fen(1)));
  }
  if (bid.price > rules_.ceiling) {
    return refuse(refusals::above_ceiling, private_to(bid.price), figure::fen(rules_.ceiling));
  }
  if (!is_sealed()) {
    if (auto refusal = judge_step(bid.price, bidder)) return refusal;
  }
  if (bid.consent == Consent::NotGiven) return judge_slip(bid.price);
  return std::nullopt;
}

std::optional<Refusal> Lot::judge_step(Money price, Bidder const& bidder) const {
  auto const own = rules_.step_basis == StepBasis::Own;
  if (own ? !bidder.has_bid() : book_.is_empty()) return std::nullopt;  // the ceiling is enough
  auto const reference = own ? bidder.last.price : book_.best().price;
  auto const highest = reference - rules_.decrement;
  if (price <= highest) return std::nullopt;
  return refuse(refusals::decrement_too_small, figure::fen(price), figure::fen(highest));
}

// Compared with the best bid, and where the best is secret, with the ceiling.
std::optional<Refusal> Lot::judge_slip(Money price) const {
  if (!is_sealed() && book_.is_empty()) return std::nullopt;
  auto const measure = (is_sealed() ? rules_.ceiling : book_.best().price).in_fen() * rules_.slip_below.count();
  if (price.in_fen() * BasisPoints::whole >= measure) return std::nullopt;
  auto const lowest = (measure + BasisPoints::whole - 1) / BasisPoints::whole;
  return refuse(refusals::confirmation_needed, private_to(price), figure::fen(Money::fen(lowest)));
}

// A sealed price is in no event before the close, not even in the bidder's own refusal.
Figure Lot::private_to(Money price) const {
  return is_sealed() ? Figure{} : figure::fen(price);
}

void Lot::enter_bid(PlaceBid const& bid, Slot slot, Receipt const& receipt, Events& out) {
  auto& bidder = bidders_[slot];
  bidder.last = {bid.price, receipt.seq, slot};
  bidder.last_at = receipt.at;
  auto const move = book_.enter(bidder.last);
  if (is_sealed()) {
    out.emplace_back(QuoteAccepted{receipt});
    return;
  }
  auto const& best = book_.best();
  out.emplace_back(BidAccepted{receipt, bid.price, move.rank, move.previous_rank, best.price, bidders_[best.slot].id});
  extend_for_late_bid(receipt.at, out);
}

void Lot::extend_for_late_bid(Instant at, Events& out) {
  if (rules_.trigger_window == Duration::zero() || ends_at_ - at > rules_.trigger_window) return;
  auto const end = std::min(cap_at_, std::max(ends_at_, at + rules_.extension));
  if (end != ends_at_) move_end(end, ExtendedBecause::LateBid, out);
}

// Time ----------------------------------------------------------------------------------------------------------------

Instant Lot::due() const {
  switch (state_) {
    case LotState::Scheduled:
      return opens_at_;
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
      return never;
  }
  UNREACHABLE();
}

void Lot::act(Events& out) {
  switch (state_) {
    case LotState::Scheduled:
      return start(opens_at_, out);
    case LotState::Running:
    case LotState::Extended:
      return close(out);
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
      break;
  }
  UNREACHABLE();  // nothing is due in these
}

void Lot::start(Instant at, Events& out) {
  CHECK(state_ == LotState::Scheduled);
  state_ = LotState::Running;
  opens_at_ = at;
  ends_at_ = at + rules_.duration;
  cap_at_ = at + rules_.hard_cap;
  out.push_back(LotStarted{id_, ends_at_});
}

void Lot::move_end(Instant end, ExtendedBecause because, Events& out) {
  CHECK(end > ends_at_);
  auto const previous = std::exchange(ends_at_, end);
  state_ = LotState::Extended;
  out.push_back(LotExtended{id_, previous, ends_at_, because});
}

void Lot::close(Events& out) {
  CHECK(is_live(state_));
  if (is_sealed() && book_.size() < rules_.min_bidders && window_ == Window::First) {
    window_ = Window::Second;
    return move_end(ends_at_ + rules_.duration, ExtendedBecause::TooFewQuotes, out);
  }
  auto const choice = choice_at_close();
  auto const enough = book_.size() >= rules_.min_bidders;
  award_ = Award(counted(), rules_, choice);
  if (book_.is_empty())
    state_ = LotState::FailedNoBid;
  else if (choice != Choice::None)
    state_ = LotState::Selecting;
  else
    state_ = enough ? LotState::Awarded : LotState::FailedFew;
  announce_close(out);
  if (state_ == LotState::Selecting) open_selection(ends_at_, out);
  if (state_ == LotState::Awarded) ask(award_.first().bidder, ends_at_, out);
}

bool Lot::is_before_close() const {
  return state_ == LotState::Scheduled || state_ == LotState::Paused || is_live(state_);
}

bool Lot::is_ended() const {
  switch (state_) {
    case LotState::Scheduled:
    case LotState::Running:
    case LotState::Extended:
    case LotState::Paused:
    case LotState::Selecting:
    case LotState::Awarded:
      return false;
    case LotState::WinnerDeclined:
      return !award_.has_anyone();
    case LotState::OrderConfirmed:
    case LotState::FailedNoBid:
    case LotState::FailedFew:
    case LotState::Aborted:
      return true;
  }
  UNREACHABLE();
}

// The state as bytes
// ---------------------------------------------------------------------------------------------------

void Lot::write(ByteWriter& bytes) const {
  std::vector<Admitted> admitted;
  admitted.reserve(bidders_.size());
  for (auto const& bidder : bidders_) admitted.push_back({bidder.id, bidder.deduction});
  bytes.put_raw(encode(OpenLot{id_, rules_, opens_at_, admitted}, Privacy::Open).open);
  bytes.put(state_).put(resume_to_).put(window_);
  bytes.put(ends_at_).put(cap_at_).put(paused_at_).put(until_);
  for (auto const& bidder : bidders_) {
    bytes.put(bidder.standing).put(bidder.last.price).put(bidder.last.seq).put(bidder.last_at);
  }
  bytes.put(static_cast<std::uint32_t>(attempts_.all().size()));
  for (auto const& attempt : attempts_.all()) {
    auto const& [kind, actual, limit] = attempt.refusal;
    bytes.put_raw({attempt.key.text.data(), attempt.key.text.size()});
    bytes.put(attempt.slot).put(attempt.consent).put(attempt.number);
    bytes.put(attempt.price).put(attempt.seq).put(attempt.at);
    bytes.put(kind == nullptr ? std::uint16_t{0} : kind->number);
    bytes.put(actual.unit).put(actual.value).put(limit.unit).put(limit.value);
  }
  bytes.put(asked_).put(award_.choice());
  for (auto const& standing : award_.left()) bytes.put(standing.bidder).put(standing.rank);
}

}  // namespace engine
