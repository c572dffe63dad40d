// One attempt to bid, as it is kept: exactly a cache line, because a bid writes one and there may be millions.
//
// Small numbers share a word, which only this file sees. The figures of a refusal are kept beside
// (attempt_shelf.h).
//
// Thread: a value. Failure: none. Memory: 64 bytes.
#pragma once

#include <cstdint>

#include "engine/book.h"
#include "engine/command.h"
#include "engine/refusal.h"

namespace engine {

class Attempt {
 public:
  Attempt() = default;
  // `number`: 1.. per bidder; 0: the engine bid.
  Attempt(BidKey const& asked_under, Slot slot, std::uint32_t number, Consent consent, Money asked, Seq asked_seq,
          Instant asked_at)
      : price(asked),
        seq(asked_seq),
        at(asked_at),
        key(asked_under),
        small_(std::uint32_t{slot} | (number << number_from) | (consent == Consent::Given ? consented : 0)) {}

  Money price;
  Seq seq;
  Instant at;
  BidKey key;

  Slot slot() const { return static_cast<Slot>(small_ & slot_mask); }
  std::uint32_t number() const { return (small_ >> number_from) & number_mask; }
  Consent consent() const { return (small_ & consented) != 0 ? Consent::Given : Consent::NotGiven; }
  std::uint16_t refusal_number() const { return static_cast<std::uint16_t>((small_ >> refusal_from) & refusal_mask); }
  bool is_accepted() const { return refusal_number() == 0; }
  // Accepted, and counts no more: cancelled, withdrawn, or replaced within its turn.
  bool is_voided() const { return (small_ & voided) != 0; }
  bool is_valid() const { return is_accepted() && !is_voided(); }

  void void_it() { small_ |= voided; }
  // Once, when it is kept.
  void refuse(std::uint16_t refusal) { small_ |= std::uint32_t{refusal} << refusal_from; }

 private:
  // From the lowest: slot 10 bits, number 14, refusal 6, consent, voided.
  static constexpr std::uint32_t number_from = 10;
  static constexpr std::uint32_t refusal_from = 24;
  static constexpr std::uint32_t slot_mask = (1u << number_from) - 1;
  static constexpr std::uint32_t number_mask = (1u << (refusal_from - number_from)) - 1;
  static constexpr std::uint32_t refusal_mask = 63;
  static constexpr std::uint32_t consented = 1u << 30;
  static constexpr std::uint32_t voided = 1u << 31;
  static_assert(limits::bidders_a_lot <= slot_mask + 1);
  static_assert(limits::attempts_a_bidder_max <= number_mask);
  static_assert(refusals::no_bid.number <= refusal_mask);
  std::uint32_t small_ = 0;
};
static_assert(sizeof(Attempt) == 64);

}  // namespace engine
