// The kept attempts, found by a chained hash over (bidder, key).
//
// The hash orders nothing that anybody sees: it only finds. A bidder who picks keys that collide slows down look-ups
// by at most their own number of attempts.
#include "engine/attempts.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <memory>

#include "engine/check.h"

namespace engine {
namespace {

// A chain for every eight attempts a bidder may make: an ordinary auction stays far below, and even a full one walks
// few steps. The heads are touched when a lot opens, so they have a bound of their own.
std::size_t chains_for(std::size_t bidders, std::uint32_t each) {
  return std::bit_ceil(std::max<std::size_t>(1, bidders * std::clamp(each / 8, 16u, 1'024u)));
}

__extension__ typedef unsigned __int128 Product;

// All bits of both in all bits of one. The products of a key do not wait for each other.
std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  auto const product = Product{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// The first bits behind the point of the square roots of 2 and 3: numbers without a pattern.
constexpr std::array<std::uint64_t, 2> roots{0x6a09e667f3bcc908ULL, 0xbb67ae8584caa73bULL};

std::size_t boards_for(std::size_t attempts) {
  return (attempts + AttemptBoard::width - 1) / AttemptBoard::width;
}

}  // namespace

Attempts::Attempts(Arena& arena, AttemptShelf& shelf, std::size_t bidders, std::uint32_t each, Automatic automatic)
    : shelf_(&shelf),
      latest_(arena.make<Link>(chains_for(bidders, each)).data()),
      chain_mask_(static_cast<std::uint32_t>(chains_for(bidders, each) - 1)),
      promised_(boards_for(bidders * each * (automatic == Automatic::Some ? 2 : 1))) {
  shelf_->promise(promised_);
  boards_.reserve(promised_);
  if (promised_ > 0) take_board();
}

std::uint32_t Attempts::hash_of(Slot slot, BidKey const& key) {
  static_assert(sizeof key.text == 36);
  auto const word = [&](std::size_t number) {
    std::uint64_t value;
    std::memcpy(&value, key.text.data() + number * sizeof value, sizeof value);
    return value;
  };
  std::uint32_t tail;
  std::memcpy(&tail, key.text.data() + 4 * sizeof(std::uint64_t), sizeof tail);
  auto const rest = (std::uint64_t{tail} << 16) + slot;
  auto const hash =
      fold(word(0) ^ roots[0], word(1) ^ roots[1]) + fold(word(2) ^ roots[1], (word(3) ^ roots[0]) + rest);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

void Attempts::take_board() {
  // The engine bids as often as people change who leads, and that has no bound: only then is there more to promise.
  if (boards_.size() == promised_) {
    shelf_->promise(1);
    ++promised_;
  }
  board_ = &shelf_->take();
  boards_.push_back(board_);
}

void Attempts::refuse_last(Refusal const& refusal) {
  auto const place = (size_ - 1) % AttemptBoard::width;
  board_->attempt(place).refuse(refusal.kind->number);
  board_->figures[place] = {refusal.actual.value, refusal.limit.value, refusal.actual.unit, refusal.limit.unit};
}

void Attempts::keep_automatic(Attempt const& attempt) {
  auto& board = board_for_next();
  auto const place = size_++ % AttemptBoard::width;
  std::construct_at(&board.attempt(place), attempt);
  board.links[place] = 0;
}

AttemptPlace Attempts::last_valid(Slot slot, AttemptPlace before) const {
  auto place = std::min(before, size_);
  while (place-- > 0) {
    if (at(place).slot() == slot && at(place).is_valid()) return place;
  }
  return no_attempt;
}

Refusal Attempts::refusal_at(AttemptPlace place) const {
  auto const& attempt = at(place);
  if (attempt.is_accepted()) return {};
  auto const& figures = board_of(place).figures[place % AttemptBoard::width];
  return {engine_refusal(attempt.refusal_number()),
          {figures.actual_unit, figures.actual},
          {figures.limit_unit, figures.limit}};
}

void Attempts::prefetch(std::uint32_t hash) const {
  __builtin_prefetch(&chain(hash), 1);
  if (board_ == nullptr) return;
  __builtin_prefetch(&board_->attempt(size_ % AttemptBoard::width), 1);
  __builtin_prefetch(board_->links.data(), 1);
}

}  // namespace engine
