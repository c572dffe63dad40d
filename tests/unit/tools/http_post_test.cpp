// One POST: addresses that are taken and not, and every way in which nobody takes it.
#include "tools/ebb/http_post.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tools/taker.h"

namespace tests {
namespace {

using namespace std::chrono_literals;
using ebb::parse_url;
using ebb::Url;
using testing::HasSubstr;

TEST(HttpPostTest, addresses_are_read) {
  EXPECT_EQ(parse_url("http://example.org"), (Url{"example.org", "80", "/"}));
  EXPECT_EQ(parse_url("http://127.0.0.1:8080/a/b?c=d"), (Url{"127.0.0.1", "8080", "/a/b?c=d"}));
  EXPECT_EQ(parse_url("http://[::1]:9/x"), (Url{"::1", "9", "/x"}));
  for (auto const* wrong : {"", "https://example.org/", "http://", "http://:80/", "http://a:/", "http://a:x/",
                            "http://[::1", "http://user@a/", "http://a/ b", "http://a/\r\nX: y", "ftp://a"}) {
    EXPECT_EQ(parse_url(wrong), std::nullopt) << wrong;
  }
}

TEST(HttpPostTest, the_body_arrives_whole) {
  Taker taker;
  ASSERT_TRUE(ebb::post_json({"127.0.0.1", taker.port(), "/heads"}, "{\"size\":1}", 10s));
  EXPECT_THAT(taker.last_request(), testing::StartsWith("POST /heads HTTP/1.1\r\nHost: 127.0.0.1:"));
  EXPECT_THAT(taker.last_request(), HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_EQ(taker.last_body(), "{\"size\":1}");
}

TEST(HttpPostTest, an_answer_other_than_success_is_told) {
  Taker taker;
  for (auto const& [answer, told] : {std::pair{"HTTP/1.1 500 Oh\r\n\r\n", "answered HTTP/1.1 500 Oh"},
                                     std::pair{"hello\r\n", "answered hello"}, std::pair{"", "no answer"}}) {
    taker.answer(answer);
    auto const posted = ebb::post_json({"127.0.0.1", taker.port(), "/"}, "{}", 10s);
    ASSERT_FALSE(posted);
    EXPECT_THAT(posted.error().what, HasSubstr(told));
  }
}

TEST(HttpPostTest, nobody_there_is_told) {
  std::string port;
  {
    Taker taker;
    port = taker.port();
  }
  auto const posted = ebb::post_json({"127.0.0.1", port, "/"}, "{}", 10s);
  ASSERT_FALSE(posted);
  EXPECT_THAT(posted.error().what, HasSubstr("connect: "));
}

}  // namespace
}  // namespace tests
