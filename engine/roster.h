// Who is admitted to a lot, and at which slot: a flat hash index over the ids of its bidders.
//
// It only finds: slots are given in ascending order of id, whatever the hash. Half the index stays empty, so a look-up
// is one or two steps; a binary search over twenty ids costs five comparisons that no processor can foresee.
//
// Thread: owned by the engine thread. Memory: made by the constructor; 12 to 16 bytes a bidder.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/book.h"
#include "engine/check.h"
#include "engine/ids.h"

namespace engine {

class Roster {
 public:
  // Ascending, none twice.
  explicit Roster(std::vector<BidderId> ids) : ids_(std::move(ids)), places_(std::bit_ceil(2 * ids_.size() + 1)) {
    for (std::size_t slot = 0; slot < ids_.size(); ++slot) {
      CHECK(slot == 0 || ids_[slot - 1] < ids_[slot]);
      auto place = home(ids_[slot]);
      while (places_[place] != 0) place = following(place);
      places_[place] = static_cast<std::uint16_t>(slot + 1);
    }
  }

  std::optional<Slot> find(BidderId bidder) const {
    for (auto place = home(bidder); places_[place] != 0; place = following(place)) {
      auto const slot = static_cast<Slot>(places_[place] - 1);
      if (ids_[slot] == bidder) return slot;
    }
    return std::nullopt;
  }
  std::size_t size() const { return ids_.size(); }
  void prefetch(BidderId bidder) const { __builtin_prefetch(&places_[home(bidder)]); }

 private:
  std::size_t home(BidderId bidder) const {
    auto const mixed = bidder.number() * 0x9e3779b97f4a7c15ULL;
    return static_cast<std::size_t>(mixed >> 32) & (places_.size() - 1);
  }
  std::size_t following(std::size_t place) const { return (place + 1) & (places_.size() - 1); }

  std::vector<BidderId> ids_;          // by slot
  std::vector<std::uint16_t> places_;  // by hash of the id: the slot plus one; 0 = empty. A power of two
};

}  // namespace engine
