// Every attempt to bid that a lot keeps, refused ones too, and the answer each got.
//
// This is what makes a retry safe: the same key again finds the original answer. An attempt is kept until its lot is
// archived, in order of arrival, so that the public history after the close is a walk over it.
//
// Thread: owned by the engine thread.
// Memory: what all bidders together may ever attempt is promised by the shelf when the lot opens (attempt_shelf.h).
#pragma once

#include <cstdint>
#include <new>
#include <span>
#include <utility>
#include <vector>

#include "engine/arena.h"
#include "engine/attempt.h"
#include "engine/attempt_shelf.h"
#include "engine/bytes.h"

namespace engine {

// The place of an attempt among those of its lot, in order of arrival: valid for good.
using AttemptPlace = std::uint32_t;
inline constexpr AttemptPlace no_attempt = ~AttemptPlace{0};

class Attempts {
 public:
  enum class Automatic : bool { None, Some };  // whether room is kept for bids that the engine makes
  Attempts(Arena& arena, AttemptShelf& shelf, std::size_t bidders, std::uint32_t each,
           Automatic automatic = Automatic::None);

  // Made once a bid and used for both below. It only finds: nothing is ever ordered by it.
  static std::uint32_t hash_of(Slot slot, BidKey const& key);

  // The place of the kept attempt of that bidder with that key; no_attempt if there is none.
  AttemptPlace find(Slot slot, BidKey const& key, std::uint32_t hash) const;
  // Keeps the accepted attempt of these (see Attempt's constructor). Ask find() before that the key is new; that a
  // bidder attempts no more than was said at the opening is their counter's business.
  template <class... Fields>
  Attempt& keep(std::uint32_t hash, Fields const&... fields);
  // What was wrong with the one kept last: it was refused.
  void refuse_last(Refusal const& refusal);
  // Keeps an accepted bid that the engine made for its bidder: no key finds it, and no attempt is used up.
  void keep_automatic(Attempt const& attempt);
  void void_at(AttemptPlace place) { attempt(place).void_it(); }
  // The last accepted one of the bidder that is not void, before `before`; no_attempt if there is none. Walks back.
  AttemptPlace last_valid(Slot slot, AttemptPlace before = no_attempt) const;

  std::uint32_t size() const { return size_; }
  AttemptPlace last_place() const { return size_ - 1; }  // of the one kept last
  Attempt const& at(AttemptPlace place) const { return const_cast<Attempts*>(this)->attempt(place); }
  Refusal refusal_at(AttemptPlace place) const;  // kind: nullptr where it was accepted
  // All of them as bytes, and the way back, into none. `used`, by slot, counts the attempts of each bidder up, of whom
  // none may have more than `each`. false: save() did not give these bytes.
  void save(ByteWriter& bytes) const;
  [[nodiscard]] bool load(ByteReader& from, std::uint32_t each, std::span<std::uint16_t> used);
  void prefetch(std::uint32_t hash) const;  // what find() and keep() will touch

 private:
  // Where a chain goes on: the place of an attempt plus one, with a few bits of its hash, so that walking a chain reads
  // this dense list and touches an attempt only when it is almost surely the one. Zero ends the chain.
  using Link = AttemptShelf::Link;
  static constexpr std::uint32_t tag_bits = 10;
  static constexpr std::uint32_t tag_mask = (1u << tag_bits) - 1;
  static constexpr std::uint32_t most = (1u << (32 - tag_bits)) - 1;
  static_assert(limits::attempts_a_lot * 2 <= most);
  // From the other end of the hash than the chain.
  static std::uint32_t tag_of(std::uint32_t hash) { return hash >> (32 - tag_bits); }

  Attempt& attempt(AttemptPlace place) { return board_of(place).attempt(place % AttemptBoard::width); }
  AttemptBoard& board_of(AttemptPlace place) const { return *boards_[place / AttemptBoard::width]; }
  // The board that has room for the next.
  AttemptBoard& board_for_next() {
    if (size_ % AttemptBoard::width == 0 && size_ > 0) [[unlikely]]
      take_board();
    return *board_;
  }
  void take_board();
  bool load_next(ByteReader& from, std::uint32_t each, std::span<std::uint16_t> used);
  Link& chain(std::uint32_t hash) const { return latest_[hash & chain_mask_]; }

  AttemptShelf* shelf_;
  AttemptBoard* board_ = nullptr;  // the last one taken
  Link* latest_;                   // by hash of (slot, key): the latest attempt of the chain; a power of two
  std::uint32_t chain_mask_;
  std::uint32_t size_ = 0;
  std::vector<AttemptBoard*> boards_;  // taken so far; room for what bidders may attempt is made by the constructor
  std::size_t promised_ = 0;           // boards, by the shelf
};

// Inline, as they are most of a bid.

inline AttemptPlace Attempts::find(Slot slot, BidKey const& key, std::uint32_t hash) const {
  auto link = chain(hash);
  while (link != 0) {
    auto const place = (link >> tag_bits) - 1;
    if ((link & tag_mask) == tag_of(hash)) [[unlikely]] {
      auto const& attempt = at(place);
      if (attempt.slot() == slot && attempt.key == key) return place;
    }
    link = board_of(place).links[place % AttemptBoard::width];
  }
  return no_attempt;
}

template <class... Fields>
Attempt& Attempts::keep(std::uint32_t hash, Fields const&... fields) {
  auto& board = board_for_next();
  auto const place = size_++ % AttemptBoard::width;
  board.links[place] = std::exchange(chain(hash), (size_ << tag_bits) | tag_of(hash));
  return *::new (&board.attempt(place)) Attempt(fields...);
}

}  // namespace engine
