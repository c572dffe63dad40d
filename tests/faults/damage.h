// Bits that flip, pages that come back empty and files that are cut short, anywhere in a closed data directory: each
// tried in a child, by the server's way of opening and by the tool's.
//
// What a harm may come to: it is named (the start is refused with a reason), it is harmless (it hit what nobody reads),
// or LMDB kills the process that opens. Never a wrong answer. Frames before a harmed one stay readable.
//
// Thread:  one: it forks.
// Failure: the score says which harm was answered wrongly, and which killed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/faults/platter.h"
#include "tests/faults/trials.h"
#include "tests/faults/verdict.h"

namespace faults {

struct Harm {
  enum class Kind : std::uint8_t { FlippedBit, CutShort, EmptiedPage };
  Kind kind = Kind::FlippedBit;
  std::string path;
  std::size_t at = 0;  // the bit, the length that is left, or the page
};
std::string text(Harm const& harm);
void apply(Harm const& harm, Image& image);

// A directory as a clean stop leaves it, in memory, and what must be found in it.
struct Kept {
  Image image;
  Truth truth;
  Belief belief;
  std::vector<std::uint64_t> segment_begins;  // first seq of each segment
};
engine::Result<Kept> keep(std::filesystem::path const& scratch, Morning const& morning);

struct Harming {
  std::uint64_t seed = 1;
  std::size_t count = 300;
  std::string below{};  // only files whose path begins so
  unsigned children = 2;
};
enum class Came : std::uint8_t {
  Harmless,    // everything was there all the same
  Named,       // refused, with a reason that names a place
  KeptBefore,  // of harms to the journal: what lies before was read by the tool
};
Score harm(Kept const& kept, std::filesystem::path const& scratch, Harming const& harming);
std::uint64_t counted(Score const& score, Came what);

}  // namespace faults
