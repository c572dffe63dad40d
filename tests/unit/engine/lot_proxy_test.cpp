// Automatic bids: when they come, how low, how they end; who may set one and with which limit.
#include <gtest/gtest.h>

#include "engine/lot.h"
#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

LotRules proxy_rules() {
  auto rules = reverse_rules();
  rules.proxies = true;
  return rules;
}
Auction opened(LotRules const& rules = proxy_rules()) {
  Auction auction;
  auction.rules = rules;
  auction.rules.confirm_for = std::chrono::seconds{100};
  auction.open();
  return auction;
}
// Anna has 900.00, leads, and goes down to 700.00 by 10.00.
Auction with_annas(LotRules const& rules = proxy_rules()) {
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  EXPECT_EQ(told(auction.set_proxy(2, anna, 70'000, 1'000)), (Lines{"anna proxy by 1000"}));
  return auction;
}

// Answering one who has no proxy --------------------------------------------------------------------------------------

TEST(Proxy, answers_a_new_lead_with_its_step) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.bid(3, bert, 85'000)), (Lines{"bert bids 85000 rank 1<0", "anna auto 84000 rank 1<2"}));
  EXPECT_EQ(told(auction.bid(4, bert, 80'000)), (Lines{"bert bids 80000 rank 1<2", "anna auto 79000 rank 1<2"}));
}

TEST(Proxy, leaves_a_bid_alone_that_does_not_lead) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.bid(3, bert, 90'000)), (Lines{"bert bids 90000 rank 2<0"}));
  EXPECT_EQ(told(auction.bid(4, carl, 95'000)), (Lines{"carl bids 95000 rank 3<0"}));
}

TEST(Proxy, answers_by_a_larger_step_where_it_was_asked_to) {
  auto auction = opened();
  auction.bid(1, anna, 90'000);
  auction.set_proxy(2, anna, 70'000, 2'500);
  EXPECT_EQ(told(auction.bid(3, bert, 85'000)).back(), "anna auto 82500 rank 1<2");
}

TEST(Proxy, set_by_one_who_does_not_lead_answers_at_once) {
  auto auction = opened();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 85'000);
  EXPECT_EQ(told(auction.set_proxy(3, anna, 70'000, 1'000)), (Lines{"anna proxy by 1000", "anna auto 84000 rank 1<2"}));
}

TEST(Proxy, falls_by_the_step_of_the_rules_from_its_own_bid_too) {
  auto rules = proxy_rules();
  rules.decrement = Money::fen(5'000);
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.set_proxy(2, anna, 70'000, 5'000);
  auction.bid(3, bert, 90'000);
  EXPECT_EQ(told(auction.bid(4, bert, 85'000)).back(), "anna auto 80000 rank 1<2");
  EXPECT_EQ(told(auction.bid(5, carl, 79'999)), (Lines{"carl bids 79999 rank 1<0", "anna auto 74999 rank 1<2"}));
}

TEST(Proxy, with_less_room_than_its_step_goes_to_its_limit_and_ends) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.bid(3, bert, 70'500)),
            (Lines{"bert bids 70500 rank 1<0", "anna auto 70000 rank 1<2", "anna proxy exhausted"}));
  EXPECT_EQ(told(auction.bid(4, bert, 69'500)), (Lines{"bert bids 69500 rank 1<2"}));
}

TEST(Proxy, that_reaches_its_limit_by_its_step_ends_there) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.bid(3, bert, 71'000)),
            (Lines{"bert bids 71000 rank 1<0", "anna auto 70000 rank 1<2", "anna proxy exhausted"}));
}

TEST(Proxy, that_cannot_take_the_lead_above_its_limit_ends_without_a_bid) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.bid(3, bert, 70'000)), (Lines{"bert bids 70000 rank 1<0", "anna proxy exhausted"}));
  EXPECT_EQ(told(auction.tick(60'000)).front(), "Awarded 60000 bert 70000 anna 90000");
}

TEST(Proxy, held_by_the_step_from_its_own_bid_ends_without_a_bid) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.bid(3, bert, 71'800)).back(), "anna auto 70800 rank 1<2");
  EXPECT_EQ(told(auction.bid(4, bert, 70'700)), (Lines{"bert bids 70700 rank 1<2", "anna proxy exhausted"}));
}

TEST(Proxy, keeps_the_front_buffer) {
  auto rules = proxy_rules();
  rules.front_buffer = Money::fen(3'000);
  auto auction = with_annas(rules);
  EXPECT_EQ(told(auction.bid(3, bert, 85'000)).back(), "anna auto 82000 rank 1<2");
  EXPECT_EQ(told(auction.bid(4, bert, 72'999)), (Lines{"bert bids 72999 rank 1<2", "anna proxy exhausted"}));
}

TEST(Proxy, steps_from_the_best_bid_where_the_rules_do) {
  auto rules = proxy_rules();
  rules.step_basis = StepBasis::Best;
  rules.step_kind = StepKind::Percent;
  rules.decrement_share = BasisPoints{1'000};
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  ASSERT_EQ(verdict(auction.set_proxy(2, anna, 40'000, 9'000)), "ACCEPTED");
  EXPECT_EQ(told(auction.bid(3, bert, 80'000)).back(), "anna auto 71000 rank 1<2");  // its step, not the 80.00
  EXPECT_EQ(told(auction.bid(4, bert, 44'000)), (Lines{"bert bids 44000 rank 1<2", "anna proxy exhausted"}));
}

TEST(Proxy, goes_to_the_next_price_of_the_grid_below) {
  auto rules = proxy_rules();
  rules.step_kind = StepKind::Multiple;
  rules.front_buffer = Money::fen(1'500);
  auto auction = with_annas(rules);
  EXPECT_EQ(told(auction.bid(3, bert, 85'000)).back(), "anna auto 83000 rank 1<2");
}

TEST(Proxy, is_not_asked_whether_it_means_it) {
  auto rules = proxy_rules();
  rules.slip_below = BasisPoints{10'000};
  auto auction = with_annas(rules);
  EXPECT_EQ(told(auction.bid(3, bert, 85'000, Consent::Given)).back(), "anna auto 84000 rank 1<2");
}

TEST(Proxy, of_the_evaluated_price_answers_with_a_price_of_its_own_bidder) {
  Auction auction;
  auction.rules = proxy_rules();
  auction.rules.rank_by = RankBy::Evaluated;
  auction.admitted[1].evaluation.coefficient = BasisPoints{12'500};
  auction.open();
  auction.bid(1, bert, 100'000);  // ranks as 800.00
  auction.set_proxy(2, bert, 60'000, 1'000);
  EXPECT_EQ(told(auction.bid(3, anna, 75'000)), (Lines{"anna bids 75000 rank 1<0", "bert auto 92750 rank 1<2"}));
}

// Two of them ---------------------------------------------------------------------------------------------------------

TEST(Proxies, that_meet_send_the_worse_to_its_limit_and_the_better_answers) {
  auto auction = with_annas();
  auction.bid(3, bert, 95'000);
  EXPECT_EQ(
      told(auction.set_proxy(4, bert, 75'000, 1'000)),
      (Lines{"bert proxy by 1000", "bert auto 75000 rank 1<2", "bert proxy exhausted", "anna auto 74000 rank 1<2"}));
}

TEST(Proxies, that_meet_end_the_leaders_when_it_is_the_worse) {
  auto auction = with_annas();
  auction.bid(3, bert, 95'000);
  EXPECT_EQ(
      told(auction.set_proxy(4, bert, 65'000, 1'000)),
      (Lines{"bert proxy by 1000", "anna auto 70000 rank 1<1", "anna proxy exhausted", "bert auto 69000 rank 1<2"}));
}

TEST(Proxies, of_equal_limits_are_won_by_the_one_set_first) {
  auto auction = with_annas();
  auction.bid(3, bert, 95'000);
  EXPECT_EQ(told(auction.set_proxy(4, bert, 70'000, 1'000)),
            (Lines{"bert proxy by 1000", "anna auto 70000 rank 1<1", "anna proxy exhausted", "bert proxy exhausted"}));
}

TEST(Proxies, with_no_room_between_their_limits_are_won_by_the_better) {
  auto rules = proxy_rules();
  rules.front_buffer = Money::fen(500);
  auto narrow = with_annas(rules);
  narrow.bid(3, bert, 95'000);
  EXPECT_EQ(told(narrow.set_proxy(4, bert, 70'499, 1'000)),
            (Lines{"bert proxy by 1000", "anna auto 70000 rank 1<1", "anna proxy exhausted", "bert proxy exhausted"}));
  auto just = with_annas(rules);
  just.bid(3, bert, 95'000);
  EXPECT_EQ(told(just.set_proxy(4, bert, 70'500, 1'000)),
            (Lines{"bert proxy by 1000", "bert auto 70500 rank 1<2", "bert proxy exhausted", "anna auto 70000 rank 1<2",
                   "anna proxy exhausted"}));
}

TEST(Proxies, that_step_from_the_best_need_that_step_between_their_limits) {
  auto rules = proxy_rules();
  rules.step_basis = StepBasis::Best;
  auto narrow = opened(rules);
  narrow.bid(1, bert, 95'000);
  narrow.bid(2, anna, 90'000);
  narrow.set_proxy(3, anna, 70'000, 1'000);
  EXPECT_EQ(told(narrow.set_proxy(4, bert, 70'999, 1'000)),
            (Lines{"bert proxy by 1000", "anna auto 70000 rank 1<1", "anna proxy exhausted", "bert proxy exhausted"}));
  auto just = opened(rules);
  just.bid(1, bert, 95'000);
  just.bid(2, anna, 90'000);
  just.set_proxy(3, anna, 70'000, 1'000);
  EXPECT_EQ(told(just.set_proxy(4, bert, 71'000, 1'000)),
            (Lines{"bert proxy by 1000", "bert auto 71000 rank 1<2", "bert proxy exhausted", "anna auto 70000 rank 1<2",
                   "anna proxy exhausted"}));
}

TEST(Proxies, whose_limit_the_rules_do_not_let_stand_end_without_a_bid) {
  auto rules = proxy_rules();
  rules.back_buffer = Money::fen(3'000);
  auto buffered = with_annas(rules);
  buffered.bid(3, bert, 95'000);
  EXPECT_EQ(told(buffered.set_proxy(4, bert, 92'999, 1'000)), (Lines{"bert proxy by 1000", "bert proxy exhausted"}));
  EXPECT_EQ(told(buffered.set_proxy(5, bert, 93'000, 1'000)),
            (Lines{"bert proxy by 1000", "bert auto 93000 rank 2<2", "bert proxy exhausted"}));
  rules = proxy_rules();
  rules.ties = Ties::RefusedAtLead;
  auto tied = with_annas(rules);
  tied.bid(3, bert, 95'000);
  EXPECT_EQ(told(tied.set_proxy(4, bert, 90'000, 1'000)), (Lines{"bert proxy by 1000", "bert proxy exhausted"}));
}

TEST(Proxies, come_down_together_past_every_confirmation_and_every_waiting_leader) {
  auto rules = proxy_rules();
  rules.leader_waits = true;
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.set_proxy(2, anna, 20'000, 1'000);
  auction.bid(3, bert, 95'000);
  EXPECT_EQ(
      told(auction.set_proxy(4, bert, 10'000, 1'000)),
      (Lines{"bert proxy by 1000", "anna auto 20000 rank 1<1", "anna proxy exhausted", "bert auto 19000 rank 1<2"}));
}

TEST(Proxies, of_a_later_round_stay_below_its_top) {
  auto rules = proxy_rules();
  rules.rounds = 2;
  auto auction = opened(rules);
  auction.bid(1, anna, 70'000);
  auction.bid(2, bert, 80'000);
  auction.set_proxy(60'001, anna, 60'000, 1'000);
  EXPECT_EQ(told(auction.set_proxy(60'002, bert, 75'000, 1'000)),
            (Lines{"bert proxy by 1000", "bert proxy exhausted"}));
  EXPECT_EQ(
      told(auction.set_proxy(60'003, bert, 65'000, 1'000)),
      (Lines{"bert proxy by 1000", "bert auto 65000 rank 1<2", "bert proxy exhausted", "anna auto 64000 rank 1<2"}));
}

// When they act -------------------------------------------------------------------------------------------------------

TEST(Proxy, extends_like_a_bid_and_a_command_extends_once) {
  auto by_bid = with_annas();
  EXPECT_EQ(told(by_bid.bid(55'000, bert, 80'000)),
            (Lines{"bert bids 80000 rank 1<0", "late to 75000", "anna auto 79000 rank 1<2"}));
  auto by_proxy = with_annas();
  by_proxy.bid(3, bert, 95'000);
  EXPECT_EQ(told(by_proxy.set_proxy(55'000, bert, 75'000, 1'000)),
            (Lines{"bert proxy by 1000", "bert auto 75000 rank 1<2", "late to 75000", "bert proxy exhausted",
                   "anna auto 74000 rank 1<2"}));
}

TEST(Proxy, may_be_the_one_of_a_command_that_reaches_the_rank) {
  auto rules = proxy_rules();
  rules.trigger_rank = 1;
  rules.back_buffer = Money::fen(2'000);
  auto auction = with_annas(rules);
  auction.bid(3, bert, 95'000);
  auction.bid(4, carl, 80'000);  // anna answers with 790.00
  auction.tick(55'000);
  EXPECT_EQ(told(auction.set_proxy(55'000, bert, 82'000, 1'000)),
            (Lines{"bert proxy by 1000", "bert auto 82000 rank 3<3", "bert proxy exhausted"}))
      << "the third extends nothing";
  EXPECT_EQ(told(auction.bid(55'001, carl, 78'000)),
            (Lines{"carl bids 78000 rank 1<2", "late to 75001", "anna auto 77000 rank 1<2"}));
}

TEST(Proxy, restarts_the_quiet_period) {
  auto rules = proxy_rules();
  rules.ending = Ending::Quiet;
  auto auction = with_annas(rules);
  auction.bid(3, bert, 85'000);
  auction.tick(60'000);
  auction.bid(61'000, carl, 95'000);
  EXPECT_EQ(told(auction.set_proxy(70'000, carl, 80'000, 1'000)),
            (Lines{"carl proxy by 1000", "carl auto 80000 rank 1<3", "late to 90000", "carl proxy exhausted",
                   "anna auto 79000 rank 1<2"}));
}

TEST(Proxy, bids_under_the_place_and_time_of_its_cause_and_uses_up_no_attempt) {
  auto rules = proxy_rules();
  rules.attempts_max = 1;
  auto auction = with_annas(rules);
  auto const automatic = only<ProxyBid>(auction.bid(3, bert, 85'000));
  EXPECT_EQ(automatic.seq, auction.seq());
  EXPECT_EQ(automatic.at, noon + Duration{3});
  EXPECT_EQ(automatic.placed.leader, anna);
  EXPECT_EQ(automatic.placed.best, Money::fen(84'000));
  auction.bid(4, carl, 83'000);
  auto const closed = only<LotClosed>(auction.tick(60'000));
  ASSERT_EQ(closed.history.size(), 5u);
  EXPECT_EQ(closed.history[2].price, Money::fen(84'000));
  EXPECT_EQ(closed.history[2].seq, automatic.seq);
  EXPECT_EQ(closed.history[4].price, Money::fen(82'000));
  EXPECT_EQ(closed.standings.at(0).bidder, anna);
  EXPECT_EQ(closed.standings.at(0).at, noon + Duration{4});
}

TEST(Proxy, answers_one_who_is_reinstated_into_the_lead) {
  auto auction = with_annas();
  auction.cancel_proxy(3, anna);
  auction.bid(4, carl, 80'000);
  auction.disqualify(5, carl);
  auction.set_proxy(6, anna, 70'000, 1'000);
  EXPECT_EQ(told(auction.reinstate(7, carl)),
            (Lines{"reinstated carl: carl anna best 80000", "anna auto 79000 rank 1<2"}));
}

TEST(Proxy, waits_through_a_pause_and_acts_when_it_is_over) {
  auto auction = with_annas();
  auction.cancel_proxy(3, anna);
  auction.bid(4, carl, 80'000);
  auction.disqualify(5, carl);
  auction.set_proxy(6, anna, 70'000, 1'000);
  auction.pause(55'000);
  EXPECT_EQ(told(auction.reinstate(56'000, carl)), (Lines{"reinstated carl: carl anna best 80000"}));
  EXPECT_EQ(told(auction.resume(100'000)), (Lines{"resumed to 105000", "anna auto 79000 rank 1<2", "late to 120000"}));
}

TEST(Proxy, bids_again_when_its_bid_was_cancelled) {
  auto auction = with_annas();
  auction.bid(3, bert, 85'000);
  EXPECT_EQ(told(auction.cancel_bid(4, anna, auction.seq())),
            (Lines{"cancelled of anna: bert anna best 85000", "anna auto 84000 rank 1<2"}));
}

// People may cancel without end, and every time the engine bids again: far more than the bidders have attempts.
TEST(Proxy, bids_as_often_as_its_bids_are_cancelled) {
  auto rules = proxy_rules();
  rules.attempts_max = 4;
  auto auction = with_annas(rules);
  auction.bid(3, bert, 85'000);
  for (int times = 0; times < 500; ++times) {
    ASSERT_TRUE(has<ProxyBid>(auction.cancel_bid(4, anna, auction.seq()))) << times;
  }
  EXPECT_EQ(verdict(auction.bid(5, carl, 80'000)), "ACCEPTED");
}

TEST(Proxy, whose_only_bid_was_cancelled_waits_for_another_to_lead) {
  auto auction = opened();
  auction.bid(1, anna, 90'000);
  auto const bid = auction.seq();
  auction.set_proxy(2, anna, 70'000, 1'000);
  EXPECT_EQ(told(auction.cancel_bid(3, anna, bid)), (Lines{"cancelled of anna:  best 0"}));
  EXPECT_EQ(told(auction.bid(4, bert, 80'000)), (Lines{"bert bids 80000 rank 1<0", "anna auto 79000 rank 1<0"}));
}

TEST(Proxy, ends_with_the_disqualification_of_its_bidder) {
  auto auction = with_annas();
  auction.bid(3, bert, 85'000);
  EXPECT_EQ(told(auction.disqualify(4, anna)),
            (Lines{"disqualified anna: bert best 85000", "anna proxy disqualified"}));
  EXPECT_EQ(told(auction.reinstate(5, anna)), (Lines{"reinstated anna: anna bert best 84000"}));
  EXPECT_EQ(told(auction.bid(6, bert, 80'000)), (Lines{"bert bids 80000 rank 1<2"}));
}

TEST(Proxy, of_the_leader_lasts_into_the_next_round) {
  auto rules = proxy_rules();
  rules.rounds = 2;
  auto auction = with_annas(rules);
  auction.bid(3, bert, 85'000);
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"out carl", "Bidding 2 to 120000"}));
  EXPECT_EQ(told(auction.bid(61'000, bert, 80'000)).back(), "anna auto 79000 rank 1<2");
}

TEST(Proxy, whose_bid_was_cancelled_in_a_break_bids_when_the_round_begins) {
  auto rules = proxy_rules();
  rules.rounds = 3;
  rules.eliminate = 1;
  rules.pause = std::chrono::seconds{5};
  Auction auction;
  auction.rules = rules;
  auction.admitted.push_back({dora, {}});
  auction.open();
  auction.bid(1, anna, 95'000);
  auction.bid(2, anna, 60'000);
  auto const bid = auction.seq();
  auction.set_proxy(3, anna, 50'000, 1'000);
  auction.bid(4, carl, 70'000);
  auction.bid(5, bert, 80'000);
  auction.bid(6, dora, 90'000);
  EXPECT_EQ(told(auction.cancel_bid(60'000, anna, bid)),
            (Lines{"out dora", "Break 2 to 65000", "cancelled of anna: carl bert dora anna best 70000"}));
  EXPECT_EQ(told(auction.tick(65'000)), (Lines{"Bidding 2 to 125000", "anna auto 69000 rank 1<4"}));
  EXPECT_EQ(told(auction.tick(125'000)), (Lines{"out bert", "Break 3 to 130000"}));
}

// Setting and cancelling ----------------------------------------------------------------------------------------------

TEST(SetProxy, again_with_the_same_changes_nothing_and_with_another_is_refused) {
  auto auction = with_annas();
  EXPECT_EQ(told(auction.set_proxy(3, anna, 70'000, 1'000)), (Lines{"anna proxy by 1000"}));
  EXPECT_EQ(verdict(auction.set_proxy(4, anna, 69'000, 1'000)), "DUPLICATE");
  EXPECT_EQ(verdict(auction.set_proxy(5, anna, 70'000, 2'000)), "DUPLICATE");
  EXPECT_EQ(told(auction.bid(6, bert, 85'000)).back(), "anna auto 84000 rank 1<2");
  EXPECT_EQ(told(auction.set_proxy(7, anna, 70'000, 1'000)), (Lines{"anna proxy by 1000"}));
}

TEST(SetProxy, needs_an_own_bid_that_counts) {
  auto auction = opened();
  EXPECT_EQ(refusal(auction.set_proxy(1, anna, 70'000, 1'000)), (Refusal{&refusals::no_bid, {}, {}}));
  auction.bid(2, anna, 100'001);
  EXPECT_EQ(verdict(auction.set_proxy(3, anna, 70'000, 1'000)), "NO_BID");
  auction.bid(4, anna, 90'000);
  auction.cancel_bid(5, anna, auction.seq());
  EXPECT_EQ(verdict(auction.set_proxy(6, anna, 70'000, 1'000)), "NO_BID");
}

TEST(SetProxy, judges_limit_and_step_and_never_says_the_limit) {
  auto auction = opened();
  auction.bid(1, anna, 90'000);
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 0, 1'000)).kind, &refusals::non_positive);
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, -1, 1'000)).actual, Figure{});
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 89'001, 999)),
            (Refusal{&refusals::decrement_too_small, {}, fen(89'000)}));
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 89'000, 999)),
            (Refusal{&refusals::decrement_too_small, fen(999), fen(1'000)}));
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 89'000, 100'001)),
            (Refusal{&refusals::above_ceiling, fen(100'001), fen(100'000)}));
  EXPECT_EQ(verdict(auction.set_proxy(2, anna, 89'000, INT64_MAX)), "ABOVE_CEILING");
  EXPECT_EQ(verdict(auction.set_proxy(2, anna, 89'000, INT64_MIN)), "DECREMENT_TOO_SMALL");
  EXPECT_EQ(verdict(auction.set_proxy(2, anna, INT64_MIN, 1'000)), "AMOUNT_NON_POSITIVE");
  EXPECT_EQ(verdict(auction.set_proxy(2, anna, INT64_MAX, 1'000)), "DECREMENT_TOO_SMALL");
  EXPECT_EQ(verdict(auction.set_proxy(2, anna, 89'000, 100'000)), "ACCEPTED");
}

TEST(SetProxy, on_a_grid_stays_on_it) {
  auto rules = proxy_rules();
  rules.step_kind = StepKind::Multiple;
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 89'500, 1'500)).kind, &refusals::decrement_too_small);
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 70'500, 999)), (Refusal{&refusals::off_grid, {}, {}}));
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 70'000, 999)).kind, &refusals::decrement_too_small);
  EXPECT_EQ(refusal(auction.set_proxy(2, anna, 70'000, 1'500)), (Refusal{&refusals::off_grid, fen(1'500), fen(1'000)}));
  EXPECT_EQ(verdict(auction.set_proxy(2, anna, 70'000, 2'000)), "ACCEPTED");
}

TEST(SetProxy, is_judged_by_the_moment_first) {
  auto auction = opened();
  EXPECT_EQ(verdict(auction.set_proxy(-1, dora, 0, 0)), "NOT_ADMITTED");
  EXPECT_EQ(refusal(auction.set_proxy(-1, anna, 0, 0)), (Refusal{&refusals::not_started, moment(-1), moment(0)}));
  auction.bid(1, anna, 90'000);
  auction.disqualify(2, bert);
  auction.pause(3);
  EXPECT_EQ(verdict(auction.set_proxy(4, bert, 0, 0)), "DISQUALIFIED");
  EXPECT_EQ(verdict(auction.set_proxy(4, anna, 0, 0)), "PAUSED");
  auction.resume(5);
  EXPECT_EQ(refusal(auction.set_proxy(60'002, anna, 0, 0)),
            (Refusal{&refusals::closed, moment(60'002), moment(60'002)}));
}

TEST(SetProxy, is_refused_in_a_break_and_to_the_eliminated) {
  auto rules = proxy_rules();
  rules.rounds = 2;
  rules.pause = std::chrono::seconds{5};
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  EXPECT_EQ(refusal(auction.set_proxy(60'000, anna, 0, 0)),
            (Refusal{&refusals::between_stages, moment(60'000), moment(65'000)}));
  EXPECT_EQ(verdict(auction.set_proxy(60'000, carl, 0, 0)), "ELIMINATED");
  EXPECT_EQ(verdict(auction.set_proxy(65'000, carl, 0, 0)), "ELIMINATED");
}

TEST(SetProxy, is_offered_only_where_the_rules_say_so) {
  auto reverse = opened(reverse_rules());
  EXPECT_EQ(verdict(reverse.set_proxy(1, anna, 0, 0)), "NOT_OFFERED");
  auto sealed = opened(sealed_rules());
  EXPECT_EQ(verdict(sealed.set_proxy(1, anna, 0, 0)), "NOT_OFFERED");
  auto rounds = opened(rounds_rules());
  rounds.bid(1, anna, 90'000);
  rounds.bid(2, bert, 80'000);
  EXPECT_EQ(verdict(rounds.set_proxy(30'000, bert, 0, 0)), "NOT_OFFERED") << "nor does a break promise any";
  EXPECT_EQ(verdict(rounds.set_proxy(35'000, bert, 0, 0)), "NOT_OFFERED") << "nor another's turn";
}

TEST(SetProxy, is_possible_as_often_as_there_are_attempts) {
  auto rules = proxy_rules();
  rules.attempts_max = 2;
  auto auction = with_annas(rules);
  auction.cancel_proxy(3, anna);
  EXPECT_EQ(verdict(auction.set_proxy(4, anna, 60'000, 1'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.set_proxy(5, anna, 60'000, 1'000)), "ACCEPTED") << "the same again is not a new one";
  auction.cancel_proxy(6, anna);
  EXPECT_EQ(refusal(auction.set_proxy(7, anna, 60'000, 1'000)),
            (Refusal{&refusals::too_many_attempts, count(3), count(2)}));
  EXPECT_EQ(verdict(auction.bid(8, anna, 80'000)), "ACCEPTED") << "bids are counted by themselves";
}

TEST(CancelProxy, lets_the_bidder_bid_again) {
  auto auction = with_annas();
  EXPECT_EQ(verdict(auction.bid(3, anna, 80'000)), "PROXY_ACTIVE");
  auto const ended = only<ProxyEnded>(auction.cancel_proxy(4, anna));
  EXPECT_EQ(ended.because, ProxyEnd::Cancelled);
  EXPECT_EQ(ended.by, buyer);
  EXPECT_EQ(told(auction.bid(5, bert, 85'000)), (Lines{"bert bids 85000 rank 1<0"}));
  EXPECT_EQ(verdict(auction.bid(6, anna, 80'000)), "ACCEPTED");
}

TEST(CancelProxy, is_refused_where_there_is_none_and_after_the_bidding) {
  auto auction = opened();
  EXPECT_EQ(verdict(auction.cancel_proxy(-1, dora)), "NOT_ADMITTED");
  EXPECT_EQ(verdict(auction.cancel_proxy(-1, anna)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.cancel_proxy(1, anna)), "NO_BID");
  auction.bid(2, anna, 90'000);
  auction.set_proxy(3, anna, 70'000, 1'000);
  auction.pause(4);
  EXPECT_EQ(told(auction.cancel_proxy(5, anna)), (Lines{"anna proxy cancelled"}));
  EXPECT_EQ(verdict(auction.cancel_proxy(6, anna)), "NO_BID");
  auction.resume(7);
  auction.set_proxy(8, anna, 70'000, 1'000);
  EXPECT_EQ(verdict(auction.cancel_proxy(90'000, anna)), "STATE_CONFLICT");
  auto other = opened(reverse_rules());
  EXPECT_EQ(verdict(other.cancel_proxy(1, anna)), "NO_BID");
}

}  // namespace
}  // namespace engine::test
