// The counted bids of one lot in order of who leads.
//
// Book answers "who is first, who is where" and nothing else: whether a bid is allowed is Lot's business. It holds at
// most one bid per bidder (the last valid one), so it stays small, and a sorted array beats a tree at this size: a
// bidder who improves is found from the back and moved forward, which touches only those who were overtaken.
//
// Thread:  owned by the engine thread, like everything reachable from Hall.
// Order:   lower key first; equal keys in order of arrival. Total, so replay agrees.
// Ranks:   as the tie rule shows them (rules.h); the order itself knows no ties.
// Memory:  reserved by the constructor, never grows.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/evaluation.h"
#include "engine/rules.h"

namespace engine {

// A bidder's place in the lot's list of admitted, by which the lot's own tables are indexed.
using Slot = std::uint16_t;
// The place of an accepted bid among those of its lot, from 1.
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
  explicit Book(std::size_t bidders, Ties ties = Ties::Earliest);

  // Counts this bid for its bidder, in place of the one before.
  Move enter(Counted const& bid);
  // The bidder's bid counts no more; nothing where none did.
  void remove(Slot slot);

  bool is_empty() const { return order_.empty(); }
  std::size_t size() const { return order_.size(); }
  Slot leader() const;                  // not of an empty book
  Evaluated const& lead() const;        // the leader's key; not of an empty book
  bool counts(Slot slot) const;         // has a bid in here
  std::uint16_t rank(Slot slot) const;  // as the tie rule shows it; 0 = none
  // Whether another bidder's counted bid has exactly this key.
  bool has_equal(Evaluated const& key, Slot except) const;
  std::vector<Counted> order() const { return order_; }  // leader first; allocates, so not on the path of a bid

 private:
  std::uint16_t shown_rank(std::size_t place) const;

  Ties ties_;
  std::vector<Counted> order_;  // sorted by (key, arrival); one per slot
};

}  // namespace engine
