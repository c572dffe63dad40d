// Positions: dense, resumable as far back as history goes, and not an offset further.
#include "gateway/stream.h"

#include <gtest/gtest.h>

#include "engine/limits.h"

namespace {

using gateway::Stream;

Stream with(std::size_t updates) {
  Stream stream;
  stream.open();
  for (std::size_t i = 1; i <= updates; ++i) stream.append(std::make_shared<std::string const>(std::to_string(i)));
  return stream;
}

TEST(Stream, a_new_one_stands_at_nought_and_can_be_resumed_from_there) {
  auto const stream = with(0);
  EXPECT_EQ(stream.head(), 0u);
  EXPECT_TRUE(stream.can_resume(0));
  EXPECT_FALSE(stream.can_resume(1));
}

TEST(Stream, an_update_is_found_by_its_offset) {
  auto const stream = with(3);
  EXPECT_EQ(*stream.find(2), "2");
  EXPECT_EQ(stream.find(4), nullptr);
  EXPECT_EQ(stream.find(0), nullptr);
}

TEST(Stream, history_has_an_end) {
  auto const kept = engine::limits::stream_history_messages;
  auto const stream = with(kept + 5);
  EXPECT_TRUE(stream.can_resume(5));
  EXPECT_FALSE(stream.can_resume(4));
  EXPECT_EQ(*stream.find(6), "6");
  EXPECT_EQ(stream.find(5), nullptr);
}

TEST(Stream, forgetting_keeps_positions_and_drops_what_is_behind_them) {
  auto stream = with(3);
  stream.forget();
  EXPECT_TRUE(stream.can_resume(3));
  EXPECT_FALSE(stream.can_resume(2));
  stream.append(std::make_shared<std::string const>("4"));
  EXPECT_EQ(*stream.find(4), "4");
}

}  // namespace
