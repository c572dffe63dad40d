// The order in which a bid is judged: a bid that breaks one rule and the next is told the first. Neighbour by
// neighbour, for each format where both can be broken at once, by the Hall and by its twin.
//
// A tie never meets the last rule, CONFIRMATION_NEEDED: who is equal to another is not below the lead.
//
// A case is a small course of commands in the language of the scenarios and the refusal its last line must meet.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "engine/hall.h"
#include "tests/support/naive_lot.h"
#include "tests/support/scenario.h"

namespace {

using namespace engine;

struct Case {
  char const* first;  // the refusal that is told
  char const* next;   // the one that the same bid would meet otherwise
  char const* course;
};

std::string const reverse =
    "lot A reverse ceiling 100.00 step 5.00 opens 10:00 for 30m cap 60m pause 5m\nadmit A S1 S2 S3\n09:00 open A\n";
std::string const sealed =
    "lot A sealed ceiling 100.00 once attempts 3 opens 10:00 for 30m\nadmit A S1 S2 S3\n09:00 open A\n";
std::string const rounds =
    "lot A rounds ceiling 100.00 step 5.00 opens 10:00 for 30m first-pause 5m turn 2m bidders 2\n"
    "admit A S1 S2 S3\n09:00 open A\n10:00 bid A S1 90.00 confirmed\n10:00 bid A S2 80.00 confirmed\n";
std::string const dutch =
    "lot A dutch ceiling 100.00 step 5.00 opens 10:00 levels 50.00 90.00 10.00 turn 5m pause 5m sealed-for 10m "
    "best-bid-for 10m bidders 1\nadmit A S1 S2 S3\n09:00 open A\n";
std::string const japanese =
    "lot A japanese ceiling 100.00 opens 10:00 levels 90.00 50.00 10.00 turn 5m bidders 1\nadmit A S1 S2 S3\n09:00 "
    "open A\n";

std::vector<std::string> refusals_of(Events const& events) {
  std::vector<std::string> codes;
  for (auto const& event : events) {
    if (auto const* refused = std::get_if<BidRefused>(&event)) codes.emplace_back(refused->receipt.refusal->kind->code);
  }
  return codes;
}

class RefusalOrder : public testing::Test {
 protected:
  void SetUp() override {
    path_ = std::filesystem::temp_directory_path() / ("ebb-refusal-order-" + std::to_string(getpid()) + ".txt");
  }
  void TearDown() override { std::filesystem::remove(path_); }

  void expect(std::string const& opening, std::vector<Case> const& cases) {
    for (auto const& [first, next, course] : cases) {
      SCOPED_TRACE(std::string(first) + " before " + next + "\n" + course);
      std::ofstream(path_) << opening << course << '\n';
      Hall hall;
      support::NaiveHall naive;
      Events told, expected;
      std::uint64_t seq = 0;
      for (auto const& step : support::read_scenario(path_.string())) {
        told.clear();
        expected.clear();
        ++seq;
        hall.apply({Seq{seq}, Seq{}, step.at, std::nullopt, {}, *step.command}, told);
        naive.apply({Seq{seq}, Seq{}, step.at, std::nullopt, {}, *step.command}, expected);
      }
      EXPECT_EQ(refusals_of(told), std::vector<std::string>{first}) << "by the Hall";
      EXPECT_EQ(refusals_of(expected), std::vector<std::string>{first}) << "by its twin";
    }
  }

 private:
  std::filesystem::path path_;
};

TEST_F(RefusalOrder, of_a_bid_s_key_bidder_and_moment) {
  expect(reverse, {{"NO_SUCH_LOT", "NOT_ADMITTED", "10:00 bid B S9 90.00"},
                   {"NOT_ADMITTED", "KEY_REUSED", "10:00 bid A S1 90.00 key k\n10:01 bid A S9 91.00 key k"},
                   {"KEY_REUSED", "DISQUALIFIED",
                    "10:00 bid A S1 90.00 key k\n10:00 disqualify A S1\n10:01 bid A S1 91.00 key k"},
                   {"KEY_REUSED", "NOT_OFFERED", "10:00 bid A S1 90.00 key k\n10:01 surrogate A S1 91.00 key k"},
                   {"NOT_OFFERED", "SELF_APPROVAL", "10:00 surrogate A S1 90.00 by P1 approved P1"},
                   {"NOT_OFFERED", "DISQUALIFIED", "10:00 disqualify A S1\n10:01 surrogate A S1 90.00 approved P2"},
                   {"DISQUALIFIED", "NOT_STARTED", "09:10 disqualify A S1\n09:11 bid A S1 90.00"},
                   {"DISQUALIFIED", "PAUSED", "10:00 disqualify A S1\n10:00 pause A\n10:01 bid A S1 90.00"},
                   {"DISQUALIFIED", "CLOSED", "10:00 disqualify A S1\n10:30 bid A S1 90.00"},
                   {"NOT_STARTED", "ABOVE_CEILING", "09:30 bid A S1 101.00"},
                   {"PAUSED", "ABOVE_CEILING", "10:00 pause A\n10:01 bid A S1 101.00"},
                   {"CLOSED", "ABOVE_CEILING", "10:30 bid A S1 101.00"}});
  expect("lot A surrogates\n" + reverse,
         {{"SELF_APPROVAL", "REASON_TOO_SHORT", "10:00 surrogate A S1 90.00 because short"},
          {"REASON_TOO_SHORT", "DISQUALIFIED",
           "10:00 disqualify A S1\n10:01 surrogate A S1 90.00 approved P2 because short"}});
}

TEST_F(RefusalOrder, of_a_reverse_bid_s_stage_and_attempts) {
  std::string const eliminating = "lot A times 2 eliminate 1 attempts 2\n" + reverse;
  std::string const three = "10:00 bid A S1 90.00\n10:00 bid A S2 80.00\n10:00 bid A S3 70.00\n";
  std::string const paused = three + "10:30 pause A\n10:31 bid A S1 60.00";
  std::string const in_break = three + "10:31 bid A S1 101.00";
  std::string const spent = three + "10:01 bid A S2 79.00\n10:31 bid A S2 101.00";
  std::string const spent_later = three + "10:01 bid A S2 79.00\n10:36 bid A S2 101.00";
  expect(eliminating, {{"PAUSED", "ELIMINATED", paused.c_str()},
                       {"ELIMINATED", "BETWEEN_STAGES", in_break.c_str()},
                       {"BETWEEN_STAGES", "TOO_MANY_ATTEMPTS", spent.c_str()},
                       {"TOO_MANY_ATTEMPTS", "ABOVE_CEILING", spent_later.c_str()}});
  expect("lot A proxies attempts 1\n" + reverse,
         {{"TOO_MANY_ATTEMPTS", "PROXY_ACTIVE",
           "10:00 bid A S1 90.00\n10:00 proxy A S1 50.00 5.00\n10:01 bid A S1 80.00"}});
  expect("lot A proxies\n" + reverse, {{"PROXY_ACTIVE", "AMOUNT_NON_POSITIVE",
                                        "10:00 bid A S1 90.00\n10:00 proxy A S1 50.00 5.00\n10:01 bid A S1 0.00"}});
}

TEST_F(RefusalOrder, of_a_reverse_bid_s_price) {
  expect("lot A leader-waits\n" + reverse,
         {{"AMOUNT_NON_POSITIVE", "LEADER_WAITS", "10:00 bid A S1 90.00\n10:01 bid A S1 0.00"},
          {"ABOVE_CEILING", "LEADER_WAITS", "10:00 bid A S1 90.00\n10:01 bid A S1 100.01"},
          {"LEADER_WAITS", "DECREMENT_TOO_SMALL", "10:00 bid A S1 90.00\n10:01 bid A S1 89.00"}});
  expect("lot A leader-waits grid\n" + reverse,
         {{"ABOVE_CEILING", "OFF_GRID", "10:00 bid A S1 100.01"},
          {"LEADER_WAITS", "OFF_GRID", "10:00 bid A S1 90.00\n10:01 bid A S1 79.99"}});
  expect("lot A grid front 7.00\n" + reverse,
         {{"OFF_GRID", "DECREMENT_TOO_SMALL", "10:00 bid A S1 90.00\n10:01 bid A S1 88.00"},
          {"OFF_GRID", "INSIDE_BUFFER", "10:00 bid A S1 90.00\n10:01 bid A S2 88.00"}});
  expect("lot A front 7.00 back 3.00 ties refused slip 9500\n" + reverse,
         {{"DECREMENT_TOO_SMALL", "INSIDE_BUFFER",
           "10:00 bid A S2 83.50\n10:00 bid A S1 76.00 confirmed\n10:01 bid A S2 78.60"},
          {"INSIDE_BUFFER", "TIE_REFUSED", "10:00 bid A S1 90.00\n10:01 bid A S2 90.00"},
          {"INSIDE_BUFFER", "CONFIRMATION_NEEDED", "10:00 bid A S1 90.00\n10:01 bid A S2 83.01"}});
  expect("lot A ties refused\n" + reverse,
         {{"DECREMENT_TOO_SMALL", "TIE_REFUSED", "10:00 bid A S1 90.00\n10:00 bid A S2 92.00\n10:01 bid A S2 90.00"}});
  expect("lot A slip 10000\n" + reverse + "10:00 bid A S1 40.00\n",
         {{"DECREMENT_TOO_SMALL", "CONFIRMATION_NEEDED", "10:01 bid A S1 39.00"}});
}

TEST_F(RefusalOrder, of_a_sealed_quote) {
  expect(sealed, {{"PAUSED", "ALREADY_QUOTED", "10:00 bid A S1 90.00\n10:00 pause A\n10:01 bid A S1 80.00"},
                  {"ALREADY_QUOTED", "AMOUNT_NON_POSITIVE", "10:00 bid A S1 90.00\n10:01 bid A S1 0.00"},
                  {"ALREADY_QUOTED", "ABOVE_CEILING", "10:00 bid A S1 90.00\n10:01 bid A S1 101.00"},
                  {"ALREADY_QUOTED", "CONFIRMATION_NEEDED", "10:00 bid A S1 90.00\n10:01 bid A S1 1.00"},
                  {"AMOUNT_NON_POSITIVE", "CONFIRMATION_NEEDED", "10:00 bid A S1 0.00"}});
  expect(
      "lot A attempts 1\n"
      "lot A sealed ceiling 100.00 once opens 10:00 for 30m\nadmit A S1 S2\n09:00 open A\n",
      {{"TOO_MANY_ATTEMPTS", "ALREADY_QUOTED", "10:00 bid A S1 90.00\n10:01 bid A S1 80.00"}});
}

TEST_F(RefusalOrder, of_a_bid_in_turns) {
  expect(rounds, {{"DISQUALIFIED", "BETWEEN_STAGES", "10:30 disqualify A S1\n10:31 bid A S1 80.00"},
                  {"PAUSED", "BETWEEN_STAGES", "10:30 pause A\n10:31 bid A S1 80.00"},
                  {"PAUSED", "NOT_YOUR_TURN", "10:35 pause A\n10:36 bid A S2 70.00"},
                  {"BETWEEN_STAGES", "ABOVE_CEILING", "10:31 bid A S1 101.00"},
                  {"NOT_YOUR_TURN", "ABOVE_CEILING", "10:35 bid A S2 101.00"},
                  {"ABOVE_CEILING", "DECREMENT_TOO_SMALL", "10:35 bid A S1 101.00"}});
  expect("lot A grid attempts 1\n" + rounds, {{"NOT_YOUR_TURN", "TOO_MANY_ATTEMPTS", "10:35 bid A S2 70.00"},
                                              {"TOO_MANY_ATTEMPTS", "OFF_GRID", "10:35 bid A S1 88.00"}});
  expect("lot A grid slip 9900\n" + rounds, {{"ABOVE_CEILING", "OFF_GRID", "10:35 bid A S1 101.00"},
                                             {"OFF_GRID", "DECREMENT_TOO_SMALL", "10:35 bid A S1 88.00"},
                                             {"OFF_GRID", "CONFIRMATION_NEEDED", "10:35 bid A S1 71.00"}});
}

TEST_F(RefusalOrder, of_a_bid_at_levels_and_of_those_after_the_taker) {
  expect(dutch, {{"AMOUNT_NON_POSITIVE", "WRONG_LEVEL", "10:00 bid A S1 0.00"},
                 {"ABOVE_CEILING", "WRONG_LEVEL", "10:00 bid A S1 101.00"},
                 {"BETWEEN_STAGES", "NOT_YOUR_TURN", "10:00 bid A S1 50.00\n10:01 bid A S1 40.00"},
                 {"NOT_YOUR_TURN", "ABOVE_CEILING", "10:00 bid A S1 50.00\n10:05 bid A S1 101.00"},
                 {"ABOVE_CEILING", "DECREMENT_TOO_SMALL", "10:00 bid A S1 50.00\n10:05 bid A S2 101.00"}});
  expect("lot A once slip 9900\n" + dutch,
         {{"ALREADY_QUOTED", "DECREMENT_TOO_SMALL",
           "10:00 bid A S1 50.00\n10:05 bid A S2 45.00 confirmed\n10:06 bid A S2 50.00"},
          {"DECREMENT_TOO_SMALL", "CONFIRMATION_NEEDED", "10:00 bid A S1 50.00\n10:05 bid A S2 46.00"}});
  expect(japanese, {{"ELIMINATED", "WRONG_LEVEL", "10:00 bid A S1 90.00\n10:00 bid A S2 90.00\n10:05 bid A S3 90.00"},
                    {"ALREADY_QUOTED", "AMOUNT_NON_POSITIVE", "10:00 bid A S1 90.00\n10:01 bid A S1 0.00"},
                    {"ALREADY_QUOTED", "WRONG_LEVEL", "10:00 bid A S1 90.00\n10:01 bid A S1 80.00"},
                    {"ABOVE_CEILING", "WRONG_LEVEL", "10:00 bid A S1 101.00"}});
  expect("lot A attempts 1\n" + japanese,
         {{"TOO_MANY_ATTEMPTS", "ALREADY_QUOTED", "10:00 bid A S1 90.00\n10:01 bid A S1 80.00"}});
}

}  // namespace
