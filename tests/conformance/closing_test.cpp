// Sections 7, 9, 10, 12 and 13: goodbyes, large messages, fragments of odd sizes, and that no extension is spoken.
#include <gtest/gtest.h>

#include "tests/conformance/peer.h"
#include "tests/support/server_process.h"

namespace conformance {
namespace {

TEST(Conformance, section_7_goodbyes) {
  auto const hello = frame(Opcode::Text, "Hello"), bye = goodbye(normal);
  auto const answered = [](std::string id, std::string const& said, std::uint16_t code) {
    return Case{std::move(id), {Say{said}, HearGoodbye{code}}};
  };
  Cases cases{
      clean("7.1.1", {Say{hello}, Hear{Opcode::Text, "Hello"}}),
      answered("7.1.2", bye + bye, normal),
      answered("7.1.3", bye + frame(Opcode::Ping, ""), normal),
      answered("7.1.4", bye + hello, normal),
      answered("7.1.5", frame(Opcode::Text, "a", Final::No) + bye + frame(Opcode::Continuation, "b"), normal),
      answered("7.3.1", frame(Opcode::Close, ""), normal),
      answered("7.3.2", frame(Opcode::Close, "a"), protocol_error),
      answered("7.3.3", bye, normal),
      answered("7.3.4", goodbye(normal, "enough"), normal),
      answered("7.3.5", goodbye(normal, std::string(123, '*')), normal),
      answered("7.3.6", goodbye(normal, std::string(124, '*')), protocol_error),
      answered("7.5.1", goodbye(normal, "\xce\xba\xed\xa0\x80"), not_utf8),
  };
  std::size_t number = 0;
  for (auto const code : {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
    cases.push_back(answered("7.7." + std::to_string(++number), goodbye(static_cast<unsigned>(code)),
                             static_cast<std::uint16_t>(code)));
  }
  number = 0;
  for (auto const code : {0U, 999U, 1004U, 1005U, 1006U, 1016U, 1100U, 2000U, 2999U}) {
    cases.push_back(answered("7.9." + std::to_string(++number), goodbye(code), protocol_error));
  }
  cases.push_back(answered("7.13.1", goodbye(5000), protocol_error));
  cases.push_back(answered("7.13.2", goodbye(65535), protocol_error));
  play_all(cases);
}

// The message may come back or not, because what waits is thrown away when the peer says goodbye: both are right.
TEST(Conformance, case_7_1_6_a_goodbye_behind_a_large_message) {
  support::ServerProcess server{{{"server.echo", "\"on\""}}};
  server.start();
  std::string const large(256 << 10, '*');
  Say const said{frame(Opcode::Text, large) + goodbye(normal) + frame(Opcode::Ping, "")};
  auto const without = Peer{server.port()}.play({said, HearGoodbye{normal}});
  auto const with = Peer{server.port()}.play({said, Hear{Opcode::Text, large}, HearGoodbye{normal}});
  EXPECT_TRUE(without.empty() || with.empty()) << without << "\n" << with;
}

constexpr std::size_t kib = 1 << 10, mib = 1 << 20;

std::string content(Opcode opcode, std::size_t size) {
  return std::string(size, opcode == Opcode::Text ? '*' : '\xfe');
}

Cases large(Opcode opcode, std::string const& whole, std::string const& fragments, std::string const& chops,
            std::string const& many) {
  Cases cases;
  std::size_t number = 0;
  for (auto const size : {64 * kib, 256 * kib, mib, 4 * mib, 8 * mib, 16 * mib}) {
    cases.push_back(echoed(whole + std::to_string(++number), opcode, content(opcode, size)));
  }
  auto const four = content(opcode, 4 * mib);
  number = 0;
  for (std::size_t each = 64; each <= 4 * mib; each *= 4) {
    cases.push_back(
        clean(fragments + std::to_string(++number), {Say{in_fragments(opcode, four, each)}, Hear{opcode, four}}));
  }
  number = 0;
  for (std::size_t chop = 64; chop <= 2'048; chop *= 2) {
    cases.push_back(echoed(chops + std::to_string(++number), opcode, content(opcode, mib), chop));
  }
  number = 0;
  for (std::size_t const size : {0UL, 16UL, 64UL, 256UL, kib, 4 * kib}) {
    Steps steps;
    for (int i = 0; i < 1'000; ++i) {
      steps.emplace_back(Say{frame(opcode, content(opcode, size))});
      steps.emplace_back(Hear{opcode, content(opcode, size)});
    }
    cases.push_back(clean(many + std::to_string(++number), std::move(steps)));
  }
  return cases;
}

TEST(Conformance, section_9_large_and_many_texts) {
  play_all(large(Opcode::Text, "9.1.", "9.3.", "9.5.", "9.7."));
}
TEST(Conformance, section_9_large_and_many_binaries) {
  play_all(large(Opcode::Binary, "9.2.", "9.4.", "9.6.", "9.8."));
}

TEST(Conformance, section_10_fragments_of_an_odd_size) {
  auto const text = content(Opcode::Text, 65'536);
  play_all({clean("10.1.1", {Say{in_fragments(Opcode::Text, text, 1'300)}, Hear{Opcode::Text, text}})});
}

// Sections 12 and 13 are about permessage-deflate. It is not spoken: an offer is declined, and its bit is a fault.
TEST(Conformance, sections_12_and_13_no_extension_is_agreed_on) {
  support::ServerProcess server{{{"server.echo", "\"on\""}}};
  server.start();
  support::HttpHeaders const offer{
      {"Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame"}};
  Peer peer{server.port(), offer};
  EXPECT_EQ(peer.upgrade().header("Sec-WebSocket-Extensions"), "");
  EXPECT_EQ(peer.play(failed("", {Say{frame(Opcode::Text, "x", Final::Yes, 4)}}).steps), "");
}

}  // namespace
}  // namespace conformance
