// One client of the live protocol against the whole server: what it says, what it hears, and how it is let go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "tests/unit/gateway/guest.h"

namespace gateway::test {
namespace {

using support::Live;
using support::Opcode;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string bid(std::string_view key, std::string_view price) {
  return R"({"type":"bid","lot":"12-1","price":")" + std::string(price) + R"(","key":")" + std::string(key) + "\"}";
}

TEST(Session, says_hello_first_and_names_who_it_is) {
  LittleHouse house;
  EXPECT_THAT(Guest(house).hello, HasSubstr(R"("you":null)"));
  EXPECT_THAT(Guest(house, house.sign_in_as(chen)).hello, HasSubstr("supplier"));
}

TEST(Session, gives_a_receipt_for_a_bid) {
  LittleHouse house;
  house.open_lot();
  Guest supplier(house, house.sign_in_as(chen));
  EXPECT_THAT(supplier.ask(bid("k1", "90.00")), HasSubstr(R"("outcome":"accepted")"));
  EXPECT_THAT(supplier.ask(bid("k2", "89.99")), HasSubstr("DECREMENT_TOO_SMALL"));
  EXPECT_THAT(supplier.ask(bid("k1", "90.00")), HasSubstr(R"("repeated":true)"));
  EXPECT_EQ(house.metric("ebb_bids_total{result=\"taken\"}"), "3");
}

TEST(Session, answers_a_time_probe_with_server_time) {
  LittleHouse house;
  auto const now = std::to_string(engine::in_millis(house.clock().now()));
  auto const answer = Guest(house).ask(R"({"type":"time","t0":12.5})");
  EXPECT_THAT(answer, HasSubstr(R"("t0":12.5)"));
  EXPECT_THAT(answer, HasSubstr("\"t1\":" + now));
  EXPECT_THAT(answer, HasSubstr("\"t2\":" + now));
}

TEST(Session, refuses_a_bid_of_a_watcher_and_of_a_purchaser) {
  LittleHouse house;
  house.open_lot();
  EXPECT_THAT(Guest(house).ask(bid("k1", "90.00")), HasSubstr("SIGN_IN_REQUIRED"));
  auto const answer = Guest(house, house.sign_in_as(bai)).ask(bid("k1", "90.00"));
  EXPECT_THAT(answer, HasSubstr("WRONG_ROLE"));
  EXPECT_THAT(answer, HasSubstr(R"("key":"k1")"));
}

TEST(Session, says_busy_at_once_when_the_inbox_is_full) {
  LittleHouse house(patient(), 4);
  house.open_lot();
  Guest supplier(house, house.sign_in_as(chen));
  house.freeze_engine();
  // The engine takes one batch and hangs in its commit, then the inbox fills, and then there is no room.
  for (int i = 0; i < 10; ++i) supplier.say(bid("k" + std::to_string(i), "90.00"));
  EXPECT_THAT(supplier.hear(), HasSubstr("OVERLOADED"));
  house.thaw_engine();
  std::string answer = supplier.hear();
  while (answer.find("OVERLOADED") != std::string::npos) answer = supplier.hear();
  EXPECT_THAT(answer, HasSubstr(R"("key":"k0")"));
}

TEST(Session, refuses_bids_while_the_disk_is_full_and_takes_them_again_when_there_is_room) {
  LittleHouse house;
  house.open_lot();
  Guest supplier(house, house.sign_in_as(chen));
  house.server().take(gateway::Takes::Nothing);
  auto const refused = supplier.ask(bid("k1", "90.00"));
  EXPECT_THAT(refused, HasSubstr("UNAVAILABLE"));
  EXPECT_THAT(refused, HasSubstr(R"("key":"k1")"));
  house.server().take(gateway::Takes::NothingNew);  // what runs goes on
  EXPECT_THAT(supplier.ask(bid("k1", "90.00")), Not(HasSubstr("UNAVAILABLE")));
}

TEST(Session, lets_a_watcher_follow_and_hear_a_bid) {
  LittleHouse house;
  house.open_lot();
  Guest supplier(house, house.sign_in_as(chen)), watcher(house);
  EXPECT_THAT(watcher.ask(R"({"type":"subscribe","id":"s1","inquiries":["12"]})"), HasSubstr("subscribed"));
  EXPECT_THAT(watcher.hear(), HasSubstr("snapshot"));
  supplier.say(bid("k1", "90.00"));
  EXPECT_THAT(watcher.hear(), HasSubstr(R"("best":"90.00")"));
}

TEST(Session, closes_on_a_binary_message) {
  LittleHouse house;
  Guest guest(house);
  guest.send(Opcode::Binary, "x");
  EXPECT_TRUE(guest.is_closed_within(5s));
  EXPECT_EQ(guest.close_code(), 1003);
}

TEST(Session, takes_many_messages_at_once_and_answers_each_in_order) {
  LittleHouse house;
  Guest guest(house);
  for (int i = 0; i < 200; ++i) guest.say(R"({"type":"time","t0":)" + std::to_string(i) + "}");
  for (int i = 0; i < 200; ++i) EXPECT_THAT(guest.hear(), HasSubstr("\"t0\":" + std::to_string(i) + ","));
}

TEST(Session, hears_bids_on_every_io_thread) {
  auto options = patient();
  options.io_threads = 3;
  LittleHouse house(options);
  house.open_lot();
  Guest supplier(house, house.sign_in_as(chen));
  std::vector<std::unique_ptr<Guest>> others;
  for (int i = 0; i < 20; ++i) others.push_back(std::make_unique<Guest>(house));
  for (int round = 0; round < 10; ++round) {
    supplier.say(bid("k" + std::to_string(round), std::to_string(90 - round) + ".00"));
    for (auto const& other : others) other->say(R"({"type":"time","t0":1})");
    for (auto const& other : others) EXPECT_THAT(other->hear(), HasSubstr("\"time\""));
    EXPECT_THAT(supplier.hear(), HasSubstr(R"("type":"receipt")"));
  }
}

TEST(Session, explains_malformed_messages_and_closes_after_twenty_in_a_row) {
  LittleHouse house;
  Guest guest(house);
  for (int i = 0; i < 19; ++i) EXPECT_THAT(guest.ask("{"), HasSubstr("problem"));
  EXPECT_THAT(guest.ask(R"({"type":"time","t0":1})"), HasSubstr("time"));  // one good one forgives
  for (int i = 0; i < 20; ++i) guest.say("[]");
  EXPECT_TRUE(guest.is_closed_within(5s));
  EXPECT_EQ(guest.close_code(), 3500);
}

TEST(Session, denies_more_messages_than_the_allowance) {
  auto options = patient();
  options.requests_at_once = 3;
  options.requests_a_second = 1;
  LittleHouse house(options);
  Guest guest(house);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(guest.ask(R"({"type":"time","t0":1})"), HasSubstr("\"time\""));
  EXPECT_THAT(guest.ask(R"({"type":"time","t0":1})"), HasSubstr("TOO_MANY_REQUESTS"));
}

TEST(Session, closes_when_its_sign_in_has_ended) {
  LittleHouse house(quick());
  auto const token = house.sign_in_as(chen);
  Guest guest(house, token);
  EXPECT_EQ(house.http().send("POST", "/api/v1/sign-out", bearer(token)).status, 204);
  EXPECT_TRUE(guest.is_closed_within(5s));
  EXPECT_EQ(guest.close_code(), 3501);
}

TEST(Session, closes_beyond_the_number_of_sessions) {
  auto options = patient();
  options.sessions_max = 1;
  LittleHouse house(options);
  Guest first(house);
  Live second(house.port());
  EXPECT_TRUE(second.is_closed_within(5s));
  EXPECT_EQ(second.close_code(), 3503);
  EXPECT_THAT(first.ask(R"({"type":"time","t0":1})"), HasSubstr("time"));
}

TEST(Session, refuses_an_upgrade_with_a_bad_token_or_a_foreign_page) {
  LittleHouse house;
  auto const token = house.sign_in_as(chen);
  auto const refused = [&](support::HttpHeaders const& headers) {
    return support::try_upgrade(house.port(), "/api/v1/live", headers).code();
  };
  EXPECT_EQ(refused({{"Authorization", "Bearer nonsense"}}), "SIGN_IN_REQUIRED");
  EXPECT_EQ(refused({{"Cookie", "ebb_session=" + token}}), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(refused({{"Cookie", "ebb_session=" + token}, {"Origin", "http://elsewhere.example"}}), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(support::try_upgrade(house.port(), "/api/v1/notes", {}).code(), "NO_SUCH_ROUTE");
}

TEST(Session, is_told_to_reconnect_when_the_server_goes_and_has_its_receipt_by_then) {
  LittleHouse house;
  house.open_lot();
  Guest supplier(house, house.sign_in_as(chen));
  supplier.say(bid("k1", "90.00"));
  EXPECT_TRUE(support::eventually([&] { return house.metric("ebb_bids_total{result=\"taken\"}") == "1"; }));
  house.stop_engine();
  EXPECT_THAT(supplier.ask(bid("k2", "80.00")), testing::AnyOf(HasSubstr("SHUTTING_DOWN"), HasSubstr(R"("key":"k1")")));
  house.say_goodbye();
  EXPECT_TRUE(supplier.is_closed_within(5s));
  EXPECT_EQ(supplier.close_code(), 3001);
}

}  // namespace
}  // namespace gateway::test
