// One counted bid per bidder, kept sorted by moving only what was overtaken.
#include "engine/book.h"

#include <algorithm>

#include "engine/check.h"

namespace engine {
namespace {

bool leads(Counted const& a, Counted const& b) {
  return a.key != b.key ? a.key < b.key : a.arrival < b.arrival;
}

}  // namespace

Book::Book(std::size_t bidders, Ties ties) : ties_(ties) {
  order_.reserve(bidders);
}

std::uint16_t Book::shown_rank(std::size_t place) const {
  auto shown = place;
  if (ties_ == Ties::EqualBest) {
    while (shown > 0 && order_[shown - 1].key == order_[place].key) --shown;
  } else if (ties_ == Ties::EqualWorst) {
    while (shown + 1 < order_.size() && order_[shown + 1].key == order_[place].key) ++shown;
  }
  return static_cast<std::uint16_t>(shown + 1);
}

Move Book::enter(Counted const& bid) {
  // From the back: in a descending auction it is the losing who move.
  std::size_t old = order_.size();
  while (old > 0 && order_[old - 1].slot != bid.slot) --old;

  Move move;
  std::size_t place;
  if (old > 0) {
    place = old - 1;
    move.previous_rank = shown_rank(place);
  } else {
    CHECK(order_.size() < order_.capacity());
    place = order_.size();
    order_.push_back(bid);
  }
  for (; place > 0 && leads(bid, order_[place - 1]); --place) order_[place] = order_[place - 1];
  // Only a replaced quote can fall back.
  for (; place + 1 < order_.size() && leads(order_[place + 1], bid); ++place) order_[place] = order_[place + 1];
  order_[place] = bid;
  move.rank = shown_rank(place);
  return move;
}

void Book::remove(Slot slot) {
  auto const found = std::ranges::find(order_, slot, &Counted::slot);
  if (found != order_.end()) order_.erase(found);
}

Slot Book::leader() const {
  CHECK(!order_.empty());
  return order_.front().slot;
}

Evaluated const& Book::lead() const {
  CHECK(!order_.empty());
  return order_.front().key;
}

bool Book::counts(Slot slot) const {
  return std::ranges::find(order_, slot, &Counted::slot) != order_.end();
}

std::uint16_t Book::rank(Slot slot) const {
  auto const found = std::ranges::find(order_, slot, &Counted::slot);
  return found == order_.end() ? std::uint16_t{0} : shown_rank(static_cast<std::size_t>(found - order_.begin()));
}

bool Book::has_equal(Evaluated const& key, Slot except) const {
  return std::ranges::any_of(order_, [&](Counted const& other) { return other.slot != except && other.key == key; });
}

}  // namespace engine
