// Chance from a seed: the same seed gives the same numbers on every machine, for good.
//
// Not std::uniform_int_distribution: its numbers differ between libraries, and a printed seed must stay good.
// Thread: one.
#pragma once

#include <cstdint>
#include <random>

namespace simulation {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  std::int64_t between(std::int64_t lowest, std::int64_t highest) {
    return lowest + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(highest - lowest + 1));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }
  std::uint64_t bits() { return random_(); }
  template <class List>
  auto& any_of(List& list) {
    return list[random_() % list.size()];
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace simulation
