// The walking skeleton: one bid from the socket to the journal and back, in the real binary.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;

TEST(skeleton, a_bid_goes_to_the_journal_and_its_receipt_comes_back) {
  Market market;
  auto const& buyer = market.add_purchaser("haining");
  auto const& supplier = market.add_supplier("s1");
  auto const inquiry = market.start_now(buyer, {.admitted = {supplier.org}});
  auto const lot = inquiry + "-1";

  auto seat = market.seat(supplier);
  seat.subscribe({inquiry});
  auto const answer = seat.bid(lot, "9800.00", "first");

  EXPECT_TRUE(answer.is_accepted()) << answer.code;
  EXPECT_GT(answer.message.at("seq").to_number<int>(), 0);
  EXPECT_TRUE(seat.until([&] { return seat.text(lot + "/public", "best") == "9800.00"; }));

  EXPECT_EQ(market.server().stop(), 0) << market.server().log();
  auto const verified = market.server().run({"verify", market.server().data()});
  EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
}

TEST(skeleton, history_replays_to_the_same_outcomes_and_shows_the_bid) {
  Market market;
  auto const& buyer = market.add_purchaser("haining");
  auto const& supplier = market.add_supplier("s1");
  auto const inquiry = market.start_now(buyer, {.admitted = {supplier.org}});
  auto seat = market.seat(supplier);
  ASSERT_TRUE(seat.bid(inquiry + "-1", "9800.00", "first").is_accepted());
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();

  auto const replayed = market.server().run({"replay", market.server().data()});

  EXPECT_EQ(replayed.code, 0) << replayed.errors;
  EXPECT_THAT(replayed.output, testing::HasSubstr("9800.00"));
}

TEST(skeleton, a_restart_finds_everything_again) {
  Market market;
  auto const& buyer = market.add_purchaser("haining");
  auto const& supplier = market.add_supplier("s1");
  auto const inquiry = market.start_now(buyer, {.admitted = {supplier.org}});
  auto const lot = inquiry + "-1";
  auto before = market.seat(supplier);
  ASSERT_TRUE(before.bid(lot, "9800.00", "first").is_accepted());
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();

  market.server().start();
  auto after = market.seat(supplier);
  after.subscribe({inquiry});

  EXPECT_EQ(after.text(lot + "/public", "best"), "9800.00");
  EXPECT_EQ(text_or(after.ask(lot, "first").if_contains("outcome"), ""), "accepted");
}

TEST(skeleton, a_wrong_configuration_names_file_and_key_and_exits_with_2) {
  ServerProcess server{{{"server.colour", "\"blue\""}}};
  EXPECT_THROW(server.start(), Broken);
  EXPECT_THAT(server.log(), testing::AllOf(testing::HasSubstr("ebb.toml"), testing::HasSubstr("server.colour")));
  EXPECT_EQ(server.wait(), 2);
}

}  // namespace
