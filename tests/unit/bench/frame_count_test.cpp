// The frames of a server, counted however their bytes come.
#include <gtest/gtest.h>

#include <string>

#include "bench/fan_out/watchers.h"

namespace bench::fan_out {
namespace {

std::string frame(unsigned char first, std::size_t payload) {
  std::string text(1, static_cast<char>(first));
  if (payload < 126) {
    text += static_cast<char>(payload);
  } else if (payload < 65'536) {
    text += '\x7e';
    text += static_cast<char>(payload >> 8);
    text += static_cast<char>(payload & 0xff);
  } else {
    text += '\x7f';
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(payload >> shift & 0xff);
  }
  return text + std::string(payload, '\x81');  // a payload that looks like heads
}

TEST(FrameCount, counts_messages_and_pings_apart) {
  FrameCount count;
  std::uint64_t pings = 0;
  EXPECT_EQ(count.take(frame(0x81, 5) + frame(0x89, 0) + frame(0x81, 0) + frame(0x81, 300), pings), 3U);
  EXPECT_EQ(pings, 1U);
}

TEST(FrameCount, does_not_mind_where_the_bytes_are_cut) {
  auto const all = frame(0x81, 125) + frame(0x81, 126) + frame(0x89, 4) + frame(0x81, 70'000) + frame(0x81, 1);
  for (std::size_t const piece : {1U, 2U, 3U, 7U, 128U, 4'096U}) {
    FrameCount count;
    std::uint64_t messages = 0, pings = 0;
    for (std::size_t at = 0; at < all.size(); at += piece)
      messages += count.take(std::string_view{all}.substr(at, piece), pings);
    EXPECT_EQ(messages, 4U) << piece;
    EXPECT_EQ(pings, 1U) << piece;
  }
}

TEST(FrameCount, a_message_counts_when_it_is_whole) {
  FrameCount count;
  std::uint64_t pings = 0;
  auto const one = frame(0x81, 10);
  EXPECT_EQ(count.take(std::string_view{one}.substr(0, one.size() - 1), pings), 0U);
  EXPECT_EQ(count.take(std::string_view{one}.substr(one.size() - 1), pings), 1U);
}

}  // namespace
}  // namespace bench::fan_out
