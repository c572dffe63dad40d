// The counted bids of one lot in order of who leads.
//
// Book answers "who is first, who is where" and nothing else: whether a bid is allowed is Lot's business. It holds at
// most one bid per bidder (the last valid one), so it stays small, and a sorted array beats a tree at this size: a
// bidder who improves is found from the back and moved forward, which touches only those who were overtaken.
//
// Thread:  owned by the engine thread, like everything reachable from Hall.
// Order:   lower raw price first; equal prices in order of arrival (seq). Total, so replay agrees.
// Memory:  reserved by the constructor, never grows.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/ids.h"
#include "engine/money.h"

namespace engine {

// A bidder's place in the lot's list of admitted, by which the lot's own tables are indexed.
using Slot = std::uint16_t;

struct Counted {
  Money price;
  Seq seq;
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
  explicit Book(std::size_t bidders);

  // Counts this bid for its bidder, in place of the one before.
  Move enter(Counted const& bid);
  // The bidder's bid counts no more; nothing where none did.
  void remove(Slot slot);

  bool is_empty() const { return order_.empty(); }
  std::size_t size() const { return order_.size(); }
  Counted const& best() const;                               // not of an empty book
  std::span<Counted const> order() const { return order_; }  // leader first

 private:
  std::vector<Counted> order_;  // sorted by (price, seq); one per slot
};

}  // namespace engine
