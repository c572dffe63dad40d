// The client's framing: what it sends is masked as a server demands, what it reads is never half a message.
#include "bench/peers/frames.h"

#include <gtest/gtest.h>

#include <string>

namespace bench::peers {
namespace {

// The bytes of RFC 6455 §5.7: a single-frame masked and an unmasked text message, "Hello".
constexpr std::string_view hello_masked{"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11};
constexpr std::string_view hello_plain{"\x81\x05Hello", 7};

TEST(Frames, masks_as_the_example_of_the_rfc) {
  std::string out;
  append_frame(out, Opcode::Text, "Hello", 0x3d21fa37);
  EXPECT_EQ(out, hello_masked);
}

TEST(Frames, says_the_length_of_a_longer_message_in_two_bytes) {
  std::string out;
  append_frame(out, Opcode::Text, std::string(300, 'x'), 0);
  EXPECT_EQ(out.substr(0, 4), std::string_view("\x81\xfe\x01\x2c", 4));
  EXPECT_EQ(out.size(), 4U + 4U + 300U);
}

TEST(Frames, reads_the_first_of_two_messages) {
  auto const two = std::string{hello_plain} + "\x81\x01!";
  auto const first = first_frame(two);
  ASSERT_TRUE(first.frame);
  EXPECT_EQ(first.frame->payload, "Hello");
  EXPECT_EQ(first.frame->opcode, 1);
  EXPECT_EQ(first.frame->bytes, hello_plain.size());
}

TEST(Frames, waits_for_the_rest_of_a_message_cut_anywhere) {
  auto const whole = std::string("\x81\x7e\x01\x2c", 4) + std::string(300, 'x');
  for (std::size_t size = 0; size < whole.size(); ++size) {
    auto const first = first_frame(std::string_view{whole}.substr(0, size));
    EXPECT_FALSE(first.frame) << size;
    EXPECT_EQ(first.why, Framing::Incomplete) << size;
  }
  EXPECT_EQ(first_frame(whole).frame->payload.size(), 300U);
}

TEST(Frames, takes_nothing_that_a_server_must_not_send) {
  EXPECT_EQ(first_frame(hello_masked).why, Framing::Broken);
  EXPECT_EQ(first_frame(std::string_view("\x01\x03Hel", 5)).why, Framing::Broken);
  EXPECT_EQ(first_frame(std::string_view("\xc1\x03Hel", 5)).why, Framing::Broken);
  EXPECT_FALSE(first_frame(std::string_view("\xc1\x03Hel", 5)).frame);
}

}  // namespace
}  // namespace bench::peers
