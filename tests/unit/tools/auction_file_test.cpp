// Every problem a file can have, each at its member with its code; and bytes of any kind end in an answer.
#include "tools/ebb/auction_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tools/ebb/auction.h"
#include "tools/ebb/auction_json.h"

namespace {

using ebb::auction::read_file;
using testing::ElementsAre;
using testing::IsEmpty;

// "/lots/0/ceiling TOO_PRECISE", of each problem.
std::vector<std::string> problems(std::string const& text) {
  std::vector<std::string> told;
  auto const file = read_file(text);
  if (file) return told;
  for (auto const& problem : file.error().list()) told.push_back(problem.pointer + " " + std::string{problem.code});
  return told;
}

constexpr char const* good_lot =
    R"({"name": "A", "format": "reverse", "opens_at": "2026-01-05T02:00:00Z", "ceiling": "100.00", "decrement": "1.00"})";

std::string with_lot(std::string const& lot, std::string const& more = "") {
  return R"({"ebb_auction": 1, "lots": [)" + lot + R"(], "bidders": [{"name": "acorn"}])" + more + "}";
}
std::string with_rule(std::string const& rule) {
  std::string lot = good_lot;
  lot.insert(lot.size() - 1, ", " + rule);
  return with_lot(lot);
}
std::string with_bidder(std::string const& bidder) {
  return R"({"ebb_auction": 1, "lots": [)" + std::string{good_lot} + R"(], "bidders": [)" + bidder + "]}";
}
std::string with_act(std::string const& act) {
  return with_lot(good_lot, R"(, "acts": [)" + act + "]");
}
std::string bid_with(std::string const& members) {
  return with_act(R"({"at": "+00:00:01", "do": "bid", "lot": "A", "bidder": "acorn", )" + members + "}");
}

TEST(AuctionFile, a_right_file_has_none) {
  EXPECT_THAT(problems(with_lot(good_lot)), IsEmpty());
}

TEST(AuctionFile, what_is_no_json_is_told_by_line_and_column) {
  auto const file = read_file("{\n  \"ebb_auction\": 1,,\n}");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().list().front().code, "NOT_JSON");
  EXPECT_EQ(file.error().list().front().actual, "line 2, column 20");
}

TEST(AuctionFile, text_that_only_looks_like_json_is_refused) {
  for (auto const* text : {"", " ", "{", "{}{}", "nul", "01", "[1,]", "{\"a\":1,}", "'a'", "\"\xff\"", "// no\n{}"}) {
    EXPECT_THAT(problems(text), ElementsAre(" NOT_JSON")) << text;
  }
  EXPECT_THAT(problems("7"), testing::Contains(" WRONG_TYPE"));
}

TEST(AuctionFile, members_are_known_and_stand_once) {
  EXPECT_THAT(problems(R"({"ebb_auction": 1, "ebb_auction": 1})"), ElementsAre("/ebb_auction DUPLICATE_MEMBER"));
  EXPECT_THAT(problems(with_rule(R"("ceiling": "1.00")")), ElementsAre("/lots/0/ceiling DUPLICATE_MEMBER"));
  EXPECT_THAT(problems(with_rule(R"("celing/": "1.00")")), ElementsAre("/lots/0/celing~1 UNKNOWN_MEMBER"));
  EXPECT_THAT(problems("{}"),
              ElementsAre("/ebb_auction MISSING_MEMBER", "/lots MISSING_MEMBER", "/bidders MISSING_MEMBER"));
}

TEST(AuctionFile, money_is_text_with_at_most_two_decimals) {
  EXPECT_THAT(problems(with_rule(R"("front_buffer": 5)")), ElementsAre("/lots/0/front_buffer WRONG_TYPE"));
  EXPECT_THAT(problems(with_rule(R"("front_buffer": 5.5)")), ElementsAre("/lots/0/front_buffer WRONG_TYPE"));
  EXPECT_THAT(problems(with_rule(R"("front_buffer": "5.001")")), ElementsAre("/lots/0/front_buffer TOO_PRECISE"));
  EXPECT_THAT(problems(with_rule(R"("front_buffer": "5e3")")), ElementsAre("/lots/0/front_buffer NOT_AN_AMOUNT"));
  EXPECT_THAT(problems(with_rule(R"("front_buffer": "100000000000.01")")),
              ElementsAre("/lots/0/front_buffer OUT_OF_RANGE"));
}

TEST(AuctionFile, numbers_are_whole_and_in_range) {
  EXPECT_THAT(problems(with_rule(R"("rounds": 1.0)")), ElementsAre("/lots/0/rounds NOT_A_NUMBER"));
  EXPECT_THAT(problems(with_rule(R"("rounds": 1e0)")), ElementsAre("/lots/0/rounds NOT_A_NUMBER"));
  EXPECT_THAT(problems(with_rule(R"("rounds": 256)")), ElementsAre("/lots/0/rounds OUT_OF_RANGE"));
  EXPECT_THAT(problems(with_rule(R"("rounds": 18446744073709551616)")), ElementsAre("/lots/0/rounds NOT_A_NUMBER"));
  EXPECT_THAT(problems(with_rule(R"("rounds": "1")")), ElementsAre("/lots/0/rounds WRONG_TYPE"));
  EXPECT_THAT(problems(with_rule(R"("duration_s": 99999999999)")), ElementsAre("/lots/0/duration_s OUT_OF_RANGE"));
}

TEST(AuctionFile, words_are_those_of_the_table) {
  EXPECT_THAT(problems(with_rule(R"("ties": "coin")")), ElementsAre("/lots/0/ties NOT_A_CHOICE"));
  EXPECT_THAT(problems(with_rule(R"("proxies": 1)")), ElementsAre("/lots/0/proxies WRONG_TYPE"));
  EXPECT_THAT(problems(with_rule(R"("visibility": {"lead": true, "names": true})")),
              ElementsAre("/lots/0/visibility/names UNKNOWN_MEMBER"));
  EXPECT_THAT(problems(with_rule(R"("ladder": [{"above": "0.00"}])")),
              ElementsAre("/lots/0/ladder/0/decrement MISSING_MEMBER"));
  EXPECT_THAT(problems(with_rule(R"("slip_below": "101.00")")), ElementsAre("/lots/0/slip_below NOT_A_NUMBER"));
}

TEST(AuctionFile, rules_that_the_engine_refuses_are_told_at_their_member_each) {
  EXPECT_THAT(problems(with_rule(R"("duration_s": 60, "hard_cap_s": 30, "attempts_max": 0)")),
              ElementsAre("/lots/0/hard_cap_s BAD_RULES", "/lots/0/attempts_max BAD_RULES"));
  auto const lot = R"({"name": "A", "format": "reverse", "opens_at": "2026-01-05T02:00:00Z", "ceiling": "100.00"})";
  EXPECT_THAT(problems(with_lot(lot)), ElementsAre("/lots/0/decrement BAD_RULES")) << "not said, and needed";
}

TEST(AuctionFile, what_only_an_opening_shows_is_told_of_its_lot) {
  auto const lots = std::string{good_lot} +
                    R"(, {"name": "B", "format": "reverse", "opens_at": "2046-01-05T02:00:00Z",
                          "ceiling": "100.00", "decrement": "1.00"})";
  EXPECT_THAT(problems(with_lot(lots)), ElementsAre("/lots/1 BAD_RULES"));
}

TEST(AuctionFile, lots_and_bidders_have_names_of_their_own) {
  EXPECT_THAT(problems(with_lot(std::string{good_lot} + "," + good_lot)), ElementsAre("/lots/1/name DUPLICATE_NAME"));
  EXPECT_THAT(problems(with_bidder(R"({"name": "a"}, {"name": "a"})")), ElementsAre("/bidders/1/name DUPLICATE_NAME"));
  EXPECT_THAT(problems(with_bidder(R"({"name": ""})")), ElementsAre("/bidders/0/name BAD_NAME"));
  EXPECT_THAT(problems(with_bidder(R"({"name": "a\nb"})")), ElementsAre("/bidders/0/name BAD_NAME"));
  EXPECT_THAT(problems(R"({"ebb_auction": 1, "lots": [], "bidders": []})"), ElementsAre("/lots TOO_FEW"));
}

TEST(AuctionFile, a_lot_follows_an_earlier_one_only) {
  auto const second = [](std::string const& after) {
    return std::string{good_lot} + R"(, {"name": "B", "format": "reverse", "ceiling": "100.00", "decrement": "1.00",
                                          "after": ")" +
           after + "\"}";
  };
  EXPECT_THAT(problems(with_lot(second("A"))), IsEmpty());
  EXPECT_THAT(problems(with_lot(second("B"))),
              ElementsAre("/lots/1/after UNKNOWN_NAME", "/lots/1/opens_at MISSING_MEMBER"));
}

TEST(AuctionFile, evaluations_have_ranges) {
  EXPECT_THAT(problems(with_bidder(R"({"name": "a", "deduction": "100.00"})")),
              ElementsAre("/bidders/0/deduction OUT_OF_RANGE"));
  EXPECT_THAT(problems(with_bidder(R"({"name": "a", "coefficient": "0.0999"})")),
              ElementsAre("/bidders/0/coefficient OUT_OF_RANGE"));
  EXPECT_THAT(problems(with_bidder(R"({"name": "a", "coefficient": "1.00001"})")),
              ElementsAre("/bidders/0/coefficient NOT_A_NUMBER"));
  EXPECT_THAT(problems(with_bidder(R"({"name": "a", "lots": [{"lot": "B"}, {"lot": "A"}, {"lot": "A"}]})")),
              ElementsAre("/bidders/0/lots/0/lot UNKNOWN_NAME", "/bidders/0/lots/2/lot DUPLICATE_NAME"));
}

TEST(AuctionFile, an_evaluation_of_a_lot_takes_the_place_of_the_usual_one) {
  auto const file = read_file(with_bidder(R"({"name": "a", "deduction": "5.00", "coefficient": "2",
                      "lots": [{"lot": "A", "coefficient": "1.5", "addition": "-0.50"}]})"));
  ASSERT_TRUE(file);
  engine::Evaluation const expected{engine::BasisPoints{500}, engine::BasisPoints{15'000}, engine::Money::fen(-50)};
  EXPECT_EQ(file->opening.at(0).admitted.at(0).evaluation, expected);
}

TEST(AuctionFile, acts_name_what_is_there) {
  EXPECT_THAT(problems(with_act(R"({"at": "+00:00:01", "do": "bid", "lot": "B", "bidder": "b", "price": "1.00"})")),
              ElementsAre("/acts/0/lot UNKNOWN_NAME", "/acts/0/bidder UNKNOWN_NAME"));
  EXPECT_THAT(problems(with_act(R"({"at": "+00:00:01", "do": "dance"})")), ElementsAre("/acts/0/do NOT_A_CHOICE"));
  EXPECT_THAT(problems(bid_with(R"("price": "1.00", "expect": "REFUSED")")),
              ElementsAre("/acts/0/expect NOT_A_CHOICE"));
  EXPECT_THAT(problems(bid_with(R"("price": "1.00", "key": "a b")")), ElementsAre("/acts/0/key BAD_KEY"));
  EXPECT_THAT(problems(with_act(R"({"at": "+00:00:01", "do": "tick", "expect": "accepted"})")),
              ElementsAre("/acts/0/expect UNKNOWN_MEMBER"));
  EXPECT_THAT(problems(with_act(R"({"at": "+00:00:01", "do": "cancel_bid", "lot": "A", "bidder": "acorn",
                                    "bid": "itself", "name": "itself"})")),
              ElementsAre("/acts/0/bid UNKNOWN_NAME"));
}

TEST(AuctionFile, acts_stand_in_order_of_time) {
  EXPECT_THAT(problems(with_act(R"({"at": "+00:00:01", "do": "tick"}, {"at": "+00:00:01", "do": "tick"},
                                   {"at": "2026-01-05T02:00:00.999Z", "do": "tick"})")),
              ElementsAre("/acts/2/at OUT_OF_ORDER"));
}

TEST(AuctionFile, moments_are_dates_or_offsets_from_the_first_opening) {
  auto const moment = [](std::string const& text) {
    auto const file = read_file(with_act(R"({"at": ")" + text + R"(", "do": "tick"})"));
    return file ? engine::in_millis(file->acts.at(0).at) - engine::in_millis(file->opening.at(0).opens_at) : -1;
  };
  EXPECT_EQ(moment("+00:05:00"), 300'000);
  EXPECT_EQ(moment("+100:00:00.25"), 360'000'250);
  EXPECT_EQ(moment("-00:00:02.5"), -2'500);
  EXPECT_EQ(moment("2026-01-05T10:00:01+08:00"), 1'000);
  for (auto const* text : {"", "+", "00:05:00", "+0:5:0", "+00:60:00", "+00:05:00.", "+00:05:00.1234", "+123456:00:00",
                           "+00:05", "+::", "2026-02-30T00:00:00Z"}) {
    EXPECT_THAT(problems(with_act(R"({"at": ")" + std::string{text} + R"(", "do": "tick"})")),
                ElementsAre("/acts/0/at NOT_A_MOMENT"))
        << text;
  }
}

TEST(AuctionFile, lists_have_ends) {
  auto const ticks = [](std::size_t count) {
    std::string acts;
    for (std::size_t i = 0; i < count; ++i)
      acts += std::string{i == 0 ? "" : ","} + R"({"at":"+00:00:01","do":"tick"})";
    return with_act(acts);
  };
  EXPECT_THAT(problems(ticks(ebb::auction::acts_max)), IsEmpty());
  EXPECT_THAT(problems(ticks(ebb::auction::acts_max + 1)), ElementsAre("/acts TOO_MANY"));
  EXPECT_THAT(problems(std::string(ebb::auction::file_bytes_max + 1, ' ')), ElementsAre(" TOO_LARGE"));
  EXPECT_THAT(problems(with_rule(R"("attempts_max": 10000)")), IsEmpty());
  std::string bidders;
  for (int i = 0; i < 300; ++i) bidders += std::string{i == 0 ? "" : ","} + R"({"name":"b)" + std::to_string(i) + "\"}";
  auto text = with_rule(R"("attempts_max": 10000)");
  text.replace(text.find(R"({"name": "acorn"})"), 17, bidders);
  EXPECT_THAT(problems(text), ElementsAre("/lots/0/attempts_max TOO_MANY"));
}

TEST(AuctionFile, problems_are_counted_beyond_those_that_are_kept) {
  std::string members;
  for (int i = 0; i < 150; ++i) members += ", \"x" + std::to_string(i) + "\": 1";
  auto const file = read_file(with_lot(good_lot, members));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().list().size(), ebb::auction::Problems::most);
  EXPECT_EQ(file.error().count(), 150U);
}

TEST(AuctionFile, a_file_cut_off_anywhere_or_with_any_byte_changed_ends_in_an_answer) {
  auto const whole = bid_with(R"("price": "99.00", "expect": "accepted")");
  for (std::size_t i = 0; i < whole.size(); ++i) {
    EXPECT_FALSE(read_file(whole.substr(0, i)));
    for (char const c : {'\0', '"', '9', '}', '\xff'}) {
      auto changed = whole;
      changed[i] = c;
      EXPECT_LE(ebb::auction::run(changed).exit_code, 2);
    }
  }
}

// JSONTestSuite: what must be read is read (and is then no auction), what must be refused is refused.
TEST(AuctionFile, json_is_read_as_the_standard_says) {
  auto const* given = std::getenv("EBB_FIXTURES");
  auto const folder = std::filesystem::path{given != nullptr ? given : ""} / "jsontestsuite";
  if (given == nullptr || !std::filesystem::exists(folder)) GTEST_SKIP() << folder << " is not here (EBB_FIXTURES)";
  std::size_t seen = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator{folder}) {
    auto const name = entry.path().filename().string();
    if (!name.starts_with("y_") && !name.starts_with("n_")) continue;
    std::ifstream in{entry.path(), std::ios::binary};
    std::string const text{std::istreambuf_iterator<char>{in}, {}};
    ebb::auction::Problems told;
    auto const read = ebb::auction::read_json(text, told);
    auto const is_duplicate = name.find("duplicated_key") != std::string::npos;
    EXPECT_EQ(read.has_value(), name.starts_with("y_") && !is_duplicate) << name;
    ++seen;
  }
  EXPECT_GT(seen, 200U);
}

}  // namespace
