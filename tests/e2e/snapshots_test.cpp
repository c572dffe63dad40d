// Snapshots of the real server: a start that begins with one shows what a start over the whole journal shows, making
// one keeps nobody waiting, and a death in the middle of it loses nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

class Snapshots : public testing::Test {
 protected:
  Market market{{{"snapshots.every_commands", "1"}}};  // whenever anything is new, and at every stop
  Person const& buyer = market.add_purchaser("haining");
  Person const& regulator = market.add_regulator("jiaxing");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");

  std::filesystem::path snapshots() { return market.server().data() / "snapshots"; }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator{snapshots(), none}) {
      found.push_back(entry.path().filename().string());
    }
    return found;
  }
  bool has_any(std::string_view ending) {
    return std::ranges::any_of(names(), [&](auto const& name) { return name.ends_with(ending); });
  }
  bool has_one() { return has_any(".snap"); }
  bool is_half_made() { return has_any(".part"); }
  // What the server said since its log had that length.
  std::string said_since(std::size_t before) { return market.server().log().substr(before); }
  static std::string price(int step) { return std::to_string(900'000 - 50 * step) + ".00"; }

  // What everybody is shown who comes anew, but for what each start moves: the outage before it is given back.
  std::vector<std::string> shown_to_newcomers(std::vector<std::string> const& inquiries) {
    std::vector<std::string> all;
    std::vector<Seat> seats;
    seats.push_back(market.passer_by());
    for (auto const* person : {&s1, &s2, &regulator, &buyer}) seats.push_back(market.seat(*person));
    for (auto& seat : seats) {
      seat.subscribe(inquiries);
      for (auto const& stream : seat.streams()) {
        auto picture = seat.picture(stream);
        for (auto const* member : {"ends_at", "remaining_ms", "extensions"}) picture.erase(member);
        all.push_back(stream + " " + json::serialize(picture));
      }
    }
    return all;
  }
  void expect_whole() {
    auto const verified = market.server().run({"verify", market.server().data()});
    EXPECT_EQ(verified.code, 0) << verified.output << verified.errors;
  }
};

TEST_F(Snapshots, a_start_from_one_shows_newcomers_what_a_start_over_the_whole_journal_shows) {
  LotDraft const lot{.ceiling = "1000000.00", .attempts = 5'000};
  auto const running = market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {lot, lot}});
  auto const sealed = market.start_now(buyer, {.format = "sealed", .admitted = {s1.org, s2.org}, .lots = {{}}});
  auto const over = market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.duration_s = 2}}});
  auto first = market.seat(s1);
  auto second = market.seat(s2);
  ASSERT_TRUE(first.bid(over + "-1", "9000.00", "o1").is_accepted());
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(first.bid(running + (i % 2 == 0 ? "-1" : "-2"), price(2 * i), "a" + std::to_string(i)).is_accepted());
    ASSERT_TRUE(second.bid(running + "-1", price(2 * i + 1), "b" + std::to_string(i)).is_accepted());
  }
  ASSERT_TRUE(first.bid(sealed + "-1", "8765.43", "q1").is_accepted());
  EXPECT_EQ(first.bid(running + "-1", "999999.00", "too-high").outcome, "refused");
  ASSERT_TRUE(market.comes_to(over + "-1", "AWARDED"));
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  ASSERT_TRUE(has_one());

  auto const before = market.server().log().size();
  market.server().start();
  EXPECT_THAT(said_since(before), HasSubstr("behind the snapshot of seq "));
  auto third = market.seat(s1);
  ASSERT_TRUE(third.bid(running + "-1", price(100), "behind").is_accepted());  // a tail behind it
  std::vector<std::string> const inquiries{running, sealed, over};
  auto const with_one = shown_to_newcomers(inquiries);
  auto const receipt = third.ask(running + "-1", "a0");
  market.server().kill();

  std::filesystem::remove_all(snapshots());
  auto const later = market.server().log().size();
  market.server().start();
  EXPECT_THAT(said_since(later), Not(HasSubstr("behind the snapshot")));
  auto const without = shown_to_newcomers(inquiries);
  ASSERT_EQ(without.size(), with_one.size());
  for (std::size_t i = 0; i < with_one.size(); ++i) EXPECT_EQ(without[i], with_one[i]);
  auto seat = market.seat(s1);
  EXPECT_EQ(seat.ask(running + "-1", "a0"), receipt);
  EXPECT_EQ(text_or(seat.ask(running + "-1", "too-high").if_contains("outcome"), ""), "refused");
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  expect_whole();
}

// A sealed price is in the hall that is saved, and nowhere to be found.
TEST_F(Snapshots, a_sealed_price_is_not_to_be_found_in_one) {
  auto const sealed = market.start_now(buyer, {.format = "sealed", .admitted = {s1.org}, .lots = {{}}});
  ASSERT_TRUE(market.seat(s1).bid(sealed + "-1", "8765.43", "q1").is_accepted());
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  ASSERT_TRUE(has_one());
  std::string const as_number{"\x1f\x60\x0d\x00\x00\x00\x00\x00", 8};  // 876,543 fen
  for (auto const& name : names()) {
    std::ifstream file{snapshots() / name, std::ios::binary};
    std::string const bytes{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_EQ(bytes.find(as_number), std::string::npos) << name;
    EXPECT_EQ(bytes.find("8765.43"), std::string::npos) << name;
  }
}

TEST_F(Snapshots, bids_go_on_while_they_are_made) {
  auto const inquiry =
      market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.ceiling = "1000000.00", .attempts = 5'000}}});
  auto seat = market.seat(s1);
  auto http = market.as(buyer);
  int step = 0;
  // wait: for snapshots to come, under bids, and writes that take the tables along
  bool const came = eventually(
      [&] {
        for (int i = 0; i < 5; ++i, ++step) {
          EXPECT_TRUE(seat.bid(inquiry + "-1", price(step), "k" + std::to_string(step)).is_accepted());
        }
        market.draft(buyer, {.admitted = {s1.org}});
        return market.nobody().get("/metrics").body.find("ebb_snapshot_seconds_count 2") != std::string::npos;
      },
      Patience{30'000});
  EXPECT_TRUE(came) << market.server().log();
  EXPECT_THAT(market.nobody().get("/metrics").body, HasSubstr("ebb_snapshots_failed_total 0"));
  market.server().kill();
  auto const before = market.server().log().size();
  market.server().start();
  EXPECT_THAT(said_since(before), HasSubstr("behind the snapshot of seq "));
  auto again = market.seat(s1);
  for (int i = 0; i < step; i += 7) {
    EXPECT_EQ(text_or(again.ask(inquiry + "-1", "k" + std::to_string(i)).if_contains("type"), ""), "receipt") << i;
  }
}

TEST_F(Snapshots, kill_9_while_one_is_made_loses_nothing_and_the_half_of_it_goes) {
  auto const inquiry =
      market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.ceiling = "1000000.00", .attempts = 5'000}}});
  int step = 0;
  for (int life = 0; life < 4; ++life) {
    auto seat = market.seat(s1);
    for (int i = 0; i < 20; ++i, ++step) {
      ASSERT_TRUE(seat.bid(inquiry + "-1", price(step), "k" + std::to_string(step)).is_accepted());
    }
    market.draft(buyer, {.admitted = {s1.org}});
    // wait: for the next one to be under way; where it is over before it is seen, the server dies behind it
    static_cast<void>(eventually([&] { return is_half_made(); }, Patience{1'200}));
    market.server().kill();
    market.server().start();
    EXPECT_FALSE(is_half_made());
  }
  auto seat = market.seat(s1);
  for (int i = 0; i < step; ++i) {
    EXPECT_EQ(text_or(seat.ask(inquiry + "-1", "k" + std::to_string(i)).if_contains("type"), ""), "receipt") << i;
  }
  ASSERT_EQ(market.server().stop(), 0) << market.server().log();
  expect_whole();
}

TEST_F(Snapshots, damaged_ones_are_told_and_the_start_goes_without) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org}});
  ASSERT_TRUE(market.seat(s1).bid(inquiry + "-1", "9000.00", "k").is_accepted());
  ASSERT_EQ(market.server().stop(), 0);
  for (auto const& name : names()) {
    std::filesystem::resize_file(snapshots() / name, std::filesystem::file_size(snapshots() / name) - 1);
  }
  auto const examined = market.server().run({"doctor", market.server().data()});
  EXPECT_EQ(examined.code, 0) << examined.output;
  EXPECT_THAT(examined.output, HasSubstr("none counts: a start replays the whole journal"));
  auto const verified = market.server().run({"verify", market.server().data()});
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_THAT(verified.output, HasSubstr("a start does not use it"));
  auto const before = market.server().log().size();
  market.server().start();
  EXPECT_THAT(said_since(before), HasSubstr("is not used: "));
  EXPECT_EQ(text_or(market.seat(s1).ask(inquiry + "-1", "k").if_contains("type"), ""), "receipt");
  ASSERT_EQ(market.server().stop(), 0);
  auto const mended = market.server().run({"verify", market.server().data()});
  EXPECT_THAT(mended.output, HasSubstr("its hall is what the journal gives"));
  auto const healthy = market.server().run({"doctor", market.server().data()});
  EXPECT_THAT(healthy.output, HasSubstr("a start begins with it and replays what lies behind: 0 commands"));
}

}  // namespace
