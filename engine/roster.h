// Who is admitted to a lot, and at which slot: a flat hash index over the ids of its bidders.
//
// It only finds: slots are given in ascending order of id, whatever the hash. Half the index stays empty, so a look-up
// is one or two steps; a binary search over twenty ids costs five comparisons that no processor can foresee.
//
// Thread: owned by the engine thread. Memory: made by the constructor; 4 to 8 bytes a bidder. The ids lie where the
//         bidders do.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>

#include "engine/arena.h"
#include "engine/book.h"
#include "engine/check.h"
#include "engine/ids.h"

namespace engine {

class Roster {
 public:
  Roster(Arena& arena, std::size_t bidders)
      : places_(arena.make<std::uint16_t>(std::bit_ceil(2 * bidders + 1)).data()),
        mask_(static_cast<std::uint32_t>(std::bit_ceil(2 * bidders + 1) - 1)) {}

  // Each slot once.
  void add(BidderId bidder, Slot slot) {
    auto place = home(bidder);
    while (places_[place] != 0) place = following(place);
    places_[place] = static_cast<std::uint16_t>(slot + 1);
  }
  // `id_of` tells the id at a slot.
  template <class IdOf>
  std::optional<Slot> find(BidderId bidder, IdOf const& id_of) const {
    auto found = places_[home(bidder)];
    if (found != 0 && id_of(static_cast<Slot>(found - 1)) != bidder) [[unlikely]]
      found = find_further(bidder, id_of);
    if (found == 0) return std::nullopt;
    return static_cast<Slot>(found - 1);
  }
  void prefetch(BidderId bidder) const { __builtin_prefetch(&places_[home(bidder)]); }

 private:
  // What is in the place of this bidder.
  template <class IdOf>
  [[gnu::noinline]] std::uint16_t find_further(BidderId bidder, IdOf const& id_of) const {
    auto place = home(bidder);
    while (places_[place] != 0 && id_of(static_cast<Slot>(places_[place] - 1)) != bidder) place = following(place);
    return places_[place];
  }
  std::uint32_t home(BidderId bidder) const {
    return static_cast<std::uint32_t>((bidder.number() * 0x9e3779b97f4a7c15ULL) >> 32) & mask_;
  }
  std::uint32_t following(std::uint32_t place) const { return (place + 1) & mask_; }

  std::uint16_t* places_;  // by hash of the id: the slot plus one; 0 = empty. A power of two
  std::uint32_t mask_;
};

}  // namespace engine
