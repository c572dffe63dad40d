// A seeded stream of bids, and the lots it goes to: what the engine and its peers are measured with.
//
// Nine of ten bids improve the bidder's own last by the step and are accepted; the tenth repeats its price and is
// refused. Every bid has a key of its own. The same numbers whatever the machine.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/ports.h"

namespace bench {

struct Shape {
  std::string name;
  std::size_t lots;
  std::size_t bidders_least;  // a lot has between these, evenly
  std::size_t bidders_most;
  bool is_hot;  // one lot after the other, a hundred bids a bidder; else spread over all, a few get most (zipf)
};

struct Stream {
  Shape shape;
  std::vector<std::size_t> bidders;  // by lot
  std::vector<engine::Sequenced> openings;
  std::vector<engine::Sequenced> bids;

  std::size_t lot_of(engine::PlaceBid const& bid) const { return engine::inquiry_of(bid.lot).number() - 1; }
  std::size_t slot_of(engine::PlaceBid const& bid) const { return bid.bidder.number() / apart - 1; }
  static constexpr std::uint64_t apart = 1'000'003;  // between the ids of two bidders
};

Stream make_stream(Shape const& shape, std::size_t bids);

}  // namespace bench
