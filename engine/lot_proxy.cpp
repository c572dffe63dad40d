// Bids that the engine makes for a bidder (代理报价): down to a secret limit, whenever another leads.
//
// Two that meet do not walk down step by step: the worse goes to its limit at once and the better answers with one
// step, so a command makes few bids whatever the limits are. The better of two is the one with the lower limit, or the
// earlier of equal ones; where the rules leave it no room to answer below the worse limit, it goes to its own limit
// first, so that the better one leads in the end wherever the rules allow.
//
// After act_proxies() no proxy is active but the leader's.
#include <algorithm>

#include "engine/check.h"
#include "engine/figure.h"
#include "engine/lot.h"

namespace engine {
// The limit is in no refusal: others may see those.
std::optional<Refusal> Lot::judge(SetProxy const& set, Instant at) const {
  auto const slot = slot_of(set.bidder);
  if (!slot) return refuse(refusals::not_admitted);
  auto const& bidder = bidders_[*slot];
  if (auto refusal = judge_moment(bidder, at)) return refusal;
  if (!rules_.proxies) return refuse(refusals::not_offered);
  if (auto refusal = judge_stage(*slot, at)) return refusal;
  auto const& proxy = proxies_[*slot];
  if (proxy.is_active()) {
    if (proxy.limit != set.limit || proxy.step != set.step) return refuse(refusals::duplicate);
    return std::nullopt;
  }
  if (proxy.times_set >= rules_.attempts_max) {
    return refuse(refusals::too_many_attempts, figure::count(proxy.times_set + std::size_t{1}),
                  figure::count(rules_.attempts_max));
  }
  if (!bidder.has_bid()) return refuse(refusals::no_bid);
  if (set.limit < Money::fen(1)) return refuse(refusals::non_positive, {}, figure::fen(Money::fen(1)));
  auto const least = decrement_at(rules_, bidder.price);
  if (set.limit > bidder.price - least) {
    return refuse(refusals::decrement_too_small, {}, figure::fen(bidder.price - least));
  }
  if (floored_to_grid(set.limit) != set.limit) return refuse(refusals::off_grid);
  if (set.step < least) return refuse(refusals::decrement_too_small, figure::fen(set.step), figure::fen(least));
  if (set.step > rules_.ceiling)
    return refuse(refusals::above_ceiling, figure::fen(set.step), figure::fen(rules_.ceiling));
  auto const is_whole = rules_.step_kind != StepKind::Multiple || set.step.in_fen() % rules_.decrement.in_fen() == 0;
  return is_whole ? std::nullopt : refuse(refusals::off_grid, figure::fen(set.step), figure::fen(rules_.decrement));
}

void Lot::enter(SetProxy const& set, Moment moment, Events& out) {
  auto& proxy = proxies_[admitted_slot(set.bidder)];
  out.push_back(ProxySet{id_, set.bidder, set.by, set.step});
  if (proxy.is_active()) return;  // the same again
  proxy = {set.limit, set.step, ++proxies_set_, proxy.times_set + 1};
  Cause cause{moment};
  act_proxies(cause, out);
}

std::optional<Refusal> Lot::judge(CancelProxy const& cancel, Instant) const {
  auto const slot = slot_of(cancel.bidder);
  if (!slot) return refuse(refusals::not_admitted);
  if (!is_live(state_) && state_ != LotState::Paused) return refuse(refusals::state_conflict);
  return has_proxy(*slot) ? std::nullopt : refuse(refusals::no_bid);
}

void Lot::enter(CancelProxy const& cancel, Moment, Events& out) {
  end_proxy(admitted_slot(cancel.bidder), ProxyEnd::Cancelled, out, cancel.by);
}

void Lot::end_proxy(Slot slot, ProxyEnd because, Events& out, PersonId by) {
  proxies_[slot].order = 0;
  out.push_back(ProxyEnded{id_, bidders_[slot].id, by, because});
}

bool Lot::is_better(Slot a, Slot b) const {
  auto const key_a = key(a, proxies_[a].limit);
  auto const key_b = key(b, proxies_[b].limit);
  return key_a != key_b ? key_a < key_b : proxies_[a].order < proxies_[b].order;
}

// Whether the rules leave this proxy room to answer a bid with that key.
bool Lot::can_beat(Slot slot, Evaluated const& other) const {
  auto const price = reference(other, slot);
  auto gap = std::max(rules_.front_buffer, Money::fen(1));
  if (rules_.step_basis == StepBasis::Best) gap = std::max(gap, decrement_at(rules_, price));
  return proxies_[slot].limit <= price - gap;
}

std::optional<Slot> Lot::best_challenger() const {
  std::optional<Slot> best;
  for (Slot slot = 0; slot < proxies_.size(); ++slot) {
    if (!proxies_[slot].is_active() || slot == book_.leader()) continue;
    if (!best || is_better(slot, *best)) best = slot;
  }
  return best;
}

void Lot::act_proxies(Cause& cause, Events& out) {
  auto const is_bidding = stage_.kind == StageKind::Bidding || stage_.kind == StageKind::Quiet;
  if (proxies_.empty() || !is_live(state_) || !is_bidding) return;
  while (!book_.is_empty()) {
    auto const challenger = best_challenger();
    if (!challenger) return;
    auto const leader = book_.leader();
    if (!has_proxy(leader)) {
      challenge(*challenger, cause, out);
      continue;
    }
    auto const [better, worse] =
        is_better(leader, *challenger) ? std::pair(leader, *challenger) : std::pair(*challenger, leader);
    try_limit(can_beat(better, key(worse, proxies_[worse].limit)) ? worse : better, cause, out);
  }
}

// Against a leader who does not answer: a step of its own below the lead, or whatever is left above the limit.
void Lot::challenge(Slot slot, Cause& cause, Events& out) {
  auto const proxy = proxies_[slot];
  auto const lead = reference(book_.lead(), slot);
  auto highest = std::min(top(slot), lead - std::max(rules_.front_buffer, Money::fen(1)));
  if (auto const from = step_reference(slot)) highest = std::min(highest, *from - decrement_at(rules_, *from));
  auto const wanted = floored_to_grid(std::min(highest, lead - proxy.step));
  if (wanted >= proxy.limit) {
    place_automatic(slot, wanted, cause, out);
    if (wanted == proxy.limit) end_proxy(slot, ProxyEnd::Exhausted, out);
    return;
  }
  if (floored_to_grid(highest) >= proxy.limit) place_automatic(slot, proxy.limit, cause, out);
  end_proxy(slot, ProxyEnd::Exhausted, out);
}

void Lot::try_limit(Slot slot, Cause& cause, Events& out) {
  auto const limit = proxies_[slot].limit;
  if (limit <= top(slot) && !judge_open(limit, slot, Maker::Engine)) place_automatic(slot, limit, cause, out);
  end_proxy(slot, ProxyEnd::Exhausted, out);
}

void Lot::place_automatic(Slot slot, Money price, Cause& cause, Events& out) {
  auto const [seq, at] = cause.moment;
  attempts_.keep_automatic({{}, slot, 0, Consent::NotGiven, price, seq, at});
  auto const move = count(slot, attempts_.last_place());
  out.push_back(ProxyBid{id_, bidders_[slot].id, seq, at, placed(slot, move)});
  extend_for_late_bid(move.rank, cause, out);
}

}  // namespace engine
