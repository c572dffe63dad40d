// Every attempt to bid that a lot keeps, refused ones too, and the answer each got.
//
// This is what makes a retry safe: the same key again finds the original answer. An attempt is kept until its lot is
// archived, in order of arrival, so that the public history after the close is a walk over it.
//
// Thread: owned by the engine thread.
// Memory: what all bidders together may ever attempt is promised by the shelf when the lot opens (attempt_shelf.h).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/attempt.h"
#include "engine/attempt_shelf.h"

namespace engine {

// The place of an attempt among those of its lot, in order of arrival: valid for good.
using AttemptPlace = std::uint32_t;
inline constexpr AttemptPlace no_attempt = ~AttemptPlace{0};

class Attempts {
 public:
  enum class Automatic : bool { None, Some };  // whether room is kept for bids that the engine makes
  Attempts(AttemptShelf& shelf, std::size_t bidders, std::uint32_t each, Automatic automatic = Automatic::None);

  // Made once a bid and used for both below. It only finds: nothing is ever ordered by it.
  static std::uint32_t hash_of(Slot slot, BidKey const& key);

  // The place of the kept attempt of that bidder with that key; no_attempt if there is none.
  AttemptPlace find(Slot slot, BidKey const& key, std::uint32_t hash) const;
  std::uint32_t made_by(Slot slot) const { return made_[slot]; }
  bool has_room(Slot slot) const { return made_[slot] < each_; }
  // Keeps it with the answer (none: accepted) and gives it its number. Ask has_room() before, and find() that the key
  // is new.
  Attempt const& keep(Attempt const& attempt, std::optional<Refusal> const& refusal, std::uint32_t hash);
  // Keeps an accepted bid that the engine made for its bidder: no key finds it, and no attempt is used up.
  void keep_automatic(Attempt const& attempt);
  void void_at(AttemptPlace place) { attempt(place).void_it(); }
  // The last accepted one of the bidder that is not void, before `before`; no_attempt if there is none. Walks back.
  AttemptPlace last_valid(Slot slot, AttemptPlace before = no_attempt) const;

  std::uint32_t size() const { return size_; }
  AttemptPlace last_place() const { return size_ - 1; }  // of the one kept last
  Attempt const& at(AttemptPlace place) const { return const_cast<Attempts*>(this)->attempt(place); }
  Refusal refusal_at(AttemptPlace place) const;  // kind: nullptr where it was accepted
  void prefetch(std::uint32_t hash) const;       // what find() and keep() will touch

 private:
  // Where a chain goes on: the place of an attempt plus one, with a few bits of its hash, so that walking a chain reads
  // this dense list and touches an attempt only when it is almost surely the one. Zero ends the chain.
  using Link = AttemptShelf::Link;

  Attempt& attempt(AttemptPlace place) { return board_of(place).attempt(place % AttemptBoard::width); }
  AttemptBoard& board_of(AttemptPlace place) const { return *boards_[place / AttemptBoard::width]; }
  AttemptBoard& room_for_one();

  AttemptShelf* shelf_;
  std::uint32_t each_;
  std::uint32_t size_ = 0;
  std::vector<AttemptBoard*> boards_;  // taken so far; room for what bidders may attempt is made by the constructor
  std::size_t promised_ = 0;           // boards, by the shelf
  std::vector<Link> latest_;           // by hash of (slot, key): the latest attempt of the chain
  std::vector<std::uint16_t> made_;    // by slot
};

}  // namespace engine
