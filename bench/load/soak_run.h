// Rounds of live auctions one after the other, each with new inquiries, new sign-ins, bidders and watchers who come and
// go; between two rounds, when everybody has left, the server is read. The judge is soak.h.
//
// Thread:  the caller's. Failure: as engine::Result where a round could not be made.
#pragma once

#include "bench/load/options.h"
#include "bench/load/outcome.h"

namespace bench::load {

struct Soaked {
  std::vector<Reading> readings;
  std::vector<std::string> differences;  // of all rounds
  std::uint32_t rounds = 0;
  std::uint64_t bids = 0;
};
engine::Result<Soaked> soak(Options options);

}  // namespace bench::load
