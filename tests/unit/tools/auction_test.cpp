// An auction file from text to exit code: what is told, what is compared, what is never carried by an event.
#include "tools/ebb/auction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>

namespace {

namespace json = boost::json;
using ebb::auction::Tell;
using testing::ElementsAre;

// One lot of ten minutes from two o'clock; `rules` and `acts` are JSON.
std::string file(std::string const& acts, std::string const& rules = "") {
  return R"({"ebb_auction": 1, "lots": [{"name": "A", "format": "reverse", "opens_at": "2026-01-05T02:00:00Z",
             "ceiling": "100.00", "decrement": "1.00", "duration_s": 600, "min_bidders": 1)" +
         rules + R"(}], "bidders": [{"name": "acorn"}, {"name": "birch"}], "acts": [)" + acts + "]}";
}
std::string bid(std::string const& at, std::string const& bidder, std::string const& price,
                std::string const& more = "") {
  return R"({"at": ")" + at + R"(", "do": "bid", "lot": "A", "bidder": ")" + bidder + R"(", "price": ")" + price +
         "\"" + more + "}";
}
json::object told(std::string const& text, int exit_code, Tell tell = Tell::All) {
  auto const result = ebb::auction::run(text, tell);
  EXPECT_EQ(result.exit_code, exit_code) << result.json;
  return json::parse(result.json).as_object();
}
std::vector<std::string> kinds(json::object const& result) {
  std::vector<std::string> kinds;
  for (auto const& event : result.at("events").as_array()) kinds.emplace_back(event.at("event").as_string());
  return kinds;
}
json::object event(json::object const& result, std::string_view kind) {
  for (auto const& each : result.at("events").as_array()) {
    if (each.at("event").as_string() == kind) return each.as_object();
  }
  ADD_FAILURE() << "no " << kind;
  return {};
}

TEST(Auction, events_are_told_in_order_with_their_own_time_and_the_names_of_the_file) {
  auto const result = told(file(bid("+00:01:00", "acorn", "90.00")), 0);
  EXPECT_THAT(kinds(result), ElementsAre("lot_scheduled", "lot_started", "bid_accepted", "lot_closed", "award_asked"));
  auto const accepted = event(result, "bid_accepted");
  EXPECT_EQ(accepted.at("at").as_string(), "2026-01-05T02:01:00.000Z");
  EXPECT_EQ(accepted.at("seq").as_int64(), 2);
  EXPECT_EQ(accepted.at("act").as_int64(), 0);
  EXPECT_EQ(accepted.at("leader").as_string(), "acorn");
  EXPECT_EQ(event(result, "lot_closed").at("at").as_string(), "2026-01-05T02:10:00.000Z");
  EXPECT_FALSE(event(result, "lot_closed").contains("act")) << "time closed it, no act";
}

TEST(Auction, what_falls_due_between_two_acts_happens_at_its_own_time) {
  auto const acts = bid("+00:01:00", "acorn", "90.00") + R"(, {"at": "+01:00:00", "do": "tick"})";
  EXPECT_EQ(event(told(file(acts), 0), "lot_closed").at("at").as_string(), "2026-01-05T02:10:00.000Z");
}

TEST(Auction, nothing_falls_due_inside_an_outage) {
  auto const acts =
      bid("+00:01:00", "acorn", "90.00") + R"(, {"at": "+00:20:00", "do": "outage", "from": "+00:05:00"})";
  auto const result = told(file(acts), 0);
  EXPECT_EQ(event(result, "outage_noted").at("from").as_string(), "2026-01-05T02:05:00.000Z");
  EXPECT_EQ(event(result, "lot_closed").at("at").as_string(), "2026-01-05T02:25:00.000Z");
}

TEST(Auction, the_last_act_is_followed_by_the_rest_of_the_bidding_but_by_no_silence_of_the_winner) {
  auto const result = told(file(bid("+00:01:00", "acorn", "90.00")), 0);
  auto const& lot = result.at("lots").as_array().at(0).as_object();
  EXPECT_EQ(lot.at("state").as_string(), "AWARDED");
  EXPECT_EQ(lot.at("winner").as_string(), "acorn");
  EXPECT_EQ(lot.at("price").as_string(), "90.00");
}

TEST(Auction, a_lot_that_stays_paused_is_left_so) {
  auto const acts = R"({"at": "+00:01:00", "do": "pause", "lot": "A", "by": "zhang", "reason": "fire alarm"})";
  auto const result = told(file(acts), 0);
  EXPECT_EQ(result.at("lots").as_array().at(0).at("state").as_string(), "PAUSED");
}

TEST(Auction, a_sealed_price_is_shown_and_said_to_be_hidden) {
  auto text = file(bid("+00:01:00", "acorn", "90.00"));
  text.replace(text.find("reverse"), 7, "sealed");
  auto const accepted = event(told(text, 0), "quote_accepted");
  EXPECT_EQ(accepted.at("price").as_string(), "90.00");
  EXPECT_EQ(json::serialize(accepted.at("hidden")), R"(["price"])");
}

TEST(Auction, the_limit_of_a_proxy_is_shown_and_said_to_be_hidden) {
  auto const acts = bid("+00:01:00", "acorn", "90.00") +
                    R"(, {"at": "+00:02:00", "do": "set_proxy", "lot": "A", "bidder": "acorn",
                          "limit": "70.00", "step": "1.00"})";
  auto const set = event(told(file(acts, R"(, "proxies": true)"), 0), "proxy_set");
  EXPECT_EQ(set.at("limit").as_string(), "70.00");
  EXPECT_EQ(json::serialize(set.at("hidden")), R"(["limit"])");
}

TEST(Auction, an_open_price_is_not_said_to_be_hidden) {
  auto const result = told(file(bid("+00:01:00", "acorn", "90.00")), 0);
  EXPECT_FALSE(event(result, "bid_accepted").contains("hidden"));
}

TEST(Auction, events_are_left_out_on_request_and_change_nothing) {
  auto const text = file(bid("+00:01:00", "acorn", "90.00"));
  auto const all = told(text, 0);
  auto const none = told(text, 0, Tell::NoEvents);
  EXPECT_FALSE(none.contains("events"));
  EXPECT_EQ(none.at("lots"), all.at("lots"));
  EXPECT_EQ(none.at("digest"), all.at("digest"));
}

TEST(Auction, an_act_that_came_out_otherwise_is_told_with_both) {
  auto const result = told(file(bid("+00:01:00", "acorn", "101.00", R"(, "expect": "accepted")")), 1);
  EXPECT_EQ(json::serialize(result.at("differences")),
            R"([{"pointer":"/acts/0/expect","expected":"accepted","actual":"ABOVE_CEILING"}])");
}

TEST(Auction, an_act_that_came_out_as_expected_is_silent) {
  auto const acts = bid("+00:01:00", "acorn", "90.00", R"(, "key": "k", "expect": "accepted")") + "," +
                    bid("+00:02:00", "acorn", "90.00", R"(, "key": "k", "expect": "repeated")") + "," +
                    bid("+00:03:00", "acorn", "89.00", R"(, "key": "k", "expect": "KEY_REUSED")") + "," +
                    R"({"at": "+00:04:00", "do": "resume", "lot": "A", "expect": "STATE_CONFLICT"})";
  EXPECT_TRUE(told(file(acts), 0).at("differences").as_array().empty());
}

TEST(Auction, an_end_that_came_out_otherwise_is_told_member_by_member) {
  auto const wrong = R"(, "expect": {"state": "FAILED_NO_BID", "winner": "birch", "price": "1.00",
                         "closed_at": "+00:11:00", "ranking": ["birch"]})";
  auto const result = told(file(bid("+00:01:00", "acorn", "90.00"), wrong), 1);
  std::vector<std::string> pointers;
  for (auto const& difference : result.at("differences").as_array()) {
    pointers.emplace_back(difference.at("pointer").as_string());
  }
  EXPECT_THAT(pointers, ElementsAre("/lots/0/expect/state", "/lots/0/expect/winner", "/lots/0/expect/price",
                                    "/lots/0/expect/closed_at", "/lots/0/expect/ranking"));
}

TEST(Auction, a_bid_is_cancelled_by_the_name_of_its_act) {
  auto const acts = bid("+00:01:00", "acorn", "90.00") + "," +
                    bid("+00:02:00", "acorn", "80.00", R"(, "name": "slip of the pen")") +
                    R"(, {"at": "+00:03:00", "do": "cancel_bid", "lot": "A", "bidder": "acorn",
                          "bid": "slip of the pen", "by": "wang", "reason": "a typing error", "expect": "accepted"})";
  auto const result = told(file(acts, R"(, "expect": {"price": "90.00"})"), 0);
  EXPECT_EQ(event(result, "bid_cancelled").at("bid").as_int64(), 3);
}

TEST(Auction, a_wrong_file_is_told_whole_and_nothing_of_it_is_run) {
  auto const result = told(R"({"ebb_auction": 2, "lots": [], "bidders": [], "more": 1})", 2);
  EXPECT_FALSE(result.contains("lots"));
  EXPECT_EQ(result.at("problem_count").as_int64(), 3);
}

TEST(Auction, checking_runs_nothing) {
  auto const text = file(bid("+00:01:00", "acorn", "101.00", R"(, "expect": "accepted")"));
  auto const checked = ebb::auction::check(text);
  EXPECT_EQ(checked.exit_code, 0);
  EXPECT_EQ(checked.json, "{\"ebb_auction\":1,\"problems\":[],\"problem_count\":0}\n");
}

TEST(Auction, input_is_a_file_or_a_failure_that_names_it) {
  auto const path = std::filesystem::temp_directory_path() / ("ebb_auction_test_" + std::to_string(::getpid()));
  std::ofstream{path} << "text";
  EXPECT_EQ(ebb::auction::input(path.string()).value_or(""), "text");
  std::filesystem::remove(path);
  auto const missing = ebb::auction::input(path.string());
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, testing::HasSubstr(path.string()));
}

}  // namespace
