// The small vocabulary of the engine's tests: a hall with a clock in the hand, and one lot to bid in.
//
// Times are milliseconds after `noon`; money is fen. Every verb gives the events of its command.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/hall.h"

namespace engine::test {

inline constexpr Instant noon = at_millis(1'800'000'000'000);
inline constexpr LotId the_lot = lot_id(InquiryId{7}, 1);
inline constexpr PersonId buyer{1};
inline constexpr PersonId approver{2};
inline constexpr BidderId anna{10};
inline constexpr BidderId bert{20};
inline constexpr BidderId carl{30};
inline constexpr BidderId dora{40};

inline BidKey key_of(std::string const& text) {
  BidKey key;
  text.copy(key.text.data(), key.text.size());
  return key;
}

// A reverse auction of a minute from noon: ceiling 1,000.00, step 10.00, late within ten seconds.
inline LotRules reverse_rules() {
  using namespace std::chrono_literals;
  LotRules rules;
  rules.ceiling = Money::fen(100'000);
  rules.duration = 60s;
  rules.decrement = Money::fen(1'000);
  rules.trigger_window = 10s;
  rules.extension = 20s;
  rules.hard_cap = 120s;
  rules.min_bidders = 1;
  rules.resume_floor = 5s;
  return rules;
}
inline LotRules sealed_rules() {
  auto rules = reverse_rules();
  rules.format = Format::Sealed;
  return rules;
}

// Half a minute for hidden first quotes, five seconds' pause, then two rounds of turns of ten seconds, three between.
inline LotRules rounds_rules() {
  using namespace std::chrono_literals;
  auto rules = reverse_rules();
  rules.format = Format::Rounds;
  rules.duration = 30s;
  rules.first_pause = 5s;
  rules.turn = 10s;
  rules.pause = 3s;
  rules.rounds = 2;
  return rules;
}
// 500.00, 600.00, 700.00, 750.00, ten seconds each, and the first taker has it.
inline LotRules dutch_rules() {
  auto rules = reverse_rules();
  rules.format = Format::Dutch;
  rules.first_level = Money::fen(50'000);
  rules.last_level = Money::fen(75'000);
  rules.level_step = Money::fen(10'000);
  rules.turn = std::chrono::seconds{10};
  return rules;
}
// The same, but the others may beat the taker, and the taker them.
inline LotRules dutch_rules_with_sealed_bids() {
  using namespace std::chrono_literals;
  auto rules = dutch_rules();
  rules.pause = 2s;
  rules.sealed_for = 20s;
  rules.best_bid_for = 15s;
  return rules;
}
// 900.00, 800.00, 700.00, ten seconds each.
inline LotRules japanese_rules() {
  auto rules = reverse_rules();
  rules.format = Format::Japanese;
  rules.first_level = Money::fen(90'000);
  rules.last_level = Money::fen(65'000);
  rules.level_step = Money::fen(10'000);
  rules.turn = std::chrono::seconds{10};
  return rules;
}

class Auction {
 public:
  Hall hall;
  LotRules rules = reverse_rules();
  std::vector<Admitted> admitted{{anna, {}}, {bert, {}}, {carl, {}}};

  Events at(std::int64_t millis, Command command) {
    Events events;
    hall.apply({Seq{++seq_}, Seq{}, noon + Duration{millis}, std::nullopt, {}, std::move(command)}, events);
    return events;
  }
  Events open(std::int64_t millis = -1'000) { return at(millis, OpenLot{the_lot, rules, noon, admitted}); }
  Events bid(std::int64_t millis, BidderId bidder, std::int64_t fen, Consent consent = Consent::NotGiven) {
    return bid_with_key(millis, bidder, fen, "k" + std::to_string(seq_ + 1), consent);
  }
  Events bid_with_key(std::int64_t millis, BidderId bidder, std::int64_t fen, std::string const& key,
                      Consent consent = Consent::NotGiven) {
    return at(millis, PlaceBid{the_lot, bidder, buyer, Money::fen(fen), key_of(key), consent});
  }
  // By default with everything that it needs.
  Events surrogate(std::int64_t millis, BidderId bidder, std::int64_t fen,
                   std::string const& reason = "by telephone, line down", PersonId by = buyer,
                   PersonId approved_by = approver) {
    auto const key = key_of("k" + std::to_string(seq_ + 1));
    return at(millis,
              PlaceSurrogateBid{{the_lot, bidder, by, Money::fen(fen), key, Consent::NotGiven}, approved_by, reason});
  }
  Events withdraw(std::int64_t millis, BidderId bidder) { return at(millis, WithdrawBid{the_lot, bidder, buyer}); }
  Events set_proxy(std::int64_t millis, BidderId bidder, std::int64_t limit, std::int64_t step) {
    return at(millis, SetProxy{the_lot, bidder, buyer, Money::fen(limit), Money::fen(step)});
  }
  Events cancel_proxy(std::int64_t millis, BidderId bidder) { return at(millis, CancelProxy{the_lot, bidder, buyer}); }
  Events cancel_bid(std::int64_t millis, BidderId bidder, Seq bid) {
    return at(millis, CancelBid{the_lot, bidder, bid, approver, "price of another lot"});
  }
  Events pause(std::int64_t millis) { return at(millis, PauseLot{the_lot, buyer, "fire alarm"}); }
  Events resume(std::int64_t millis) { return at(millis, ResumeLot{the_lot, buyer, "all clear"}); }
  Events abort(std::int64_t millis) { return at(millis, AbortLot{the_lot, buyer, "no longer needed"}); }
  Events disqualify(std::int64_t millis, BidderId bidder) {
    return at(millis, DisqualifyBidder{the_lot, bidder, buyer, "collusion"});
  }
  Events reinstate(std::int64_t millis, BidderId bidder) {
    return at(millis, ReinstateBidder{the_lot, bidder, buyer, "appeal upheld"});
  }
  Events choose(std::int64_t millis, BidderId bidder, std::string const& reason = "", PersonId by = buyer,
                PersonId approved_by = approver) {
    return at(millis, ChooseQuote{the_lot, bidder, by, approved_by, reason});
  }
  Events answer(std::int64_t millis, BidderId bidder, AwardAnswer answer) {
    return at(millis, AnswerAward{the_lot, bidder, buyer, answer});
  }
  Events tick(std::int64_t millis) { return at(millis, Tick{}); }
  // When the lot wants time to pass, in milliseconds after noon.
  std::int64_t due() const { return (hall.next_due() - noon).count(); }
  Seq seq() const { return Seq{seq_}; }

 private:
  std::uint64_t seq_ = 0;
};

// The one event of that kind; a test that asks for another fails.
template <class E>
E only(Events const& events) {
  E const* found = nullptr;
  for (auto const& event : events) {
    if (auto const* wanted = std::get_if<E>(&event)) {
      EXPECT_EQ(found, nullptr) << "more than one";
      found = wanted;
    }
  }
  EXPECT_NE(found, nullptr) << "no such event among " << events.size();
  return found != nullptr ? *found : E{};
}
template <class E>
std::vector<E> all(Events const& events) {
  std::vector<E> found;
  for (auto const& event : events) {
    if (auto const* wanted = std::get_if<E>(&event)) found.push_back(*wanted);
  }
  return found;
}
template <class E>
bool has(Events const& events) {
  for (auto const& event : events) {
    if (std::holds_alternative<E>(event)) return true;
  }
  return false;
}

// The code of the one refusal among the events, "ACCEPTED" where the command stood.
inline std::string verdict(Events const& events) {
  for (auto const& event : events) {
    if (auto const* refused = std::get_if<BidRefused>(&event)) return std::string(refused->receipt.refusal->kind->code);
    if (auto const* refused = std::get_if<LotCommandRefused>(&event)) return std::string(refused->refusal.kind->code);
  }
  return "ACCEPTED";
}
inline Refusal refusal(Events const& events) {
  for (auto const& event : events) {
    if (auto const* refused = std::get_if<BidRefused>(&event)) return *refused->receipt.refusal;
    if (auto const* refused = std::get_if<LotCommandRefused>(&event)) return refused->refusal;
  }
  ADD_FAILURE() << "nothing was refused";
  return {&refusals::no_such_lot, {}, {}};
}

inline Figure fen(std::int64_t amount) {
  return {Figure::Unit::Fen, amount};
}
inline Figure count(std::int64_t number) {
  return {Figure::Unit::Count, number};
}
inline Figure moment(std::int64_t millis) {
  return {Figure::Unit::Moment, in_millis(noon) + millis};
}

}  // namespace engine::test
