// Who counts, and whether a bid may be: scan for everything. Read beside rules.md §4.3, §4.4 and §12a.
#include "tests/support/naive_lot.h"

#include <algorithm>

namespace support {

using namespace engine;

bool NaiveLot::before_close() const {
  return live() || state == LotState::Scheduled || state == LotState::Paused || state == LotState::Verifying;
}
bool NaiveLot::takes_open_bids() const {
  return is(Format::Reverse) && (stage.kind == StageKind::Bidding || stage.kind == StageKind::Quiet);
}
bool NaiveLot::hides_prices() const {
  return is(Format::Sealed) || is(Format::Rounds) || stage.kind == StageKind::SealedBids ||
         stage.kind == StageKind::BestBid;
}
// Hidden bids that count at once: the order itself would tell.
bool NaiveLot::hides_order() const {
  if (is(Format::Rounds)) return stage.kind == StageKind::Bidding;
  return is(Format::Sealed) || stage.kind == StageKind::SealedBids;
}
Duration NaiveLot::first_stage() const {
  return is(Format::Dutch) || is(Format::Japanese) ? rules().turn : rules().duration;
}
void NaiveLot::schedule(Instant at) {
  start = at;
  end = at + first_stage();
  cap = at + rules().hard_cap;
}

bool NaiveLot::admits(BidderId bidder) const {
  return std::ranges::any_of(opened.admitted, [&](Admitted const& a) { return a.bidder == bidder; });
}
Evaluation NaiveLot::evaluation(BidderId bidder) const {
  for (auto const& admitted : opened.admitted) {
    if (admitted.bidder == bidder) return admitted.evaluation;
  }
  return {};
}
Evaluated NaiveLot::key(BidderId bidder, Money price) const {
  if (rules().rank_by == RankBy::Price) return {price.in_fen(), 0, 1};
  return evaluation(bidder).of(price);
}
Money NaiveLot::reference(Evaluated const& key, BidderId bidder) const {
  if (rules().rank_by == RankBy::Price) return Money::fen(key.whole);
  return evaluation(bidder).price_within(key);
}

Money NaiveLot::decrement(Money reference) const {
  auto const fixed = rules().decrement.in_fen();
  if (rules().step_kind == StepKind::Percent) {
    auto const product = Wide{reference.in_fen()} * rules().decrement_share.count();
    auto share = static_cast<std::int64_t>(product / 10'000);
    if (product % 10'000 != 0) ++share;
    return Money::fen(std::max(fixed, share));
  }
  if (rules().step_kind == StepKind::Ladder) {
    for (auto const& band : rules().ladder) {
      if (reference > band.above || band.above == Money{}) return band.decrement;
    }
  }
  return rules().decrement;
}

Money NaiveLot::level_price(int level) const {
  auto price = rules().first_level.in_fen();
  auto const last = rules().last_level.in_fen();
  for (int i = 1; i < level; ++i) {
    price += is(Format::Dutch) ? rules().level_step.in_fen() : -rules().level_step.in_fen();
    if (is(Format::Dutch)) price = std::min(price, last);
  }
  return Money::fen(price);
}

NaiveTry const* NaiveLot::last_valid(BidderId bidder) const {
  NaiveTry const* last = nullptr;
  for (auto const& attempt : tries) {
    if (attempt.bid.bidder == bidder && attempt.valid()) last = &attempt;
  }
  return last;
}
NaiveTry* NaiveLot::pending_of(BidderId bidder) {
  for (auto& attempt : tries) {
    if (attempt.bid.bidder == bidder && attempt.pending && !attempt.voided) return &attempt;
  }
  return nullptr;
}
bool NaiveLot::counts(BidderId bidder) const {
  return last_valid(bidder) != nullptr && !disqualified.contains(bidder);
}

std::vector<NaiveTry const*> NaiveLot::ranking() const {
  std::vector<NaiveTry const*> counted;
  for (auto const& admitted : opened.admitted) {
    if (counts(admitted.bidder)) counted.push_back(last_valid(admitted.bidder));
  }
  // The list of tries is in order of arrival, so the place in it is the arrival.
  std::ranges::sort(counted, [&](auto const* a, auto const* b) {
    if (key(*a) != key(*b)) return key(*a) < key(*b);
    return a < b;
  });
  return counted;
}
std::vector<BidderId> NaiveLot::order() const {
  std::vector<BidderId> bidders;
  for (auto const* counted : ranking()) bidders.push_back(counted->bid.bidder);
  return bidders;
}

std::uint16_t NaiveLot::shown_rank(BidderId bidder) const {
  if (!counts(bidder)) return 0;
  auto const own = key(*last_valid(bidder));
  std::uint16_t smaller = 0, equal = 0, place = 0;
  bool passed = false;
  for (auto const* other : ranking()) {
    if (key(*other) < own) ++smaller;
    if (key(*other) == own) ++equal;
    if (!passed) ++place;
    if (other->bid.bidder == bidder) passed = true;
  }
  if (rules().ties == Ties::EqualBest) return static_cast<std::uint16_t>(smaller + 1);
  if (rules().ties == Ties::EqualWorst) return static_cast<std::uint16_t>(smaller + equal);
  return place;
}

Placed NaiveLot::placed(NaiveTry const& bid, std::uint16_t previous_rank) const {
  auto const* best = ranking().front();
  return {bid.bid.price, shown_rank(bid.bid.bidder), previous_rank, best->bid.price, best->bid.bidder};
}

// The highest price that may be named; no later round starts above the ceiling either, whatever the lead is worth.
Money NaiveLot::top(BidderId bidder) const {
  if (!lead_at_round_start) return rules().ceiling;
  return std::min(rules().ceiling, reference(*lead_at_round_start, bidder));
}

std::optional<Refusal> NaiveLot::judge_moment(BidderId bidder, Instant at) const {
  if (disqualified.contains(bidder)) return no(refusals::disqualified);
  if (state == LotState::Scheduled) return no(refusals::not_started, figure::moment(at), figure::moment(start));
  if (state == LotState::Paused) return no(refusals::paused);
  if (!live()) return no(refusals::closed, figure::moment(at), figure::moment(end));
  if (eliminated.contains(bidder)) return no(refusals::eliminated);
  return std::nullopt;
}

std::optional<Refusal> NaiveLot::judge_stage(BidderId bidder, Instant at) const {
  if (stage.kind == StageKind::Break) {
    return no(refusals::between_stages, figure::moment(at), figure::moment(end));
  }
  auto const has_owner = stage.kind == StageKind::Turn || stage.kind == StageKind::BestBid;
  if (has_owner && stage.bidder != bidder) return no(refusals::not_your_turn);
  if (stage.kind == StageKind::SealedBids && bidder == taker) return no(refusals::not_your_turn);
  return std::nullopt;
}

std::optional<Refusal> NaiveLot::judge_reverse(BidderId bidder, Money price, bool by_hand) const {
  auto const shown = figure::fen(price);
  if (price > top(bidder)) return no(refusals::above_ceiling, shown, figure::fen(top(bidder)));
  auto const ranked = ranking();
  auto const leads = !ranked.empty() && ranked.front()->bid.bidder == bidder;
  auto const another_leads = !ranked.empty() && !leads;
  if (by_hand && rules().leader_waits && leads) return no(refusals::leader_waits);
  if (rules().step_kind == StepKind::Multiple) {
    auto allowed = rules().ceiling;
    while (allowed - rules().decrement >= price) allowed = allowed - rules().decrement;
    if (allowed != price) return no(refusals::off_grid, shown, figure::fen(allowed));
  }
  std::optional<Money> against;
  if (rules().step_basis == StepBasis::Own && last_valid(bidder) != nullptr) against = last_valid(bidder)->bid.price;
  if (rules().step_basis == StepBasis::Best && !ranked.empty()) against = reference(key(*ranked.front()), bidder);
  if (against && price > *against - decrement(*against)) {
    return no(refusals::decrement_too_small, shown, figure::fen(*against - decrement(*against)));
  }
  if (another_leads) {
    auto const lead = key(*ranked.front());
    auto const level = reference(lead, bidder);
    auto const limit = level - rules().front_buffer;
    auto const would_lead = key(bidder, price) < lead;
    if (would_lead ? price > limit : price < level + rules().back_buffer) {
      return no(refusals::inside_buffer, shown, figure::fen(limit));
    }
  }
  for (auto const* other : ranked) {
    if (other->bid.bidder == bidder || key(*other) != key(bidder, price)) continue;
    auto const of_the_leader = other == ranked.front();
    if (rules().ties == Ties::Refused || (rules().ties == Ties::RefusedAtLead && of_the_leader)) {
      return no(refusals::tie_refused, shown);
    }
  }
  return std::nullopt;
}

std::optional<Refusal> NaiveLot::judge_price(BidderId bidder, Money price) const {
  auto const shown = hides_prices() ? Figure{} : figure::fen(price);
  if (price <= Money{}) return no(refusals::non_positive, shown, figure::fen(Money::fen(1)));
  if (is(Format::Reverse)) return judge_reverse(bidder, price, true);
  if (price > rules().ceiling) return no(refusals::above_ceiling, shown, figure::fen(rules().ceiling));
  if (stage.kind == StageKind::Level && price != stage.level) {
    return no(refusals::wrong_level, shown, figure::fen(stage.level));
  }
  std::optional<Money> against;
  if (stage.kind == StageKind::Turn) {
    if (rules().step_kind == StepKind::Multiple) {
      // The nearest price allowed would tell the hidden one.
      auto const below = rules().ceiling.in_fen() - price.in_fen();
      if (below % rules().decrement.in_fen() != 0) return no(refusals::off_grid);
    }
    if (last_valid(bidder) != nullptr) against = last_valid(bidder)->bid.price;
  }
  if (stage.kind == StageKind::SealedBids) against = reference(key(taker, taken), bidder);
  if (stage.kind == StageKind::BestBid) against = stage.level;
  if (against && price > *against - decrement(*against)) {
    return no(refusals::decrement_too_small, shown, figure::fen(*against - decrement(*against)));
  }
  return std::nullopt;
}

// Against what an implausibly low price is measured depends on what the bidder may know.
std::optional<Refusal> NaiveLot::judge_slip(BidderId bidder, Money price) const {
  std::optional<Money> measure;
  auto const ranked = ranking();
  if (is(Format::Sealed) || (is(Format::Rounds) && stage.kind == StageKind::Bidding)) {
    measure = rules().ceiling;
  } else if (stage.kind == StageKind::SealedBids) {
    measure = reference(key(taker, taken), bidder);
  } else if (stage.kind == StageKind::BestBid) {
    measure = stage.level;
  } else if (stage.kind != StageKind::Level && !ranked.empty()) {
    measure = reference(key(*ranked.front()), bidder);
  }
  if (!measure) return std::nullopt;
  auto const share = Wide{measure->in_fen()} * rules().slip_below.count();
  if (Wide{price.in_fen()} * 10'000 >= share) return std::nullopt;
  auto lowest = static_cast<std::int64_t>(share / 10'000);
  while (Wide{lowest} * 10'000 < share) ++lowest;
  return no(refusals::confirmation_needed, hides_prices() ? Figure{} : figure::fen(price),
            figure::fen(Money::fen(lowest)));
}

std::optional<Refusal> NaiveLot::judge(PlaceBid const& bid, Instant at, bool is_signed) const {
  if (auto wrong = judge_moment(bid.bidder, at)) return wrong;
  if (auto wrong = judge_stage(bid.bidder, at)) return wrong;
  std::size_t made = 0;
  for (auto const& attempt : tries) made += attempt.bid.bidder == bid.bidder && !attempt.automatic ? 1u : 0u;
  if (made >= rules().attempts_max) {
    return no(refusals::too_many_attempts, figure::count(made + 1), figure::count(rules().attempts_max));
  }
  if (has_proxy(bid.bidder)) return no(refusals::proxy_active);
  auto const* own = last_valid(bid.bidder);
  auto const first_only = is(Format::Sealed) || stage.kind == StageKind::SealedBids ||
                          (is(Format::Rounds) && stage.kind == StageKind::Bidding);
  if (first_only && !rules().requotes && own != nullptr) return no(refusals::already_quoted);
  if (is(Format::Japanese) && own != nullptr && own->bid.price == stage.level) return no(refusals::already_quoted);
  if (rules().signed_bids && !is_signed) return no(refusals::signature_missing);
  if (auto wrong = judge_price(bid.bidder, bid.price)) return wrong;
  return bid.consent == Consent::Given ? std::nullopt : judge_slip(bid.bidder, bid.price);
}

namespace {

std::optional<Refusal> judge_surrogate(LotRules const& rules, PlaceSurrogateBid const& surrogate) {
  if (!rules.surrogates) return no(refusals::not_offered);
  auto const by = surrogate.bid.by;
  if (!by.is_given() || !surrogate.approved_by.is_given() || by == surrogate.approved_by) {
    return no(refusals::self_approval);
  }
  std::size_t characters = 0;
  for (auto const c8 : surrogate.reason) characters += (c8 & 0xc0) == 0x80 ? 0u : 1u;
  if (characters < 10) return no(refusals::reason_too_short, figure::count(characters), figure::count(10));
  if (surrogate.reason.size() > 1'000) {
    return no(refusals::too_many, figure::count(surrogate.reason.size()), figure::count(1'000));
  }
  return std::nullopt;
}

}  // namespace

std::vector<Seq> NaiveLot::unverified() const {
  std::vector<Seq> seqs;
  for (auto const& attempt : tries) {
    if (attempt.unverified) seqs.push_back(attempt.receipt.seq);
  }
  return seqs;
}

void NaiveLot::place(PlaceBid const& bid, PlaceSurrogateBid const* surrogate, Signature const* signature,
                     NaiveCause cause, Events& out) {
  Receipt receipt{bid.lot, bid.bidder, bid.key, cause.seq, cause.at, 0, {}};
  auto const refuse = [&](std::optional<Refusal> why) {
    receipt.refusal = why;
    out.push_back(BidRefused{receipt});
  };
  if (!admits(bid.bidder)) return refuse(no(refusals::not_admitted));
  for (auto const& earlier : tries) {
    if (earlier.automatic || earlier.bid.bidder != bid.bidder || earlier.bid.key != bid.key) continue;
    if (earlier.bid.price != bid.price || earlier.bid.consent != bid.consent) return refuse(no(refusals::key_reused));
    out.push_back(BidRepeated{earlier.receipt});
    return;
  }
  if (surrogate != nullptr) {
    if (auto wrong = judge_surrogate(rules(), *surrogate)) return refuse(wrong);
    out.push_back(SurrogateNoted{bid.lot, bid.bidder, cause.seq, bid.by, surrogate->approved_by, surrogate->reason});
  }
  receipt.refusal = judge(bid, cause.at, signature != nullptr);
  std::uint32_t made = 0;
  for (auto const& earlier : tries) made += earlier.bid.bidder == bid.bidder && !earlier.automatic ? 1u : 0u;
  if (made < rules().attempts_max) receipt.attempt = made + 1;
  auto const previous_rank = shown_rank(bid.bidder);
  auto const waits_for_turn_end = stage.kind == StageKind::Turn || stage.kind == StageKind::BestBid;
  if (!receipt.refusal && waits_for_turn_end && pending_of(bid.bidder) != nullptr) {
    pending_of(bid.bidder)->voided = true;
  }
  NaiveTry attempt{bid, receipt};
  attempt.pending = attempt.accepted() && waits_for_turn_end;
  auto const is_to_be_verified = rules().signed_bids && attempt.accepted();
  if (is_to_be_verified) attempt.unverified = *signature;
  if (receipt.attempt != 0) tries.push_back(attempt);
  if (receipt.refusal) return refuse(receipt.refusal);
  if (hides_prices()) {
    out.push_back(QuoteAccepted{receipt});
    if (is_to_be_verified) out.push_back(BidSigned{bid, cause.seq, cause.at, *signature});
    return;
  }
  auto const accepted = placed(attempt, previous_rank);
  out.push_back(BidAccepted{receipt, accepted});
  if (is(Format::Dutch)) return take(bid.bidder, bid.price, cause.at, out);
  if (!is(Format::Reverse)) return;
  extend_late(cause.at, accepted.rank, out);
  let_proxies_act(cause, out);
  if (is_to_be_verified) out.push_back(BidSigned{bid, cause.seq, cause.at, *signature});
}

// The first bid of a command that may extend does; what follows in the same command does not.
void NaiveLot::extend_late(Instant at, std::uint16_t rank, Events& out) {
  if (extended_already || !takes_open_bids()) return;
  auto const& r = rules();
  if (r.trigger_rank != 0 && rank > r.trigger_rank) return;
  if (r.extensions_max != 0 && late_extensions >= r.extensions_max) return;
  auto wanted = end;
  if (stage.kind == StageKind::Quiet) {
    wanted = at + r.extension;
  } else {
    if (r.ending == Ending::Quiet || r.trigger_window == Duration::zero() || end - at > r.trigger_window) return;
    wanted = r.extend_from == ExtendFrom::End ? end + r.extension : std::max(end, at + r.extension);
  }
  wanted = std::min(wanted, cap);
  if (wanted <= end) return;
  auto const previous = end;
  end = wanted;
  state = LotState::Extended;
  ++late_extensions;
  extended_already = true;
  extended_by = end - previous;
  out.push_back(LotExtended{opened.lot, previous, end, ExtendedBecause::LateBid});
}

}  // namespace support
