// Frames of a client, whole, in pieces, and wrong (RFC 6455 §5).
#include "gateway/frames.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace gateway {
namespace {

constexpr std::size_t most = 1'000;
constexpr unsigned final_bit = 0x80;

// A frame as a client sends it, masked.
std::string frame(unsigned first, std::string_view payload, std::string_view mask = "\x11\xf2\x33\x84") {
  std::string out(1, static_cast<char>(first));
  if (payload.size() < 126) {
    out += static_cast<char>(0x80 | payload.size());
  } else {
    out += static_cast<char>(0x80 | 126);
    out += static_cast<char>(payload.size() >> 8);
    out += static_cast<char>(payload.size() & 0xff);
  }
  out += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) out += static_cast<char>(payload[i] ^ mask[i % 4]);
  return out;
}
std::string last(Opcode opcode, std::string_view payload) {
  return frame(final_bit | static_cast<unsigned>(opcode), payload);
}
std::string first(Opcode opcode, std::string_view payload) {
  return frame(static_cast<unsigned>(opcode), payload);
}

// What was heard, as text: "1:hello", and "!1002" for a fault, behind which nothing is heard.
struct Ear {
  FrameReader reader{most};
  std::vector<std::string> heard;
  bool is_deaf = false;

  void take(std::string bytes) {
    std::span<char> left{bytes};
    while (!is_deaf) {
      auto const step = reader.next(left);
      if (std::holds_alternative<FrameReader::NeedsMore>(step)) {
        EXPECT_TRUE(left.empty());
        return;
      }
      if (auto const* fault = std::get_if<CloseCode>(&step)) {
        is_deaf = true;
        heard.push_back("!" + std::to_string(static_cast<unsigned>(*fault)));
      } else {
        auto const& [opcode, payload] = std::get<FrameReader::Heard>(step);
        heard.push_back(std::to_string(static_cast<unsigned>(opcode)) + ":" + std::string(payload));
      }
    }
  }
};
using Heard = std::vector<std::string>;

Heard all_of(std::string const& bytes) {
  Ear ear;
  ear.take(bytes);
  return ear.heard;
}
Heard byte_by_byte(std::string const& bytes) {
  Ear ear;
  for (auto const byte : bytes) ear.take(std::string(1, byte));
  return ear.heard;
}
void expect(std::string const& bytes, Heard const& heard) {
  EXPECT_EQ(all_of(bytes), heard);
  EXPECT_EQ(byte_by_byte(bytes), heard);
}

TEST(Frames, gives_messages_and_control_frames_in_order) {
  expect(last(Opcode::Text, "hello") + last(Opcode::Ping, "") + last(Opcode::Binary, "\xff\xfe") +
             last(Opcode::Pong, "x") + last(Opcode::Text, "") + last(Opcode::Close, "\x03\xe8"),
         {"1:hello", "9:", "2:\xff\xfe", "10:x", "1:", "8:\x03\xe8"});
}

TEST(Frames, joins_fragments_and_lets_control_frames_between_them) {
  expect(first(Opcode::Text, "a") + last(Opcode::Ping, "now") + first(Opcode::Continuation, "") +
             first(Opcode::Continuation, "b") + last(Opcode::Continuation, "c") + last(Opcode::Text, "d"),
         {"9:now", "1:abc", "1:d"});
}

TEST(Frames, takes_lengths_up_to_the_limit_in_one_frame_and_in_the_sum_of_fragments) {
  for (auto const size : {std::size_t{125}, std::size_t{126}, most}) {
    std::string const text(size, 'x');
    expect(last(Opcode::Text, text), {"1:" + text});
  }
  EXPECT_EQ(all_of(last(Opcode::Text, std::string(most + 1, 'x'))), Heard{"!1009"});
  std::string const half(most / 2, 'x');
  expect(first(Opcode::Text, half) + last(Opcode::Continuation, half), {"1:" + half + half});
  EXPECT_EQ(all_of(first(Opcode::Text, half) + last(Opcode::Continuation, half + "x")), Heard{"!1009"});
}

TEST(Frames, says_too_big_by_the_head_alone) {
  using namespace std::string_literals;
  EXPECT_EQ(all_of("\x81\xfe\x40\x00mask"s), Heard{"!1009"});
  EXPECT_EQ(all_of("\x81\xff\x00\x00\x00\x01\x00\x00\x00\x00mask"s), Heard{"!1009"});
}

TEST(Frames, does_not_take_what_no_client_may_send) {
  using namespace std::string_literals;
  std::vector<std::pair<char const*, std::string>> const wrong{
      {"not masked", "\x81\x02{}"s},
      {"a reserved bit", frame(final_bit | 0x40 | 1, "x")},
      {"another reserved bit", frame(final_bit | 0x10 | 1, "x")},
      {"an opcode of the future", frame(final_bit | 3, "x")},
      {"a control opcode of the future", frame(final_bit | 11, "x")},
      {"a control frame in fragments", frame(9, "x")},
      {"a control frame that is too long", last(Opcode::Ping, std::string(126, 'x'))},
      {"a continuation of nothing", last(Opcode::Continuation, "x")},
      {"a message inside another", first(Opcode::Text, "x") + last(Opcode::Text, "y")},
      {"a length that fits in fewer bytes", "\x81\xfe\x00\x7dmask"s},
      {"a length that fits in two bytes", "\x81\xff\x00\x00\x00\x00\x00\x00\x00\x7emask"s},
      {"a length with the highest bit", "\x81\xff\x80\x00\x00\x00\x00\x00\x00\x7emask"s}};
  for (auto const& [what, bytes] : wrong) {
    SCOPED_TRACE(what);
    expect(bytes, {"!1002"});
  }
}

TEST(Frames, does_not_take_text_that_is_not_utf8) {
  for (auto const* const bad : {"\xff", "\xc0\xaf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80",
                                "a\xe4\xb8", "\xf8\x88\x80\x80\x80", "\xe4\xb8z"}) {
    SCOPED_TRACE(bad);
    expect(last(Opcode::Text, bad), {"!1007"});
    expect(first(Opcode::Text, bad) + last(Opcode::Continuation, ""), {"!1007"});
  }
  for (auto const* const good :
       {"退潮", "\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    expect(last(Opcode::Text, good), {"1:" + std::string(good)});
  }
}

TEST(Frames, lets_a_character_lie_across_fragments) {
  expect(first(Opcode::Text, "\xe9") + first(Opcode::Continuation, "\x80") + last(Opcode::Continuation, "\x80"),
         {"1:\xe9\x80\x80"});
}

TEST(Frames, does_not_wait_for_the_rest_of_a_text_that_has_gone_wrong) {
  EXPECT_EQ(all_of(first(Opcode::Text, "a\xff")), Heard{"!1007"});
  auto const whole = last(Opcode::Text, "\xff and so on and on");
  EXPECT_EQ(all_of(whole.substr(0, 7)), Heard{"!1007"});
}

TEST(Frames, answers_a_goodbye_with_its_own_code_where_that_may_be_said) {
  using namespace std::string_literals;
  auto const answer = [](std::string_view payload) { return static_cast<unsigned>(answer_to_goodbye(payload)); };
  EXPECT_EQ(answer(""), 1000U);
  EXPECT_EQ(answer("\x03\xe9"), 1001U);
  EXPECT_EQ(answer("\x0b\xb8 bye"), 3000U);
  EXPECT_EQ(answer("\x13\x87"), 4999U);
  for (auto const& unsaid :
       {"\x03"s, "\x03\xe7"s, "\x03\xec"s, "\x03\xed"s, "\x03\xee"s, "\x03\xf7"s, "\x07\xcf"s, "\x13\x88"s})
    EXPECT_EQ(answer(unsaid), 1002U);
  EXPECT_EQ(answer("\x03\xe8\xff"), 1007U);
}

void hear_in_pieces(std::uint64_t seed) {
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  auto const below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
  std::string bytes;
  Heard heard;
  for (int i = 0; i < 200; ++i) {
    std::string text;
    auto const kind = below(3) == 0 ? Opcode::Binary : Opcode::Text;
    auto const pieces = below(4);
    auto const piece = [&] {
      return std::string(below(3) == 0 ? below(200) : below(20), static_cast<char>('a' + below(26)));
    };
    for (std::size_t k = 0; k <= pieces; ++k) {
      auto const next = piece();
      auto const opcode = k == 0 ? kind : Opcode::Continuation;
      bytes += k == pieces ? last(opcode, next) : first(opcode, next);
      text += next;
      if (k == pieces) heard.push_back(std::to_string(static_cast<unsigned>(kind)) + ":" + text);
      if (below(4) != 0) continue;
      bytes += last(Opcode::Ping, "ping");
      heard.emplace_back("9:ping");
    }
  }
  Ear ear;
  for (std::size_t at = 0; at < bytes.size();) {
    auto const size = below(2) == 0 ? 1 + below(8) : 1 + below(600);
    ear.take(bytes.substr(at, size));
    at += size;
  }
  EXPECT_EQ(ear.heard, heard);
}

TEST(Frames, hears_the_same_whatever_pieces_the_bytes_come_in) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) hear_in_pieces(seed);
}

}  // namespace
}  // namespace gateway
