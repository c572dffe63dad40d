// Bids that bear the supplier's own signature (rules.h: signed_bids).
//
// Whether a signature holds is no business of a pure function with a bound on its time: it is found out beside, behind
// the receipt, and comes back as NoteSignatures. Until then the bid stands; the close waits for the last of them.
#include <algorithm>
#include <string>

#include "engine/figure.h"
#include "engine/lot.h"

namespace engine {
namespace {

char const* const invalid_reason = "报价签名验证不通过 / the signature of the bid does not hold";

}  // namespace

void Lot::decide(PlaceSignedBid const& asked, Moment moment, Events& out) {
  auto const& bid = asked.bid;
  auto const slot = slot_of(bid.bidder);
  if (!slot) return refuse_bid(bid, moment, 0, *refuse(refusals::not_admitted), out);
  auto const hash = Attempts::hash_of(*slot, bid.key);
  if (auto const known = attempts_.find(*slot, bid.key, hash); known != no_attempt) {
    return repeat(bid, known, moment, out);
  }
  auto const place = attempts_.size();
  decide_new(bid, *slot, hash, moment, Signed::Yes, out);
  auto const is_accepted = attempts_.size() > place && attempts_.at(place).is_accepted();
  if (!rules_.signed_bids || !is_accepted) return;
  unverified_.push_back({place, bid.by, asked.signature});
  out.push_back(BidSigned{bid, moment.seq, moment.at, asked.signature});
}

std::optional<Refusal> Lot::judge(NoteSignatures const& note, Instant) const {
  if (!rules_.signed_bids) return refuse(refusals::not_offered);
  if (note.invalid.size() > limits::invalid_signatures_a_note) {
    return refuse(refusals::too_many, figure::count(note.invalid.size()),
                  figure::count(limits::invalid_signatures_a_note));
  }
  auto const seq_of = [&](Unverified const& one) { return attempts_.at(one.bid).seq; };
  if (unverified_.empty() || note.through < seq_of(unverified_.front())) return refuse(refusals::state_conflict);
  auto const is_known = [&](Seq seq) {
    return seq <= note.through && std::ranges::binary_search(unverified_, seq, {}, seq_of);
  };
  return std::ranges::all_of(note.invalid, is_known) ? std::nullopt : refuse(refusals::no_bid);
}

// A bid that was voided for another reason meanwhile stays so. The end is never rolled back.
void Lot::enter(NoteSignatures const& note, Moment moment, Events& out) {
  auto invalid = note.invalid;
  std::ranges::sort(invalid);
  auto const is_noted = [&](Unverified const& one) { return attempts_.at(one.bid).seq <= note.through; };
  auto const left = std::ranges::find_if_not(unverified_, is_noted);
  for (auto one = unverified_.begin(); one != left; ++one) {
    auto const& bid = attempts_.at(one->bid);
    if (!bid.is_valid() || !std::ranges::binary_search(invalid, bid.seq)) continue;
    auto const slot = bid.slot();
    void_bid(slot, one->bid);
    out.push_back(BidCancelled{id_, bidders_[slot].id, bid.seq, PersonId{}, invalid_reason, live_order(), live_best()});
  }
  unverified_.erase(unverified_.begin(), left);
  if (state_ == LotState::Verifying && unverified_.empty()) close(moment.at, out);
}

void Lot::tell_unverified(Events& out) const {
  for (auto const& [place, by, signature] : unverified_) {
    auto const& bid = attempts_.at(place);
    out.push_back(
        BidSigned{{id_, bidders_[bid.slot()].id, by, bid.price, bid.key, bid.consent()}, bid.seq, bid.at, signature});
  }
}

}  // namespace engine
