// What nobody may know before its time is nowhere: not in a byte that leaves the server, not in a file on its disk.
//
// Prices here have digits that nothing else has, so finding them means a leak. Each test first proves that its search
// would find them: after the close the same bytes are there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Five digits in a row that appear in no time, id or text around.
struct SecretPrice {
  std::string yuan;  // "73191.47"
  std::int64_t fen;  // 7319147
};
std::string little_endian(std::int64_t value) {
  std::string bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
  return bytes;
}

std::vector<std::string> files_that_hold(std::filesystem::path const& place, std::string const& bytes) {
  std::vector<std::string> found;
  for (auto const& entry : std::filesystem::recursive_directory_iterator{place}) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in{entry.path(), std::ios::binary};
    std::string const all{std::istreambuf_iterator<char>{in}, {}};
    if (all.find(bytes) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

// Every way in which the price could stand in a file.
std::vector<std::string> files_with(std::filesystem::path const& place, SecretPrice const& price) {
  auto const little = little_endian(price.fen);
  std::string const big{little.rbegin(), little.rend()};
  std::vector<std::string> found;
  for (auto const& form : {price.yuan, std::to_string(price.fen), little, big}) {
    for (auto const& file : files_that_hold(place, form)) found.push_back(file);
  }
  return found;
}

class Secrecy : public testing::Test {
 protected:
  SecretPrice const first{"73191.47", 7'319'147};
  SecretPrice const second{"74862.93", 7'486'293};
  Market market;
  Person const& buyer = market.add_purchaser("haining");
  Person const& colleague = market.add_colleague("haining2", buyer);
  Person const& regulator = market.add_regulator("finance");
  Person const& s1 = market.add_supplier("s1");
  Person const& s2 = market.add_supplier("s2");

  std::string sealed_inquiry(int duration_s) {
    return market.start_now(buyer, {.format = "sealed",
                                    .admitted = {s1.org, s2.org},
                                    .lots = {{.ceiling = "100000.00", .duration_s = duration_s}}});
  }
  static std::int64_t rank_of(Seat const& seat, std::string const& lot) {
    auto const* rank = seat.picture(lot + "/own").if_contains("rank");
    return rank != nullptr ? rank->as_int64() : 0;
  }
  static Tape tape() { return std::make_shared<std::string>(); }
  // Everything a person can ask about a lot.
  void ask_everything(Caller caller, std::string const& inquiry) {
    auto const lot = inquiry + "-1";
    for (auto const& path : {"/api/v1/inquiries", "/api/v1/me"}) caller.get(path);
    caller.get("/api/v1/inquiries/" + inquiry);
    caller.get("/api/v1/lots/" + lot + "/result");
    caller.get("/api/v1/lots/" + lot + "/history");
    caller.get("/metrics");
  }
};

TEST_F(Secrecy, a_sealed_price_is_in_no_byte_to_any_role_before_the_close) {
  auto const inquiry = sealed_inquiry(8);
  auto const lot = inquiry + "-1";
  std::map<std::string, Tape> tapes;
  for (auto const* who : {"nobody", "buyer", "colleague", "regulator", "s1", "s2"}) tapes[who] = tape();
  auto nobody = market.passer_by(tapes["nobody"]);
  auto buying = market.seat(buyer, tapes["buyer"]);
  auto watching = market.seat(regulator, tapes["regulator"]);
  auto one = market.seat(s1, tapes["s1"]);
  auto two = market.seat(s2, tapes["s2"]);
  std::vector<Seat*> const seats{&nobody, &buying, &watching, &one, &two};
  for (auto* seat : seats) seat->subscribe({inquiry});

  ASSERT_TRUE(one.bid(lot, first.yuan, "q1").is_accepted());
  ASSERT_TRUE(two.bid(lot, second.yuan, "q2").is_accepted());
  ASSERT_TRUE(one.bid(lot, first.yuan, "q1").is_accepted()) << "a repeat";
  EXPECT_EQ(one.bid(lot, second.yuan, "q1").code, "KEY_REUSED");
  EXPECT_EQ(two.bid(lot, "31.07", "slip").code, "CONFIRMATION_NEEDED");
  one.ask(lot, "q1");
  one.reconnect();
  for (auto* seat : seats) {
    seat->subscribe({inquiry});
    seat->read_what_came();
  }
  ask_everything(market.nobody(tapes["nobody"]), inquiry);
  ask_everything(market.as(buyer, tapes["buyer"]), inquiry);
  ask_everything(market.as(colleague, tapes["colleague"]), inquiry);
  ask_everything(market.as(regulator, tapes["regulator"]), inquiry);
  ask_everything(market.as(s1, tapes["s1"]), inquiry);
  ask_everything(market.as(s2, tapes["s2"]), inquiry);
  ASSERT_THAT(nobody.text(lot + "/public", "state"), testing::AnyOf("RUNNING", "EXTENDED")) << "still before the close";
  for (auto const& [who, said] : tapes) {
    EXPECT_FALSE(said->empty()) << who;
    EXPECT_THAT(*said, Not(HasSubstr("73191"))) << who;
    EXPECT_THAT(*said, Not(HasSubstr("7319147"))) << who;
    EXPECT_THAT(*said, Not(HasSubstr("74862"))) << who;
    EXPECT_THAT(*said, Not(HasSubstr("31.07"))) << who;
  }
  EXPECT_THAT(market.server().log(), Not(HasSubstr("73191"))) << "the log is read by many";

  ASSERT_TRUE(nobody.until([&] { return nobody.text(lot + "/public", "state") == "SELECTING"; }));
  EXPECT_THAT(*tapes["nobody"], HasSubstr(first.yuan)) << "after the close it is public: the search works";
}

TEST_F(Secrecy, a_sealed_price_is_in_no_file_before_the_close_not_even_after_a_crash) {
  auto const inquiry = sealed_inquiry(600);
  auto const lot = inquiry + "-1";
  auto seat = market.seat(s1);
  ASSERT_TRUE(seat.bid(lot, first.yuan, "q1").is_accepted());
  EXPECT_THAT(files_with(market.server().data(), first), IsEmpty());

  market.server().kill();
  EXPECT_THAT(files_with(market.server().data(), first), IsEmpty());
  market.server().start();
  auto again = market.seat(s1);
  EXPECT_EQ(again.ask(lot, "q1").at("outcome").as_string(), "accepted");
  EXPECT_THAT(files_with(market.server().data(), first), IsEmpty());
  ASSERT_EQ(market.server().stop(), 0);
  EXPECT_THAT(files_with(market.server().data(), first), IsEmpty());
}

TEST_F(Secrecy, an_open_price_is_in_the_files_so_the_search_would_find_a_sealed_one) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org}, .lots = {{.ceiling = "100000.00"}}});
  ASSERT_TRUE(market.seat(s1).bid(inquiry + "-1", first.yuan, "open").is_accepted());
  EXPECT_THAT(files_with(market.server().data(), first), Not(IsEmpty()));
}

TEST_F(Secrecy, passwords_tokens_and_what_names_a_person_are_in_no_file_and_in_no_log) {
  market.sign_in(s1.login, s1.password);
  auto const place = market.server().data();
  EXPECT_THAT(files_that_hold(place, s1.password), IsEmpty());
  EXPECT_THAT(files_that_hold(place, s1.token), IsEmpty());
  EXPECT_THAT(files_that_hold(place, s1.login), IsEmpty());
  EXPECT_THAT(files_that_hold(place, "$argon2id$"), IsEmpty());
  EXPECT_THAT(files_that_hold(place, s1.org_name), Not(IsEmpty())) << "the search works";
  EXPECT_THAT(market.server().log(), Not(HasSubstr(s1.password)));
  EXPECT_THAT(market.server().log(), Not(HasSubstr(s1.token)));
}

TEST_F(Secrecy, bidders_of_a_live_auction_are_aliases_and_ones_own_rank_is_ones_own) {
  auto const inquiry = market.start_now(buyer, {.admitted = {s1.org, s2.org}, .lots = {{.ceiling = "100000.00"}}});
  auto const lot = inquiry + "-1";
  std::map<std::string, Tape> tapes;
  for (auto const* who : {"nobody", "buyer", "s2"}) tapes[who] = tape();
  auto nobody = market.passer_by(tapes["nobody"]);
  auto buying = market.seat(buyer, tapes["buyer"]);
  auto one = market.seat(s1);
  auto two = market.seat(s2, tapes["s2"]);
  for (auto* seat : {&nobody, &buying, &one, &two}) seat->subscribe({inquiry});
  ASSERT_TRUE(one.bid(lot, first.yuan, "a").is_accepted());
  ASSERT_TRUE(two.bid(lot, second.yuan, "b").is_accepted());

  ASSERT_TRUE(buying.until([&] { return buying.text(lot + "/public", "best") == first.yuan; }));
  ASSERT_TRUE(nobody.until([&] { return nobody.text(lot + "/public", "best") == first.yuan; }));
  ASSERT_TRUE(two.until([&] { return rank_of(two, lot) == 2; }));
  ASSERT_TRUE(one.until([&] { return rank_of(one, lot) == 1; }));
  for (auto const& [who, said] : tapes) {
    EXPECT_THAT(*said, Not(HasSubstr(s1.org_name))) << who;
    EXPECT_THAT(*said, Not(HasSubstr("\"org\":\"" + s1.org + "\""))) << who;
  }
  EXPECT_THAT(*tapes["nobody"], Not(HasSubstr(second.yuan))) << "only the best is public";
  EXPECT_FALSE(nobody.picture(lot + "/public").contains("bidders"));
  EXPECT_FALSE(nobody.picture(lot + "/public").contains("bids"));
  EXPECT_TRUE(nobody.picture(lot + "/own").empty());
  EXPECT_TRUE(two.picture(lot + "/supervision").empty());
}

TEST_F(Secrecy, a_draft_is_seen_by_nobody_else) {
  auto const inquiry = market.draft(buyer, {.title = "尚未公开的采购", .admitted = {s1.org}});
  for (auto const& authorization : {std::string{}, s1.token, regulator.token}) {
    Caller caller{market.server(), market.contract(), authorization};
    EXPECT_THAT(caller.get("/api/v1/inquiries/" + inquiry).status, testing::AnyOf(401, 403, 404));
    EXPECT_THAT(caller.get("/api/v1/inquiries").body, Not(HasSubstr("尚未公开的采购")));
  }
  auto watcher = market.passer_by();
  watcher.say(R"({"type":"subscribe","id":"d","inquiries":[")" + inquiry + "\"]}");
  EXPECT_EQ(text_or(watcher.await([](auto const& message) { return message.contains("id"); }).if_contains("type"), ""),
            "problem");
}

}  // namespace
