// What suppliers do: polite ones bid what the rules allow next, rude ones try their luck, stupid ones send anything.
#include <algorithm>
#include <array>
#include <string>

#include "tests/simulation/market_life.h"

namespace simulation {

using namespace engine;

namespace {

constexpr std::uint64_t suppliers = 6;  // who may be admitted; one more never is

Money on_the_grid(LotRules const& rules, Money price) {
  if (rules.step_kind != StepKind::Multiple || price > rules.ceiling) return price;
  auto const step = rules.decrement.in_fen();
  auto const below = rules.ceiling.in_fen() - price.in_fen();
  return Money::fen(rules.ceiling.in_fen() - (below + step - 1) / step * step);
}

// On such a grid others come to the same number by themselves.
bool is_coarse(LotRules const& rules) {
  return rules.step_kind == StepKind::Multiple && rules.decrement > Money::fen(500);
}

}  // namespace

BidderId Market::any_bidder() {
  return BidderId{dice_.chance(2) ? suppliers + 1 : 1 + dice_.bits() % suppliers};
}
BidderId Market::any_bidder_of(KnownLot const& lot) {
  if (lot.bidders.empty() || dice_.chance(3)) return any_bidder();
  return std::next(lot.bidders.begin(), dice_.between(0, std::ssize(lot.bidders) - 1))->first;
}
PersonId Market::person() {
  return PersonId{static_cast<std::uint64_t>(dice_.between(dice_.chance(10) ? 0 : 1, 3))};
}

BidKey Market::new_key() {
  BidKey key;
  auto const text = dice_.chance(2) ? std::string{"same"} : "k" + std::to_string(next_key_++);
  text.copy(key.text.data(), key.text.size());
  return key;
}

// Below `highest` and, if there is room, never near it.
Money Market::somewhere_below(Money highest) {
  auto const room = highest.in_fen() / 40;
  if (room <= 10 * near_fen) return Money::fen(highest.in_fen() - dice_.between(0, std::max<std::int64_t>(room, 1)));
  return Money::fen(highest.in_fen() - dice_.between(10 * near_fen, room));
}
// From here on this number is hunted for.
Money Market::in_secret(Money price) {
  witness_.secrets().drew(price);
  return price;
}

// The highest price that an open reverse lot takes from this bidder, roughly: rude ones find out what is left.
Money Market::next_allowed(KnownLot const& lot, BidderId bidder, Money below) {
  auto const& rules = lot.rules();
  auto highest = below;
  auto const lead = lot.lead();
  auto const one = lot.bidders.find(bidder);
  auto const* own = one == lot.bidders.end() ? nullptr : one->second.last_valid();
  auto const step_from = [&](Money reference) { return reference - decrement_at(rules, reference); };
  if (rules.step_basis == StepBasis::Own && own != nullptr) highest = std::min(highest, step_from(own->price));
  if (!lead) return on_the_grid(rules, highest);
  auto const reference = lot.reference(*lead, bidder);
  if (rules.step_basis == StepBasis::Best && reference >= Money::fen(1)) {
    highest = std::min(highest, step_from(reference));
  }
  if (rules.front_buffer > Money{} || dice_.chance(50)) {
    auto const gap = std::max(rules.front_buffer, Money::fen(dice_.between(0, 1)));
    highest = std::min(highest, reference - gap);
  }
  return on_the_grid(rules, highest);
}

Money Market::polite_price(KnownLot const& lot, BidderId bidder) {
  auto const& rules = lot.rules();
  auto const& stage = lot.stage;
  auto const one = lot.bidders.find(bidder);
  auto const* own = one == lot.bidders.end() ? nullptr : one->second.last_valid();
  switch (stage.kind) {
    case StageKind::Level:
      return stage.level;
    case StageKind::Turn: {
      auto const reference = own == nullptr ? rules.ceiling : own->price;
      auto const price = on_the_grid(rules, somewhere_below(reference - decrement_at(rules, reference)));
      return is_coarse(rules) ? price : in_secret(price);
    }
    case StageKind::SealedBids:
    case StageKind::BestBid: {
      auto const order = lot.order();
      auto const lead = lot.lead();
      auto const reference = lead && !order.empty() ? lot.reference(*lead, bidder) : stage.level;
      auto const beaten = std::max(reference, Money::fen(1));
      return in_secret(somewhere_below(beaten - decrement_at(rules, beaten)));
    }
    default:
      break;
  }
  if (lot.hides_the_order()) {
    return in_secret(somewhere_below(Money::fen(rules.ceiling.in_fen() / 100 * dice_.between(85, 100))));
  }
  auto const highest = next_allowed(lot, bidder, rules.ceiling);
  if (dice_.chance(40)) return highest;
  auto const reference = std::max(highest, Money::fen(1));
  auto const steps = dice_.between(0, 4);
  return on_the_grid(rules, Money::fen(highest.in_fen() - steps * decrement_at(rules, reference).in_fen()));
}

PlaceBid Market::draw_bid() {
  auto const* lot = any_lot();
  if (lot == nullptr) return {any_lot_id(), any_bidder(), person(), Money::fen(100), new_key(), {}};
  auto bidder = any_bidder_of(*lot);
  auto const is_owned = lot->stage.kind == StageKind::Turn || lot->stage.kind == StageKind::BestBid;
  if (is_owned && dice_.chance(70)) bidder = lot->stage.bidder;
  if (!is_owned && is_live(lot->state)) {  // who is out, or leads where leaders wait, mostly knows it
    for (int tries = 0; tries < 3; ++tries) {
      auto const one = lot->bidders.find(bidder);
      if (one != lot->bidders.end() && !one->second.eliminated && !one->second.disqualified) break;
      bidder = any_bidder_of(*lot);
    }
  }
  auto const consent = dice_.chance(30) ? Consent::Given : Consent::NotGiven;
  return {lot->id, bidder, person(), polite_price(*lot, bidder), new_key(), consent};
}

// As the lot wants it, mostly: with the supplier's signature, which somebody may have forged.
Command Market::as_asked(PlaceBid const& bid) {
  auto const* lot = witness_.picture().find(bid.lot);
  auto const is_signed = lot != nullptr && lot->rules().signed_bids ? !dice_.chance(5) : dice_.chance(3);
  if (!is_signed) return bid;
  return PlaceSignedBid{bid, dice_.chance(80) ? genuine_signature(bid.bidder) : Signature{}};
}

void Market::bid() {
  send(draw_bid());
}

// Sooner or later, one by one or many at once; and now and then about what it was never asked.
void Market::notary() {
  if (dice_.chance(4)) return offer(NoteSignatures{any_lot_id(), Seq{dice_.bits() % 500}, {Seq{UINT64_MAX}}});
  auto& unverified = life_->tap.unverified();
  std::erase_if(unverified, [](auto const& one) { return one.second.empty(); });
  if (unverified.empty()) return bid();
  auto const one = std::next(unverified.begin(), dice_.between(0, std::ssize(unverified) - 1));
  auto const waiting = std::ssize(one->second);
  offer_note(one->first, static_cast<std::size_t>(dice_.chance(60) ? waiting : dice_.between(1, waiting)));
}

void Market::surrogate_bid() {
  PlaceSurrogateBid surrogate{draw_bid(), person(), reason()};
  if (!sent_.empty() && dice_.chance(10)) surrogate.bid = dice_.any_of(sent_);
  sent_.push_back(surrogate.bid);
  offer(std::move(surrogate));
}

void Market::withdraw() {
  auto const* lot = any_lot();
  if (lot == nullptr) return;
  auto const bidder = dice_.chance(80) && lot->stage.bidder.is_given() ? lot->stage.bidder : any_bidder_of(*lot);
  offer(WithdrawBid{dice_.chance(2) ? any_lot_id() : lot->id, bidder, person()});
}

void Market::proxy() {
  auto const* lot = any_lot();
  if (lot == nullptr) return;
  auto const bidder = any_bidder_of(*lot);
  if (dice_.chance(20)) return offer(CancelProxy{lot->id, bidder, person()});
  auto const& rules = lot->rules();
  auto const one = lot->bidders.find(bidder);
  auto const* own = one == lot->bidders.end() ? nullptr : one->second.last_valid();
  auto const from = own == nullptr ? rules.ceiling : own->price;
  auto limit = Money::fen(from.in_fen() - dice_.between(0, from.in_fen() / 4));
  limit = on_the_grid(rules, limit);
  auto step = Money::fen(decrement_at(rules, from).in_fen() * dice_.between(1, 3));
  if (dice_.chance(8)) limit = Money::fen(dice_.between(-1, 1));
  if (dice_.chance(5)) step = Money::fen(dice_.chance(50) ? dice_.between(0, 1) : INT64_MAX);
  if (dice_.chance(3)) limit = rules.ceiling;
  if (!is_coarse(rules) && limit < from && limit > Money::fen(1)) witness_.secrets().drew(limit);
  offer(SetProxy{lot->id, bidder, person(), limit, step});
}

// Repeats, reused keys, hammering, prices a fen too high, and bids at the very end.
void Market::rude() {
  auto const pick = dice_.between(1, 6);
  if (pick <= 2 && !sent_.empty()) {
    auto again = dice_.any_of(sent_);
    if (pick == 2 && dice_.chance(50)) again.price = Money::fen(again.price.in_fen() ^ 1);
    if (pick == 2 && dice_.chance(30))
      again.consent = again.consent == Consent::Given ? Consent::NotGiven : Consent::Given;
    return offer(as_asked(again));
  }
  if (pick == 3) {
    for (auto left = dice_.between(2, 6); left > 0; --left) bid();
    return;
  }
  auto bid = draw_bid();
  auto const* lot = witness_.picture().find(bid.lot);
  if (lot == nullptr) return send(bid);
  if (pick == 4) {  // just before the end, at it, or just after
    auto const at = lot->ends_at + Duration{dice_.between(-1, 1)};
    if (is_live(lot->state) && at > clock_.now()) clock_.set(at);
    return send(bid);
  }
  witness_.secrets().forget(bid.price);  // its neighbours are sent, and may become known by right
  auto const lead = lot->lead();
  std::array const prices{Money::fen(bid.price.in_fen() + 1),
                          Money::fen(bid.price.in_fen() - 1),
                          lot->rules().ceiling,
                          Money::fen(lot->rules().ceiling.in_fen() + 1),
                          lead && !lot->hides_bids() ? lot->reference(*lead, bid.bidder) : Money{},
                          Money::fen(bid.price.in_fen() / 3)};
  bid.price = dice_.any_of(prices);
  send(bid);
}

// Anything, whether it makes sense or not: what does not is refused.
void Market::stupid() {
  static constexpr std::array<std::int64_t, 8> odd{0, 1, -1, 2, INT64_MAX, INT64_MIN, 10'000'000'000'001, 100};
  auto const price = Money::fen(dice_.chance(70) ? dice_.any_of(odd) : static_cast<std::int64_t>(dice_.bits()));
  switch (dice_.between(1, 5)) {
    case 1:
      return offer(SetProxy{any_lot_id(), any_bidder(), person(), price, Money::fen(dice_.between(-1, 100))});
    case 2:
      return offer(CancelBid{any_lot_id(), any_bidder(), Seq{dice_.bits() % 500}, person(), reason()});
    case 3:
      return offer(WithdrawBid{any_lot_id(), any_bidder(), person()});
    default:
      return send({any_lot_id(), any_bidder(), person(), price, new_key(), Consent::NotGiven});
  }
}

}  // namespace simulation
