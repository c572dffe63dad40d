// Slots by id: everybody found, nobody else.
#include "engine/roster.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace engine;

TEST(Roster, finds_everybody_at_their_slot_and_nobody_else) {
  for (std::uint64_t const bidders : {0u, 1u, 2u, 3u, 8u, 20u, 1'024u}) {
    for (std::uint64_t const apart : {1ull, 3ull, 1'000'003ull, 1ull << 32, 1ull << 53}) {
      std::vector<BidderId> ids;
      for (std::uint64_t i = 1; i <= bidders; ++i) ids.push_back(BidderId{i * apart});
      Arena arena;
      Roster roster(arena, ids.size());
      for (Slot slot = 0; slot < ids.size(); ++slot) roster.add(ids[slot], slot);
      auto const find = [&](std::uint64_t id) {
        return roster.find(BidderId{id}, [&](Slot slot) { return ids[slot]; });
      };
      for (std::uint64_t i = 1; i <= bidders; ++i) ASSERT_EQ(find(i * apart), i - 1);
      EXPECT_EQ(find(0), std::nullopt);
      EXPECT_EQ(find((bidders + 1) * apart), std::nullopt);
    }
  }
}

}  // namespace
