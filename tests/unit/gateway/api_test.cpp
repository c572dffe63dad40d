// REST from request to journal and back, with a small module: reads, writes, who may, and what is said when not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/gateway/little_house.h"

namespace gateway::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

constexpr std::string_view text = R"({"text":"a note"})";

class ApiTest : public testing::Test {
 protected:
  support::HttpAnswer write(std::string const& token, std::string_view body = text, std::string const& key = "k1") {
    return http.send("POST", "/api/v1/notes", bearer(token) + json_write(key), body);
  }
  std::string code_of(std::string_view method, std::string_view target, support::HttpHeaders const& headers = {},
                      std::string_view body = {}) {
    return http.send(method, target, headers, body).code();
  }
  LittleHouse house;
  support::Http http = house.http();
  std::string const purchaser = house.sign_in_as(bai);
};

TEST_F(ApiTest, makes_a_thing_and_shows_it) {
  auto const made = write(purchaser);
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.header("ETag"), "\"1\"");
  EXPECT_THAT(made.header("Ebb-Seq"), MatchesRegex("[0-9]+"));
  EXPECT_THAT(made.body, HasSubstr("a note"));
  auto const shown = http.send("GET", made.header("Location"));
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(shown.body, made.body);
  EXPECT_EQ(http.send("GET", made.header("Location"), {{"If-None-Match", "\"1\""}}).status, 304);
}

TEST(ApiOfOneIoThread, a_read_that_takes_long_is_done_on_another) {
  auto options = patient();
  options.io_threads = 1;
  LittleHouse house{options};
  auto http = house.http();
  auto const here = http.send("GET", "/api/v1/here").body;
  EXPECT_EQ(http.send("GET", "/api/v1/here").body, here);
  EXPECT_NE(http.send("GET", "/api/v1/aside").body, here);
}

TEST_F(ApiTest, a_read_that_takes_long_answers_as_any) {
  auto const at = write(purchaser).header("Location");
  auto const archived = "/api/v1/archive/" + at.substr(at.rfind('/') + 1);
  auto const shown = http.send("GET", archived);
  EXPECT_EQ(shown.body, http.send("GET", at).body);
  EXPECT_EQ(http.send("GET", archived, {{"If-None-Match", shown.header("ETag")}}).status, 304);
  EXPECT_EQ(code_of("GET", "/api/v1/archive/999"), "NO_SUCH_NOTE");
}

TEST(ApiWithoutWorkers, a_read_that_takes_long_is_refused_while_too_many_wait) {
  auto options = patient();
  options.worker_jobs_max = 0;
  LittleHouse house{options};
  auto http = house.http();
  auto const refused = http.send("GET", "/api/v1/aside");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.code(), "OVERLOADED");
  EXPECT_EQ(http.send("GET", "/api/v1/here").status, 200);
}

TEST_F(ApiTest, answers_the_same_key_with_the_same_thing_and_refuses_it_for_another) {
  auto const first = write(purchaser);
  auto const again = write(purchaser);
  EXPECT_EQ(again.header("Location"), first.header("Location"));
  EXPECT_EQ(write(purchaser, R"({"text":"other"})").code(), "KEY_REUSED");
  EXPECT_NE(write(purchaser, text, "k2").header("Location"), first.header("Location"));
}

TEST_F(ApiTest, asks_for_a_key_of_the_right_form) {
  EXPECT_EQ(write(purchaser, text, "").code(), "KEY_REQUIRED");
  EXPECT_EQ(write(purchaser, text, "not a key").code(), "KEY_REQUIRED");
  EXPECT_EQ(write(purchaser, text, std::string(37, 'k')).code(), "KEY_REQUIRED");
}

TEST_F(ApiTest, edits_only_what_the_client_has_seen) {
  auto const at = write(purchaser).header("Location");
  auto const edit = [&](std::string const& key, support::HttpHeaders const& pin) {
    return http.send("PUT", at, bearer(purchaser) + json_write(key) + pin, R"({"text":"new"})");
  };
  EXPECT_EQ(edit("e1", {}).status, 428);
  EXPECT_EQ(edit("e2", {{"If-Match", "\"9\""}}).status, 412);
  EXPECT_EQ(edit("e3", {{"If-Match", "W/\"1\""}}).status, 412);
  auto const edited = edit("e4", {{"If-Match", "\"1\""}});
  EXPECT_EQ(edited.status, 200);
  EXPECT_EQ(edited.header("ETag"), "\"2\"");
}

TEST_F(ApiTest, tells_a_refusal_of_the_module_as_a_problem_with_its_place_in_the_journal) {
  auto const refused = http.send("POST", "/api/v1/notes/1/freeze", bearer(purchaser) + json_write("f1"), "{}");
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "FROZEN");
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(refused.header("Ebb-Seq"), MatchesRegex("[0-9]+"));
}

TEST_F(ApiTest, drops_a_thing_with_a_body_and_without) {
  auto const first = write(purchaser).header("Location"), second = write(purchaser, text, "k2").header("Location");
  EXPECT_EQ(code_of("DELETE", first, bearer(purchaser)), "KEY_REQUIRED");
  auto const dropped = http.send("DELETE", first, bearer(purchaser) + support::HttpHeaders{{"Idempotency-Key", "d1"}});
  EXPECT_EQ(dropped.status, 204);
  EXPECT_THAT(dropped.header("Ebb-Seq"), MatchesRegex("[0-9]+"));
  EXPECT_EQ(dropped.body, "");
  EXPECT_EQ(code_of("GET", first), "NO_SUCH_NOTE");
  EXPECT_EQ(http.send("DELETE", second, bearer(purchaser) + json_write("d2"), R"({"a":1})").status, 400);
  EXPECT_EQ(http.send("DELETE", second, bearer(purchaser) + json_write("d3"), "{}").status, 204);
  EXPECT_EQ(code_of("GET", second), "NO_SUCH_NOTE");
}

TEST_F(ApiTest, names_what_is_wrong_with_a_body) {
  auto const wrong = write(purchaser, R"({"text":1})");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(wrong.body, HasSubstr(R"("pointer":"/text")"));
  EXPECT_EQ(write(purchaser, "{").status, 400);
  EXPECT_EQ(write(purchaser, R"({"text":"a","text":"b"})").status, 400);
  EXPECT_EQ(http.send("POST", "/api/v1/notes", bearer(purchaser) + support::HttpHeaders{{"Idempotency-Key", "k"}}, text)
                .code(),
            "UNSUPPORTED_MEDIA");
}

TEST_F(ApiTest, names_what_is_wrong_with_a_query) {
  auto const refused = http.send("GET", "/api/v1/notes/1?colour=red");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.header("Content-Type"), "application/problem+json");
  EXPECT_THAT(refused.body, HasSubstr(R"("errors":[{"pointer":"/colour")"));
}

TEST_F(ApiTest, lets_in_only_whom_the_route_names) {
  EXPECT_EQ(code_of("POST", "/api/v1/notes", json_write("k"), text), "SIGN_IN_REQUIRED");
  EXPECT_EQ(write(house.sign_in_as(chen)).code(), "WRONG_ROLE");
  EXPECT_EQ(write("nonsense").code(), "SIGN_IN_REQUIRED");
  EXPECT_EQ(write(std::string(43, 'A')).code(), "SIGN_IN_REQUIRED");
  EXPECT_EQ(code_of("GET", "/api/v1/notes/1?token=" + purchaser, json_write("k")), "NO_SUCH_NOTE");  // nobody
}

TEST_F(ApiTest, takes_a_cookie_for_writes_only_from_its_own_pages) {
  auto const with_cookie = [&](support::HttpHeaders const& more) {
    return http.send("POST", "/api/v1/notes",
                     support::HttpHeaders{{"Cookie", "a=b; ebb_session=" + purchaser}} + json_write("c1") + more, text);
  };
  EXPECT_EQ(with_cookie({}).code(), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(with_cookie({{"Origin", "null"}}).code(), "FORBIDDEN_ORIGIN");
  EXPECT_EQ(with_cookie({{"Origin", "http://127.0.0.1:1"}}).code(), "FORBIDDEN_ORIGIN");
  auto const host = "127.0.0.1:" + std::to_string(house.port());
  support::Wire wire(house.port());
  wire.send(
      "POST /api/v1/notes HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
      "\r\nCookie: ebb_session=" + purchaser +
      "\r\nIdempotency-Key: c2\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"text\":\"a note\"}");
  support::Deadline const deadline(5s);
  while (wire.buffer().find("\r\n\r\n") == std::string::npos && wire.receive(deadline) == support::Wire::Got::Bytes) {}
  EXPECT_THAT(wire.buffer(), testing::StartsWith("HTTP/1.1 201"));
}

TEST_F(ApiTest, tells_nowhere_from_a_wrong_method) {
  EXPECT_EQ(code_of("GET", "/api/v1/nothing"), "NO_SUCH_ROUTE");
  auto const wrong = http.send("PATCH", "/api/v1/notes/1");
  EXPECT_EQ(wrong.code(), "METHOD_NOT_ALLOWED");
  EXPECT_EQ(wrong.header("Allow"), "DELETE, GET, HEAD, PUT");
  EXPECT_EQ(http.send("GET", "/api/v1/live").status, 426);
}

TEST_F(ApiTest, drops_the_connections_of_sessions_that_a_command_ended) {
  auto const administrator = house.sign_in_as(anna), other = house.sign_in_as(bai), chen_s = house.sign_in_as(chen);
  support::Live here(house.port(), "Bearer " + purchaser), there(house.port(), "Bearer " + other);
  support::Live elsewhere(house.port(), "Bearer " + chen_s);
  // Whoever was greeted is known to the hub.
  for (auto* guest : {&here, &there, &elsewhere}) EXPECT_TRUE(guest->next());
  EXPECT_EQ(http.send("POST", "/api/v1/people/2/expel", bearer(administrator) + json_write("k")).status, 204);
  for (auto* dropped : {&here, &there}) {
    EXPECT_TRUE(dropped->is_closed_within(5s));
    EXPECT_EQ(dropped->close_code(), 3501);
  }
  EXPECT_FALSE(elsewhere.is_closed_within(100ms));
}

TEST_F(ApiTest, hands_a_module_the_hash_and_never_the_password) {
  auto const administrator = house.sign_in_as(anna);
  auto const hire = [&](std::string const& key, std::string_view body) {
    return http.send("POST", "/api/v1/people", bearer(administrator) + json_write(key), body);
  };
  auto const made = hire("p1", R"({"login":"eve","password":"correct horse"})");
  EXPECT_EQ(made.status, 201);
  EXPECT_THAT(made.body, HasSubstr("$argon2id$"));
  EXPECT_THAT(made.body, testing::Not(HasSubstr("correct horse")));
  EXPECT_EQ(hire("p2", R"({"login":"eve","password_hash":"$argon2id$v=19$x"})").status, 400);
  EXPECT_EQ(hire("p3", R"({"login":"eve","password":"short"})").code(), "PASSWORD_RULES");
  EXPECT_EQ(hire("p4", R"({"login":"eve","password":5})").status, 400);
}

TEST_F(ApiTest, says_busy_with_retry_after_when_the_inbox_is_full) {
  LittleHouse small(patient(), 1);
  auto const token = small.sign_in_as(bai);
  small.freeze_engine();
  // One is in the frozen commit at the most, one in the inbox; the next finds no room.
  support::HttpAnswer answer;
  std::vector<std::unique_ptr<support::Wire>> waiting;
  for (int i = 0; i < 2; ++i) {
    waiting.push_back(std::make_unique<support::Wire>(small.port()));
    waiting.back()->send("POST /api/v1/notes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token +
                         "\r\nIdempotency-Key: w" + std::to_string(i) +
                         "\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"text\":\"a note\"}");
    support::Deadline const deadline(500ms);
    waiting.back()->receive(deadline);
  }
  answer = small.http().send("POST", "/api/v1/notes", bearer(token) + json_write("w9"), text);
  EXPECT_EQ(answer.code(), "OVERLOADED");
  EXPECT_EQ(answer.header("Retry-After"), "1");
}

TEST_F(ApiTest, says_so_when_no_outcome_came_in_time) {
  auto options = patient();
  options.answer_within = 200ms;
  LittleHouse slow(options);
  auto const token = slow.sign_in_as(bai);
  slow.freeze_engine();
  auto http_of_slow = slow.http();
  auto const answer = http_of_slow.send("POST", "/api/v1/notes", bearer(token) + json_write("k1"), text);
  EXPECT_EQ(answer.code(), "OUTCOME_UNKNOWN");
  slow.thaw_engine();
  EXPECT_EQ(slow.http().send("POST", "/api/v1/notes", bearer(token) + json_write("k1"), text).status, 201);
}

}  // namespace
}  // namespace gateway::test
