// The life of a connection against the whole server: frames, pings, closes, and a client that does not read.
#include "gateway/link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/gateway/guest.h"

namespace gateway::test {
namespace {

using support::Live;
using support::Opcode;
using testing::HasSubstr;

TEST(Link, closes_on_an_oversized_message_and_on_an_oversized_sum_of_fragments) {
  LittleHouse house;
  Guest whole(house);
  whole.say(std::string(18'000, 'x'));
  EXPECT_TRUE(whole.is_closed_within(5s));
  EXPECT_EQ(whole.close_code(), 1009);
  Guest pieces(house);
  std::string const piece(100, 'x');
  pieces.send_frame(Opcode::Text, support::Final::No, support::Masked::Yes, piece);
  for (int i = 0; i < 180; ++i) {
    pieces.send_frame(Opcode::Continuation, support::Final::No, support::Masked::Yes, piece);
  }
  EXPECT_TRUE(pieces.is_closed_within(5s));
  EXPECT_EQ(pieces.close_code(), 1009);
}

TEST(Link, closes_on_text_that_is_not_utf8_and_on_unmasked_frames) {
  LittleHouse house;
  Guest latin(house);
  latin.say("\xff\xfe");
  EXPECT_TRUE(latin.is_closed_within(5s));
  EXPECT_EQ(latin.close_code(), 1007);
  Guest bare(house);
  bare.send_frame(Opcode::Text, support::Final::Yes, support::Masked::No, "{}");
  EXPECT_TRUE(bare.is_closed_within(5s));
  EXPECT_EQ(bare.close_code(), 1002);
}

TEST(Link, takes_a_message_in_fragments) {
  LittleHouse house;
  Guest guest(house);
  guest.send_frame(Opcode::Text, support::Final::No, support::Masked::Yes, R"({"type":"ti)");
  guest.send(Opcode::Ping, "in between");
  guest.send_frame(Opcode::Continuation, support::Final::Yes, support::Masked::Yes, R"(me","t0":1})");
  EXPECT_THAT(guest.hear(), HasSubstr(R"("type":"time")"));
}

TEST(Link, says_goodbye_to_who_says_it_with_the_same_code) {
  LittleHouse house;
  Guest guest(house);
  guest.send(Opcode::Close, "\x0f\xa0 enough");
  EXPECT_TRUE(guest.is_closed_within(5s));
  EXPECT_EQ(guest.close_code(), 4000);
}

TEST(Link, closes_a_client_that_does_not_read_with_slow) {
  auto options = patient();
  options.ping_every = 60s;
  options.close_within = 5s;
  options.message_written_within = 60s;
  options.backlog_bytes_max = 64 << 10;
  LittleHouse house(options);
  Guest guest(house, {}, support::Pocket::Tiny);
  // Answers that nobody reads: first the kernel's buffers fill, then the backlog. They are asked for in the client's
  // name, because a client whose kernel has no room left for what comes does not get rid of what it says either.
  auto const number = guest.number();
  auto const is_given_up = [&] { return house.metric("ebb_sessions_closed_total{reason=\"slow\"}") == "1"; };
  for (int i = 0; i < 100 && !is_given_up(); ++i) {
    for (int k = 0; k < 1'000; ++k) house.hub().ask(number, {}, {});
  }
  EXPECT_TRUE(support::eventually(is_given_up));
  EXPECT_TRUE(guest.is_closed_within(support::long_enough));
}

TEST(Link, pings_and_keeps_a_client_that_answers) {
  LittleHouse house(quick());
  Guest guest(house);
  EXPECT_FALSE(guest.is_closed_within(1s));
  EXPECT_GE(guest.pings(), 2U);
}

TEST(Link, closes_a_client_that_does_not_answer_pings) {
  LittleHouse house(quick());
  Guest guest(house);
  guest.withhold_pongs();
  EXPECT_TRUE(guest.is_closed_within(5s));
  EXPECT_EQ(guest.close_code(), 3012);
}

TEST(Link, agrees_on_the_subprotocol_when_it_is_offered) {
  LittleHouse house;
  Live offered(house.port(), {}, nullptr, {{"Sec-WebSocket-Protocol", "chat, ebb.v1.json"}});
  EXPECT_EQ(offered.upgrade().header("Sec-WebSocket-Protocol"), "ebb.v1.json");
}

}  // namespace
}  // namespace gateway::test
