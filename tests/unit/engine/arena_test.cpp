// Pieces of memory: fresh, aligned, side by side, and none in another.
#include "engine/arena.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace {

using engine::Arena;

struct alignas(64) Line {
  std::array<std::int64_t, 8> words;
};

TEST(Arena, pieces_of_every_size_are_fresh_aligned_and_keep_what_is_written) {
  Arena arena;
  std::vector<std::span<std::uint16_t>> shorts;
  std::vector<std::span<Line>> lines;
  for (std::size_t count = 0; count < 3'000; count += 37) {
    shorts.push_back(arena.make<std::uint16_t>(count));
    lines.push_back(arena.make<Line>(count));
    for (auto& each : shorts.back()) {
      ASSERT_EQ(each, 0);
      each = static_cast<std::uint16_t>(count);
    }
    ASSERT_EQ(reinterpret_cast<std::uintptr_t>(lines.back().data()) % alignof(Line), 0u);
    for (auto& line : lines.back()) {
      ASSERT_EQ(line.words[7], 0);
      line.words.fill(static_cast<std::int64_t>(count));
    }
  }
  for (std::size_t at = 0; at < shorts.size(); ++at) {
    ASSERT_EQ(shorts[at].size(), at * 37);
    for (auto const each : shorts[at]) ASSERT_EQ(each, at * 37);
    for (auto const& line : lines[at]) ASSERT_EQ(line.words[3], static_cast<std::int64_t>(at * 37));
  }
}

TEST(Arena, what_is_made_one_after_the_other_lies_side_by_side) {
  Arena arena;
  auto const first = arena.make<std::uint32_t>(5);
  auto const second = arena.make<std::uint32_t>(7);
  EXPECT_EQ(second.data(), first.data() + first.size());
}

}  // namespace
