// How many keys of a lot are below a key, and how many are equal: the one pass over all bidders that a bid costs; and a
// second that finds the equal ones, where there are some.
//
// The same counts whatever the processor: with 512-bit vectors, with 256-bit ones, or one by one. The widest that the
// processor has is taken at run time; tests force each.
//
// Thread: any. Failure: none. Memory: none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace engine {

// A cache line of keys. What is not there is the highest number.
struct alignas(64) KeyLine {
  static constexpr std::size_t width = 8;
  std::array<std::int64_t, width> keys;
};

struct Tally {
  struct Of {
    std::uint32_t below = 0;
    std::uint32_t equal = 0;
    friend bool operator==(Of, Of) = default;
  };
  Of first;
  Of second;
  friend bool operator==(Tally const&, Tally const&) = default;
};

struct Passes {
  // Of two keys at once: where a bidder goes and where from. Neither is the highest number.
  Tally (*tally)(KeyLine const* lines, std::size_t count, std::int64_t first, std::int64_t second);
  // The first line from `from` on with a key equal to this; `count` if there is none.
  std::size_t (*line_with)(KeyLine const* lines, std::size_t from, std::size_t count, std::int64_t key);
};

enum class Vectors : std::uint8_t { None, Bits256, Bits512 };

bool has_vectors(Vectors vectors);      // whether this processor does
Passes const& passes(Vectors vectors);  // only where it does
Passes const& widest_passes();

}  // namespace engine
