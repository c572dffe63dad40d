// The power goes at every place of a run: behind each call that changes the disk, images of what could be left are
// built, opened and examined.
//
// Thread:  one: it forks.
// Failure: the score says what was wrong, with the numbers that build the same image again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "tests/faults/platter.h"
#include "tests/faults/trials.h"
#include "tests/faults/verdict.h"

namespace faults {

// A run that was taken down.
struct Recording {
  Truth truth;
  Tape tape;
};

struct Cuts {
  Promise promise = Promise::Ordinary;
  std::uint64_t seed = 1;  // of what is left
  int images_a_step = 8;   // the first four are extremes: nothing, everything, one of bytes and names
  std::size_t from = 0;    // the first step that is cut
  std::size_t every = 1;   // and then each so-manieth
  std::function<bool(Belief const&)> where{};  // only where the run believes such things; empty: everywhere
  int go_on_percent = 10;                      // of images that are used further
  unsigned children = 2;
};

// What an image was like, beside being right or wrong; several may hold of one.
enum class Like : std::uint8_t {
  Any,             // examined; one equal to another just before is not, again
  Repeated,        // equal to one just before
  Unacknowledged,  // held a frame more than was acknowledged
  FollowUpOwed,    // ended between a command and its follow-up, which the start did
  TablesBehind,    // cut between the journal's commit and the tables'
  Untold,          // cut between the tables' commit and the outlet
  UsedFurther,     // took a command more, was closed and opened again
  FromSnapshot,    // began with a snapshot
};

// Lives a morning in scratch/run, which is new and remains. `worse`, when given, stands between the calls and the tape.
using WorseDisk = std::function<std::unique_ptr<Watcher>(Tape& tape)>;
engine::Result<std::unique_ptr<Recording>> record(std::filesystem::path const& scratch, Morning const& morning,
                                                  Plant const& plant = {}, WorseDisk const& worse = {});

// The step behind which the first commit was acknowledged: before it, a directory is being made.
std::size_t first_acknowledged(Recording const& recording);

Score cut_power(Recording const& recording, std::filesystem::path const& scratch, Cuts const& cuts,
                Plant const& plant = {});
std::uint64_t images(Score const& score, Like like);
std::uint64_t wrong_images(Score const& score, Like like);

}  // namespace faults
