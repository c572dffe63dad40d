// Every attempt to bid that a lot keeps, refused ones too, and the answer each got.
//
// This is what makes a retry safe: the same key again finds the original answer. An attempt is kept until its lot is
// archived, in order of arrival, so that the public history after the close is a walk over it.
//
// Thread: owned by the engine thread.
// Memory: what all bidders together may ever attempt is reserved by the constructor; pages are touched as they fill.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/book.h"
#include "engine/command.h"
#include "engine/refusal.h"

namespace engine {

struct Attempt {
  BidKey key;
  Slot slot = 0;
  Consent consent = Consent::NotGiven;
  bool voided = false;       // accepted, and counts no more: cancelled, withdrawn, or replaced within its turn
  std::uint32_t number = 0;  // 1.. per bidder; given by keep(); 0: the engine bid for its bidder
  Money price;
  Seq seq;
  Instant at;
  Refusal refusal;  // kind: nullptr where it was accepted

  bool is_accepted() const { return refusal.kind == nullptr; }
  bool is_valid() const { return is_accepted() && !voided; }
};

// The place of an attempt among all(): valid for good.
using AttemptPlace = std::uint32_t;
inline constexpr AttemptPlace no_attempt = ~AttemptPlace{0};

class Attempts {
 public:
  enum class Automatic : bool { None, Some };  // whether room is kept for bids that the engine makes
  Attempts(std::size_t bidders, std::uint32_t each, Automatic automatic = Automatic::None);

  // The kept attempt of that bidder with that key; nullptr if there is none. Valid until the next is kept.
  Attempt const* find(Slot slot, BidKey const& key) const;
  std::uint32_t made_by(Slot slot) const { return made_[slot]; }
  bool has_room(Slot slot) const { return made_[slot] < each_; }
  // Keeps it and gives it its number. Ask has_room() before, and find() that the key is new.
  Attempt const& keep(Attempt const& attempt);
  // Keeps an accepted bid that the engine made for its bidder: no key finds it, and no attempt is used up.
  void keep_automatic(Attempt const& attempt);
  void void_at(AttemptPlace place) { kept_[place].voided = true; }
  // The last accepted one of the bidder that is not void, before `before`; no_attempt if there is none. Walks back.
  AttemptPlace last_valid(Slot slot, AttemptPlace before = no_attempt) const;

  std::span<Attempt const> all() const { return kept_; }                                   // in order of arrival
  AttemptPlace last_place() const { return static_cast<AttemptPlace>(kept_.size() - 1); }  // of the one kept last

 private:
  // Where a chain goes on: the place of an attempt plus one, with a few bits of its hash, so that walking a chain reads
  // this dense list and touches an attempt only when it is almost surely the one. Zero ends the chain.
  using Link = std::uint32_t;
  static std::uint64_t hash_of(Slot slot, BidKey const& key);

  std::uint32_t each_;
  std::vector<Attempt> kept_;
  std::vector<Link> earlier_;        // by place: the attempt before in the same chain
  std::vector<Link> latest_;         // by hash of (slot, key): the latest attempt of the chain
  std::vector<std::uint32_t> made_;  // by slot
};

}  // namespace engine
