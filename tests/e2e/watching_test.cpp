// What operators and clocks look at: health, metrics, server time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
using testing::HasSubstr;

TEST(watching, a_serving_server_is_alive_and_ready) {
  Market market;
  EXPECT_EQ(market.nobody().get("/livez").status, 200);
  EXPECT_EQ(market.nobody().get("/readyz").status, 200);
}

// Prometheus text 0.0.4: families declared once, before their samples; samples are a name, labels and a number.
TEST(watching, metrics_are_well_formed_and_count_bids) {
  Market market;
  auto const& buyer = market.add_purchaser("haining");
  auto const& supplier = market.add_supplier("s1");
  auto const inquiry = market.start_now(buyer, {.admitted = {supplier.org}});
  auto seat = market.seat(supplier);
  ASSERT_TRUE(seat.bid(inquiry + "-1", "9000.00", "a").is_accepted());

  auto const answer = market.nobody().get("/metrics");
  ASSERT_EQ(answer.status, 200);
  EXPECT_THAT(answer.header("Content-Type"), HasSubstr("version=0.0.4"));
  std::regex const sample{
      R"(^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z_]+="[^"\\]*"(,[a-z_]+="[^"\\]*")*\})? -?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$)"};
  std::regex const type{R"(^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$)"};
  std::set<std::string> families;
  std::set<std::string> series;
  std::istringstream lines{answer.body};
  for (std::string line; std::getline(lines, line);) {
    std::smatch found;
    if (std::regex_match(line, found, type)) {
      EXPECT_TRUE(families.insert(found[1]).second) << "declared twice: " << line;
    } else if (!line.starts_with("# HELP ")) {
      ASSERT_TRUE(std::regex_match(line, found, sample)) << line;
      EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << "twice: " << line;
      auto const family = std::regex_replace(found[1].str(), std::regex{"_(bucket|sum|count)$"}, "");
      EXPECT_TRUE(families.contains(found[1]) || families.contains(family)) << "not declared: " << line;
    }
  }
  EXPECT_THAT(answer.body, HasSubstr("ebb_bids_total{result=\"taken\"} 1\n"));
}

// On loopback the clocks are one: the offset is bounded by the round trip, whatever both are.
TEST(watching, a_time_probe_tells_offset_and_round_trip) {
  Market market;
  auto seat = market.passer_by();
  auto const now = [] {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  };
  for (int i = 0; i < 5; ++i) {
    auto const t0 = now();
    seat.say(R"({"type":"time","t0":)" + std::to_string(t0) + "}");
    auto const answer = seat.await([](auto const& message) { return message.at("type") == "time"; });
    auto const t3 = now();
    ASSERT_FALSE(answer.empty());
    EXPECT_EQ(answer.at("t0").as_int64(), t0);
    auto const t1 = answer.at("t1").as_int64();
    auto const t2 = answer.at("t2").as_int64();
    EXPECT_LE(t1, t2);
    EXPECT_GE((t3 - t0) - (t2 - t1), -1) << "a round trip is not negative, but for the grain of a millisecond";
    auto const offset = ((t1 - t0) + (t2 - t3)) / 2;
    EXPECT_LE(std::abs(offset), (t3 - t0) + 50);
  }
}

TEST(watching, the_number_of_the_probe_comes_back_as_it_was_sent) {
  Market market;
  auto seat = market.passer_by();
  seat.say(R"({"type":"time","t0":123456.789})");
  auto const answer = seat.live().next();
  ASSERT_TRUE(answer);
  EXPECT_THAT(*answer, HasSubstr("\"t0\":123456.789"));
}

TEST(watching, the_log_is_structured_line_by_line) {
  Market market;
  market.add_supplier("s1");
  ASSERT_EQ(market.server().stop(), 0);
  std::istringstream lines{market.server().log()};
  int structured = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("ebb: ")) continue;  // said to whoever starts it
    boost::system::error_code wrong;
    EXPECT_TRUE(line.starts_with('{') && line.ends_with('}')) << line;
    ++structured;
  }
  EXPECT_GT(structured, 0);
}

}  // namespace
