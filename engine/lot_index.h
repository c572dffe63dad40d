// Where a lot is, by its id: a flat hash index with open addressing.
//
// It only finds: nothing ever walks over it, so no hash order can reach an event. Lots are never removed and never
// move. A std::unordered_map costs a division and one more cache line a bid.
//
// Thread: owned by the engine thread. Memory: grows only when a lot is added.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "engine/agenda.h"
#include "engine/ids.h"

namespace engine {

class Lot;

class LotIndex {
 public:
  LotIndex() : places_(64), items_(64), mask_(places_.size() - 1) {}

  Lot* find(LotId id) const {
    for (auto at = home(id);; at = (at + 1) & mask_) {
      if (places_[at].lot == nullptr || places_[at].id == id) return places_[at].lot;
    }
  }
  // How the agenda calls a lot that find() knows.
  Agenda::Item item(LotId id) const {
    auto at = home(id);
    while (places_[at].id != id) at = (at + 1) & mask_;
    return items_[at];
  }
  // An id that find() does not know.
  void add(LotId id, Lot* lot, Agenda::Item item) {
    if (++size_ * 2 > places_.size()) grow();
    place({id, lot}, item);
  }
  void prefetch(LotId id) const { __builtin_prefetch(&places_[home(id)]); }

 private:
  struct Place {
    LotId id;
    Lot* lot = nullptr;
  };

  std::size_t home(LotId id) const {
    auto const mixed = id.number() * 0x9e3779b97f4a7c15ULL;
    return static_cast<std::size_t>(mixed >> 32) & mask_;
  }
  void place(Place entry, Agenda::Item item) {
    auto at = home(entry.id);
    while (places_[at].lot != nullptr) at = (at + 1) & mask_;
    places_[at] = entry;
    items_[at] = item;
  }
  void grow() {
    auto const old = std::exchange(places_, std::vector<Place>(places_.size() * 2));
    auto const old_items = std::exchange(items_, std::vector<Agenda::Item>(places_.size()));
    mask_ = places_.size() - 1;
    for (std::size_t at = 0; at < old.size(); ++at) {
      if (old[at].lot != nullptr) place(old[at], old_items[at]);
    }
  }

  std::vector<Place> places_;        // a power of two, at most half full
  std::vector<Agenda::Item> items_;  // of the lots in there; not read on the path of a bid
  std::size_t mask_;
  std::size_t size_ = 0;
};

}  // namespace engine
