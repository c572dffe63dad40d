// The counted bids of one lot: who leads, who is where.
//
// Book answers that and nothing else: whether a bid is allowed is Lot's business. It holds at most one bid per bidder
// (the last valid one), at the bidder's slot; there is no order to maintain. A rank is the number of keys that are
// lower, which one pass of wide comparisons counts (tally.h): at the sizes of a lot that is faster than moving what is
// overtaken, and nothing depends on who overtakes whom.
//
// Thread:  owned by the engine thread, like everything reachable from Hall.
// Order:   lower key first; equal keys in order of arrival. Total, so replay agrees.
// Ranks:   as the tie rule shows them (rules.h); the order itself knows no ties.
// Memory:  reserved by the constructor, never grows: 20 bytes a bidder, rounded up to eight bidders.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/arena.h"
#include "engine/check.h"
#include "engine/evaluation.h"
#include "engine/rules.h"
#include "engine/tally.h"

namespace engine {

// A bidder's place in the lot's list of admitted, by which the lot's own tables are indexed.
using Slot = std::uint16_t;
// The place of an accepted bid among those of its lot.
using Arrival = std::uint32_t;

struct Counted {
  Evaluated key;  // what ranks: the price in fen, or the evaluated price (RankBy)
  Arrival arrival = 0;
  Slot slot = 0;
  friend bool operator==(Counted const&, Counted const&) = default;
};

// Ranks count from 1; 0 = had none.
struct Move {
  std::uint16_t rank = 0;
  std::uint16_t previous_rank = 0;
  friend bool operator==(Move, Move) = default;
};

class Book {
 public:
  Book(Arena& arena, std::size_t bidders, Ties ties = Ties::Earliest, Passes const& passes = widest_passes());

  // Counts this bid for its bidder, in place of the one before.
  Move enter(Counted const& bid);
  // The bidder's bid counts no more; nothing where none did.
  void remove(Slot slot);

  bool is_empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  // The leading bid; not of an empty book.
  Counted const& leading() const {
    CHECK(size_ != 0);
    return leading_;
  }
  Slot leader() const { return leading().slot; }
  Evaluated const& lead() const { return leading().key; }
  bool counts(Slot slot) const;         // has a bid in here
  std::uint16_t rank(Slot slot) const;  // as the tie rule shows it; 0 = none
  // Whether another bidder's counted bid has exactly this key.
  bool has_equal(Evaluated const& key, Slot except) const;
  std::vector<Counted> order() const;  // leader first; allocates, so not on the path of a bid
  void prefetch() const;               // what enter() will read

 private:
  // What decides between equal whole keys.
  struct Rest {
    std::uint32_t rest = 0;
    std::uint32_t over = 1;
    Arrival arrival = 0;
  };
  static constexpr std::int64_t absent = INT64_MAX;  // no key is that high (evaluation.h)

  std::int64_t& whole(Slot slot) const { return lines_.data()->keys.data()[slot]; }
  Counted at(Slot slot) const;
  std::uint16_t shown_rank(Tally::Of others, Counted const& bid) const;
  std::uint16_t shown_rank(Tally::Of others, Slot slot) const;
  std::uint32_t ahead_of(Counted bid, std::uint32_t equal) const;
  std::uint32_t ahead_of_equals(Counted const& bid) const;
  template <class Visit>
  void for_each_equal(std::int64_t whole, Visit visit) const;
  void find_leader();

  Passes const* passes_;
  std::span<KeyLine> lines_;  // by slot: the whole part of the key
  std::span<Rest> rests_;     // by slot
  Counted leading_{.key = {absent}};
  Arrival latest_ = 0;  // no bid in here arrived later
  std::uint16_t size_ = 0;
  Ties ties_;
  bool has_fractions_ = false;  // some key had one
};

}  // namespace engine
