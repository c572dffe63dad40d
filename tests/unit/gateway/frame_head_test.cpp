// The head of a frame, at both sides of each of its lengths (RFC 6455 §5.2).
#include "gateway/frame_head.h"

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(FrameHead, says_the_length_in_as_few_bytes_as_it_needs) {
  using namespace std::string_literals;
  gateway::FrameHead head;
  EXPECT_EQ(head.of(0), "\x81\x00"s);
  EXPECT_EQ(head.of(125), "\x81\x7d"s);
  EXPECT_EQ(head.of(126), "\x81\x7e\x00\x7e"s);
  EXPECT_EQ(head.of(65'535), "\x81\x7e\xff\xff"s);
  EXPECT_EQ(head.of(65'536), "\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"s);
}

TEST(FrameHead, says_what_the_payload_is) {
  using namespace std::string_literals;
  gateway::FrameHead head;
  EXPECT_EQ(head.of(0, gateway::Opcode::Ping), "\x89\x00"s);
  EXPECT_EQ(head.of(3, gateway::Opcode::Pong), "\x8a\x03"s);
}

}  // namespace
