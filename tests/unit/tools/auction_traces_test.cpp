// Auctions that others described or held, as files: a hand-computed trajectory, the scenarios of a public auction site,
// and real arrivals. What came out there must come out here. Skipped where the fixtures are not (EBB_FIXTURES).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "tests/e2e/ebay_auctions.h"
#include "tools/ebb/auction.h"

namespace {

namespace json = boost::json;
using testing::HasSubstr;

std::optional<std::filesystem::path> fixture(std::string const& name) {
  auto const* folder = std::getenv("EBB_FIXTURES");
  if (folder == nullptr) return std::nullopt;
  auto const path = std::filesystem::path{folder} / name;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path;
}
std::string text_of(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  EXPECT_TRUE(in.is_open()) << path;
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::string two(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}
// Milliseconds from the first opening.
std::string moment(std::int64_t millis) {
  auto const rest = std::to_string(1'000 + millis % 1'000).substr(1);
  return "+" + std::to_string(millis / 3'600'000) + ":" + two(millis / 60'000 % 60) + ":" + two(millis / 1'000 % 60) +
         "." + rest;
}

// One lot and its bids, on the way to a file.
struct Trace {
  json::object rules;
  json::array bidders;
  json::array acts;

  void admit(std::string const& name) { bidders.push_back(json::object{{"name", name}}); }
  // `expected` is empty where the source does not say.
  void bid(std::int64_t millis, std::string const& bidder, std::string const& price, std::string const& expected) {
    json::object act{{"at", moment(millis)}, {"do", "bid"}, {"lot", "A"}, {"bidder", bidder}, {"price", price}};
    if (!expected.empty()) act["expect"] = expected;
    act["confirmed"] = true;  // both sources ask the bidder before they take a bid
    acts.push_back(std::move(act));
  }
  json::object run(int exit_code = 0) const {
    auto lot = rules;
    lot["name"] = "A";
    lot["opens_at"] = "2026-07-01T09:00:00Z";
    auto const file =
        json::object{{"ebb_auction", 1}, {"lots", json::array{lot}}, {"bidders", bidders}, {"acts", acts}};
    auto const told = ebb::auction::run(json::serialize(file));
    EXPECT_EQ(told.exit_code, exit_code) << json::serialize(file) << '\n' << told.json;
    return json::parse(told.json).as_object();
  }
};
json::object end_of(json::object const& told) {
  return told.at("lots").as_array().at(0).as_object();
}

// The trajectory -----------------------------------------------------------------------------------------------------

struct Undercut {
  std::string bidder;
  std::int64_t round;
  std::int64_t amount;
  friend bool operator==(Undercut const&, Undercut const&) = default;
};
struct Rival {
  std::string name;
  std::int64_t floor;
  std::int64_t opening;
};

class Trajectory : public testing::Test {
 protected:
  void SetUp() override {
    auto const folder = fixture("signet-reverse-auction");
    if (!folder) GTEST_SKIP() << "fixtures/signet-reverse-auction is not here (EBB_FIXTURES)";
    expected_ = json::parse(text_of(*folder / "expected-trajectory.json")).as_object();
    rules_ = json::parse(text_of(*folder / "auction.json")).at("rules").as_object();
    auto const file = json::parse(text_of(*folder / "bidders.json"));
    for (auto const& bidder : file.at("bidders").as_array()) {
      std::string const id{bidder.at("party").at("id").as_string()};
      rivals_.push_back({id.substr(id.find('#') + 1), amount(bidder, "floor"), amount(bidder, "opening")});
    }
  }
  static std::int64_t amount(json::value const& of, std::string_view name) {
    return of.at(name).at("amount").as_int64();
  }
  std::vector<Undercut> trajectory() const {
    std::vector<Undercut> bids;
    for (auto const& bid : expected_.at("bids").as_array()) {
      bids.push_back(
          {std::string{bid.at("bidder").as_string()}, bid.at("round").as_int64(), bid.at("amount").as_int64()});
    }
    return bids;
  }
  static constexpr std::int64_t apart_ms = 25'000;
  json::object play(std::vector<Undercut> const& bids) const {
    Trace trace;
    trace.rules = {{"format", "reverse"},
                   {"ceiling", std::to_string(amount(rules_, "startPrice"))},
                   {"decrement", std::to_string(amount(rules_, "minStep"))},
                   {"step_basis", "best"},
                   {"ending", "quiet"},
                   {"duration_s", 60},
                   {"extension_s", 60},
                   {"hard_cap_s", 5400},
                   {"min_bidders", 1}};
    for (auto const& rival : rivals_) trace.admit(rival.name);
    std::int64_t at = apart_ms;
    for (auto const& bid : bids) {
      trace.bid(at, bid.bidder, std::to_string(bid.amount), "accepted");
      at += apart_ms;
    }
    return trace.run();
  }
  void expect_the_end(json::object const& told) const {
    auto const lot = end_of(told);
    EXPECT_EQ(lot.at("state").as_string(), "AWARDED");
    EXPECT_EQ(lot.at("winner").as_string(), expected_.at("winner").as_string());
    EXPECT_EQ(lot.at("price").as_string(), std::to_string(expected_.at("winningAmount").as_int64()) + ".00");
    EXPECT_EQ(lot.at("history").as_array().size(), expected_.at("bids").as_array().size());
  }

  json::object expected_;
  json::object rules_;
  std::vector<Rival> rivals_;
};

TEST_F(Trajectory, every_bid_is_accepted_and_the_quiet_after_the_last_closes) {
  auto const told = play(trajectory());
  expect_the_end(told);
  // The eighth bid came at 200 s and nobody improved for 60 s.
  EXPECT_EQ(end_of(told).at("closed_at").as_string(), "2026-07-01T09:04:20.000Z");
}

TEST_F(Trajectory, bids_made_by_its_strategy_are_those_and_end_the_same) {
  std::vector<Undercut> bids;
  std::int64_t best = 0;
  std::int64_t round = 0;
  for (bool is_improved = true; is_improved && round < rules_.at("maxRounds").as_int64();) {
    is_improved = false;
    ++round;
    for (auto const& rival : rivals_) {
      auto const leads = !bids.empty() && bids.back().bidder == rival.name;
      auto const price = round == 1 ? rival.opening : best - amount(rules_, "minStep");
      if (leads || price < rival.floor) continue;
      bids.push_back({rival.name, round, price});
      best = price;
      is_improved = true;
    }
  }
  EXPECT_EQ(bids, trajectory());
  EXPECT_EQ(round, expected_.at("rounds").as_int64());
  expect_the_end(play(bids));
}

TEST_F(Trajectory, one_bid_more_wins_so_the_end_is_not_in_the_test_alone) {
  auto bids = trajectory();
  bids.push_back({"acme", 5, amount(rules_, "reservePrice")});
  auto const lot = end_of(play(bids));
  EXPECT_EQ(lot.at("winner").as_string(), "acme");
}

// The scenarios ------------------------------------------------------------------------------------------------------

// The site's rules: a bid is at least a dollar below the lowest, the leader may not bid again; sealed: one bid each;
// the lowest wins, of equal ones the first.
class Scenarios : public testing::Test {
 protected:
  Trace reverse() const {
    Trace trace;
    trace.rules = {{"format", "reverse"},  {"ceiling", "3500.00"},  {"decrement", "1.00"},
                   {"step_basis", "best"}, {"leader_waits", true},  {"duration_s", 86'400},
                   {"hard_cap_s", 86'400}, {"trigger_window_s", 0}, {"min_bidders", 1}};
    for (auto const* name : {"me", "other", "third"}) trace.admit(name);
    return trace;
  }
  Trace sealed() const {
    auto trace = reverse();
    trace.rules = {{"format", "sealed"}, {"ceiling", "3500.00"}, {"duration_s", 86'400},
                   {"requotes", false},  {"band_places", 1},     {"min_bidders", 1}};
    return trace;
  }
  // The fact that the source says so.
  static bool says(std::string const& feature, std::string const& scenario) {
    auto const path = fixture("micropurchase-18f/" + feature + ".feature");
    if (!path) return false;
    EXPECT_THAT(text_of(*path), HasSubstr("Scenario: " + scenario)) << feature;
    return true;
  }
  static json::object event(json::object const& told, std::int64_t act) {
    for (auto const& each : told.at("events").as_array()) {
      auto const* const of = each.as_object().if_contains("act");
      if (of != nullptr && of->as_int64() == act) return each.as_object();
    }
    ADD_FAILURE() << "act " << act << " has no event";
    return {};
  }
};
#define SAYS(feature, scenario) \
  if (!says(feature, scenario)) GTEST_SKIP() << "fixtures/micropurchase-18f is not here (EBB_FIXTURES)"

TEST_F(Scenarios, with_a_lowest_bid_of_1000_mine_of_999_has_the_lead_and_i_may_not_bid_again) {
  SAYS("vendor_bids_reverse_auction", "I have not bid on the auction yet");
  auto trace = reverse();
  trace.bid(1'000, "other", "1000.00", "accepted");
  trace.bid(2'000, "me", "999.00", "accepted");
  trace.bid(3'000, "me", "998.00", "LEADER_WAITS");
  auto const told = trace.run();
  EXPECT_EQ(event(told, 1).at("leader").as_string(), "me");
  EXPECT_EQ(end_of(told).at("winner").as_string(), "me");
}

TEST_F(Scenarios, a_bid_of_1200_above_the_lowest_of_1000_is_too_high) {
  SAYS("vendor_bids_reverse_auction", "Vendor bids too high");
  auto trace = reverse();
  trace.bid(1'000, "other", "1000.00", "accepted");
  trace.bid(2'000, "me", "1200.00", "DECREMENT_TOO_SMALL");
  EXPECT_EQ(event(trace.run(), 1).at("limit").as_string(), "999.00") << "the maximum is the lowest less a dollar";
}

TEST_F(Scenarios, outbid_i_do_not_have_the_lead_and_am_told_the_maximum) {
  SAYS("vendor_bids_reverse_auction", "Viewing an auction when someone else has outbid me");
  SAYS("vendor_views_open_auction", "Viewing an auction when someone else has outbid me");
  auto trace = reverse();
  trace.bid(1'000, "me", "2000.00", "accepted");
  trace.bid(2'000, "other", "1500.00", "accepted");
  trace.bid(3'000, "me", "1499.01", "DECREMENT_TOO_SMALL");
  auto const told = trace.run();
  EXPECT_EQ(event(told, 1).at("leader").as_string(), "other");
  EXPECT_EQ(event(told, 2).at("limit").as_string(), "1499.00");
  trace.bid(4'000, "me", "1499.00", "accepted");
  EXPECT_EQ(end_of(trace.run()).at("winner").as_string(), "me");
}

TEST_F(Scenarios, where_nobody_has_bid_the_maximum_is_the_start_price) {
  SAYS("vendor_views_open_auction", "Viewing an auction when nobody has bid");
  auto trace = reverse();
  trace.bid(1'000, "me", "3500.01", "ABOVE_CEILING");
  trace.bid(2'000, "me", "3500.00", "accepted");
  EXPECT_EQ(event(trace.run(), 0).at("limit").as_string(), "3500.00");
}

TEST_F(Scenarios, everybody_sees_the_winning_bid_of_an_open_auction) {
  SAYS("guest_views_open_auction", "There is an open auction");
  SAYS("admin_views_open_auction", "There is an open auction");
  auto trace = reverse();
  trace.bid(1'000, "other", "1000.00", "accepted");
  trace.bid(2'000, "third", "900.00", "accepted");
  EXPECT_EQ(event(trace.run(), 1).at("best").as_string(), "900.00");
}

TEST_F(Scenarios, a_sealed_bid_is_placed_once_and_no_event_carries_it) {
  SAYS("vendor_bids_sealed_auction", "bidding on a sealed-bid auction");
  SAYS("vendor_bids_sealed_auction", "viewing your own bid");
  auto trace = sealed();
  trace.bid(1'000, "other", "3000.00", "accepted");
  trace.bid(2'000, "me", "3493.00", "accepted");
  trace.bid(3'000, "me", "3000.00", "ALREADY_QUOTED");
  trace.bid(4'000, "third", "500.00", "accepted");
  auto const placed = event(trace.run(), 1);
  EXPECT_EQ(placed.at("event").as_string(), "quote_accepted");
  EXPECT_EQ(json::serialize(placed.at("hidden")), R"(["price"])");
  EXPECT_FALSE(placed.contains("best"));
}

TEST_F(Scenarios, a_sealed_bid_of_3900_is_too_high) {
  SAYS("vendor_bids_sealed_auction", "Vendor bids too high");
  auto trace = sealed();
  trace.bid(1'000, "me", "3900.00", "ABOVE_CEILING");
  EXPECT_EQ(event(trace.run(), 0).at("limit").as_string(), "3500.00");
}

TEST_F(Scenarios, a_closed_sealed_auction_shows_the_winning_amount_and_every_bid) {
  SAYS("vendor_views_closed_sealed_auction", "viewing a closed sealed-bid auction");
  auto trace = sealed();
  trace.bid(1'000, "other", "3000.00", "accepted");
  trace.bid(2'000, "me", "2900.00", "accepted");
  trace.bid(3'000, "third", "2900.00", "accepted");
  trace.acts.push_back({{"at", "+25:00:00"},
                        {"do", "choose"},
                        {"lot", "A"},
                        {"bidder", "third"},
                        {"by", "admin"},
                        {"expect", "OUTSIDE_LOW_BAND"}});
  trace.acts.push_back(
      {{"at", "+25:00:00"}, {"do", "choose"}, {"lot", "A"}, {"bidder", "me"}, {"by", "admin"}, {"expect", "accepted"}});
  auto const lot = end_of(trace.run());
  EXPECT_EQ(lot.at("winner").as_string(), "me") << "of equal bids the first";
  EXPECT_EQ(lot.at("price").as_string(), "2900.00");
  EXPECT_EQ(lot.at("history").as_array().size(), 3U);
}

TEST_F(Scenarios, a_closed_auction_had_a_winning_bid_and_its_loser_did_not_have_it) {
  SAYS("guest_views_closed_auction", "There is a closed auction");
  SAYS("vendor_views_closed_auction", "I am not the winner");
  SAYS("winning_vendor_views_auction", "I am the winner, have not started work");
  SAYS("guest_views_bid_details", "When the auction is over");
  auto trace = reverse();
  trace.bid(1'000, "me", "1000.00", "accepted");
  trace.bid(2'000, "other", "999.00", "accepted");
  trace.bid(86'400'000, "me", "998.00", "CLOSED");
  auto const lot = end_of(trace.run());
  EXPECT_EQ(lot.at("state").as_string(), "AWARDED");
  EXPECT_EQ(lot.at("winner").as_string(), "other");
  EXPECT_EQ(lot.at("ranking").as_array().at(1).at("bidder").as_string(), "me");
  EXPECT_EQ(lot.at("history").as_array().size(), 2U);
}

TEST_F(Scenarios, an_auction_without_bids_ends_without_a_winner) {
  SAYS("guest_views_closed_auction", "There is an auction that ended without any bids");
  SAYS("admin_views_closed_auctions", "Viewing closed auction with no bids");
  SAYS("vendor_views_closed_auction", "Nobody has bid on the auction");
  for (auto const& trace : {reverse(), sealed()}) {
    auto const lot = end_of(trace.run());
    EXPECT_EQ(lot.at("state").as_string(), "FAILED_NO_BID");
    EXPECT_FALSE(lot.contains("winner"));
  }
}

// Real arrivals ------------------------------------------------------------------------------------------------------

// Seen from twice the top price every bid falls; whoever bid most there must win here, at the mirrored price.
TEST(RealArrivals, the_highest_bidder_of_every_auction_wins_its_mirror) {
  auto const file = ebay::fixture();
  if (!file) GTEST_SKIP() << "fixtures/bids-ebay is not here (EBB_FIXTURES)";
  auto const auctions = ebay::read(*file);
  ASSERT_EQ(auctions.size(), 628U);
  for (auto const& auction : auctions) {
    // Of equal bids the first: max_element keeps it.
    auto const top = std::ranges::max_element(auction.bids, {}, &ebay::Bid::fen);
    Trace trace;
    trace.rules = {{"format", "reverse"},   {"ceiling", ebay::yuan(2 * top->fen)},
                   {"decrement", "0.01"},   {"duration_s", 864'000},
                   {"hard_cap_s", 864'000}, {"trigger_window_s", 0},
                   {"min_bidders", 1}};
    std::size_t bidders = 0;
    for (auto const& bid : auction.bids) bidders = std::max(bidders, bid.bidder + 1);
    for (std::size_t i = 0; i < bidders; ++i) trace.admit(std::to_string(i));
    for (auto const& bid : auction.bids) {
      trace.bid(bid.micro_days * 864 / 10'000, std::to_string(bid.bidder), ebay::yuan(2 * top->fen - bid.fen), "");
    }
    auto const lot = end_of(trace.run());
    EXPECT_EQ(lot.at("winner").as_string(), std::to_string(top->bidder)) << auction.id;
    EXPECT_EQ(lot.at("price").as_string(), ebay::yuan(top->fen)) << auction.id;
  }
}

}  // namespace
