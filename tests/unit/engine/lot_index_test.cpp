// Lots are found by id, however many there are.
#include "engine/lot_index.h"

#include <gtest/gtest.h>

namespace {

using namespace engine;

// The index never looks inside: an address is enough.
Lot* address(std::uint64_t number) {
  return reinterpret_cast<Lot*>(number * 64);
}

TEST(LotIndex, finds_every_lot_through_its_growth_and_nothing_else) {
  LotIndex index;
  EXPECT_EQ(index.find(LotId{1}), nullptr);
  constexpr std::uint64_t lots = 10'000;
  for (std::uint64_t number = 1; number <= lots; ++number) {
    index.add(LotId{number << 8}, address(number), static_cast<Agenda::Item>(number));
  }
  for (std::uint64_t number = 1; number <= lots; ++number) {
    ASSERT_EQ(index.find(LotId{number << 8}), address(number));
    ASSERT_EQ(index.item(LotId{number << 8}), number);
    ASSERT_EQ(index.find(LotId{(number << 8) | 1}), nullptr);
  }
}

}  // namespace
