// HTTP as bytes: what is understood, what is refused, and when the connection ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/gateway/little_house.h"

namespace gateway::test {
namespace {

using testing::HasSubstr;

support::HttpAnswer raw(LittleHouse const& house, std::string_view bytes) {
  return house.http().send_raw(bytes);
}

std::string with(std::string_view headers, std::string_view body = "") {
  return "POST /api/v1/sign-in HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

TEST(Http, answers_and_keeps_the_connection) {
  LittleHouse house;
  auto http = house.http();
  EXPECT_EQ(http.send("GET", "/livez").status, 200);
  EXPECT_EQ(http.send("GET", "/readyz").status, 200);
  EXPECT_THAT(http.send("GET", "/metrics").body, HasSubstr("ebb_http_requests_total 3"));
  EXPECT_EQ(house.metric("ebb_connections"), "2");
}

TEST(Http, answers_head_without_a_body) {
  LittleHouse house;
  auto const answer = house.http().send("HEAD", "/livez");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "6");
  EXPECT_EQ(answer.body, "");
}

TEST(Http, sends_the_headers_of_safety) {
  LittleHouse house;
  auto const answer = house.http().send("POST", "/api/v1/sign-out");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
}

TEST(Http, takes_pipelined_requests_in_order) {
  LittleHouse house;
  support::Wire wire(house.port());
  wire.send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  support::Deadline const deadline(5s);
  while (wire.receive(deadline) == support::Wire::Got::Bytes) {}
  EXPECT_LT(wire.buffer().find("alive"), wire.buffer().find("NO_SUCH_ROUTE"));
  EXPECT_NE(wire.buffer().find("NO_SUCH_ROUTE"), std::string::npos);
}

TEST(Http, refuses_what_could_smuggle_a_request) {
  LittleHouse house;
  EXPECT_EQ(raw(house, with("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", "{}")).status, 400);
  EXPECT_EQ(raw(house, with("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "0\r\n\r\n")).status, 400);
  EXPECT_EQ(raw(house, with("Content-Length: 2\r\nContent-Length: 2\r\n", "{}")).status, 400);
  EXPECT_EQ(raw(house, with("Content-Length: 2\r\nContent-Length: 3\r\n", "{}")).status, 400);
  EXPECT_EQ(raw(house, with("Content-Length: -1\r\n")).status, 400);
  EXPECT_EQ(raw(house, with("Content-Length: 0x2\r\n")).status, 400);
  EXPECT_EQ(raw(house, with("Content-Length : 2\r\n", "{}")).status, 400);
  EXPECT_EQ(raw(house, "POST /api/v1/sign-in HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n").status, 400);
  EXPECT_EQ(raw(house, "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").status, 400);
  EXPECT_EQ(raw(house, "GET /livez HTTP/1.1\r\n\r\n").status, 400);
}

TEST(Http, takes_no_transfer_coding_at_all) {
  LittleHouse house;
  EXPECT_EQ(raw(house, with("Transfer-Encoding: chunked\r\n", "0\r\n\r\n")).code(), "LENGTH_REQUIRED");
  EXPECT_EQ(raw(house, with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")).code(), "LENGTH_REQUIRED");
}

TEST(Http, closes_after_a_refused_frame_so_that_nothing_behind_it_is_read) {
  LittleHouse house;
  support::Wire wire(house.port());
  wire.send(with("Transfer-Encoding: chunked\r\n", "0\r\n\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n"));
  support::Deadline const deadline(5s);
  while (wire.receive(deadline) == support::Wire::Got::Bytes) {}
  EXPECT_NE(wire.buffer().find("LENGTH_REQUIRED"), std::string::npos);
  EXPECT_EQ(wire.buffer().find("alive"), std::string::npos);
}

TEST(Http, refuses_a_header_and_a_body_beyond_the_limit) {
  LittleHouse house;
  EXPECT_EQ(raw(house, with("X-Long: " + std::string(9'000, 'x') + "\r\n")).code(), "TOO_LARGE");
  EXPECT_EQ(raw(house, with("Content-Length: 300000\r\n")).code(), "TOO_LARGE");
}

TEST(Http, refuses_nonsense) {
  LittleHouse house;
  EXPECT_EQ(raw(house, "nonsense\r\n\r\n").status, 400);
  EXPECT_EQ(raw(house, "GET http://a/livez HTTP/1.1\r\nHost: a\r\n\r\n").status, 400);
  EXPECT_EQ(raw(house, "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n").status, 400);
  EXPECT_EQ(raw(house, "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n").status, 400);
}

// Whether the server ends the connection although the peer neither goes on nor goes away.
testing::AssertionResult ends(LittleHouse const& house, std::string_view after) {
  support::Wire wire(house.port());
  wire.send(after);
  support::Deadline const deadline(10s);
  while (true) {
    switch (wire.receive(deadline)) {
      case support::Wire::Got::Bytes:
        break;
      case support::Wire::Got::End:
        return testing::AssertionSuccess();
      case support::Wire::Got::Nothing:
        return testing::AssertionFailure() << "still open after " << after;
    }
  }
}

TEST(Http, does_not_wait_for_slow_headers_or_bodies_or_for_nothing) {
  LittleHouse house(quick());
  EXPECT_TRUE(ends(house, ""));
  EXPECT_TRUE(ends(house, "GET /livez HTTP/1.1\r\nHo"));
  EXPECT_TRUE(ends(house, with("Content-Length: 10\r\n", "{")));
}

// More than the kernel keeps for a reader that does not read.
std::string const& large_file() {
  static std::string const bytes(32 << 20, 'x');
  return bytes;
}

TEST(Http, does_not_wait_for_a_reader_who_takes_nothing) {
  auto options = patient();
  options.write_within = 300ms;
  options.slowest_reader_bytes_a_second = std::size_t{1} << 40;  // the length adds nothing
  LittleHouse house(options, 1'024, "$argon2id$none", {{"large.bin", large_file()}});
  support::Wire wire(house.port(), nullptr, support::Pocket::Tiny);
  wire.send("GET /large.bin HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(support::eventually(
      [&] { return house.metric("ebb_pages_served_total") == "1" && house.metric("ebb_connections") == "1"; }));
}

TEST(Http, gives_a_long_answer_the_time_that_its_length_asks_for) {
  auto options = patient();
  options.write_within = 0ms;  // all there is comes from the length
  options.slowest_reader_bytes_a_second = 512 << 10;
  LittleHouse house(options, 1'024, "$argon2id$none", {{"large.bin", large_file()}});
  auto const answer = house.http().send("GET", "/large.bin");
  EXPECT_EQ(answer.body.size(), large_file().size());
  EXPECT_TRUE(answer.body == large_file());
}

TEST(Http, says_go_on_to_who_asks_before_sending_a_body) {
  LittleHouse house;
  support::Wire wire(house.port());
  wire.send(with("Content-Length: 2\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n"));
  support::Deadline const deadline(5s);
  while (wire.buffer().find("\r\n\r\n") == std::string::npos && wire.receive(deadline) == support::Wire::Got::Bytes) {}
  EXPECT_THAT(wire.buffer(), HasSubstr("100 Continue"));
}

TEST(Http, serves_many_connections_at_once) {
  LittleHouse house;
  std::vector<std::unique_ptr<support::Wire>> wires;
  for (int i = 0; i < 200; ++i) wires.push_back(std::make_unique<support::Wire>(house.port()));
  for (auto const& wire : wires) wire->send("GET /livez HTTP/1.1\r\nHost: a\r\n\r\n");
  support::Deadline const deadline(20s);
  for (auto const& wire : wires) {
    while (wire->buffer().find("alive") == std::string::npos && wire->receive(deadline) == support::Wire::Got::Bytes) {}
    EXPECT_THAT(wire->buffer(), HasSubstr("alive"));
  }
}

}  // namespace
}  // namespace gateway::test
