// Who comes in, how, and who does not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
using testing::HasSubstr;

class SignIn : public testing::Test {
 protected:
  Market market;
  Person const& s1 = market.add_supplier("s1");

  HttpAnswer try_sign_in(std::string_view login, std::string_view password, std::string_view as = "program",
                         HttpHeaders headers = {}) {
    return market.nobody().send("POST", "/api/v1/sign-in", std::move(headers),
                                body({{"login", login}, {"password", password}, {"as", as}}));
  }
  std::string own_origin() { return "http://127.0.0.1:" + std::to_string(market.server().port()); }
  // "ebb_session=…", as a browser would send it back.
  std::string cookie() {
    auto const set = try_sign_in(s1.login, s1.password, "browser").header("Set-Cookie");
    return set.substr(0, set.find(';'));
  }
  HttpAnswer with_cookie(std::string_view method, std::string_view target, std::string const& cookie,
                         std::string_view origin, std::string_view text = {}) {
    HttpHeaders headers{{"Cookie", cookie}};
    if (!origin.empty()) headers.emplace_back("Origin", std::string{origin});
    return market.nobody().send(method, target, std::move(headers), text);
  }
};

TEST_F(SignIn, a_program_gets_a_token_and_a_browser_only_a_cookie) {
  auto const program = try_sign_in(s1.login, s1.password);
  EXPECT_EQ(program.status, 200);
  EXPECT_FALSE(text_in(program, "token").empty());
  auto const browser = try_sign_in(s1.login, s1.password, "browser");
  EXPECT_FALSE(browser.json().as_object().contains("token"));
  EXPECT_EQ(program.json().as_object().at("person"), browser.json().as_object().at("person"));
}

TEST_F(SignIn, the_cookie_is_for_http_only_for_this_site_only_and_opaque) {
  auto const set = try_sign_in(s1.login, s1.password, "browser").header("Set-Cookie");
  EXPECT_THAT(set, testing::StartsWith("ebb_session="));
  EXPECT_THAT(set, HasSubstr("HttpOnly"));
  EXPECT_THAT(set, HasSubstr("SameSite=Strict"));
  EXPECT_THAT(set, HasSubstr("Path=/"));
  EXPECT_THAT(set, testing::Not(HasSubstr(s1.login)));
  EXPECT_NE(cookie(), cookie()) << "each sign-in its own";
}

TEST_F(SignIn, a_wrong_password_and_an_unknown_login_are_told_the_same) {
  auto const wrong = try_sign_in(s1.login, "not the password");
  auto const unknown = try_sign_in("nobody-here", "not the password");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.code(), "SIGN_IN_FAILED");
  EXPECT_EQ(unknown.status, wrong.status);
  EXPECT_EQ(unknown.body, wrong.body);
}

TEST_F(SignIn, guessing_is_slowed_down) {
  int status = 0;
  for (int i = 0; i < 20 && status != 429; ++i) status = try_sign_in(s1.login, "guess " + std::to_string(i)).status;
  EXPECT_EQ(status, 429);
  EXPECT_EQ(try_sign_in(s1.login, s1.password).status, 429) << "even the right one waits";
  auto const answer = try_sign_in(s1.login, s1.password);
  EXPECT_FALSE(answer.header("Retry-After").empty());
  EXPECT_EQ(market.as(s1).get("/api/v1/me").status, 200) << "who is inside stays inside";
}

TEST_F(SignIn, a_write_with_a_cookie_needs_an_origin_of_this_host) {
  auto const mine = cookie();
  EXPECT_EQ(with_cookie("GET", "/api/v1/me", mine, "").status, 200);
  EXPECT_EQ(with_cookie("POST", "/api/v1/sign-out", mine, "").code(), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(with_cookie("POST", "/api/v1/sign-out", mine, "http://evil.example").code(), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(with_cookie("POST", "/api/v1/sign-out", mine, "null").code(), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(with_cookie("GET", "/api/v1/me", mine, "").status, 200) << "nothing happened";
  EXPECT_LT(with_cookie("POST", "/api/v1/sign-out", mine, own_origin()).status, 300);
  EXPECT_EQ(with_cookie("GET", "/api/v1/me", mine, "").status, 401);
}

TEST_F(SignIn, a_foreign_page_opens_no_socket_with_a_cookie) {
  auto const mine = cookie();
  auto const port = market.server().port();
  EXPECT_EQ(try_upgrade(port, "/api/v1/live", {{"Cookie", mine}, {"Origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(try_upgrade(port, "/api/v1/live", {{"Cookie", mine}}).status, 403);
  Live live{port, {}, nullptr, {{"Cookie", mine}, {"Origin", own_origin()}}};
  auto const hello = live.next();
  ASSERT_TRUE(hello);
  EXPECT_THAT(*hello, HasSubstr("\"role\":\"supplier\""));
}

TEST_F(SignIn, no_credential_is_taken_from_a_url) {
  auto nobody = market.nobody();
  for (auto const* name : {"token", "access_token", "ebb_session", "authorization"}) {
    auto const query = std::string{"?"} + name + "=" + s1.token;
    EXPECT_EQ(nobody.stray("GET", "/api/v1/me" + query, {}, {}).status, 401) << name;
    auto live = Http{market.server().port()};
    auto const upgrade = try_upgrade(market.server().port(), "/api/v1/live" + query, {});
    EXPECT_THAT(upgrade.status, testing::AnyOf(101, 400)) << "at most as a passer-by";
  }
  auto const by_query =
      nobody.stray("POST", "/api/v1/sign-in?login=" + s1.login + "&password=secret&as=program", {}, {});
  EXPECT_EQ(by_query.status, 400);
}

TEST_F(SignIn, a_sign_out_ends_the_session_and_its_sockets) {
  auto const token = market.sign_in(s1.login, s1.password);
  Seat seat{market.server(), market.contract(), "Bearer " + token};
  Caller caller{market.server(), market.contract(), token};
  EXPECT_LT(caller.send("POST", "/api/v1/sign-out", {}, {}).status, 300);
  EXPECT_EQ(caller.get("/api/v1/me").status, 401);
  EXPECT_TRUE(seat.live().is_closed_within(long_enough));
  EXPECT_EQ(seat.live().close_code(), 3501);
  EXPECT_EQ(market.as(s1).get("/api/v1/me").status, 200) << "the other session goes on";
}

TEST_F(SignIn, a_new_password_ends_all_other_sessions_and_their_sockets) {
  auto elsewhere = market.seat(s1);
  auto const token = market.sign_in(s1.login, s1.password);
  Caller here{market.server(), market.contract(), token};
  Seat mine{market.server(), market.contract(), "Bearer " + token};
  auto change = [&](std::string_view old, std::string_view chosen) {
    return here.send("POST", "/api/v1/me/password", {}, body({{"old", old}, {"new", chosen}}));
  };
  EXPECT_EQ(change("not the old one", "a longer new password").status, 401);
  EXPECT_EQ(change(s1.password, "short").code(), "PASSWORD_RULES");
  EXPECT_EQ(market.as(s1).get("/api/v1/me").status, 200) << "nothing happened";

  EXPECT_LT(change(s1.password, "a longer new password").status, 300);
  EXPECT_EQ(market.as(s1).get("/api/v1/me").status, 401);
  EXPECT_TRUE(elsewhere.live().is_closed_within(long_enough));
  EXPECT_EQ(elsewhere.live().close_code(), 3501);
  EXPECT_EQ(here.get("/api/v1/me").status, 200) << "this one goes on";
  mine.say(R"({"type":"time","t0":1})");
  EXPECT_FALSE(mine.await([](auto const& message) { return message.at("type") == "time"; }).empty());
  EXPECT_EQ(try_sign_in(s1.login, s1.password).status, 401);
  EXPECT_EQ(try_sign_in(s1.login, "a longer new password").status, 200);
}

TEST_F(SignIn, a_locked_person_does_not_come_in_until_unlocked_but_who_is_inside_stays) {
  auto& administrator = market.administrator();
  auto const path = "/api/v1/people/" + s1.id;
  EXPECT_LT(administrator.post(path + "/lock", body({{"reason", "离职交接"}})).status, 300);
  EXPECT_EQ(try_sign_in(s1.login, s1.password).status, 403);
  EXPECT_EQ(market.as(s1).get("/api/v1/me").status, 200) << "nobody is thrown out of an auction by guessing";
  EXPECT_LT(administrator.post(path + "/unlock", body({{"reason", "交接完成"}})).status, 300);
  EXPECT_EQ(try_sign_in(s1.login, s1.password).status, 200);
}

TEST_F(SignIn, the_one_time_password_is_printed_at_the_first_start_only) {
  auto const first = market.server().one_time_password();
  EXPECT_GE(first.size(), 16U);
  ASSERT_EQ(market.server().stop(), 0);
  market.server().start();
  EXPECT_EQ(market.server().one_time_password(), first) << "the second start printed none";
  EXPECT_EQ(market.as(s1).get("/api/v1/me").status, 200) << "sessions live through a restart";
}

}  // namespace
