// Clients that do not speak the protocol, or speak it badly: answered or closed as it says, and the auction goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;

class BadFrame : public testing::Test {
 protected:
  Market market{{{"limits.backlog_bytes_a_session", "65536"}}};
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  std::string const inquiry = market.start_now(buyer, {.admitted = {s1.org}});
  std::string const lot = inquiry + "-1";
  std::string before;

  void SetUp() override { before = picture(); }
  // Whatever a test did to its own connection, the lot is as it was and the next client is served.
  void TearDown() override { EXPECT_EQ(picture(), before); }
  std::string picture() {
    auto newcomer = market.seat(buyer);
    newcomer.subscribe({inquiry});
    return json::serialize(newcomer.picture(lot + "/public")) + json::serialize(newcomer.picture(lot + "/supervision"));
  }
  Live raw() { return Live{market.server().port(), market.as(s1).authorization()}; }
  std::string code_for(Seat& seat, std::string_view text) {
    seat.say(text);
    auto const answer = seat.await([](json::object const& message) { return message.contains("problem"); });
    return answer.empty() ? "" : text_or(member(answer.at("problem"), "code"), "");
  }
  std::string bid_with(std::string_view members) {
    return R"({"type":"bid","lot":")" + lot + R"(","key":"k",)" + std::string{members} + "}";
  }
  static void expect_close(Live& live, std::uint16_t code, Patience patience = long_enough) {
    EXPECT_TRUE(live.is_closed_within(patience));
    EXPECT_EQ(live.close_code(), code);
  }
};

TEST_F(BadFrame, what_is_no_message_is_answered_as_malformed) {
  auto seat = market.seat(s1);
  std::vector<std::string> const texts{"",
                                       " ",
                                       "null",
                                       "[]",
                                       "{}",
                                       "{",
                                       "\"bid\"",
                                       "12",
                                       R"({"type":"bid"})",
                                       R"({"type":"shout"})",
                                       R"({"type":1})",
                                       R"({"type":"time"})",
                                       R"({"type":"time","t0":"1"})",
                                       R"({"type":"ask","lot":"1-1"})"};
  for (auto const& text : texts) EXPECT_EQ(code_for(seat, text), "MALFORMED") << text;
}

TEST_F(BadFrame, a_bid_of_the_wrong_types_is_malformed) {
  auto seat = market.seat(s1);
  EXPECT_EQ(code_for(seat, bid_with(R"("price":8000)")), "MALFORMED") << "a number is a float on the way";
  EXPECT_EQ(code_for(seat, bid_with(R"("price":8000.00)")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":null)")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":["8000.00"])")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":"8000.00","confirm":"yes")")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":"8000.00","confirm":1)")), "MALFORMED");
}

TEST_F(BadFrame, unknown_and_duplicate_members_are_refused_not_ignored) {
  auto seat = market.seat(s1);
  EXPECT_EQ(code_for(seat, bid_with(R"("price":"8000.00","colour":"blue")")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":"8000.00","price":"7000.00")")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":"8000.00","id":"1")")), "MALFORMED");
  EXPECT_EQ(code_for(seat, bid_with(R"("price":"8000.00"} {"x":1)")), "MALFORMED") << "two documents";
  EXPECT_EQ(code_for(seat, R"({"type":"ask","lot":")" + lot + R"(","key":"a\u0000b"})"), "MALFORMED");
  EXPECT_EQ(code_for(seat, R"({"type":"ask","lot":")" + lot + R"(","key":")" + std::string(37, 'k') + R"("})"),
            "MALFORMED");
}

TEST_F(BadFrame, a_binary_message_closes_with_1003) {
  auto live = raw();
  live.send(Opcode::Binary, "8000.00");
  expect_close(live, 1003);
}

TEST_F(BadFrame, text_that_is_not_utf8_closes_with_1007) {
  auto live = raw();
  live.send(Opcode::Text, "{\"type\":\"\xff\xfe\"}");
  expect_close(live, 1007);
}

TEST_F(BadFrame, a_message_over_the_limit_closes_with_1009) {
  auto live = raw();
  live.send(Opcode::Text, std::string(17 << 10, 'x'));
  expect_close(live, 1009);
}

TEST_F(BadFrame, a_length_that_nobody_could_send_closes_with_1009) {
  auto live = raw();
  live.send_bytes(std::string{"\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x01\x02\x03\x04", 14});
  expect_close(live, 1009);
}

TEST_F(BadFrame, fragments_that_add_up_to_too_much_close_with_1009) {
  auto live = raw();
  std::string const piece(120, 'x');
  live.send_frame(Opcode::Text, Final::No, Masked::Yes, piece);
  for (int i = 0; i < 200; ++i) live.send_frame(Opcode::Continuation, Final::No, Masked::Yes, piece);
  expect_close(live, 1009);
}

TEST_F(BadFrame, broken_framing_closes_with_1002) {
  auto unmasked = raw();
  unmasked.send_frame(Opcode::Text, Final::Yes, Masked::No, "{}");
  expect_close(unmasked, 1002);
  auto reserved = raw();
  reserved.send_frame(static_cast<Opcode>(3), Final::Yes, Masked::Yes, "{}");
  expect_close(reserved, 1002);
  auto orphan = raw();
  orphan.send_frame(Opcode::Continuation, Final::Yes, Masked::Yes, "{}");
  expect_close(orphan, 1002);
}

TEST_F(BadFrame, a_message_in_fragments_is_one_message) {
  auto seat = market.seat(s1);
  seat.live().send_frame(Opcode::Text, Final::No, Masked::Yes, R"({"type":"ti)");
  seat.live().send_frame(Opcode::Continuation, Final::Yes, Masked::Yes, R"(me","t0":1})");
  EXPECT_FALSE(seat.await([](json::object const& message) { return message.at("type") == "time"; }).empty());
}

TEST_F(BadFrame, nonsense_without_end_closes_with_3500) {
  auto live = raw();
  for (int i = 0; i < 100 && !live.is_over(); ++i) live.say("nonsense");
  expect_close(live, 3500);
}

TEST_F(BadFrame, a_client_that_does_not_read_is_given_up_while_the_others_are_served) {
  Live slow{market.server().port(), market.as(s1).authorization(), nullptr, {}, Pocket::Tiny};
  // Every probe is answered: what is not read piles up until the server has had enough.
  auto const is_given_up = [&] {
    for (int i = 0; i < 100; ++i) slow.say(R"({"type":"time","t0":1234567.890123456789012345678})", Patience{100});
    auto const figures = market.nobody().get("/metrics").body;
    return figures.find("ebb_sessions_closed_total{reason=\"slow\"} 1\n") != std::string::npos;
  };
  EXPECT_TRUE(eventually(is_given_up, Patience{45'000}));
  EXPECT_TRUE(slow.is_closed_within(long_enough));
  EXPECT_THAT(slow.close_code(), testing::AnyOf(3008, 0)) << "0: it was cut before it had read so far";
}

TEST_F(BadFrame, a_client_that_answers_no_ping_is_closed_with_3012) {
  auto silent = raw();
  silent.withhold_pongs();
  EXPECT_TRUE(silent.is_closed_within(Patience{45'000}));
  EXPECT_GE(silent.pings(), 1U);
  EXPECT_EQ(silent.close_code(), 3012);
}

TEST_F(BadFrame, an_upgrade_elsewhere_or_of_another_version_is_refused) {
  auto const port = market.server().port();
  EXPECT_EQ(try_upgrade(port, "/api/v1/me", {}).status, 404);
  EXPECT_EQ(try_upgrade(port, "/api/v1/live", {{"Authorization", "Bearer nonsense"}}).status, 401);
  EXPECT_EQ(market.nobody().stray("GET", "/api/v1/live", {}, {}).status, 426);
}

}  // namespace
