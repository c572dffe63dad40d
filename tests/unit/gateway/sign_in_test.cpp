// Signing in and out, changing a password, and what a guesser meets.
#include "gateway/sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/password.h"
#include "tests/unit/gateway/little_house.h"

namespace gateway::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view secret = "correct horse";

class SignInTest : public testing::Test {
 protected:
  support::HttpAnswer sign_in(std::string_view login, std::string_view password, std::string_view as = "program",
                              support::HttpHeaders const& more = {}) {
    return http.send("POST", "/api/v1/sign-in", support::HttpHeaders{{"Content-Type", "application/json"}} + more,
                     R"({"login":")" + std::string(login) + R"(","password":")" + std::string(password) +
                         R"(","as":")" + std::string(as) + "\"}");
  }
  support::HttpAnswer change(std::string const& token, std::string_view old, std::string_view chosen) {
    return http.send("POST", "/api/v1/me/password",
                     bearer(token) + support::HttpHeaders{{"Content-Type", "application/json"}},
                     R"({"old":")" + std::string(old) + R"(","new":")" + std::string(chosen) + "\"}");
  }
  std::string token_of(support::HttpAnswer const& answer) { return std::string(answer.json().at("token").as_string()); }
  LittleHouse house{patient(), 1'024, password::hash(secret).value_or("")};
  support::Http http = house.http();
};

TEST_F(SignInTest, gives_a_program_a_token_and_a_browser_a_cookie) {
  auto const program = sign_in("bai", secret);
  EXPECT_EQ(program.status, 200);
  EXPECT_EQ(program.count("Set-Cookie"), 0U);
  EXPECT_THAT(program.body, HasSubstr(R"("person":{"id":"2","role":"purchaser")"));
  EXPECT_EQ(http.send("POST", "/api/v1/notes", bearer(token_of(program)) + json_write("k"), R"({"text":"a"})").status,
            201);
  auto const browser = sign_in("bai", secret, "browser");
  EXPECT_THAT(browser.body, Not(HasSubstr("token")));
  EXPECT_THAT(browser.header("Set-Cookie"), AllOf(HasSubstr("ebb_session="), HasSubstr("HttpOnly"),
                                                  HasSubstr("SameSite=Strict"), HasSubstr("Path=/")));
}

TEST_F(SignInTest, says_the_same_to_a_wrong_password_and_to_an_unknown_login) {
  auto const wrong = sign_in("bai", "not my password");
  auto const unknown = sign_in("nobody", "not my password");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.code(), "SIGN_IN_FAILED");
  EXPECT_EQ(wrong.body, unknown.body);
  EXPECT_EQ(house.metric("ebb_sign_ins_failed_total"), "2");
}

TEST_F(SignInTest, refuses_a_body_that_is_not_as_documented) {
  EXPECT_EQ(sign_in("bai", secret, "robot").status, 400);
  EXPECT_EQ(sign_in("", secret).status, 400);
  EXPECT_EQ(http.send("POST", "/api/v1/sign-in", {{"Content-Type", "text/plain"}}, "{}").code(), "UNSUPPORTED_MEDIA");
}

TEST_F(SignInTest, does_not_let_another_page_sign_a_browser_in) {
  EXPECT_EQ(sign_in("bai", secret, "browser", {{"Origin", "http://elsewhere.example"}}).code(), "FORBIDDEN_ORIGIN");
}

TEST_F(SignInTest, slows_a_guesser_down_and_locks_with_the_tenth) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in("chen", "not my password").code(), "SIGN_IN_FAILED");
  auto const slowed = sign_in("chen", "not my password");
  EXPECT_EQ(slowed.code(), "TOO_MANY_REQUESTS");
  EXPECT_EQ(slowed.header("Retry-After"), "30");
  for (int i = 0; i < 5; ++i) {
    house.clock().advance(30s);
    EXPECT_EQ(sign_in("chen", "not my password").code(), "SIGN_IN_FAILED");
  }
  EXPECT_TRUE(support::eventually([&] { return sign_in("chen", secret).code() == "ACCOUNT_LOCKED"; }));
  EXPECT_EQ(sign_in("dora", secret).status, 200);
}

TEST_F(SignInTest, ends_with_sign_out) {
  auto const token = token_of(sign_in("bai", secret));
  auto const out = http.send("POST", "/api/v1/sign-out", bearer(token));
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(out.header("Set-Cookie"), HasSubstr("Max-Age=0"));
  EXPECT_EQ(http.send("POST", "/api/v1/sign-out", bearer(token)).code(), "SIGN_IN_REQUIRED");
}

TEST_F(SignInTest, changes_a_password_and_ends_the_other_sessions_with_their_sockets) {
  auto const token = token_of(sign_in("bai", secret)), other = token_of(sign_in("bai", secret));
  support::Live elsewhere(house.port(), "Bearer " + other), here(house.port(), "Bearer " + token);
  EXPECT_EQ(change(token, "not my password", "new password").code(), "SIGN_IN_FAILED");
  EXPECT_EQ(change(token, secret, "short").code(), "PASSWORD_RULES");
  EXPECT_EQ(change(token, secret, "new password").status, 204);
  EXPECT_TRUE(elsewhere.is_closed_within(5s));
  EXPECT_EQ(elsewhere.close_code(), 3501);
  EXPECT_FALSE(here.is_closed_within(100ms));
  EXPECT_EQ(sign_in("bai", secret).code(), "SIGN_IN_FAILED");
  EXPECT_EQ(sign_in("bai", "new password").status, 200);
}

TEST(Credentials, are_taken_from_headers_and_nowhere_else) {
  auto const of = [](Headers headers) {
    return credentials_of(
        {.method = "GET", .target = "/?ebb_session=x", .headers = std::move(headers), .body = {}, .address = {}});
  };
  EXPECT_EQ(of({}).by, Credentials::By::Nothing);
  EXPECT_EQ(of({{"authorization", "Bearer abc"}, {"cookie", "ebb_session=x"}}).token, "abc");
  EXPECT_EQ(of({{"authorization", "Basic abc"}}).token, "");
  EXPECT_EQ(of({{"cookie", "xebb_session=a; ebb_session=b"}}).token, "b");
}

TEST(OriginOf, compares_with_host_and_nothing_less) {
  auto const of = [](std::string origin) {
    Headers headers{{"host", "ebb.example:8080"}};
    if (!origin.empty()) headers.emplace_back("origin", std::move(origin));
    return origin_of({.method = "POST", .target = "/", .headers = std::move(headers), .body = {}, .address = {}});
  };
  EXPECT_EQ(of(""), Origin::Missing);
  EXPECT_EQ(of("https://EBB.example:8080"), Origin::Same);
  EXPECT_EQ(of("https://ebb.example"), Origin::Foreign);
  EXPECT_EQ(of("https://ebb.example:8080.evil"), Origin::Foreign);
  EXPECT_EQ(of("null"), Origin::Foreign);
}

}  // namespace
}  // namespace gateway::test
