// What is due first: every lot once, with the time when time alone changes it.
//
// A heap in one array in which every lot knows its place, so that a bid that moves an end touches a few neighbours and
// allocates nothing. The order is (due time, lot) and total, so replay agrees.
//
// Thread: owned by the engine thread. Memory: grows only when a lot is added.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/ids.h"
#include "engine/time.h"

namespace engine {

class Agenda {
 public:
  // How the agenda calls a lot: the number of lots that were added before it.
  using Item = std::uint32_t;
  struct Entry {
    Instant due;
    LotId lot;
    Item item = 0;
  };

  Item add(LotId lot, Instant due);
  void move(Item item, Instant due);

  Instant next_due() const { return next_due_; }
  Entry const& first() const { return heap_.front(); }  // not of an empty agenda

 private:
  static bool is_before(Entry const& a, Entry const& b) { return a.due != b.due ? a.due < b.due : a.lot < b.lot; }
  void put(std::size_t place, Entry const& entry);
  void rise(std::size_t place, Entry const& entry);
  void sink(std::size_t place, Entry const& entry);

  std::vector<Entry> heap_;              // four below each: half the depth of two, and they share a cache line or two
  std::vector<std::uint32_t> place_of_;  // by item: where in the heap
  Instant next_due_ = never;             // of the first; asked for by every command
};

}  // namespace engine
