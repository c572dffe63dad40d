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
#include <utility>

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

// The first bits behind the point of the square roots of 2, 3, 5 and 7: numbers without a pattern.
constexpr std::array<std::uint64_t, 4> roots{0x6a09e667f3bcc908ULL, 0xbb67ae8584caa73bULL, 0x3c6ef372fe94f82bULL,
                                             0xa54ff53a5f1d36f1ULL};

constexpr std::uint32_t tag_bits = 10;
constexpr std::uint32_t tag_mask = (1u << tag_bits) - 1;
static_assert(limits::attempts_a_lot * 2 < (1u << (32 - tag_bits)));

// From the other end of the hash than the chain.
std::uint32_t tag_of(std::uint32_t hash) {
  return hash >> (32 - tag_bits);
}

std::size_t boards_for(std::size_t attempts) {
  return (attempts + AttemptBoard::width - 1) / AttemptBoard::width;
}

}  // namespace

Attempts::Attempts(AttemptShelf& shelf, std::size_t bidders, std::uint32_t each, Automatic automatic)
    : shelf_(&shelf), each_(each), latest_(chains_for(bidders, each)), made_(bidders) {
  promised_ = boards_for(bidders * each * (automatic == Automatic::Some ? 2 : 1));
  shelf_->promise(promised_);
  boards_.reserve(promised_);
  if (promised_ > 0) boards_.push_back(&shelf_->take());
}

std::uint32_t Attempts::hash_of(Slot slot, BidKey const& key) {
  static_assert(sizeof key.text == 36);
  std::uint64_t words[4];
  std::uint32_t tail;
  std::memcpy(words, key.text.data(), sizeof words);
  std::memcpy(&tail, key.text.data() + sizeof words, sizeof tail);
  auto const hash = fold(words[0] ^ roots[0], words[1] ^ roots[1]) ^ fold(words[2] ^ roots[2], words[3] ^ roots[3]);
  auto const mixed = fold(hash ^ tail, 0x9e3779b97f4a7c15ULL + 2 * std::uint64_t{slot});
  return static_cast<std::uint32_t>(mixed ^ (mixed >> 32));
}

AttemptPlace Attempts::find(Slot slot, BidKey const& key, std::uint32_t hash) const {
  auto link = latest_[hash & (latest_.size() - 1)];
  while (link != 0) {
    auto const place = (link >> tag_bits) - 1;
    if ((link & tag_mask) == tag_of(hash)) {
      auto const& attempt = at(place);
      if (attempt.slot() == slot && attempt.key == key) return place;
    }
    link = board_of(place).links[place % AttemptBoard::width];
  }
  return no_attempt;
}

AttemptBoard& Attempts::room_for_one() {
  if (size_ == boards_.size() * AttemptBoard::width) {
    // The engine bids as often as people change who leads, and that has no bound: only then is there more to promise.
    if (boards_.size() == promised_) {
      shelf_->promise(1);
      ++promised_;
    }
    boards_.push_back(&shelf_->take());
  }
  return *boards_.back();
}

Attempt const& Attempts::keep(Attempt const& attempt, std::optional<Refusal> const& refusal, std::uint32_t hash) {
  auto const slot = attempt.slot();
  CHECK(has_room(slot));
  auto& board = room_for_one();
  auto const place = size_++ % AttemptBoard::width;
  auto& latest = latest_[hash & (latest_.size() - 1)];
  auto& kept = *std::construct_at(&board.attempt(place), attempt);
  kept.answer(++made_[slot], refusal ? refusal->kind->number : std::uint16_t{0});
  board.links[place] = std::exchange(latest, (size_ << tag_bits) | tag_of(hash));
  if (refusal) {
    board.figures[place] = {refusal->actual.value, refusal->limit.value, refusal->actual.unit, refusal->limit.unit};
  }
  return kept;
}

void Attempts::keep_automatic(Attempt const& attempt) {
  auto& board = room_for_one();
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
  __builtin_prefetch(&latest_[hash & (latest_.size() - 1)]);
  if (size_ > 0) __builtin_prefetch(&at(size_ - 1), 1);
}

}  // namespace engine
