// What a price is judged by: the range, then what the stage asks, then whether it can be meant (rules.md §4.4,
// rules.h).
//
// A reference is somebody else's key as a price of this bidder: where evaluated prices rank, the highest price with
// which the bidder would not be behind it. So every rule about the distance to another bid compares prices of one
// bidder.
#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"
#include "engine/lot.h"

namespace engine {
Evaluated Lot::key(Slot slot, Money price) const {
  if (rules_.rank_by == RankBy::Price) return {price.in_fen(), 0, 1};
  return evaluations_[slot].of(price);
}

Money Lot::reference(Evaluated const& key, Slot slot) const {
  if (rules_.rank_by == RankBy::Price) return Money::fen(key.whole);
  return evaluations_[slot].price_within(key);
}

// The highest price allowed at all. A later round begins where the one before ended.
Money Lot::top(Slot slot) const {
  return top_ ? std::min(rules_.ceiling, reference(*top_, slot)) : rules_.ceiling;
}

std::optional<Refusal> Lot::judge_price(PlaceBid const& bid, Slot slot) const {
  if (bid.price < Money::fen(1)) {
    return refuse(refusals::non_positive, private_to(bid.price), figure::fen(Money::fen(1)));
  }
  if (auto const highest = top(slot); bid.price > highest) {
    return refuse(refusals::above_ceiling, private_to(bid.price), figure::fen(highest));
  }
  switch (stage_.kind) {
    case StageKind::Bidding:
    case StageKind::Quiet:
      if (rules_.format != Format::Reverse) break;
      if (auto refusal = judge_open(bid.price, slot, Maker::Bidder)) return refusal;
      break;
    case StageKind::Level:
      if (bid.price == stage_.level) return std::nullopt;
      return refuse(refusals::wrong_level, figure::fen(bid.price), figure::fen(stage_.level));
    case StageKind::Turn:
      if (auto refusal = judge_grid(bid.price)) return refusal;
      [[fallthrough]];
    case StageKind::SealedBids:
    case StageKind::BestBid:
      if (auto refusal = judge_step(bid.price, step_reference(slot))) return refusal;
      break;
    case StageKind::Break:
      UNREACHABLE();  // judge_stage() refused it
  }
  return bid.consent == Consent::NotGiven ? judge_slip(bid.price, slot) : std::nullopt;
}

// Reverse: against the others.
std::optional<Refusal> Lot::judge_open(Money price, Slot slot, Maker maker) const {
  auto const leads = !book_.is_empty() && book_.leader() == slot;
  if (rules_.leader_waits && leads && maker == Maker::Bidder) return refuse(refusals::leader_waits);
  if (auto refusal = judge_grid(price)) return refusal;
  if (auto refusal = judge_step(price, step_reference(slot))) return refusal;
  if (book_.is_empty()) return std::nullopt;
  if (!leads) {
    if (auto refusal = judge_buffers(price, slot)) return refusal;
  }
  return judge_tie(price, slot);
}

// The limit is the next price above that is a whole number of steps below the ceiling: where bids are hidden, it would
// tell the bid itself.
std::optional<Refusal> Lot::judge_grid(Money price) const {
  if (rules_.step_kind != StepKind::Multiple) return std::nullopt;
  auto const beyond = (rules_.ceiling - price).in_fen() % rules_.decrement.in_fen();
  if (beyond == 0) return std::nullopt;
  return refuse(refusals::off_grid, private_to(price), private_to(price + Money::fen(beyond)));
}

Money Lot::floored_to_grid(Money price) const {
  if (rules_.step_kind != StepKind::Multiple) return price;
  auto const step = rules_.decrement.in_fen();
  auto const steps = ((rules_.ceiling - price).in_fen() + step - 1) / step;
  return rules_.ceiling - Money::fen(steps * step);
}

// What the step counts from; nothing where the ceiling is enough.
std::optional<Money> Lot::step_reference(Slot slot) const {
  auto const& bidder = bidders_[slot];
  auto const own = bidder.has_bid() ? std::optional(bidder.price) : std::nullopt;
  switch (stage_.kind) {
    case StageKind::Bidding:
    case StageKind::Quiet:
      if (rules_.step_basis == StepBasis::Own) return own;
      return book_.is_empty() ? std::nullopt : std::optional(reference(book_.lead(), slot));
    case StageKind::Turn:
      return own;
    case StageKind::SealedBids:
      return reference(key(taker_, taken_), slot);
    case StageKind::BestBid:
      return stage_.level;
    case StageKind::Level:
    case StageKind::Break:
      break;
  }
  UNREACHABLE();  // nothing is undercut there
}

std::optional<Refusal> Lot::judge_step(Money price, std::optional<Money> reference) const {
  if (!reference) return std::nullopt;
  auto const highest = *reference - decrement_at(rules_, *reference);
  if (price <= highest) return std::nullopt;
  return refuse(refusals::decrement_too_small, private_to(price), figure::fen(highest));
}

// Another leads: a bid takes the lead by the front buffer, or stays the back buffer behind.
std::optional<Refusal> Lot::judge_buffers(Money price, Slot slot) const {
  if (rules_.front_buffer == Money{} && rules_.back_buffer == Money{}) return std::nullopt;
  auto const lead = reference(book_.lead(), slot);
  auto const would_lead = key(slot, price) < book_.lead();
  auto const is_clear = would_lead ? price <= lead - rules_.front_buffer : price >= lead + rules_.back_buffer;
  if (is_clear) return std::nullopt;
  return refuse(refusals::inside_buffer, figure::fen(price), figure::fen(lead - rules_.front_buffer));
}

std::optional<Refusal> Lot::judge_tie(Money price, Slot slot) const {
  if (rules_.ties != Ties::Refused && rules_.ties != Ties::RefusedAtLead) return std::nullopt;
  auto const wanted = key(slot, price);
  auto const is_equal =
      rules_.ties == Ties::Refused ? book_.has_equal(wanted, slot) : book_.leader() != slot && book_.lead() == wanted;
  return is_equal ? refuse(refusals::tie_refused, figure::fen(price)) : std::nullopt;
}

// What an implausible price is measured by: the best that is known to all; where the best is secret, the ceiling.
std::optional<Money> Lot::slip_reference(Slot slot) const {
  switch (stage_.kind) {
    case StageKind::Bidding:
    case StageKind::Quiet:
      if (rules_.format != Format::Reverse) return rules_.ceiling;
      [[fallthrough]];
    case StageKind::Turn:
      return book_.is_empty() ? std::nullopt : std::optional(reference(book_.lead(), slot));
    case StageKind::SealedBids:
    case StageKind::BestBid:
      return step_reference(slot);
    case StageKind::Level:
    case StageKind::Break:
      break;
  }
  UNREACHABLE();  // the price is given there
}

std::optional<Refusal> Lot::judge_slip(Money price, Slot slot) const {
  auto const best = slip_reference(slot);
  if (!best) return std::nullopt;
  auto const measure = best->in_fen() * rules_.slip_below.count();
  if (price.in_fen() * BasisPoints::whole >= measure) return std::nullopt;
  auto const lowest = (measure + BasisPoints::whole - 1) / BasisPoints::whole;
  return refuse(refusals::confirmation_needed, private_to(price), figure::fen(Money::fen(lowest)));
}

// A hidden price is in no event, not even in the bidder's own refusal.
Figure Lot::private_to(Money price) const {
  return hides_bids() ? Figure{} : figure::fen(price);
}

}  // namespace engine
