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

constexpr std::uint32_t tag_bits = 10;
constexpr std::uint32_t tag_mask = (1u << tag_bits) - 1;
static_assert(limits::attempts_a_lot * 2 < (1u << (32 - tag_bits)));

// From the other end of the hash than the chain.
std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> (64 - tag_bits));
}

}  // namespace

Attempts::Attempts(std::size_t bidders, std::uint32_t each, Automatic automatic)
    : each_(each), latest_(chains_for(bidders, each)), made_(bidders) {
  auto const room = bidders * each * (automatic == Automatic::Some ? 2 : 1);
  kept_.reserve(room);
  earlier_.reserve(room);
}

std::uint64_t Attempts::hash_of(Slot slot, BidKey const& key) {
  static_assert(sizeof key.text == 36);
  std::uint64_t words[4];
  std::uint32_t tail;
  std::memcpy(words, key.text.data(), sizeof words);
  std::memcpy(&tail, key.text.data() + sizeof words, sizeof tail);
  std::uint64_t hash = mix(tail, slot);
  for (auto const word : words) hash = mix(hash, word);
  return hash;
}

Attempt const* Attempts::find(Slot slot, BidKey const& key) const {
  auto const hash = hash_of(slot, key);
  auto link = latest_[hash & (latest_.size() - 1)];
  while (link != 0) {
    auto const place = (link >> tag_bits) - 1;
    if ((link & tag_mask) == tag_of(hash)) {
      auto const& attempt = kept_[place];
      if (attempt.slot == slot && attempt.key == key) return &attempt;
    }
    link = earlier_[place];
  }
  return nullptr;
}

Attempt const& Attempts::keep(Attempt const& attempt) {
  CHECK(has_room(attempt.slot));
  auto const hash = hash_of(attempt.slot, attempt.key);
  auto& latest = latest_[hash & (latest_.size() - 1)];
  auto& kept = kept_.emplace_back(attempt);
  kept.number = ++made_[attempt.slot];
  earlier_.push_back(latest);
  latest = static_cast<Link>(kept_.size() << tag_bits) | tag_of(hash);
  return kept;
}

void Attempts::keep_automatic(Attempt const& attempt) {
  kept_.push_back(attempt);
  earlier_.push_back(0);
}

AttemptPlace Attempts::last_valid(Slot slot, AttemptPlace before) const {
  auto place = std::min<std::size_t>(before, kept_.size());
  while (place-- > 0) {
    if (kept_[place].slot == slot && kept_[place].is_valid()) return static_cast<AttemptPlace>(place);
  }
  return no_attempt;
}

}  // namespace engine
