// Keys by slot; ranks by counting.
//
// Almost always a key is unlike all others and the pass alone tells the rank. Where others have the same whole number,
// those few are looked at one by one: the fraction, then the arrival.
#include "engine/book.h"

#include <algorithm>

#include "engine/check.h"

namespace engine {
namespace {

bool leads(Counted const& a, Counted const& b) {
  return a.key != b.key ? a.key < b.key : a.arrival < b.arrival;
}

}  // namespace

Book::Book(Arena& arena, std::size_t bidders, Ties ties, Passes const& passes)
    : passes_(&passes),
      lines_(arena.make<KeyLine>((bidders + KeyLine::width - 1) / KeyLine::width)),
      rests_(arena.make<Rest>(bidders)),
      ties_(ties) {
  for (auto& line : lines_) line.keys.fill(absent);
}

Counted Book::at(Slot slot) const {
  auto const& rest = rests_[slot];
  return {{whole(slot), rest.rest, rest.over}, rest.arrival, slot};
}

Move Book::enter(Counted const& bid) {
  CHECK(bid.slot < rests_.size());
  auto const goes_to = bid.key.whole;
  auto const comes_from = whole(bid.slot);
  auto const had_none = comes_from == absent;
  auto const tally = passes_->tally(lines_.data(), lines_.size(), goes_to, had_none ? goes_to : comes_from);
  Move move;
  if (had_none) [[unlikely]] {
    ++size_;
  } else {
    move.previous_rank = shown_rank({tally.second.below, tally.second.equal - 1}, bid.slot);
  }
  if (!bid.key.is_whole()) has_fractions_ = true;
  // The bidder's own former bid was counted among the others.
  move.rank =
      shown_rank({tally.first.below - (comes_from < goes_to), tally.first.equal - (comes_from == goes_to)}, bid);

  latest_ = std::max(latest_, bid.arrival);
  whole(bid.slot) = goes_to;
  rests_[bid.slot] = {bid.key.rest, bid.key.over, bid.arrival};

  if (leads(bid, leading_)) {
    leading_ = bid;
  } else if (leading_.slot == bid.slot) {
    find_leader();  // only a replaced quote can fall back
  }
  return move;
}

void Book::remove(Slot slot) {
  if (!counts(slot)) return;
  whole(slot) = absent;
  --size_;
  if (leading_.slot == slot) find_leader();
}

// Of a bid among others: what the pass counted has to be corrected only where some are equal.
std::uint16_t Book::shown_rank(Tally::Of others, Counted const& bid) const {
  if (others.equal != 0) [[unlikely]]
    others.below += ahead_of(bid, others.equal);
  return static_cast<std::uint16_t>(others.below + 1);
}
// Of the one that counts for this bidder.
std::uint16_t Book::shown_rank(Tally::Of others, Slot slot) const {
  if (others.equal != 0) [[unlikely]]
    others.below += ahead_of(at(slot), others.equal);
  return static_cast<std::uint16_t>(others.below + 1);
}

// How many of those with the same whole key.
[[gnu::noinline]] std::uint32_t Book::ahead_of(Counted bid, std::uint32_t equal) const {
  auto const is_latest = ties_ != Ties::EqualBest && !has_fractions_ && bid.arrival > latest_;
  return is_latest ? equal : ahead_of_equals(bid);
}

template <class Visit>
void Book::for_each_equal(std::int64_t wanted, Visit visit) const {
  auto const count = lines_.size();
  auto line = passes_->line_with(lines_.data(), 0, count, wanted);
  for (; line < count; line = passes_->line_with(lines_.data(), line + 1, count, wanted)) {
    for (std::size_t place = 0; place < KeyLine::width; ++place) {
      if (lines_[line].keys[place] == wanted) visit(static_cast<Slot>(line * KeyLine::width + place));
    }
  }
}

std::uint32_t Book::ahead_of_equals(Counted const& bid) const {
  std::uint32_t ahead = 0;
  for_each_equal(bid.key.whole, [&](Slot slot) {
    if (slot == bid.slot) return;
    auto const other = at(slot);
    if (other.key != bid.key)
      ahead += other.key < bid.key;
    else if (ties_ == Ties::EqualWorst)
      ++ahead;
    else if (ties_ != Ties::EqualBest)
      ahead += other.arrival < bid.arrival;
  });
  return ahead;
}

void Book::find_leader() {
  leading_ = {.key = {absent}};
  for (Slot slot = 0; slot < rests_.size(); ++slot) {
    if (counts(slot) && leads(at(slot), leading_)) leading_ = at(slot);
  }
}

bool Book::counts(Slot slot) const {
  return whole(slot) != absent;
}

std::uint16_t Book::rank(Slot slot) const {
  if (!counts(slot)) return 0;
  auto others = passes_->tally(lines_.data(), lines_.size(), whole(slot), whole(slot)).first;
  --others.equal;
  return shown_rank(others, slot);
}

bool Book::has_equal(Evaluated const& key, Slot except) const {
  auto is_there = false;
  for_each_equal(key.whole, [&](Slot slot) { is_there = is_there || (slot != except && at(slot).key == key); });
  return is_there;
}

std::vector<Counted> Book::order() const {
  std::vector<Counted> order;
  order.reserve(size_);
  for (Slot slot = 0; slot < rests_.size(); ++slot) {
    if (counts(slot)) order.push_back(at(slot));
  }
  std::ranges::sort(order, leads);
  return order;
}

// The processor has room for a dozen requests; of a large lot it fetches the rest ahead by itself.
void Book::prefetch() const {
  for (auto const& line : lines_.first(std::min<std::size_t>(lines_.size(), 8))) __builtin_prefetch(&line);
}

}  // namespace engine
