// Bids that must not count: each answered with its code, and afterwards the lot is as it was.
//
// Exactly at the end is proved where time is a value (tests/unit/engine); here, over real sockets: after the close.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
namespace json = boost::json;

// A lot that runs, one accepted bid of 9000.00 by s1, and eyes on it.
class BadBid : public testing::Test {
 protected:
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");
  Person const& stranger = market.add_supplier("stranger");
  std::string const inquiry = market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.step_basis = "best"}}});
  std::string const lot = inquiry + "-1";
  Seat bidder = market.seat(s1);
  Seat watcher = market.passer_by();

  void SetUp() override {
    watcher.subscribe({inquiry});
    bidder.subscribe({inquiry});
    ASSERT_TRUE(bidder.bid(lot, "9000.00", "leader").is_accepted());
    ASSERT_TRUE(watcher.until([&] { return watcher.text(lot + "/public", "best") == "9000.00"; }));
  }
  // The lot as a newcomer sees it: nothing remembered, nothing merged.
  std::string picture_of(std::string const& of_lot) {
    auto newcomer = market.seat(buyer);
    newcomer.subscribe({of_lot.substr(0, of_lot.find('-'))});
    return json::serialize(newcomer.picture(of_lot + "/public")) +
           json::serialize(newcomer.picture(of_lot + "/supervision"));
  }
  std::string picture() { return picture_of(lot); }
  std::string refused(Seat& seat, std::string_view of_lot, std::string_view price, std::string_view key) {
    auto const before = picture();
    auto const answer = seat.bid(of_lot, price, key);
    EXPECT_FALSE(answer.is_accepted()) << key;
    EXPECT_EQ(picture(), before) << key << " changed something";
    EXPECT_EQ(watcher.updates(lot + "/public"), watcher_updates()) << key << " was told to everybody";
    return answer.code;
  }
  std::string refused(std::string_view price, std::string_view key) { return refused(bidder, lot, price, key); }

 private:
  std::uint64_t watcher_updates() {
    watcher.read_what_came();
    if (seen_ == 0) seen_ = watcher.updates(lot + "/public");
    return seen_;
  }
  std::uint64_t seen_ = 0;
};

TEST_F(BadBid, a_price_must_be_money_with_at_most_two_decimals) {
  EXPECT_EQ(refused("8000.001", "three-decimals"), "AMOUNT_PRECISION");
  EXPECT_EQ(refused("8000.0000", "four-zeros"), "AMOUNT_PRECISION");
  EXPECT_EQ(refused("", "empty"), "MALFORMED");
  EXPECT_EQ(refused("8,000.00", "comma"), "MALFORMED");
  EXPECT_EQ(refused("8e3", "exponent"), "MALFORMED");
  EXPECT_EQ(refused(" 8000", "space"), "MALFORMED");
  EXPECT_EQ(refused("+8000", "sign"), "MALFORMED");
  EXPECT_EQ(refused("NaN", "nan"), "MALFORMED");
  EXPECT_EQ(refused("八千", "chinese"), "MALFORMED");
  EXPECT_EQ(refused("99999999999999999999999999", "huge"), "MALFORMED");
}

TEST_F(BadBid, a_price_must_be_positive_under_the_ceiling_and_low_enough) {
  EXPECT_EQ(refused("0", "zero"), "AMOUNT_NON_POSITIVE");
  EXPECT_EQ(refused("0.00", "zero-fen"), "AMOUNT_NON_POSITIVE");
  EXPECT_EQ(refused("-1.00", "negative"), "AMOUNT_NON_POSITIVE");
  EXPECT_EQ(refused("10000.01", "one-fen-above"), "ABOVE_CEILING");
  EXPECT_EQ(refused("9000.00", "equal-to-best"), "DECREMENT_TOO_SMALL");
  EXPECT_EQ(refused("8950.01", "one-fen-short"), "DECREMENT_TOO_SMALL");
  EXPECT_EQ(refused("4499.99", "implausibly-low"), "CONFIRMATION_NEEDED");
}

TEST_F(BadBid, a_refusal_says_what_would_have_been_right) {
  auto const answer = bidder.bid(lot, "8950.01", "one-fen-short");
  auto const& problem = answer.message.at("problem").as_object();
  EXPECT_EQ(problem.at("actual").as_string(), "8950.01");
  EXPECT_EQ(problem.at("limit").as_string(), "8950.00");
  EXPECT_EQ(problem.at("status").as_int64(), 422);
  EXPECT_TRUE(bidder.bid(lot, "8950.00", "exactly-the-limit").is_accepted());
}

TEST_F(BadBid, an_implausibly_low_price_counts_once_it_is_confirmed) {
  EXPECT_EQ(refused("100.00", "slip"), "CONFIRMATION_NEEDED");
  EXPECT_EQ(bidder.bid(lot, "100.00", "slip", Consent::Given).code, "KEY_REUSED") << "consent is part of the content";
  EXPECT_TRUE(bidder.bid(lot, "100.00", "meant", Consent::Given).is_accepted());
}

TEST_F(BadBid, only_admitted_suppliers_may_bid) {
  auto outsider = market.seat(stranger);
  EXPECT_EQ(refused(outsider, lot, "8000.00", "outsider"), "NOT_ADMITTED");
  auto purchaser = market.seat(buyer);
  EXPECT_EQ(refused(purchaser, lot, "8000.00", "purchaser"), "WRONG_ROLE");
  auto nobody = market.passer_by();
  EXPECT_EQ(refused(nobody, lot, "8000.00", "nobody"), "SIGN_IN_REQUIRED");
}

TEST_F(BadBid, a_lot_that_is_not_there_or_not_ones_own_takes_no_bid) {
  EXPECT_EQ(refused(bidder, "999999-1", "8000.00", "no-inquiry"), "NO_SUCH_LOT");
  EXPECT_EQ(refused(bidder, inquiry + "-2", "8000.00", "no-place"), "NO_SUCH_LOT");
  EXPECT_EQ(refused(bidder, "x", "8000.00", "no-name"), "MALFORMED");
  auto const others = market.start_now(buyer, {.admitted = {s2.org}}) + "-1";
  auto const before = picture_of(others);
  EXPECT_EQ(refused(bidder, others, "8000.00", "anothers"), "NOT_ADMITTED");
  EXPECT_EQ(picture_of(others), before);
}

TEST_F(BadBid, a_key_that_was_used_for_other_content_is_refused_and_a_repeat_changes_nothing) {
  EXPECT_EQ(refused("8000.00", "leader"), "KEY_REUSED");
  auto const before = picture();
  auto const repeat = bidder.bid(lot, "9000.00", "leader");
  EXPECT_TRUE(repeat.is_accepted());
  EXPECT_TRUE(repeat.message.at("repeated").as_bool());
  EXPECT_EQ(picture(), before);
  auto other = market.seat(s2);
  EXPECT_TRUE(other.bid(lot, "8900.00", "leader").is_accepted()) << "a key belongs to its bidder";
}

TEST_F(BadBid, too_early_is_not_started_and_too_late_is_closed) {
  auto const later = market.draft(buyer, {.admitted = {s1.org}});
  auto const published =
      market.as(buyer).post("/api/v1/inquiries/" + later + "/publish", body({{"opens_at", tomorrow()}}));
  ASSERT_LT(published.status, 300) << published.body;
  auto const early_before = picture_of(later + "-1");
  EXPECT_EQ(bidder.bid(later + "-1", "8000.00", "early").code, "NOT_STARTED");
  EXPECT_EQ(picture_of(later + "-1"), early_before);

  auto const brief = market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.duration_s = 1}}}) + "-1";
  ASSERT_TRUE(market.comes_to(brief, "FAILED_NO_BID"));
  auto const late_before = picture_of(brief);
  EXPECT_EQ(bidder.bid(brief, "8000.00", "late").code, "CLOSED");
  EXPECT_EQ(picture_of(brief), late_before);
}

TEST_F(BadBid, the_attempts_of_a_lot_are_bounded) {
  auto const tight = market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.attempts = 3}}}) + "-1";
  ASSERT_TRUE(bidder.bid(tight, "9900.00", "one").is_accepted());
  ASSERT_TRUE(bidder.bid(tight, "9800.00", "two").is_accepted());
  EXPECT_EQ(bidder.bid(tight, "9799.00", "three").code, "DECREMENT_TOO_SMALL");
  auto const before = picture_of(tight);
  EXPECT_EQ(bidder.bid(tight, "9000.00", "four").code, "TOO_MANY_ATTEMPTS");
  EXPECT_EQ(picture_of(tight), before);
  EXPECT_TRUE(bidder.bid(tight, "9900.00", "one").is_accepted()) << "a repeat is no attempt";
}

}  // namespace
