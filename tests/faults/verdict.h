// What must be true of a data directory after whatever happened to it, held against what was true while it was written.
//
//   acknowledged is a part of recovered, recovered a beginning of what was begun; nothing half, nothing twice, nothing
//   out of order; state and rows are those of that moment; and the works go on from there.
//
// Thread:  one.
// Failure: what is found, in words.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/faults/morning.h"

namespace faults {

// A morning lived undisturbed in `directory`, which is new, and closed again. The tape may be missing.
engine::Result<Truth> learn(std::filesystem::path const& directory, Morning const& morning, Plant const& plant,
                            Tape* tape);

struct Found {
  std::string wrong;             // something lost, half, changed: what no directory may give
  std::string refused;           // it does not open, and says why
  std::uint64_t recovered = 0;   // commands up to the end of the replay; those that it handed over were all true
  std::uint64_t begun_with = 0;  // of those in the snapshot that it began with
  std::uint64_t resumed = 0;     // follow-ups that had been left undone
  bool is_right() const { return wrong.empty() && refused.empty(); }
};

enum class Afterwards : std::uint8_t { Close, GoOn };  // go on: one command more, close, and open again

// Opens the directory as a server does. `belief` is what the run believed when it ended.
Found examine(std::filesystem::path const& directory, Truth const& truth, Belief const& belief,
              Afterwards afterwards = Afterwards::Close, Plant const& plant = {});

}  // namespace faults
