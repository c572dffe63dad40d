// A day of auctions as people live it: from the first bid to the confirmed order, with all that may come in between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;
using testing::HasSubstr;

class AuctionDay : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");
  Person const& s3 = market.add_supplier("s3");

  InquiryDraft three_suppliers(LotDraft lot = {}) const {
    return {.admitted = {s1.org, s2.org, s3.org}, .lots = {std::move(lot)}};
  }
  HttpAnswer act(Person const& person, std::string const& path, json::object what) const {
    return market.as(person).post("/api/v1/" + path, body(std::move(what)));
  }
  std::string state(std::string const& lot) {
    auto watcher = market.passer_by();
    watcher.subscribe({lot.substr(0, lot.find('-'))});
    return watcher.text(lot + "/public", "state");
  }
  static std::string winner(json::object const& result, std::string_view what) {
    auto const* winner = result.if_contains("winner");
    return winner != nullptr ? text_or(member(*winner, what), "") : "";
  }
};

TEST_F(AuctionDay, a_late_bid_extends_the_end_and_the_winner_confirms_the_order) {
  auto const inquiry = market.start_now(
      buyer,
      three_suppliers({.min_bidders = 3, .duration_s = 3, .trigger_window_s = 3, .extension_s = 3, .hard_cap_s = 60}));
  auto const lot = inquiry + "-1";
  auto first = market.seat(s1);
  auto second = market.seat(s2);
  auto third = market.seat(s3);
  first.subscribe({inquiry});
  auto const end_before = first.text(lot + "/public", "ends_at");

  ASSERT_TRUE(first.bid(lot, "9900.00", "a").is_accepted());
  ASSERT_TRUE(second.bid(lot, "9700.00", "b").is_accepted());
  ASSERT_TRUE(third.bid(lot, "9800.00", "c").is_accepted());
  ASSERT_TRUE(first.until([&] { return first.text(lot + "/public", "state") == "EXTENDED"; }));
  EXPECT_GT(first.text(lot + "/public", "ends_at"), end_before);

  ASSERT_TRUE(market.comes_to(lot, "AWARDED"));
  auto const result = market.result(lot);
  EXPECT_EQ(winner(result, "price"), "9700.00") << json::serialize(result);
  EXPECT_EQ(result.at("standings").as_array().size(), 3U);
  EXPECT_EQ(act(s1, "lots/" + lot + "/award-answer", {{"answer", "confirm"}}).status, 403);
  auto const confirmed = act(s2, "lots/" + lot + "/award-answer", {{"answer", "confirm"}});
  EXPECT_LT(confirmed.status, 300) << confirmed.body;
  EXPECT_EQ(state(lot), "ORDER_CONFIRMED");
}

TEST_F(AuctionDay, the_next_is_asked_when_the_winner_declines) {
  auto const inquiry = market.start_now(buyer, three_suppliers({.duration_s = 2}));
  auto const lot = inquiry + "-1";
  ASSERT_TRUE(market.seat(s1).bid(lot, "9000.00", "a").is_accepted());
  ASSERT_TRUE(market.seat(s2).bid(lot, "9100.00", "b").is_accepted());
  ASSERT_TRUE(market.comes_to(lot, "AWARDED"));

  EXPECT_LT(act(s1, "lots/" + lot + "/award-answer", {{"answer", "decline"}}).status, 300);
  EXPECT_EQ(state(lot), "WINNER_DECLINED");
  EXPECT_LT(act(buyer, "lots/" + lot + "/ask-next", {}).status, 300);
  EXPECT_EQ(winner(market.result(lot), "price"), "9100.00");
  EXPECT_LT(act(s2, "lots/" + lot + "/award-answer", {{"answer", "confirm"}}).status, 300);
  EXPECT_EQ(state(lot), "ORDER_CONFIRMED");
}

TEST_F(AuctionDay, sealed_quotes_are_opened_at_the_close_and_the_second_needs_two_persons) {
  auto const& colleague = market.add_colleague("haining2", buyer);
  auto draft = three_suppliers({.min_bidders = 3, .duration_s = 3});
  draft.format = "sealed";
  auto const inquiry = market.start_now(buyer, draft);
  auto const lot = inquiry + "-1";
  ASSERT_TRUE(market.seat(s1).bid(lot, "9000.00", "a").is_accepted());
  ASSERT_TRUE(market.seat(s2).bid(lot, "9100.00", "b").is_accepted());
  ASSERT_TRUE(market.seat(s3).bid(lot, "9900.00", "c").is_accepted());
  ASSERT_TRUE(market.comes_to(lot, "SELECTING"));

  auto const choice = "lots/" + lot + "/choice";
  EXPECT_EQ(act(buyer, choice, {{"bidder", s2.org}}).status, 422) << "without a reason";
  EXPECT_EQ(act(buyer, choice, {{"bidder", s3.org}, {"reason", "质量更好, 交货更快, 售后更近"}}).code(),
            "OUTSIDE_LOW_BAND");
  auto const asked = act(buyer, choice, {{"bidder", s2.org}, {"reason", "质量更好, 交货更快, 售后更近"}});
  EXPECT_LT(asked.status, 300) << asked.body;
  EXPECT_EQ(state(lot), "SELECTING") << "nothing is chosen before another person agrees";
  EXPECT_EQ(act(buyer, choice + "/approval", {}).code(), "SELF_APPROVAL");
  auto const approved = act(colleague, choice + "/approval", {});
  EXPECT_LT(approved.status, 300) << approved.body;
  EXPECT_EQ(state(lot), "AWARDED");
  EXPECT_EQ(winner(market.result(lot), "price"), "9100.00");
}

TEST_F(AuctionDay, the_first_quote_is_chosen_by_one_person) {
  auto draft = three_suppliers({.duration_s = 2});
  draft.format = "sealed";
  auto const lot = market.start_now(buyer, draft) + "-1";
  ASSERT_TRUE(market.seat(s1).bid(lot, "9000.00", "a").is_accepted());
  ASSERT_TRUE(market.comes_to(lot, "SELECTING"));

  EXPECT_LT(act(buyer, "lots/" + lot + "/choice", {{"bidder", s1.org}}).status, 300);
  EXPECT_EQ(state(lot), "AWARDED");
}

TEST_F(AuctionDay, several_lots_run_side_by_side_and_end_each_with_its_own_winner) {
  InquiryDraft draft{.admitted = {s1.org, s2.org}, .lots = {}};
  for (int i = 0; i < 4; ++i) draft.lots.push_back({.title = "标段" + std::to_string(i + 1), .duration_s = 3});
  auto const inquiry = market.start_now(buyer, draft);
  auto first = market.seat(s1);
  auto second = market.seat(s2);
  first.subscribe({inquiry});
  for (int place = 1; place <= 4; ++place) {
    auto const lot = inquiry + "-" + std::to_string(place);
    auto& leader = place % 2 == 0 ? first : second;
    auto& follower = place % 2 == 0 ? second : first;
    ASSERT_TRUE(follower.bid(lot, "9000.00", "f" + lot).is_accepted());
    ASSERT_TRUE(leader.bid(lot, "8000.00", "l" + lot).is_accepted());
  }
  for (int place = 1; place <= 4; ++place) {
    auto const lot = inquiry + "-" + std::to_string(place);
    ASSERT_TRUE(market.comes_to(lot, "AWARDED"));
    auto const& won = place % 2 == 0 ? s1 : s2;
    EXPECT_EQ(winner(market.result(lot), "name"), won.org_name);
  }
}

TEST_F(AuctionDay, a_pause_freezes_the_remaining_time_and_a_resume_gives_it_back) {
  auto const inquiry = market.start_now(buyer, three_suppliers());
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  seat.subscribe({inquiry});
  auto const end_before = seat.text(lot + "/public", "ends_at");

  EXPECT_LT(act(buyer, "inquiries/" + inquiry + "/pause", {{"reason", "供应商反映无法登录, 暂停核实"}}).status, 300);
  ASSERT_TRUE(seat.until([&] { return seat.text(lot + "/public", "state") == "PAUSED"; }));
  EXPECT_TRUE(seat.picture(lot + "/public").contains("remaining_s"));
  EXPECT_EQ(seat.bid(lot, "9000.00", "while-paused").code, "PAUSED");

  EXPECT_LT(act(buyer, "inquiries/" + inquiry + "/resume", {{"reason", "核实完毕, 恢复竞价"}}).status, 300);
  ASSERT_TRUE(seat.until([&] { return seat.text(lot + "/public", "state") == "RUNNING"; }));
  EXPECT_GE(seat.text(lot + "/public", "ends_at"), end_before);
  EXPECT_FALSE(seat.picture(lot + "/public").contains("remaining_s"));
  EXPECT_TRUE(seat.bid(lot, "9000.00", "after").is_accepted());
}

TEST_F(AuctionDay, an_abort_ends_the_lot_with_its_reason) {
  auto const inquiry = market.start_now(buyer, three_suppliers());
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  seat.subscribe({inquiry});

  EXPECT_LT(act(buyer, "inquiries/" + inquiry + "/abort", {{"reason", "采购需求变更, 终止本次竞价"}}).status, 300);
  ASSERT_TRUE(seat.until([&] { return seat.text(lot + "/public", "state") == "ABORTED"; }));
  EXPECT_THAT(seat.text(lot + "/public", "reason"), HasSubstr("采购需求变更"));
  EXPECT_EQ(seat.bid(lot, "9000.00", "too-late").code, "CLOSED");
  EXPECT_EQ(act(buyer, "inquiries/" + inquiry + "/resume", {{"reason", "误操作, 请求恢复"}}).status, 409);
}

TEST_F(AuctionDay, a_failed_lot_is_relaunched_as_a_new_draft_without_its_bids) {
  auto const inquiry = market.start_now(buyer, three_suppliers({.min_bidders = 3, .duration_s = 2}));
  ASSERT_TRUE(market.seat(s1).bid(inquiry + "-1", "9000.00", "alone").is_accepted());
  ASSERT_TRUE(market.comes_to(inquiry + "-1", "FAILED_FEW"));

  auto const again = act(buyer, "inquiries/" + inquiry + "/relaunch", {});
  ASSERT_LT(again.status, 300) << again.body;
  auto const relaunched = text_in(again, "id");
  EXPECT_NE(relaunched, inquiry);
  EXPECT_EQ(state(inquiry + "-1"), "FAILED_FEW") << "the old one stays as it ended";
  auto const published = act(buyer, "inquiries/" + relaunched + "/publish", {{"start", "now"}});
  ASSERT_LT(published.status, 300) << published.body;
  auto seat = market.seat(s1);
  seat.subscribe({relaunched});
  EXPECT_FALSE(seat.picture(relaunched + "-1/public").contains("best"));
  EXPECT_TRUE(seat.bid(relaunched + "-1", "9950.00", "alone").is_accepted()) << "keys belong to a lot";
}

TEST_F(AuctionDay, the_bids_of_a_disqualified_supplier_do_not_count_until_reinstated) {
  auto const inquiry = market.start_now(buyer, three_suppliers());
  auto const lot = inquiry + "-1";
  auto first = market.seat(s1);
  auto second = market.seat(s2);
  second.subscribe({inquiry});
  ASSERT_TRUE(first.bid(lot, "8000.00", "a").is_accepted());
  ASSERT_TRUE(second.bid(lot, "9000.00", "b").is_accepted());
  auto best = [&] { return second.text(lot + "/public", "best"); };

  EXPECT_LT(
      act(buyer, "lots/" + lot + "/disqualify", {{"bidder", s1.org}, {"reason", "资质材料经核实不符合要求"}}).status,
      300);
  EXPECT_TRUE(second.until([&] { return best() == "9000.00"; })) << best();
  EXPECT_EQ(first.bid(lot, "7000.00", "c").code, "DISQUALIFIED");

  EXPECT_LT(act(buyer, "lots/" + lot + "/reinstate", {{"bidder", s1.org}, {"reason", "补充材料经核实符合要求"}}).status,
            300);
  EXPECT_TRUE(second.until([&] { return best() == "8000.00"; })) << best();
  EXPECT_TRUE(first.bid(lot, "7000.00", "d").is_accepted());
}

TEST_F(AuctionDay, a_published_inquiry_waits_for_its_hour) {
  auto const inquiry = market.draft(buyer, three_suppliers());
  auto const opens_at = tomorrow();
  EXPECT_EQ(act(buyer, "inquiries/" + inquiry + "/publish", {{"opens_at", opens_at}}).status, 200);
  auto watcher = market.passer_by();
  watcher.subscribe({inquiry});
  EXPECT_EQ(watcher.text(inquiry + "-1/public", "state"), "SCHEDULED");
  EXPECT_EQ(watcher.text(inquiry + "-1/public", "opens_at"), opens_at);
}

}  // namespace
