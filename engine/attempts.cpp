// The kept attempts, found by a chained hash over (bidder, key).
//
// The hash orders nothing that anybody sees: it only finds. A bidder who picks keys that collide slows down look-ups
// by at most their own number of attempts.
#include "engine/attempts.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/check.h"

namespace engine {
namespace {

// A chain for every four attempts a bidder may make: an ordinary auction stays far below, and even a full one walks
// few steps. The heads are the only memory that is touched when a lot opens, so they have a bound of their own.
std::size_t chains_for(std::size_t bidders, std::uint32_t each) {
  return std::bit_ceil(std::max<std::size_t>(1, bidders * std::clamp(each / 4, 16u, 1'024u)));
}

std::uint64_t mix(std::uint64_t state, std::uint64_t word) {
  state = (state ^ word) * 0x9e3779b97f4a7c15ULL;
  return state ^ (state >> 29);
}

}  // namespace

Attempts::Attempts(std::size_t bidders, std::uint32_t each)
    : each_(each), made_(bidders), chains_(chains_for(bidders, each)) {
  kept_.reserve(bidders * each);
}

std::size_t Attempts::chain_of(Slot slot, BidKey const& key) const {
  static_assert(sizeof key.text == 36);
  std::uint64_t words[4];
  std::uint32_t tail;
  std::memcpy(words, key.text.data(), sizeof words);
  std::memcpy(&tail, key.text.data() + sizeof words, sizeof tail);
  std::uint64_t hash = mix(tail, slot);
  for (auto const word : words) hash = mix(hash, word);
  return hash & (chains_.size() - 1);
}

Attempt const* Attempts::find(Slot slot, BidKey const& key) const {
  for (auto at = chains_[chain_of(slot, key)]; at != 0; at = kept_[at - 1].earlier) {
    auto const& attempt = kept_[at - 1];
    if (attempt.slot == slot && attempt.key == key) return &attempt;
  }
  return nullptr;
}

Attempt const& Attempts::keep(Attempt const& attempt) {
  CHECK(has_room(attempt.slot));
  CHECK(kept_.size() < kept_.capacity());
  auto& chain = chains_[chain_of(attempt.slot, attempt.key)];
  auto& kept = kept_.emplace_back(attempt);
  kept.number = ++made_[attempt.slot];
  kept.earlier = chain;
  chain = static_cast<std::uint32_t>(kept_.size());
  return kept;
}

}  // namespace engine
