// What a person at a desk reads and keeps: lists, limits, templates and sessions, from the real server; every answer is
// held against gateway/openapi.json.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
namespace json = boost::json;

json::array items(HttpAnswer const& answer) {
  EXPECT_EQ(answer.status, 200) << answer.body;
  return answer.json().as_object().at("items").as_array();
}
std::vector<std::string> members(json::array const& items, std::string_view name) {
  std::vector<std::string> out;
  for (auto const& item : items) out.emplace_back(item.at(name).as_string());
  return out;
}

class Desk : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("buyer");
  Person const& s1 = market.add_supplier("s1");
  Person const& regulator = market.add_regulator("regulator");

  json::array list(Person const& who, std::string const& query = {}) {
    return items(market.as(who).get("/api/v1/inquiries" + query));
  }
};

TEST_F(Desk, a_list_is_newest_first_and_says_the_side) {
  auto const first = market.start_now(buyer, {.title = "复印纸", .admitted = {s1.org}});
  auto const second = market.start_now(buyer, {.title = "HP 墨盒", .format = "sealed", .admitted = {s1.org}});
  auto const draft = market.draft(buyer, {.title = "课桌", .admitted = {}});
  EXPECT_THAT(members(list(buyer), "id"), ElementsAre(draft, second, first));
  EXPECT_THAT(members(list(s1), "id"), ElementsAre(second, first));
  EXPECT_THAT(members(list(s1, "?after=0"), "id"), ElementsAre(first, second));
  EXPECT_THAT(members(list(s1, "?before=" + second), "id"), ElementsAre(first));
  EXPECT_THAT(members(list(buyer, "?state=DRAFT,RUNNING&q=hp"), "id"), ElementsAre(second));
  EXPECT_THAT(members(list(buyer, "?q=%E8%AF%BE%E6%A1%8C"), "id"), ElementsAre(draft));
  EXPECT_THAT(members(list(s1, "?format=sealed&mine=1"), "id"), ElementsAre(second));
  EXPECT_EQ(list(s1).at(0).at("side").as_string(), "bidder");
  EXPECT_EQ(list(buyer).at(0).at("side").as_string(), "buyer");
  EXPECT_EQ(list(regulator).at(0).at("side").as_string(), "supervision");
  EXPECT_EQ(items(market.nobody().get("/api/v1/inquiries")).at(0).at("side").as_string(), "public");
  EXPECT_EQ(text_in(market.as(s1).get("/api/v1/inquiries/" + first), "side"), "bidder");
  auto const wrong = market.nobody().get("/api/v1/inquiries?state=OPEN");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.json().at("errors").as_array().at(0).at("pointer").as_string(), "/state");
}

TEST_F(Desk, a_template_is_kept_and_used_and_dropped) {
  auto caller = market.as(buyer);
  json::object const kept{{"name", "办公用纸"}, {"draft", InquiryDraft{.admitted = {s1.org}}.json()}};
  auto const made = caller.post("/api/v1/templates", json::serialize(kept));
  ASSERT_EQ(made.status, 201) << made.body;
  auto const location = made.header("Location");
  auto const one = caller.get(location).json();
  auto const all = items(caller.get("/api/v1/templates"));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all.at(0), one);
  EXPECT_EQ(caller.post("/api/v1/inquiries", json::serialize(one.at("draft"))).status, 201);
  EXPECT_EQ(caller.post("/api/v1/templates", json::serialize(kept)).code(), "DUPLICATE");
  EXPECT_EQ(market.as(s1).get("/api/v1/templates").code(), "WRONG_ROLE");
  EXPECT_EQ(caller.send("DELETE", location, {{"Idempotency-Key", fresh_key()}}, "").status, 204);
  EXPECT_EQ(caller.get(location).code(), "NO_SUCH_TEMPLATE");
}

TEST_F(Desk, a_form_learns_the_limits_and_a_buyer_finds_suppliers) {
  auto const limits = market.nobody().get("/api/v1/inquiry-limits").json();
  EXPECT_EQ(limits.at("defaults").at("reverse").at("format").as_string(), "reverse");
  auto const found = items(market.as(buyer).get("/api/v1/orgs?kind=supplier&state=ACTIVE&q=S1"));
  EXPECT_THAT(members(found, "id"), ElementsAre(s1.org));
  EXPECT_EQ(market.as(buyer).get("/api/v1/orgs?kind=all").status, 400);
}

TEST_F(Desk, a_session_that_is_ended_loses_its_connection_at_once) {
  auto const other = market.sign_in(s1.login, s1.password);
  Seat here = market.seat(s1);
  Seat there{market.server(), market.contract(), "Bearer " + other};
  auto caller = market.as(s1);
  auto const sessions = items(caller.get("/api/v1/me/sessions"));
  ASSERT_THAT(sessions, SizeIs(2));
  EXPECT_FALSE(sessions.at(0).at("current").as_bool());
  EXPECT_TRUE(sessions.at(1).at("current").as_bool());
  auto const end = [&](json::value const& session) {
    return caller.post("/api/v1/me/sessions/" + std::string{session.at("id").as_string()} + "/end", "{}");
  };
  EXPECT_EQ(end(sessions.at(1)).code(), "STATE_CONFLICT");
  EXPECT_EQ(end(sessions.at(0)).status, 204);
  EXPECT_TRUE(there.live().is_closed_within(long_enough));
  EXPECT_EQ(there.live().close_code(), 3501);

  auto const of_s1 = "/api/v1/people/" + s1.id + "/sessions";
  EXPECT_THAT(items(market.administrator().get(of_s1)), SizeIs(1));
  EXPECT_EQ(market.administrator().post(of_s1 + "/end", body({{"reason", "设备遗失"}})).status, 200);
  EXPECT_TRUE(here.live().is_closed_within(long_enough));
  EXPECT_EQ(here.live().close_code(), 3501);
  EXPECT_THAT(items(market.administrator().get(of_s1)), IsEmpty());
  EXPECT_EQ(caller.get("/api/v1/me").status, 401);
}

TEST_F(Desk, a_reset_and_a_disabled_person_lose_their_connections_at_once_and_a_locked_one_does_not) {
  auto const to_s1 = [&](std::string_view verb, json::object text) {
    return market.administrator()
        .post("/api/v1/people/" + s1.id + "/" + std::string{verb}, body(std::move(text)))
        .status;
  };
  Seat watching = market.seat(s1);
  EXPECT_EQ(to_s1("lock", {{"reason", "x"}}), 200);
  watching.say(R"({"type":"time","t0":1})");
  EXPECT_FALSE(watching.await([](json::object const& message) { return message.at("type") == "time"; }).empty());
  EXPECT_EQ(to_s1("unlock", {{"reason", "x"}}), 200);
  EXPECT_EQ(to_s1("password", {{"password", "another password 2"}}), 200);
  EXPECT_TRUE(watching.live().is_closed_within(long_enough));
  Seat again{market.server(), market.contract(), "Bearer " + market.sign_in(s1.login, "another password 2")};
  EXPECT_EQ(to_s1("disable", {{"reason", "x"}}), 200);
  EXPECT_TRUE(again.live().is_closed_within(long_enough));
  EXPECT_EQ(again.live().close_code(), 3501);
}

}  // namespace
