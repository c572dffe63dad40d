// REST requests that must not count: malformed, without right, without precondition, with a key used before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;

class BadRequest : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& other_buyer = market.add_purchaser("haiyan");
  Person const& s1 = market.add_supplier("s1");

  std::string draft_text() const { return json::serialize(InquiryDraft{.admitted = {s1.org}}.json()); }
  std::string path(std::string const& inquiry) const { return "/api/v1/inquiries/" + inquiry; }
  std::size_t inquiries() {
    return market.as(buyer).get("/api/v1/inquiries").json().as_object().at("items").as_array().size();
  }
};

TEST_F(BadRequest, a_body_that_is_not_what_was_asked_for_is_400_with_pointers_and_makes_nothing) {
  auto caller = market.as(buyer);
  std::vector<std::string> const bodies{"",
                                        "{",
                                        "null",
                                        "[]",
                                        "{}",
                                        "\"x\"",
                                        "{\"title\":1}",
                                        R"({"title":"a","title":"b"})",
                                        "\xff",
                                        "{\"title\":\"a\\u0000b\"}",
                                        std::string(40, '[')};
  for (auto const& text : bodies) {
    auto const answer = caller.post("/api/v1/inquiries", text);
    EXPECT_EQ(answer.status, 400) << text << answer.body;
    EXPECT_EQ(answer.code(), "MALFORMED") << text;
    EXPECT_FALSE(answer.json().as_object().at("errors").as_array().empty());
  }
  EXPECT_EQ(inquiries(), 0U);
}

TEST_F(BadRequest, an_unknown_member_is_named) {
  auto draft = InquiryDraft{.admitted = {s1.org}}.json().as_object();
  draft["colour"] = "blue";
  auto const answer = market.as(buyer).post("/api/v1/inquiries", json::serialize(draft));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, testing::HasSubstr("/colour"));
}

TEST_F(BadRequest, amounts_in_a_draft_follow_the_rules_of_money) {
  auto with_ceiling = [&](json::value ceiling) {
    auto draft = InquiryDraft{.admitted = {s1.org}}.json();
    draft.at("lots").at(0).at("rules").as_object()["ceiling"] = std::move(ceiling);
    return market.as(buyer).post("/api/v1/inquiries", json::serialize(draft)).status;
  };
  EXPECT_EQ(with_ceiling(10000), 400) << "a number is a float on the way";
  EXPECT_EQ(with_ceiling("10000.001"), 400);
  EXPECT_EQ(with_ceiling("lots"), 400);
  EXPECT_THAT(with_ceiling("0"), testing::AnyOf(400, 422));
  EXPECT_THAT(with_ceiling("-1.00"), testing::AnyOf(400, 422));
  EXPECT_EQ(inquiries(), 0U);
}

TEST_F(BadRequest, nobody_may_read_what_needs_a_sign_in_and_a_role_may_not_do_anothers_work) {
  EXPECT_EQ(market.nobody().get("/api/v1/people").status, 401);
  EXPECT_EQ(market.nobody().post("/api/v1/inquiries", draft_text()).code(), "SIGN_IN_REQUIRED");
  EXPECT_EQ(market.as(s1).post("/api/v1/inquiries", draft_text()).code(), "WRONG_ROLE");
  EXPECT_EQ(market.as(buyer).get("/api/v1/people").code(), "WRONG_ROLE");
  EXPECT_EQ(
      market.as(buyer).post("/api/v1/orgs", body({{"name", "x"}, {"kind", "buyer"}, {"division", "330481"}})).status,
      403);
  EXPECT_EQ(inquiries(), 0U);
}

TEST_F(BadRequest, anothers_inquiry_can_be_neither_edited_nor_moved) {
  auto const inquiry = market.draft(buyer, {.admitted = {s1.org}});
  auto stranger = market.as(other_buyer);
  auto const before = market.read(buyer, path(inquiry));
  auto const refused = testing::AnyOf(403, 404);
  EXPECT_THAT(stranger.get(path(inquiry)).status, refused) << "a draft is its buyer's";
  EXPECT_THAT(stranger.put(path(inquiry), draft_text(), before.header("ETag")).status, refused);
  EXPECT_THAT(stranger.post(path(inquiry) + "/publish", body({{"start", "now"}})).status, refused);
  EXPECT_THAT(stranger.post(path(inquiry) + "/abort", body({{"reason", "不是我的项目, 试一试"}})).status, refused);
  auto const after = market.read(buyer, path(inquiry));
  EXPECT_EQ(after.body, before.body);
  EXPECT_EQ(after.header("ETag"), before.header("ETag"));
}

TEST_F(BadRequest, an_edit_needs_the_version_it_changes) {
  auto const inquiry = market.draft(buyer, {.admitted = {s1.org}});
  auto caller = market.as(buyer);
  auto const read = caller.get(path(inquiry));
  auto const etag = read.header("ETag");
  ASSERT_FALSE(etag.empty());
  auto const edited = json::serialize(InquiryDraft{.title = "改过的标题", .admitted = {s1.org}}.json());

  EXPECT_EQ(caller.put(path(inquiry), edited, "").status, 428);
  EXPECT_EQ(caller.put(path(inquiry), edited, "\"nonsense\"").status, 412);
  EXPECT_EQ(caller.get(path(inquiry)).body, read.body);
  auto const done = caller.put(path(inquiry), edited, etag);
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(caller.put(path(inquiry), draft_text(), etag).status, 412) << "the version is no longer the same";
  EXPECT_THAT(caller.get(path(inquiry)).body, testing::HasSubstr("改过的标题"));
}

TEST_F(BadRequest, a_published_inquiry_is_not_edited_and_not_published_twice) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org}});
  auto caller = market.as(buyer);
  auto const read = caller.get(path(inquiry));
  EXPECT_EQ(caller.put(path(inquiry), draft_text(), read.header("ETag")).status, 409);
  EXPECT_EQ(caller.post(path(inquiry) + "/publish", body({{"start", "now"}})).status, 409);
  EXPECT_EQ(caller.get(path(inquiry)).body, read.body);
}

TEST_F(BadRequest, the_same_key_with_the_same_body_answers_as_before_and_with_another_is_refused) {
  auto caller = market.as(buyer);
  auto const first = caller.post("/api/v1/inquiries", draft_text(), "once");
  auto const again = caller.post("/api/v1/inquiries", draft_text(), "once");
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(text_in(again, "id"), text_in(first, "id"));
  auto const other = json::serialize(InquiryDraft{.title = "另一个", .admitted = {s1.org}}.json());
  auto const reused = caller.post("/api/v1/inquiries", other, "once");
  EXPECT_EQ(reused.status, 422);
  EXPECT_EQ(reused.code(), "KEY_REUSED");
  EXPECT_EQ(inquiries(), 1U);
}

TEST_F(BadRequest, a_write_without_a_usable_key_is_refused) {
  auto caller = market.as(buyer);
  EXPECT_EQ(caller.send("POST", "/api/v1/inquiries", {}, draft_text()).code(), "KEY_REQUIRED");
  EXPECT_EQ(caller.post("/api/v1/inquiries", draft_text(), "two words").code(), "KEY_REQUIRED");
  EXPECT_EQ(caller.post("/api/v1/inquiries", draft_text(), std::string(37, 'k')).code(), "KEY_REQUIRED");
  EXPECT_EQ(inquiries(), 0U);
}

TEST_F(BadRequest, what_is_too_large_is_413) {
  auto const big = "{\"title\":\"" + std::string(300 << 10, 'x') + "\"}";
  EXPECT_EQ(market.as(buyer).stray("POST", "/api/v1/inquiries", {{"Idempotency-Key", "big"}}, big).status, 413);
  EXPECT_THAT(market.nobody().stray("GET", "/livez", {{"X-Long", std::string(20 << 10, 'x')}}, {}).status,
              testing::AnyOf(413, 431));
  EXPECT_EQ(inquiries(), 0U);
}

TEST_F(BadRequest, bytes_that_are_no_request_are_400_and_an_ambiguous_length_is_never_guessed) {
  Http http{market.server().port()};
  EXPECT_EQ(http.send_raw("NONSENSE\r\n\r\n").status, 400);
  EXPECT_EQ(http.send_raw("GET /livez HTTP/1.1\r\n\r\n").status, 400) << "no Host";
  std::string const post = "POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  EXPECT_EQ(http.send_raw(post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}").status, 400);
  EXPECT_EQ(http.send_raw(post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status, 400);
  EXPECT_EQ(http.send_raw(post + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n").status, 411);
}

TEST_F(BadRequest, an_address_that_does_not_exist_is_404_and_a_method_it_does_not_take_405) {
  auto caller = market.as(buyer);
  EXPECT_EQ(caller.stray("GET", "/api/v1/nowhere", {}, {}).code(), "NO_SUCH_ROUTE");
  EXPECT_EQ(caller.stray("GET", "/api/v1/inquiries/../people", {}, {}).status, 404);
  auto const wrong = caller.stray("DELETE", "/api/v1/inquiries", {}, {});
  EXPECT_EQ(wrong.status, 405);
  EXPECT_THAT(wrong.header("Allow"), testing::HasSubstr("GET"));
  EXPECT_EQ(caller.get("/api/v1/inquiries/999999").status, 404);
  EXPECT_EQ(caller.get("/api/v1/inquiries/abc").status, 404);
  EXPECT_EQ(caller.get("/api/v1/lots/999999-1/result").status, 404);
}

TEST_F(BadRequest, results_and_history_are_not_told_before_the_close) {
  auto const lot = market.start_now(buyer, {.admitted = {s1.org}}) + "-1";
  ASSERT_TRUE(market.seat(s1).bid(lot, "9876.54", "a").is_accepted());
  for (auto const* what : {"/result", "/history"}) {
    auto const answer = market.as(buyer).get("/api/v1/lots/" + lot + what);
    EXPECT_EQ(answer.code(), "SEALED") << answer.body;
    EXPECT_THAT(answer.body, testing::Not(testing::HasSubstr("9876.54")));
  }
}

TEST_F(BadRequest, a_problem_speaks_both_languages) {
  auto const problem = market.nobody().get("/api/v1/people");
  EXPECT_EQ(problem.header("Content-Type").substr(0, 24), "application/problem+json");
  auto const said = problem.json().as_object();
  EXPECT_EQ(said.at("type").as_string(), "urn:ebb:problem:SIGN_IN_REQUIRED");
  EXPECT_EQ(said.at("status").as_int64(), 401);
  EXPECT_THAT(std::string{said.at("title").as_string()}, testing::HasSubstr("登录"));
  EXPECT_THAT(std::string{said.at("title_en").as_string()}, testing::HasSubstr("sign in"));
}

}  // namespace
