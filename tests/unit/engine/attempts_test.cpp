// Which attempts are kept, found again and counted.
#include "engine/attempts.h"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace engine;

BidKey key_of(std::string const& text) {
  BidKey key;
  text.copy(key.text.data(), key.text.size());
  return key;
}
Attempt attempt(Slot slot, std::string const& key) {
  Attempt made;
  made.slot = slot;
  made.key = key_of(key);
  return made;
}

TEST(Attempts, finds_a_key_only_for_the_bidder_who_used_it) {
  Attempts attempts(2, 5);
  attempts.keep(attempt(0, "k"));
  EXPECT_NE(attempts.find(0, key_of("k")), nullptr);
  EXPECT_EQ(attempts.find(1, key_of("k")), nullptr);
  EXPECT_EQ(attempts.find(0, key_of("k2")), nullptr);
}

TEST(Attempts, a_key_differs_in_its_last_byte_too) {
  Attempts attempts(1, 2);
  std::string key(36, 'a');
  attempts.keep(attempt(0, key));
  key.back() = 'b';
  EXPECT_EQ(attempts.find(0, key_of(key)), nullptr);
}

TEST(Attempts, numbers_count_per_bidder_up_to_the_last_one_allowed) {
  Attempts attempts(2, 2);
  EXPECT_EQ(attempts.keep(attempt(0, "a")).number, 1u);
  EXPECT_EQ(attempts.keep(attempt(1, "a")).number, 1u);
  EXPECT_TRUE(attempts.has_room(0));
  EXPECT_EQ(attempts.keep(attempt(0, "b")).number, 2u);
  EXPECT_FALSE(attempts.has_room(0));
  EXPECT_TRUE(attempts.has_room(1));
  EXPECT_EQ(attempts.made_by(0), 2u);
  EXPECT_EQ(attempts.all().size(), 3u);
}

TEST(Attempts, every_one_of_many_is_found_again) {
  constexpr std::uint32_t each = 500;  // far more than there are chains
  Attempts attempts(3, each);
  for (std::uint32_t i = 0; i < each; ++i) {
    for (Slot slot = 0; slot < 3; ++slot) attempts.keep(attempt(slot, "key-" + std::to_string(i)));
  }
  for (std::uint32_t i = 0; i < each; ++i) {
    for (Slot slot = 0; slot < 3; ++slot) {
      auto const* found = attempts.find(slot, key_of("key-" + std::to_string(i)));
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(found->slot, slot);
      EXPECT_EQ(found->number, i + 1);
    }
  }
}

}  // namespace
