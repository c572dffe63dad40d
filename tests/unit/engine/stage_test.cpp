// The course of every format, by hand: which stage follows which, when, and what time alone tells.
#include "engine/stage.h"

#include <gtest/gtest.h>

#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

// A winner has a hundred seconds to answer.
Auction with(LotRules rules, bool with_dora = false) {
  Auction auction;
  auction.rules = rules;
  auction.rules.confirm_for = std::chrono::seconds{100};
  if (with_dora) auction.admitted.push_back({dora, {}});
  return auction;
}
Auction opened(LotRules const& rules, bool with_dora = false) {
  auto auction = with(rules, with_dora);
  auction.open();
  return auction;
}

LotRules quiet_rules() {
  auto rules = reverse_rules();
  rules.ending = Ending::Quiet;
  return rules;
}
// Two rounds of a minute, five seconds between; one goes.
LotRules elimination_rules() {
  auto rules = reverse_rules();
  rules.rounds = 2;
  rules.eliminate = 1;
  rules.pause = std::chrono::seconds{5};
  return rules;
}

TEST(Stages, of_a_plain_lot_are_one) {
  auto auction = with(reverse_rules());
  EXPECT_EQ(told(auction.open()), (Lines{"scheduled 0 to 60000"}));
  EXPECT_EQ(told(auction.tick(0)), (Lines{"starts to 60000"}));
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"FailedNoBid 60000"}));
}

TEST(Stages, of_a_sealed_lot_are_one) {
  auto auction = opened(sealed_rules());
  EXPECT_EQ(told(auction.tick(0)), (Lines{"starts to 60000"}));
  EXPECT_EQ(told(auction.bid(1, anna, 90'000)), (Lines{"anna quotes"}));
  EXPECT_EQ(auction.due(), 60'000);
}

TEST(Stages, that_hide_bids_are_those_of_one_party) {
  for (auto const kind : {StageKind::Turn, StageKind::SealedBids, StageKind::BestBid}) EXPECT_TRUE(is_hidden(kind));
  for (auto const kind : {StageKind::Bidding, StageKind::Quiet, StageKind::Break, StageKind::Level}) {
    EXPECT_FALSE(is_hidden(kind));
  }
}

// Whoever gets round to it late, everything happens at its own time.
TEST(Stages, are_the_same_in_one_step_as_in_many) {
  for (auto const& rules : {quiet_rules(), elimination_rules(), rounds_rules(), dutch_rules_with_sealed_bids(),
                            dutch_rules(), japanese_rules()}) {
    auto at_once = opened(rules);
    auto bit_by_bit = opened(rules);
    for (auto* auction : {&at_once, &bit_by_bit}) {
      auction->bid(1, anna, rules.format == Format::Japanese ? 90'000 : 50'000);
      auction->bid(2, bert, 90'000);
    }
    auto const whole = told(at_once.tick(900'000));
    Lines parts;
    for (std::int64_t at = 500; at <= 900'000; at += 500) {
      for (auto& line : told(bit_by_bit.tick(at))) parts.push_back(std::move(line));
    }
    EXPECT_EQ(whole, parts);
    EXPECT_EQ(at_once.hall.digest(), bit_by_bit.hall.digest());
  }
}

// Quiet period --------------------------------------------------------------------------------------------------------

TEST(Quiet, begins_when_the_main_time_ends_which_no_bid_moves) {
  auto auction = opened(quiet_rules());
  EXPECT_EQ(told(auction.bid(59'999, anna, 90'000)), (Lines{"starts to 60000", "anna bids 90000 rank 1<0"}));
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"quiet to 80000", "Quiet 1 to 80000"}));
}

TEST(Quiet, restarts_with_every_bid_and_ends_when_none_came) {
  auto auction = opened(quiet_rules());
  auction.tick(60'000);
  EXPECT_EQ(told(auction.bid(60'000, anna, 90'000)), (Lines{"anna bids 90000 rank 1<0"}));  // 80,000 it is already
  EXPECT_EQ(told(auction.bid(60'001, bert, 85'000)), (Lines{"bert bids 85000 rank 1<0", "late to 80001"}));
  EXPECT_EQ(told(auction.bid(80'000, anna, 88'000)), (Lines{"anna bids 88000 rank 2<2", "late to 100000"}));
  EXPECT_EQ(told(auction.bid(80'000, anna, 87'000)), (Lines{"anna bids 87000 rank 2<2"}));
  EXPECT_EQ(told(auction.bid(81'000, anna, 86'500)), (Lines{"DECREMENT_TOO_SMALL"}));
  EXPECT_EQ(told(auction.tick(100'000)), (Lines{"Awarded 100000 bert 85000 anna 87000", "asks bert to 200000"}));
}

TEST(Quiet, never_passes_the_cap) {
  auto auction = opened(quiet_rules());
  auction.tick(60'000);
  auction.bid(79'000, anna, 90'000);
  auction.bid(98'000, anna, 80'000);
  EXPECT_EQ(told(auction.bid(101'000, anna, 70'000)), (Lines{"anna bids 70000 rank 1<1", "late to 120000"}));
  EXPECT_EQ(told(auction.bid(119'999, anna, 60'000)), (Lines{"anna bids 60000 rank 1<1"}));
  EXPECT_EQ(told(auction.tick(120'000)), (Lines{"Awarded 120000 anna 60000", "asks anna to 220000"}));
}

TEST(Quiet, is_cut_by_a_cap_close_behind_the_main_time_and_left_out_by_one_at_it) {
  auto rules = quiet_rules();
  rules.hard_cap = std::chrono::milliseconds{60'001};
  EXPECT_EQ(told(opened(rules).tick(60'001)),
            (Lines{"starts to 60000", "quiet to 60001", "Quiet 1 to 60001", "FailedNoBid 60001"}));
  rules.hard_cap = std::chrono::seconds{60};
  EXPECT_EQ(told(opened(rules).tick(60'000)), (Lines{"starts to 60000", "FailedNoBid 60000"}));
}

TEST(Quiet, counts_restarts_against_their_number_but_not_its_own_beginning) {
  auto rules = quiet_rules();
  rules.extensions_max = 1;
  auto auction = opened(rules);
  auction.tick(60'000);
  EXPECT_EQ(told(auction.bid(70'000, anna, 90'000)), (Lines{"anna bids 90000 rank 1<0", "late to 90000"}));
  EXPECT_EQ(told(auction.bid(80'000, anna, 80'000)), (Lines{"anna bids 80000 rank 1<1"}));
}

TEST(Quiet, restarts_only_with_a_bid_that_reaches_the_rank) {
  auto rules = quiet_rules();
  rules.trigger_rank = 1;
  auto auction = opened(rules);
  auction.bid(1, anna, 80'000);
  auction.tick(60'000);
  EXPECT_EQ(told(auction.bid(70'000, bert, 80'000)), (Lines{"bert bids 80000 rank 2<0"}));
  EXPECT_EQ(told(auction.bid(70'000, bert, 79'000)), (Lines{"bert bids 79000 rank 1<2", "late to 90000"}));
}

TEST(Quiet, comes_in_every_round) {
  auto rules = elimination_rules();
  rules.ending = Ending::Quiet;
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  EXPECT_EQ(told(auction.tick(200'000)), (Lines{"quiet to 80000", "Quiet 1 to 80000", "out carl", "Break 2 to 85000",
                                                "Bidding 2 to 145000", "quiet to 165000", "Quiet 2 to 165000",
                                                "Awarded 165000 bert 80000 anna 90000", "asks bert to 265000"}));
}

// Elimination ---------------------------------------------------------------------------------------------------------

TEST(Elimination, sends_the_worst_and_those_without_a_bid_away) {
  auto auction = opened(elimination_rules(), true);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 70'000);
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"out anna dora", "Break 2 to 65000"}));
  EXPECT_EQ(told(auction.tick(65'000)), (Lines{"Bidding 2 to 125000"}));
  EXPECT_EQ(verdict(auction.bid(65'001, anna, 60'000)), "ELIMINATED");
  EXPECT_EQ(told(auction.bid(65'002, bert, 69'000)), (Lines{"bert bids 69000 rank 1<2"}));
  EXPECT_EQ(told(auction.tick(125'000)),
            (Lines{"Awarded 125000 bert 69000 carl 70000 anna 90000", "asks bert to 225000"}));
}

TEST(Elimination, tells_the_round_that_ended) {
  auto auction = opened(elimination_rules(), true);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auto const out = only<BiddersEliminated>(auction.tick(60'000));
  EXPECT_EQ(out.stage, (Stage{.kind = StageKind::Bidding, .round = 1}));
}

TEST(Elimination, of_equal_bids_takes_the_later) {
  auto auction = opened(elimination_rules());
  auction.bid(1, carl, 90'000);
  auction.bid(2, anna, 90'000);
  auction.bid(3, bert, 90'000);
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"out bert", "Break 2 to 65000"}));
}

TEST(Elimination, leaves_two_whatever_it_asks_for) {
  auto rules = elimination_rules();
  rules.eliminate = 100;
  auto three = opened(rules);
  three.bid(1, anna, 90'000);
  three.bid(2, bert, 80'000);
  three.bid(3, carl, 70'000);
  EXPECT_EQ(told(three.tick(60'000)), (Lines{"out anna", "Break 2 to 65000"}));
  auto two = opened(rules);
  two.bid(1, anna, 90'000);
  two.bid(2, bert, 80'000);
  EXPECT_EQ(told(two.tick(60'000)), (Lines{"out carl", "Break 2 to 65000"}));
}

TEST(Elimination, of_nobody_is_not_told_and_a_break_of_no_length_is_left_out) {
  auto rules = elimination_rules();
  rules.eliminate = 0;
  rules.pause = Duration::zero();
  auto auction = opened(rules);
  for (auto const bidder : {anna, bert, carl}) auction.bid(1, bidder, 90'000);
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"Bidding 2 to 120000"}));
}

TEST(Elimination, needs_two_with_a_bid_or_the_lot_closes) {
  auto one = opened(elimination_rules());
  one.bid(1, anna, 90'000);
  EXPECT_EQ(told(one.tick(60'000)), (Lines{"Awarded 60000 anna 90000", "asks anna to 160000"}));
  EXPECT_EQ(told(opened(elimination_rules()).tick(60'000)), (Lines{"starts to 60000", "FailedNoBid 60000"}));
}

TEST(Elimination, closes_when_fewer_than_two_who_count_may_still_bid) {
  auto rules = elimination_rules();
  rules.rounds = 3;
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 70'000);
  auction.tick(65'000);
  auction.disqualify(66'000, bert);
  EXPECT_EQ(told(auction.tick(125'000)), (Lines{"Awarded 125000 carl 70000 anna 90000", "asks carl to 225000"}));
}

TEST(Elimination, passes_the_disqualified_by_and_reinstated_they_bid_on) {
  auto auction = opened(elimination_rules(), true);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 70'000);
  auction.disqualify(4, anna);
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"out dora", "Break 2 to 65000"}));
  EXPECT_EQ(told(auction.reinstate(66'000, anna)),
            (Lines{"Bidding 2 to 125000", "reinstated anna: carl bert anna best 70000"}));
  EXPECT_EQ(verdict(auction.bid(67'000, anna, 69'000)), "ACCEPTED");
}

TEST(Elimination, outlives_disqualification_and_reinstatement) {
  auto auction = opened(elimination_rules());
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 70'000);
  auction.tick(65'000);
  auction.disqualify(66'000, anna);
  EXPECT_EQ(verdict(auction.bid(66'001, anna, 60'000)), "DISQUALIFIED");
  EXPECT_EQ(told(auction.reinstate(66'002, anna)), (Lines{"reinstated anna: carl bert anna best 70000"}));
  EXPECT_EQ(verdict(auction.bid(66'003, anna, 60'000)), "ELIMINATED");
}

TEST(Elimination, goes_on_round_by_round) {
  auto rules = elimination_rules();
  rules.rounds = 3;
  rules.pause = Duration::zero();
  auto auction = opened(rules, true);
  auction.bid(1, anna, 60'000);
  auction.bid(2, bert, 70'000);
  auction.bid(3, carl, 80'000);
  auction.bid(4, dora, 90'000);
  EXPECT_EQ(told(auction.tick(180'000)),
            (Lines{"out dora", "Bidding 2 to 120000", "out carl", "Bidding 3 to 180000",
                   "Awarded 180000 anna 60000 bert 70000 carl 80000 dora 90000", "asks anna to 280000"}));
}

TEST(Elimination, gives_every_round_its_own_cap_and_its_own_extensions) {
  auto rules = elimination_rules();
  rules.extensions_max = 1;
  rules.hard_cap = std::chrono::seconds{65};
  auto auction = opened(rules);
  auction.bid(1, bert, 90'000);
  EXPECT_EQ(told(auction.bid(59'000, anna, 90'000)), (Lines{"anna bids 90000 rank 2<0", "late to 65000"}));
  EXPECT_EQ(told(auction.tick(70'000)), (Lines{"out carl", "Break 2 to 70000", "Bidding 2 to 130000"}));
  EXPECT_EQ(told(auction.bid(129'000, anna, 80'000)), (Lines{"anna bids 80000 rank 1<2", "late to 135000"}));
  EXPECT_EQ(told(auction.bid(134'000, bert, 79'000)), (Lines{"bert bids 79000 rank 1<2"}));
}

// Rounds of turns -----------------------------------------------------------------------------------------------------

// First quotes: bert 800.00, carl 850.00, anna 900.00; at the end of the time for them.
Auction with_quotes(LotRules const& rules = rounds_rules()) {
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 85'000);
  return auction;
}

TEST(Rounds, open_the_quotes_and_let_the_worst_begin) {
  auto auction = with_quotes();
  EXPECT_EQ(told(auction.tick(30'000)), (Lines{"opened bert 80000 carl 85000 anna 90000", "Break 1 to 35000"}));
  EXPECT_EQ(told(auction.tick(35'000)), (Lines{"Turn 1.1 anna to 45000"}));
  EXPECT_EQ(told(auction.tick(45'000)), (Lines{"turn over, anna 90000 old rank 3", "Turn 1.2 carl to 55000"}));
  EXPECT_EQ(told(auction.tick(55'000)), (Lines{"turn over, carl 85000 old rank 2", "Turn 1.3 bert to 65000"}));
  EXPECT_EQ(told(auction.tick(65'000)), (Lines{"turn over, bert 80000 old rank 1", "Break 2 to 68000"}));
}

TEST(Rounds, order_every_round_anew_at_its_start) {
  auto auction = with_quotes();
  EXPECT_EQ(told(auction.bid(36'000, anna, 70'000)).back(), "anna quotes");
  EXPECT_EQ(told(auction.tick(45'000)), (Lines{"turn over, anna 70000 new rank 1", "Turn 1.2 carl to 55000"}));
  EXPECT_EQ(
      told(auction.tick(98'000)),
      (Lines{"turn over, carl 85000 old rank 3", "Turn 1.3 bert to 65000", "turn over, bert 80000 old rank 2",
             "Break 2 to 68000", "Turn 2.1 carl to 78000", "turn over, carl 85000 old rank 3", "Turn 2.2 bert to 88000",
             "turn over, bert 80000 old rank 2", "Turn 2.3 anna to 98000", "turn over, anna 70000 old rank 1",
             "Awarded 98000 anna 70000 bert 80000 carl 85000", "asks anna to 198000"}));
}

TEST(Rounds, without_pauses_go_from_turn_to_turn) {
  auto rules = rounds_rules();
  rules.first_pause = rules.pause = Duration::zero();
  auto auction = with_quotes(rules);
  EXPECT_EQ(told(auction.tick(30'000)), (Lines{"opened bert 80000 carl 85000 anna 90000", "Turn 1.1 anna to 40000"}));
  EXPECT_EQ(told(auction.tick(60'000)).back(), "Turn 2.1 anna to 70000");
}

TEST(Rounds, count_a_bid_only_when_its_turn_ends_and_only_the_last) {
  auto auction = with_quotes();
  auction.tick(35'000);
  EXPECT_EQ(told(auction.bid(36'000, anna, 70'000)), (Lines{"anna quotes"}));
  EXPECT_EQ(told(auction.bid(37'000, anna, 88'000)), (Lines{"anna quotes"}));
  auto const ended = only<TurnEnded>(auction.tick(45'000));
  EXPECT_EQ(ended.price, Money::fen(88'000));
  EXPECT_EQ(ended.stage, (Stage{.kind = StageKind::Turn, .round = 1, .turn = 1, .bidder = anna}));
  auto const closed = only<LotClosed>(auction.tick(200'000));
  ASSERT_EQ(closed.history.size(), 5u);
  EXPECT_TRUE(closed.history[3].voided);
  EXPECT_FALSE(closed.history[4].voided);
  EXPECT_FALSE(closed.history[0].voided) << "a bid that was undercut stays a valid one";
}

TEST(Rounds, leave_out_the_turn_of_the_disqualified_and_keep_the_numbers) {
  auto auction = with_quotes();
  auction.tick(35'000);
  auction.disqualify(36'000, carl);
  EXPECT_EQ(told(auction.tick(45'000)), (Lines{"turn over, anna 90000 old rank 2", "Turn 1.3 bert to 55000"}));
  EXPECT_EQ(told(auction.tick(58'000)),
            (Lines{"turn over, bert 80000 old rank 1", "Break 2 to 58000", "Turn 2.1 anna to 68000"}));
}

TEST(Rounds, void_what_was_bid_in_the_turn_of_one_who_is_disqualified_and_run_it_on) {
  auto auction = with_quotes();
  auction.bid(36'000, anna, 70'000);
  EXPECT_EQ(told(auction.disqualify(37'000, anna)), (Lines{"disqualified anna: bert carl best 80000"}));
  EXPECT_EQ(told(auction.tick(45'000)), (Lines{"turn over, anna 0 old rank 0", "Turn 1.2 carl to 55000"}));
}

TEST(Rounds, reinstated_within_the_own_turn_one_bids_again_from_the_bid_before) {
  auto auction = with_quotes();
  auction.bid(36'000, anna, 70'000);
  auction.disqualify(37'000, anna);
  EXPECT_EQ(told(auction.reinstate(38'000, anna)), (Lines{"reinstated anna: bert carl anna best 80000"}));
  EXPECT_EQ(verdict(auction.bid(39'000, anna, 89'000)), "ACCEPTED");
  EXPECT_EQ(told(auction.tick(45'000)), (Lines{"turn over, anna 89000 new rank 3", "Turn 1.2 carl to 55000"}));
}

TEST(Rounds, need_two_quotes_or_as_many_as_the_lot_does) {
  auto lone = opened(rounds_rules());
  lone.bid(1, anna, 90'000);
  EXPECT_EQ(told(lone.tick(30'000)), (Lines{"Awarded 30000 anna 90000", "asks anna to 130000"}));
  auto rules = rounds_rules();
  rules.min_bidders = 4;
  EXPECT_EQ(told(with_quotes(rules).tick(30'000)), (Lines{"FailedFew 30000 bert 80000 carl 85000 anna 90000"}));
  rules.min_bidders = 3;
  EXPECT_EQ(told(with_quotes(rules).tick(30'000)).back(), "Break 1 to 35000");
}

TEST(Rounds, with_nobody_left_to_take_a_turn_are_over_at_once) {
  auto auction = with_quotes();
  for (auto const bidder : {anna, bert, carl}) auction.disqualify(31'000, bidder);
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"Break 2 to 38000", "FailedNoBid 38000"}));
}

// Levels --------------------------------------------------------------------------------------------------------------

TEST(Dutch, rises_level_by_level_until_nobody_took_the_last) {
  auto auction = with(dutch_rules());
  EXPECT_EQ(told(auction.open()), (Lines{"scheduled 0 to 10000"}));
  EXPECT_EQ(told(auction.tick(0)), (Lines{"starts to 10000", "Level 1.1 at 50000 to 10000"}));
  EXPECT_EQ(told(auction.tick(40'000)), (Lines{"Level 1.2 at 60000 to 20000", "Level 1.3 at 70000 to 30000",
                                               "Level 1.4 at 75000 to 40000", "FailedNoBid 40000"}));
}

TEST(Dutch, ends_with_the_taker_at_the_moment_of_the_bid) {
  auto auction = opened(dutch_rules());
  auction.tick(10'000);
  EXPECT_EQ(told(auction.bid(12'345, bert, 60'000)),
            (Lines{"bert bids 60000 rank 1<0", "Awarded 12345 bert 60000", "asks bert to 112345"}));
}

TEST(Dutch, takes_the_first_of_two_in_the_same_millisecond) {
  auto alone = opened(dutch_rules());
  alone.bid(5'000, bert, 50'000);
  EXPECT_EQ(refusal(alone.bid(5'000, anna, 50'000)), (Refusal{&refusals::closed, moment(5'000), moment(5'000)}));
  auto followed = opened(dutch_rules_with_sealed_bids());
  followed.bid(5'000, bert, 50'000);
  EXPECT_EQ(refusal(followed.bid(5'000, anna, 50'000)),
            (Refusal{&refusals::between_stages, moment(5'000), moment(7'000)}));
}

// Anna takes 600.00 at 12 s; sealed bids from 14 s to 34 s.
Auction taken() {
  auto auction = opened(dutch_rules_with_sealed_bids());
  auction.tick(10'000);
  EXPECT_EQ(told(auction.bid(12'000, anna, 60'000)), (Lines{"anna bids 60000 rank 1<0", "Break 1 to 14000"}));
  EXPECT_EQ(told(auction.tick(14'000)), (Lines{"SealedBids 1 at 60000 to 34000"}));
  return auction;
}

TEST(Dutch, lets_the_others_beat_the_taker_and_the_taker_them) {
  auto auction = taken();
  EXPECT_EQ(verdict(auction.bid(15'000, anna, 50'000)), "NOT_YOUR_TURN");
  EXPECT_EQ(told(auction.bid(15'000, bert, 58'000)), (Lines{"bert quotes"}));
  EXPECT_EQ(told(auction.bid(16'000, carl, 55'000)), (Lines{"carl quotes"}));
  EXPECT_EQ(told(auction.tick(34'000)), (Lines{"opened carl 55000 bert 58000 anna 60000", "Break 1 to 36000"}));
  EXPECT_EQ(told(auction.tick(36'000)), (Lines{"BestBid 1 anna at 55000 to 51000"}));
  EXPECT_EQ(verdict(auction.bid(40'000, carl, 50'000)), "NOT_YOUR_TURN");
  EXPECT_EQ(told(auction.bid(40'000, anna, 50'000)), (Lines{"anna quotes"}));
  EXPECT_EQ(told(auction.bid(41'000, anna, 54'000)), (Lines{"anna quotes"}));  // from 550.00, not from 500.00
  EXPECT_EQ(told(auction.tick(51'000)),
            (Lines{"turn over, anna 54000 new rank 1", "Awarded 51000 anna 54000 carl 55000 bert 58000",
                   "asks anna to 151000"}));
}

TEST(Dutch, is_the_best_sealed_bids_when_the_taker_stays_silent) {
  auto auction = taken();
  auction.bid(15'000, bert, 58'000);
  EXPECT_EQ(told(auction.tick(51'000)),
            (Lines{"opened bert 58000 anna 60000", "Break 1 to 36000", "BestBid 1 anna at 58000 to 51000",
                   "turn over, anna 60000 old rank 2", "Awarded 51000 bert 58000 anna 60000", "asks bert to 151000"}));
}

TEST(Dutch, is_the_takers_when_nobody_else_bids) {
  EXPECT_EQ(told(taken().tick(34'000)),
            (Lines{"opened anna 60000", "Awarded 34000 anna 60000", "asks anna to 134000"}));
}

TEST(Dutch, without_a_best_bid_closes_with_the_sealed_ones) {
  auto rules = dutch_rules_with_sealed_bids();
  rules.best_bid_for = Duration::zero();
  rules.pause = Duration::zero();
  auto auction = opened(rules);
  EXPECT_EQ(told(auction.bid(5'000, anna, 50'000)).back(), "SealedBids 1 at 50000 to 25000");
  auction.bid(6'000, bert, 49'000);
  EXPECT_EQ(told(auction.tick(25'000)),
            (Lines{"opened bert 49000 anna 50000", "Awarded 25000 bert 49000 anna 50000", "asks bert to 125000"}));
}

TEST(Dutch, asks_no_best_bid_of_a_disqualified_taker) {
  auto auction = taken();
  auction.bid(15'000, bert, 58'000);
  auction.disqualify(16'000, anna);
  EXPECT_EQ(told(auction.tick(51'000)),
            (Lines{"opened bert 58000", "Break 1 to 36000", "Awarded 36000 bert 58000", "asks bert to 136000"}));
}

TEST(Dutch, asks_no_best_bid_when_nobody_counts_any_more) {
  auto auction = taken();
  auction.bid(15'000, bert, 58'000);
  auto const bid = auction.seq();
  auction.tick(34'000);
  auction.cancel_bid(34'500, bert, bid);
  auction.disqualify(35'000, anna);
  EXPECT_EQ(told(auction.tick(36'000)), (Lines{"FailedNoBid 36000"}));
}

TEST(Dutch, keeps_the_price_to_beat_when_its_taker_is_disqualified) {
  auto auction = taken();
  auction.disqualify(15'000, anna);
  EXPECT_EQ(refusal(auction.bid(16'000, bert, 59'001)),
            (Refusal{&refusals::decrement_too_small, Figure{}, fen(59'000)}));
  EXPECT_EQ(verdict(auction.bid(17'000, bert, 59'000)), "ACCEPTED");
}

TEST(Japanese, falls_level_by_level_and_whoever_does_not_follow_is_out) {
  auto auction = opened(japanese_rules());
  EXPECT_EQ(told(auction.tick(0)), (Lines{"starts to 10000", "Level 1.1 at 90000 to 10000"}));
  EXPECT_EQ(told(auction.bid(1, carl, 90'000)), (Lines{"carl bids 90000 rank 1<0"}));
  EXPECT_EQ(told(auction.bid(2, anna, 90'000)), (Lines{"anna bids 90000 rank 2<0"}));
  auction.bid(3, bert, 90'000);
  EXPECT_EQ(told(auction.tick(10'000)), (Lines{"Level 1.2 at 80000 to 20000"}));
  EXPECT_EQ(told(auction.bid(11'000, bert, 80'000)), (Lines{"bert bids 80000 rank 1<3"}));
  EXPECT_EQ(told(auction.bid(12'000, anna, 80'000)), (Lines{"anna bids 80000 rank 2<3"}));
  EXPECT_EQ(told(auction.tick(20'000)), (Lines{"out carl", "Level 1.3 at 70000 to 30000"}));
  EXPECT_EQ(verdict(auction.bid(21'000, carl, 70'000)), "ELIMINATED");
  auction.bid(22'000, anna, 70'000);
  EXPECT_EQ(told(auction.tick(30'000)),
            (Lines{"out bert", "Awarded 30000 anna 70000 bert 80000 carl 90000", "asks anna to 130000"}));
}

TEST(Japanese, closes_as_soon_as_one_is_left) {
  auto auction = opened(japanese_rules());
  auction.bid(1, anna, 90'000);
  EXPECT_EQ(told(auction.tick(10'000)), (Lines{"out bert carl", "Awarded 10000 anna 90000", "asks anna to 110000"}));
}

TEST(Japanese, is_the_earlier_ones_of_the_level_before_when_nobody_follows) {
  auto auction = opened(japanese_rules());
  auction.bid(1, bert, 90'000);
  auction.bid(2, anna, 90'000);
  EXPECT_EQ(told(auction.tick(20'000)), (Lines{"out carl", "Level 1.2 at 80000 to 20000", "out anna bert",
                                               "Awarded 20000 bert 90000 anna 90000", "asks bert to 120000"}));
}

TEST(Japanese, closes_after_the_last_level_however_many_stay) {
  auto rules = japanese_rules();
  rules.last_level = rules.first_level;
  auto auction = opened(rules);
  auction.bid(1, bert, 90'000);
  auction.bid(2, anna, 90'000);
  EXPECT_EQ(told(auction.tick(10'000)),
            (Lines{"out carl", "Awarded 10000 bert 90000 anna 90000", "asks bert to 110000"}));
}

TEST(Japanese, with_nobody_at_the_first_level_fails) {
  EXPECT_EQ(told(opened(japanese_rules()).tick(10'000)),
            (Lines{"starts to 10000", "Level 1.1 at 90000 to 10000", "out anna bert carl", "FailedNoBid 10000"}));
}

TEST(Japanese, does_not_put_out_the_disqualified_and_counts_them_not) {
  auto auction = opened(japanese_rules());
  for (auto const bidder : {anna, bert, carl}) auction.bid(1, bidder, 90'000);
  auction.disqualify(2, carl);
  auction.tick(10'000);
  auction.bid(11'000, anna, 80'000);
  auction.disqualify(12'000, bert);
  EXPECT_EQ(told(auction.tick(20'000)), (Lines{"Awarded 20000 anna 80000", "asks anna to 120000"}));
}

}  // namespace
}  // namespace engine::test
