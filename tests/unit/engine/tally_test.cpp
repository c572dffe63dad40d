// Every width of the pass counts the same, for every number of lines.
#include "engine/tally.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace {

using namespace engine;

TEST(Tally, counts_what_is_below_and_what_is_equal_in_every_width) {
  std::mt19937_64 random(3);
  for (std::size_t lines = 0; lines <= 129; ++lines) {
    std::vector<KeyLine> keys(lines);
    for (auto& line : keys) {
      for (auto& key : line.keys) key = random() % 5 == 0 ? INT64_MAX : static_cast<std::int64_t>(random() % 40) - 20;
    }
    for (std::int64_t const first : {std::int64_t{-20}, std::int64_t{3}, INT64_MIN, INT64_MAX - 1}) {
      std::int64_t const second = static_cast<std::int64_t>(random() % 40) - 20;
      Tally expected;
      for (auto const& line : keys) {
        for (auto const key : line.keys) {
          expected.first.below += key < first ? 1u : 0u;
          expected.first.equal += key == first ? 1u : 0u;
          expected.second.below += key < second ? 1u : 0u;
          expected.second.equal += key == second ? 1u : 0u;
        }
      }
      for (auto const vectors : {Vectors::None, Vectors::Bits256, Vectors::Bits512}) {
        if (!has_vectors(vectors)) continue;
        EXPECT_EQ(passes(vectors).tally(keys.data(), lines, first, second), expected) << lines;
      }
    }
  }
}

TEST(Tally, finds_the_next_line_with_a_key_in_every_width) {
  std::vector<KeyLine> keys(20);
  for (auto& line : keys) line.keys.fill(1);
  keys[4].keys[7] = 2;
  keys[11].keys[0] = 2;
  for (auto const vectors : {Vectors::None, Vectors::Bits256, Vectors::Bits512}) {
    if (!has_vectors(vectors)) continue;
    auto const line_with = passes(vectors).line_with;
    EXPECT_EQ(line_with(keys.data(), 0, 20, 2), 4u);
    EXPECT_EQ(line_with(keys.data(), 5, 20, 2), 11u);
    EXPECT_EQ(line_with(keys.data(), 12, 20, 2), 20u);
    EXPECT_EQ(line_with(keys.data(), 0, 20, 3), 20u);
    EXPECT_EQ(line_with(keys.data(), 20, 20, 1), 20u);
  }
}

TEST(Tally, the_widest_is_one_that_the_processor_has) {
  auto const& widest = widest_passes();
  auto const is = [&](Vectors vectors) { return has_vectors(vectors) && &passes(vectors) == &widest; };
  EXPECT_TRUE(is(Vectors::Bits512) || is(Vectors::Bits256) || is(Vectors::None));
  EXPECT_TRUE(has_vectors(Vectors::None));
}

}  // namespace
