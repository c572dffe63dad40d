// One counted bid per bidder, kept sorted by moving only what was overtaken.
#include "engine/book.h"

#include <algorithm>

#include "engine/check.h"

namespace engine {
namespace {

bool leads(Counted const& a, Counted const& b) {
  return a.price != b.price ? a.price < b.price : a.seq < b.seq;
}

}  // namespace

Book::Book(std::size_t bidders) {
  order_.reserve(bidders);
}

Move Book::enter(Counted const& bid) {
  // From the back: in a descending auction it is the losing who move.
  std::size_t old = order_.size();
  while (old > 0 && order_[old - 1].slot != bid.slot) --old;

  Move move;
  std::size_t place;
  if (old > 0) {
    move.previous_rank = static_cast<std::uint16_t>(old);
    place = old - 1;
  } else {
    CHECK(order_.size() < order_.capacity());
    place = order_.size();
    order_.push_back(bid);
  }
  for (; place > 0 && leads(bid, order_[place - 1]); --place) order_[place] = order_[place - 1];
  // Only a replaced quote can fall back.
  for (; place + 1 < order_.size() && leads(order_[place + 1], bid); ++place) order_[place] = order_[place + 1];
  order_[place] = bid;
  move.rank = static_cast<std::uint16_t>(place + 1);
  return move;
}

void Book::remove(Slot slot) {
  auto const found = std::ranges::find(order_, slot, &Counted::slot);
  if (found != order_.end()) order_.erase(found);
}

Counted const& Book::best() const {
  CHECK(!order_.empty());
  return order_.front();
}

}  // namespace engine
