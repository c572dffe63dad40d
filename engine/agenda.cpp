// A heap of four branches.
#include "engine/agenda.h"

#include <algorithm>

namespace engine {
namespace {
constexpr std::size_t branches = 4;
}

Agenda::Item Agenda::add(LotId lot, Instant due) {
  auto const item = static_cast<Item>(place_of_.size());
  place_of_.push_back(0);
  heap_.emplace_back();
  rise(heap_.size() - 1, {due, lot, item});
  next_due_ = first().due;
  return item;
}

void Agenda::move(Item item, Instant due) {
  auto const place = place_of_[item];
  auto entry = heap_[place];
  auto const is_sooner = due < entry.due;
  entry.due = due;
  is_sooner ? rise(place, entry) : sink(place, entry);
  next_due_ = first().due;
}

void Agenda::put(std::size_t place, Entry const& entry) {
  heap_[place] = entry;
  place_of_[entry.item] = static_cast<std::uint32_t>(place);
}

// From a place that is free towards the root.
void Agenda::rise(std::size_t place, Entry const& entry) {
  while (place > 0) {
    auto const above = (place - 1) / branches;
    if (!is_before(entry, heap_[above])) break;
    put(place, heap_[above]);
    place = above;
  }
  put(place, entry);
}

// From a place that is free towards the leaves.
void Agenda::sink(std::size_t place, Entry const& entry) {
  for (;;) {
    auto const from = place * branches + 1;
    if (from >= heap_.size()) break;
    auto const to = std::min(from + branches, heap_.size());
    auto least = from;
    for (auto below = from + 1; below < to; ++below) {
      if (is_before(heap_[below], heap_[least])) least = below;
    }
    if (!is_before(heap_[least], entry)) break;
    put(place, heap_[least]);
    place = least;
  }
  put(place, entry);
}

}  // namespace engine
