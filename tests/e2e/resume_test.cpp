// Lost connections: a bid is decided once however often it is sent, and a stream goes on where it stopped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;

class Resume : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");
  std::string const inquiry =
      market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.ceiling = "100000.00"}}});
  std::string const lot = inquiry + "-1";
  std::string const stream = lot + "/public";

  // One after the other, each 50.00 lower.
  void bid_down(Seat& seat, int from, int to) {
    for (int i = from; i < to; ++i) {
      auto const answer = seat.bid(lot, std::to_string(90'000 - 50 * i) + ".00", "n" + std::to_string(i));
      ASSERT_TRUE(answer.is_accepted()) << i << answer.code;
    }
  }
  json::object as_a_newcomer_sees_it() {
    auto newcomer = market.passer_by();
    newcomer.subscribe({inquiry});
    return newcomer.picture(stream);
  }
};

TEST_F(Resume, a_bid_whose_receipt_was_lost_is_decided_once) {
  auto seat = market.seat(s1);
  seat.send_bid(lot, "9000.00", "lost");
  seat.cut();

  seat.reconnect();
  auto const known = seat.ask(lot, "lost");
  auto const type = text_or(known.if_contains("type"), "");
  EXPECT_THAT(type, testing::AnyOf("receipt", "unknown_key")) << "both are true answers: it came, or it did not";
  auto const again = seat.bid(lot, "9000.00", "lost");
  EXPECT_TRUE(again.is_accepted()) << again.code;
  if (type == "receipt") {
    EXPECT_EQ(again.message.at("seq"), known.at("seq"));
    EXPECT_TRUE(again.message.at("repeated").as_bool());
  }
  auto eyes = market.seat(buyer);
  eyes.subscribe({inquiry});
  EXPECT_EQ(eyes.picture(lot + "/supervision").at("bids").as_array().size(), 1U);
}

TEST_F(Resume, an_acknowledged_bid_is_answered_from_memory_over_a_new_connection) {
  auto seat = market.seat(s1);
  auto const first = seat.bid(lot, "9000.00", "kept");
  seat.cut();
  seat.reconnect();
  auto const asked = seat.ask(lot, "kept");
  EXPECT_EQ(asked.at("seq"), first.message.at("seq"));
  EXPECT_EQ(asked.at("at"), first.message.at("at"));
  EXPECT_EQ(asked.at("outcome").as_string(), "accepted");
  EXPECT_EQ(text_or(seat.ask(lot, "never-sent").if_contains("type"), ""), "unknown_key");
}

TEST_F(Resume, a_key_is_answered_only_to_its_own_bidder) {
  ASSERT_TRUE(market.seat(s1).bid(lot, "9000.00", "mine").is_accepted());
  auto other = market.seat(s2);
  EXPECT_EQ(text_or(other.ask(lot, "mine").if_contains("type"), ""), "unknown_key");
  auto nobody = market.passer_by();
  EXPECT_NE(text_or(nobody.ask(lot, "mine").if_contains("type"), ""), "receipt");
}

TEST_F(Resume, a_watcher_resumes_by_position_without_gap_or_repeat_while_bids_go_on) {
  auto bidder = market.seat(s1);
  auto watcher = market.passer_by();
  watcher.subscribe({inquiry});
  for (int round = 0; round < 5; ++round) {
    bid_down(bidder, 10 * round, 10 * round + 4);
    watcher.read_what_came();
    watcher.cut();
    bid_down(bidder, 10 * round + 4, 10 * round + 10);
    watcher.reconnect();
    watcher.subscribe({inquiry}, Rejoin::ByPosition);
  }
  ASSERT_TRUE(watcher.until([&] { return watcher.text(stream, "best") == "87550.00"; }))
      << watcher.text(stream, "best");
  EXPECT_THAT(watcher.faults(), testing::IsEmpty());
  EXPECT_EQ(watcher.snapshots(stream), 1U) << "the missing updates were sent, not a new picture";
  EXPECT_EQ(watcher.picture(stream), as_a_newcomer_sees_it());
}

TEST_F(Resume, a_bidder_resumes_the_own_stream_with_every_receipt_once) {
  auto bidder = market.seat(s1);
  bidder.subscribe({inquiry});
  for (int round = 0; round < 4; ++round) {
    bid_down(bidder, 5 * round, 5 * round + 5);
    bidder.cut();
    bidder.reconnect();
    bidder.subscribe({inquiry}, Rejoin::ByPosition);
  }
  auto const own = lot + "/own";
  auto receipts = [&]() -> json::array const& { return bidder.picture(own).at("receipts").as_array(); };
  ASSERT_TRUE(bidder.until([&] { return receipts().size() >= 20; }));
  EXPECT_THAT(bidder.faults(), testing::IsEmpty());
  ASSERT_EQ(receipts().size(), 20U);
  for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(receipts()[i].at("key").as_string(), "n" + std::to_string(i));
}

TEST_F(Resume, who_was_away_too_long_gets_a_fresh_picture) {
  auto bidder = market.seat(s1);
  auto watcher = market.passer_by();
  watcher.subscribe({inquiry});
  watcher.cut();
  for (int i = 0; i < 180; ++i) bid_down(bidder, i, i + 1);
  auto second = market.seat(s2);
  for (int i = 0; i < 180; ++i) {
    ASSERT_TRUE(second.bid(lot, std::to_string(80'000 - 50 * i) + ".00", "m" + std::to_string(i)).is_accepted());
  }
  watcher.reconnect();
  watcher.subscribe({inquiry}, Rejoin::ByPosition);
  EXPECT_TRUE(watcher.until([&] { return watcher.text(stream, "best") == "71050.00"; }))
      << watcher.text(stream, "best");
  EXPECT_THAT(watcher.faults(), testing::IsEmpty());
  EXPECT_EQ(watcher.snapshots(stream), 2U);
}

TEST_F(Resume, a_position_of_another_life_or_of_nonsense_gets_a_fresh_picture) {
  auto watcher = market.passer_by();
  auto const resume = [&](std::string_view epoch, std::string_view offset) {
    watcher.reconnect();
    watcher.say(R"({"type":"subscribe","id":"r","inquiries":[")" + inquiry + R"("],"resume":[{"stream":")" + stream +
                R"(","epoch":")" + std::string{epoch} + R"(","offset":)" + std::string{offset} + "}]}");
    auto const told = watcher.await([](json::object const& message) { return message.at("type") == "snapshot"; });
    return !told.empty();
  };
  EXPECT_TRUE(resume("another", "0"));
  EXPECT_TRUE(resume("another", "9007199254740991"));
  watcher.reconnect();
  watcher.subscribe({inquiry});
  EXPECT_TRUE(resume(watcher.epoch(stream), "4000000")) << "a position ahead of the stream is not believed";
}

TEST_F(Resume, an_unsubscribed_client_hears_no_more) {
  auto bidder = market.seat(s1);
  auto watcher = market.passer_by();
  watcher.subscribe({inquiry});
  watcher.say(R"({"type":"unsubscribe","id":"u","inquiries":[")" + inquiry + "\"]}");
  ASSERT_FALSE(watcher.await([](json::object const& message) { return message.contains("id"); }).empty());
  auto const before = watcher.updates(stream);
  bid_down(bidder, 0, 5);
  watcher.say(R"({"type":"time","t0":1})");
  ASSERT_FALSE(watcher.await([](json::object const& message) { return message.at("type") == "time"; }).empty());
  EXPECT_EQ(watcher.updates(stream), before);
}

}  // namespace
