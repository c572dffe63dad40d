// kill -9, deadlines that pass while nobody is home, and the kind way to stop: what was acknowledged is there, once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <map>
#include <random>
#include <set>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;

class Crash : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");

  static std::string price(int step) { return std::to_string(900'000 - 50 * step) + ".00"; }
  // key -> seq of the bids that stand, as the buyer sees them now.
  std::vector<std::int64_t> seqs(std::string const& lot) {
    auto eyes = market.seat(buyer);
    eyes.subscribe({lot.substr(0, lot.find('-'))});
    std::vector<std::int64_t> found;
    for (auto const& bid : eyes.picture(lot + "/supervision").at("bids").as_array()) {
      found.push_back(bid.at("seq").as_int64());
    }
    return found;
  }
  void expect_whole() {
    auto const verified = market.server().run({"verify", market.server().data()});
    EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
  }
};

TEST_F(Crash, what_was_acknowledged_before_kill_9_is_there_once) {
  auto const inquiry =
      market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.ceiling = "1000000.00", .attempts = 5000}}});
  auto const lot = inquiry + "-1";
  std::map<std::string, std::int64_t> acknowledged;  // key -> seq
  int step = 0;
  for (int life = 0; life < 3; ++life) {
    auto seat = market.seat(s1);
    // Many are on their way when the server dies: some decided and told, some decided, some never seen.
    for (int i = 0; i < 40; ++i, ++step) seat.send_bid(lot, price(step), "k" + std::to_string(step));
    ASSERT_TRUE(seat.answer("k" + std::to_string(step - 30)).is_accepted());
    market.server().kill();
    while (!seat.live().is_over()) seat.read_what_came();
    for (int i = step - 40; i < step; ++i) {
      auto const key = "k" + std::to_string(i);
      auto const answer = seat.answer(key, Patience{0});
      if (answer.is_accepted()) acknowledged[key] = answer.message.at("seq").as_int64();
    }
    market.server().start();
  }
  ASSERT_GE(acknowledged.size(), 30U);

  auto seat = market.seat(s1);
  auto const standing = seqs(lot);
  std::set<std::int64_t> const once{standing.begin(), standing.end()};
  EXPECT_EQ(once.size(), standing.size()) << "a bid stands twice";
  for (auto const& [key, seq] : acknowledged) {
    EXPECT_TRUE(once.contains(seq)) << key << " was acknowledged and is gone";
    EXPECT_EQ(seat.ask(lot, key).at("seq").as_int64(), seq) << key;
  }
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  expect_whole();
}

TEST_F(Crash, what_was_made_by_rest_before_kill_9_is_there) {
  auto caller = market.as(buyer);
  auto const text = json::serialize(InquiryDraft{.admitted = {s1.org}}.json());
  auto const made = caller.post("/api/v1/inquiries", text, "made-once");
  auto const inquiry = text_in(made, "id");
  market.server().kill();
  market.server().start();

  EXPECT_EQ(text_in(caller.get("/api/v1/inquiries/" + inquiry), "id"), inquiry);
  EXPECT_EQ(text_in(caller.post("/api/v1/inquiries", text, "made-once"), "id"), inquiry) << "the key is remembered";
  EXPECT_TRUE(market.as(s1).get("/api/v1/me").status == 200) << "and so is who signed in";
}

TEST_F(Crash, an_end_that_passed_while_the_server_was_down_is_moved_by_the_outage) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.duration_s = 4}}});
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  seat.subscribe({inquiry});
  ASSERT_TRUE(seat.bid(lot, "9000.00", "before").is_accepted());
  auto const end_before = seat.text(lot + "/public", "ends_at");
  market.server().kill();
  // wait: for the announced end to pass while nobody can bid
  EXPECT_FALSE(eventually([] { return false; }, Patience{5'000}));
  market.server().start();

  auto after = market.seat(s2);
  after.subscribe({inquiry});
  EXPECT_THAT(after.text(lot + "/public", "state"), testing::AnyOf("RUNNING", "EXTENDED"));
  EXPECT_GT(after.text(lot + "/public", "ends_at"), end_before);
  EXPECT_TRUE(after.bid(lot, "8000.00", "after").is_accepted()) << "the time that was lost was given back";
  EXPECT_TRUE(market.comes_to(lot, "AWARDED"));
  EXPECT_EQ(market.result(lot).at("standings").as_array().size(), 2U);
}

TEST_F(Crash, a_paused_lot_stays_paused_over_a_crash) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org}});
  auto const lot = inquiry + "-1";
  ASSERT_LT(
      market.as(buyer).post("/api/v1/inquiries/" + inquiry + "/pause", body({{"reason", "系统维护, 暂停竞价"}})).status,
      300);
  auto before = market.passer_by();
  before.subscribe({inquiry});
  market.server().kill();
  market.server().start();
  auto after = market.passer_by();
  after.subscribe({inquiry});
  EXPECT_EQ(after.picture(lot + "/public"), before.picture(lot + "/public"));
}

TEST_F(Crash, sigterm_tells_clients_to_come_back_and_loses_nothing_that_was_acknowledged) {
  auto const inquiry =
      market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.ceiling = "1000000.00", .attempts = 5000}}});
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  auto watcher = market.passer_by();
  watcher.subscribe({inquiry});
  for (int i = 0; i < 200; ++i) seat.send_bid(lot, price(i), "k" + std::to_string(i));
  ASSERT_TRUE(seat.answer("k5").is_accepted());
  market.server().ask_to_stop();
  EXPECT_TRUE(seat.live().is_over() || !seat.until([] { return false; }));
  EXPECT_EQ(seat.live().close_code(), 3001);
  EXPECT_FALSE(watcher.until([] { return false; }));
  EXPECT_EQ(watcher.live().close_code(), 3001);
  EXPECT_EQ(market.server().wait(), 0) << market.server().log();
  expect_whole();

  std::map<std::string, std::int64_t> acknowledged;
  for (int i = 0; i < 200; ++i) {
    auto const answer = seat.answer("k" + std::to_string(i), Patience{0});
    if (answer.is_accepted()) acknowledged["k" + std::to_string(i)] = answer.message.at("seq").as_int64();
  }
  market.server().start();
  auto const standing = seqs(lot);
  for (auto const& [key, seq] : acknowledged) {
    EXPECT_THAT(standing, testing::Contains(seq)) << key;
  }
  watcher.reconnect();
  watcher.subscribe({inquiry}, Rejoin::ByPosition);
  EXPECT_FALSE(watcher.text(lot + "/public", "best").empty());
}

TEST_F(Crash, a_second_server_on_the_same_directory_is_refused) {
  auto const verified =
      market.server().run({"serve", "--server.port", "0", "--data.directory", market.server().data()});
  EXPECT_NE(verified.code, 0);
  EXPECT_EQ(market.nobody().get("/livez").status, 200) << "and the first goes on";
}

}  // namespace
