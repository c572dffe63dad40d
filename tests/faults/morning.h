// A short busy morning at the works, from a seed: people are entered, inquiries published with all their follow-ups,
// open bids and sealed quotes come in frames of different sizes, lots are paused, end and are awarded. Whatever writes
// the disk in another way than usual happens in it: new keys, roll-overs, several tables in one commit.
//
// Thread:  one.
// Failure: the first halt ends the morning and is its answer.
#pragma once

#include <cstdint>

#include "tests/faults/works.h"

namespace faults {

// With them a snapshot is made now and then, between two frames.
enum class Snapshots : std::uint8_t { None, Made };

struct Morning {
  std::uint64_t seed = 1;
  int rounds = 12;  // of bids; the rest comes in any case
  Log log = Log::IfThere;
  Snapshots snapshots = Snapshots::None;
  Ahead ahead = Ahead::Nothing;
};

engine::Result<void> live(Works& works, support::ManualClock& clock, Morning const& morning);

}  // namespace faults
