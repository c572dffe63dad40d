// A person is erased over REST, behind a real server: refused where it must be, final where it may be, and still
// proved.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/e2e_market.h"
#include "tests/support/e2e_proof.h"

namespace {

using namespace support;
using testing::HasSubstr;
using testing::Not;

class Erase : public testing::Test {
 protected:
  Market market;
  Person const& s1 = market.add_supplier("s1");
  Person const& buyer = market.add_purchaser("haining");

  std::string address(Person const& person) { return "/api/v1/people/" + person.id; }
  HttpAnswer disable(Person const& person) {
    return market.administrator().post(address(person) + "/disable", body({{"reason", "离职"}}));
  }
  HttpAnswer erase(Person const& person) {
    auto const etag = market.administrator().get(address(person)).header("ETag");
    return market.administrator().send("POST", address(person) + "/erase",
                                       {{"If-Match", etag}, {"Idempotency-Key", fresh_key()}},
                                       body({{"reason", "本人申请"}}));
  }
};

TEST_F(Erase, a_person_who_left_has_no_name_any_more_and_the_record_of_it_is_in_the_log) {
  EXPECT_EQ(erase(s1).code(), "PERSON_NOT_DISABLED");
  ASSERT_EQ(disable(s1).status, 200);
  auto const erased = erase(s1);
  ASSERT_EQ(erased.status, 200) << erased.body;
  auto const said = erased.json();
  auto const& person = said.as_object();
  EXPECT_EQ(person.at("state").as_string(), "ERASED");
  EXPECT_EQ(person.at("org").as_string(), s1.org);
  EXPECT_FALSE(person.contains("login"));
  EXPECT_FALSE(person.contains("display"));
  EXPECT_TRUE(person.contains("erased_at"));
  EXPECT_EQ(erase(s1).code(), "STATE_CONFLICT");
  EXPECT_THAT(market.administrator().get("/api/v1/people").body, Not(HasSubstr(s1.login)));

  auto const seq = erased.header("Ebb-Seq");
  auto inclusion = market.nobody().get("/api/v1/log/inclusion?seq=" + seq);
  for (int tried = 0; inclusion.status != 200 && tried < 100; ++tried) {
    market.nobody().get("/api/v1/log/head");
    inclusion = market.nobody().get("/api/v1/log/inclusion?seq=" + seq);
  }
  ASSERT_EQ(inclusion.status, 200);
  auto const size = std::to_string(inclusion.json().at("size").as_int64());
  auto const root = market.nobody().get("/api/v1/log/head?size=" + size).json().at("root").as_string();
  // Every command, those whose private part is gone among them.
  for (auto place = std::stoll(seq); place > 0; --place) {
    auto const path =
        market.nobody().get("/api/v1/log/inclusion?seq=" + std::to_string(place) + "&size=" + size).json();
    EXPECT_EQ(root_of(path.as_object()), root) << place;
  }
}

TEST_F(Erase, who_took_part_in_a_procurement_is_kept) {
  market.draft(buyer, {.admitted = {s1.org}});
  ASSERT_EQ(disable(buyer).status, 200);
  auto const refused = erase(buyer);
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "KEPT_BY_LAW");
  EXPECT_THAT(refused.body, HasSubstr("政府采购法 §42"));
}

TEST_F(Erase, it_outlives_kill_9_and_what_the_server_keeps_still_verifies) {
  ASSERT_EQ(disable(s1).status, 200);
  ASSERT_EQ(erase(s1).status, 200);
  market.server().kill();
  auto const data = market.server().data().string();
  auto const verified = market.server().run({"verify", data});
  EXPECT_EQ(verified.code, 0) << verified.errors;
  EXPECT_THAT(verified.output, HasSubstr("private parts were erased"));
  EXPECT_EQ(market.server().run({"doctor", data}).code, 0);
  market.server().start();
  EXPECT_EQ(erase(s1).code(), "STATE_CONFLICT");
  auto const signed_in = market.nobody().send(
      "POST", "/api/v1/sign-in", {}, body({{"login", s1.login}, {"password", s1.password}, {"as", "program"}}));
  EXPECT_EQ(signed_in.code(), "SIGN_IN_FAILED");
}

}  // namespace
