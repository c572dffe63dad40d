// Prices: steps of every kind, buffers, ties, evaluated ranking, and what a hidden price is judged by.
#include <gtest/gtest.h>

#include <functional>

#include "engine/lot.h"
#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

Auction opened(LotRules const& rules) {
  Auction auction;
  auction.rules = rules;
  auction.admitted.push_back({dora, {}});
  auction.open();
  return auction;
}
Refusal too_small(std::int64_t price, std::int64_t highest) {
  return {&refusals::decrement_too_small, fen(price), fen(highest)};
}
Refusal inside_buffer(std::int64_t price, std::int64_t highest) {
  return {&refusals::inside_buffer, fen(price), fen(highest)};
}

// The order of refusals -----------------------------------------------------------------------------------------------

struct Precedence {
  std::string name;
  std::string expected;
  std::function<void(LotRules&)> rules;
  BidderId bidder;
  std::int64_t price;
};
void PrintTo(Precedence const& row, std::ostream* out) {
  *out << row.name;
}

// Anna leads at 800.00, bert has 900.00; then the row's bid.
std::vector<Precedence> const precedence{
    {"ceiling_and_leader", "ABOVE_CEILING", [](auto& r) { r.leader_waits = true; }, anna, 100'001},
    {"leader", "LEADER_WAITS", [](auto& r) { r.leader_waits = true; }, anna, 79'000},
    {"leader_and_grid", "LEADER_WAITS", [](auto& r) { r.leader_waits = true, r.step_kind = StepKind::Multiple; }, anna,
     78'500},
    {"leader_and_step", "LEADER_WAITS", [](auto& r) { r.leader_waits = true; }, anna, 80'000},
    {"follower_need_not_wait", "ACCEPTED", [](auto& r) { r.leader_waits = true; }, bert, 89'000},
    {"grid", "OFF_GRID", [](auto& r) { r.step_kind = StepKind::Multiple; }, bert, 88'500},
    {"grid_and_step", "OFF_GRID", [](auto& r) { r.step_kind = StepKind::Multiple; }, bert, 89'500},
    {"grid_and_slip", "OFF_GRID", [](auto& r) { r.step_kind = StepKind::Multiple; }, bert, 500},
    {"step_and_buffer", "DECREMENT_TOO_SMALL", [](auto& r) { r.back_buffer = Money::fen(15'000); }, bert, 89'001},
    {"back_buffer", "INSIDE_BUFFER", [](auto& r) { r.back_buffer = Money::fen(15'000); }, bert, 89'000},
    {"back_buffer_and_tie", "INSIDE_BUFFER", [](auto& r) { r.back_buffer = Money::fen(1), r.ties = Ties::Refused; },
     bert, 80'000},
    {"front_buffer_and_slip", "INSIDE_BUFFER",
     [](auto& r) { r.front_buffer = Money::fen(5'000), r.slip_below = BasisPoints{9'900}; }, bert, 75'001},
    {"front_buffer_kept_and_slip", "CONFIRMATION_NEEDED",
     [](auto& r) { r.front_buffer = Money::fen(5'000), r.slip_below = BasisPoints{9'900}; }, bert, 75'000},
    {"tie", "TIE_REFUSED", [](auto& r) { r.ties = Ties::RefusedAtLead; }, bert, 80'000},
    {"step_and_tie", "DECREMENT_TOO_SMALL", [](auto& r) { r.ties = Ties::Refused, r.decrement = Money::fen(10'001); },
     bert, 80'000},
};

class PriceRefusalOrder : public testing::TestWithParam<Precedence> {};

TEST_P(PriceRefusalOrder, the_first_broken_rule_answers) {
  auto rules = reverse_rules();
  GetParam().rules(rules);
  auto auction = opened(rules);
  auction.bid(1, bert, 90'000);  // the first bid of all meets no other
  ASSERT_EQ(verdict(auction.bid(2, anna, 80'000, Consent::Given)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(3, GetParam().bidder, GetParam().price)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(Lot, PriceRefusalOrder, testing::ValuesIn(precedence),
                         [](auto const& row) { return row.param.name; });

// Steps ---------------------------------------------------------------------------------------------------------------

TEST(Step, in_per_cent_is_rounded_up_from_the_reference) {
  auto rules = reverse_rules();
  rules.step_kind = StepKind::Percent;
  rules.decrement_share = BasisPoints{150};
  rules.decrement = Money::fen(100);
  auto auction = opened(rules);
  auction.bid(1, anna, 70'001);  // 1.5 % are 1,050.015
  EXPECT_EQ(refusal(auction.bid(2, anna, 68'951)), too_small(68'951, 68'950));
  EXPECT_EQ(verdict(auction.bid(3, anna, 68'950)), "ACCEPTED");
  auction.bid(4, anna, 5'000, Consent::Given);  // 1.5 % are 75, less than the least
  EXPECT_EQ(refusal(auction.bid(5, anna, 4'901)), too_small(4'901, 4'900));
}

TEST(Step, of_a_ladder_changes_with_the_reference) {
  auto rules = reverse_rules();
  rules.step_kind = StepKind::Ladder;
  rules.ladder[0] = {Money::fen(50'000), Money::fen(2'000)};
  rules.ladder[1] = {Money{}, Money::fen(100)};
  auto auction = opened(rules);
  auction.bid(1, anna, 51'000);
  EXPECT_EQ(refusal(auction.bid(2, anna, 49'001)), too_small(49'001, 49'000));
  auction.bid(3, bert, 50'000);
  EXPECT_EQ(refusal(auction.bid(4, bert, 49'901)), too_small(49'901, 49'900));
  EXPECT_EQ(verdict(auction.bid(5, bert, 49'900)), "ACCEPTED");
}

TEST(Step, of_a_ladder_from_the_best_bid_is_that_of_the_best_bid) {
  auto rules = reverse_rules();
  rules.step_basis = StepBasis::Best;
  rules.step_kind = StepKind::Ladder;
  rules.ladder[0] = {Money::fen(50'000), Money::fen(2'000)};
  rules.ladder[1] = {Money{}, Money::fen(100)};
  auto auction = opened(rules);
  auction.bid(1, anna, 50'001);
  EXPECT_EQ(refusal(auction.bid(2, bert, 48'002)), too_small(48'002, 48'001));
  auction.bid(3, bert, 48'001);
  EXPECT_EQ(refusal(auction.bid(4, anna, 47'902)), too_small(47'902, 47'901));
}

TEST(Grid, counts_from_the_ceiling_and_says_the_next_price_above) {
  auto rules = reverse_rules();
  rules.ceiling = Money::fen(100'300);
  rules.step_kind = StepKind::Multiple;
  auto auction = opened(rules);
  EXPECT_EQ(refusal(auction.bid(1, anna, 90'000)), (Refusal{&refusals::off_grid, fen(90'000), fen(90'300)}));
  EXPECT_EQ(refusal(auction.bid(2, anna, 90'299)), (Refusal{&refusals::off_grid, fen(90'299), fen(90'300)}));
  EXPECT_EQ(refusal(auction.bid(3, anna, 90'301)), (Refusal{&refusals::off_grid, fen(90'301), fen(91'300)}));
  EXPECT_EQ(verdict(auction.bid(4, anna, 90'300)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(5, bert, 100'300)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(6, carl, 300, Consent::Given)), "ACCEPTED");  // the lowest on it
}

TEST(LeaderWaits, until_another_leads) {
  auto rules = reverse_rules();
  rules.leader_waits = true;
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  EXPECT_EQ(refusal(auction.bid(2, anna, 80'000)), (Refusal{&refusals::leader_waits, {}, {}}));
  auction.bid(3, bert, 89'000);
  EXPECT_EQ(verdict(auction.bid(4, bert, 80'000)), "LEADER_WAITS");
  EXPECT_EQ(verdict(auction.bid(5, anna, 88'000)), "ACCEPTED");
}

// Buffers -------------------------------------------------------------------------------------------------------------

LotRules buffer_rules() {
  auto rules = reverse_rules();
  rules.front_buffer = Money::fen(2'000);
  rules.back_buffer = Money::fen(3'000);
  return rules;
}

TEST(Buffers, keep_a_distance_to_the_lead_on_both_sides) {
  auto auction = opened(buffer_rules());
  EXPECT_EQ(verdict(auction.bid(1, anna, 80'000)), "ACCEPTED");  // there is no lead yet
  EXPECT_EQ(refusal(auction.bid(2, bert, 78'001)), inside_buffer(78'001, 78'000));
  EXPECT_EQ(refusal(auction.bid(3, bert, 79'999)), inside_buffer(79'999, 78'000));
  EXPECT_EQ(refusal(auction.bid(4, bert, 80'000)), inside_buffer(80'000, 78'000));
  EXPECT_EQ(refusal(auction.bid(5, bert, 82'999)), inside_buffer(82'999, 78'000));
  EXPECT_EQ(verdict(auction.bid(6, bert, 83'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(7, carl, 78'000)), "ACCEPTED");
}

TEST(Buffers, do_not_hold_the_leader) {
  auto auction = opened(buffer_rules());
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 83'000);
  EXPECT_EQ(verdict(auction.bid(3, anna, 79'000)), "ACCEPTED");
}

TEST(Buffers, of_one_side_leave_the_other_free) {
  auto front = buffer_rules();
  front.back_buffer = Money{};
  auto before = opened(front);
  before.bid(1, anna, 80'000);
  EXPECT_EQ(verdict(before.bid(2, bert, 80'000)), "ACCEPTED");  // equal to the lead is behind it
  EXPECT_EQ(verdict(before.bid(3, carl, 79'999)), "INSIDE_BUFFER");
  auto back = buffer_rules();
  back.front_buffer = Money{};
  auto behind = opened(back);
  behind.bid(1, anna, 80'000);
  EXPECT_EQ(refusal(behind.bid(2, bert, 80'000)), inside_buffer(80'000, 80'000));
  EXPECT_EQ(verdict(behind.bid(3, bert, 79'999)), "ACCEPTED");
}

TEST(Buffers, of_the_lead_are_gone_with_it) {
  auto auction = opened(buffer_rules());
  auction.bid(1, anna, 80'000);
  auction.disqualify(2, anna);
  EXPECT_EQ(verdict(auction.bid(3, bert, 80'000)), "ACCEPTED");
}

// Ties ----------------------------------------------------------------------------------------------------------------

// Anna and bert 800.00, dora 900.00; then carl 800.00 too.
Lines tied(Ties ties) {
  auto rules = reverse_rules();
  rules.ties = ties;
  auto auction = opened(rules);
  Lines lines;
  auction.tick(0);
  for (auto const& [bidder, price] :
       {std::pair{anna, 80'000}, std::pair{dora, 90'000}, std::pair{bert, 80'000}, std::pair{carl, 80'000}}) {
    for (auto& line : told(auction.bid(1, bidder, price))) lines.push_back(std::move(line));
  }
  return lines;
}

TEST(Ties, are_shown_as_the_rules_say) {
  EXPECT_EQ(tied(Ties::Earliest), (Lines{"anna bids 80000 rank 1<0", "dora bids 90000 rank 2<0",
                                         "bert bids 80000 rank 2<0", "carl bids 80000 rank 3<0"}));
  EXPECT_EQ(tied(Ties::EqualBest), (Lines{"anna bids 80000 rank 1<0", "dora bids 90000 rank 2<0",
                                          "bert bids 80000 rank 1<0", "carl bids 80000 rank 1<0"}));
  EXPECT_EQ(tied(Ties::EqualWorst), (Lines{"anna bids 80000 rank 1<0", "dora bids 90000 rank 2<0",
                                           "bert bids 80000 rank 2<0", "carl bids 80000 rank 3<0"}));
  EXPECT_EQ(tied(Ties::Refused),
            (Lines{"anna bids 80000 rank 1<0", "dora bids 90000 rank 2<0", "TIE_REFUSED", "TIE_REFUSED"}));
  EXPECT_EQ(tied(Ties::RefusedAtLead), tied(Ties::Refused));
}

TEST(Ties, with_an_equal_rank_skip_the_ranks_between) {
  auto rules = reverse_rules();
  rules.ties = Ties::EqualBest;
  auto auction = opened(rules);
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 80'000);
  EXPECT_EQ(told(auction.bid(3, carl, 85'000)), (Lines{"carl bids 85000 rank 3<0"}));
  EXPECT_EQ(told(auction.bid(4, carl, 80'000)), (Lines{"carl bids 80000 rank 1<3"}));
}

TEST(Ties, however_shown_leave_the_lead_with_the_earlier) {
  for (auto const ties : {Ties::Earliest, Ties::EqualBest, Ties::EqualWorst}) {
    auto rules = reverse_rules();
    rules.ties = ties;
    auto auction = opened(rules);
    auction.bid(1, bert, 80'000);
    EXPECT_EQ(only<BidAccepted>(auction.bid(2, anna, 80'000)).placed.leader, bert);
    EXPECT_EQ(told(auction.tick(60'000)).front(), "Awarded 60000 bert 80000 anna 80000");
  }
}

TEST(Ties, refused_are_those_with_anybody_or_only_with_the_leader) {
  auto rules = reverse_rules();
  rules.ties = Ties::Refused;
  auto all = opened(rules);
  all.bid(1, anna, 80'000);
  all.bid(2, bert, 90'000);
  EXPECT_EQ(refusal(all.bid(3, carl, 90'000)), (Refusal{&refusals::tie_refused, fen(90'000), {}}));
  all.disqualify(4, bert);
  EXPECT_EQ(verdict(all.bid(5, carl, 90'000)), "ACCEPTED") << "nobody's counted bid is equal any more";
  rules.ties = Ties::RefusedAtLead;
  auto lead = opened(rules);
  lead.bid(1, anna, 80'000);
  lead.bid(2, bert, 90'000);
  EXPECT_EQ(verdict(lead.bid(3, carl, 90'000)), "ACCEPTED");
  EXPECT_EQ(refusal(lead.bid(4, carl, 80'000)), (Refusal{&refusals::tie_refused, fen(80'000), {}}));
}

// Evaluated prices ----------------------------------------------------------------------------------------------------

// Bert's offer is worth 1.25 times anna's; the evaluated price leads.
Auction evaluated(LotRules rules = reverse_rules(), Evaluation of_bert = {.coefficient = BasisPoints{12'500}}) {
  Auction auction;
  auction.rules = rules;
  auction.rules.rank_by = RankBy::Evaluated;
  auction.admitted = {{anna, {}}, {bert, of_bert}, {carl, {}}};
  auction.open();
  return auction;
}

TEST(EvaluatedRanking, leads_with_the_better_offer_at_the_higher_price) {
  auto auction = evaluated();
  auction.bid(1, anna, 80'000);
  auto const placed = only<BidAccepted>(auction.bid(2, bert, 99'999)).placed;
  EXPECT_EQ(placed.rank, 1);
  EXPECT_EQ(placed.leader, bert);
  EXPECT_EQ(placed.best, Money::fen(99'999)) << "the leader's price, not the lowest";
  EXPECT_EQ(told(auction.tick(60'000)).front(), "Awarded 60000 bert 99999 anna 80000");
}

TEST(EvaluatedRanking, is_only_that_of_the_close_where_the_price_ranks) {
  Auction auction;
  auction.admitted[1].evaluation.coefficient = BasisPoints{12'500};
  auction.open();
  auction.bid(1, anna, 80'000);
  EXPECT_EQ(told(auction.bid(2, bert, 99'999)), (Lines{"bert bids 99999 rank 2<0"}));
  EXPECT_EQ(told(auction.tick(60'000)).front(), "Awarded 60000 bert 99999 anna 80000");
}

TEST(EvaluatedRanking, tells_equal_wholes_apart_by_their_fractions) {
  Auction auction;
  auction.rules.rank_by = RankBy::Evaluated;
  auction.rules.ties = Ties::Refused;
  auction.admitted = {{anna, {.coefficient = BasisPoints{30'000}}}, {bert, {.coefficient = BasisPoints{29'999}}}};
  auction.open();
  auction.bid(1, anna, 29'999);                                                        // 9,999.6666 and two thirds
  EXPECT_EQ(told(auction.bid(2, bert, 29'998)), (Lines{"bert bids 29998 rank 1<0"}));  // and five ninths
  auto const standings = only<LotClosed>(auction.tick(60'000)).standings;
  EXPECT_EQ(standings.at(0).bidder, bert);
  EXPECT_EQ(standings.at(0).evaluated_price.whole, 99'996'666);
  EXPECT_EQ(standings.at(1).evaluated_price.whole, 99'996'666);
}

TEST(EvaluatedRanking, leaves_exactly_equal_fractions_to_the_tie_rule) {
  Auction auction;
  auction.rules.rank_by = RankBy::Evaluated;
  auction.admitted = {{anna, {.coefficient = BasisPoints{15'000}}}, {bert, {.coefficient = BasisPoints{30'000}}}};
  auction.open();
  auction.bid(1, bert, 10'000);
  EXPECT_EQ(told(auction.bid(2, anna, 5'000)), (Lines{"anna bids 5000 rank 2<0"}));
  EXPECT_EQ(told(auction.tick(60'000)).front(), "Awarded 60000 bert 10000 anna 5000");
}

TEST(EvaluatedRanking, counts_additions_and_deductions) {
  auto bonus = evaluated(reverse_rules(), {.addition = Money::fen(-5'000)});
  bonus.bid(1, anna, 80'000);
  EXPECT_EQ(told(bonus.bid(2, bert, 85'000)), (Lines{"bert bids 85000 rank 2<0"}));  // equal, and later
  EXPECT_EQ(told(bonus.bid(3, bert, 84'000)), (Lines{"bert bids 84000 rank 1<2"}));
  auto deduction = evaluated(reverse_rules(), {.deduction = BasisPoints{1'000}});
  deduction.bid(1, anna, 80'000);
  EXPECT_EQ(told(deduction.bid(2, bert, 88'889)), (Lines{"bert bids 88889 rank 2<0"}));  // 800.001
  auto exact = evaluated(reverse_rules(), {.deduction = BasisPoints{1'000}});
  exact.bid(1, anna, 80'000);
  EXPECT_EQ(told(exact.bid(2, bert, 88'888)), (Lines{"bert bids 88888 rank 1<0"}));  // 799.992
}

TEST(EvaluatedRanking, refuses_ties_of_evaluated_prices) {
  auto rules = reverse_rules();
  rules.ties = Ties::RefusedAtLead;
  auto auction = evaluated(rules);
  auction.bid(1, anna, 80'000);
  EXPECT_EQ(verdict(auction.bid(2, bert, 100'000)), "TIE_REFUSED");
  EXPECT_EQ(verdict(auction.bid(3, bert, 80'000)), "ACCEPTED");
}

TEST(EvaluatedRanking, says_the_reference_as_a_price_of_the_bidder) {
  auto rules = reverse_rules();
  rules.front_buffer = Money::fen(2'000);
  auto buffered = evaluated(rules);
  buffered.bid(1, anna, 72'000);  // as good as 900.00 of bert's
  EXPECT_EQ(refusal(buffered.bid(2, bert, 88'001)), inside_buffer(88'001, 88'000));
  EXPECT_EQ(verdict(buffered.bid(3, bert, 88'000)), "ACCEPTED");

  rules = reverse_rules();
  rules.step_basis = StepBasis::Best;
  auto stepped = evaluated(rules);
  stepped.bid(1, anna, 72'000);
  EXPECT_EQ(refusal(stepped.bid(2, bert, 89'001)), too_small(89'001, 89'000));
  EXPECT_EQ(refusal(stepped.bid(3, bert, 44'999)), (Refusal{&refusals::confirmation_needed, fen(44'999), fen(45'000)}));
  EXPECT_EQ(verdict(stepped.bid(4, bert, 89'000)), "ACCEPTED");  // 712.00 of anna's
  EXPECT_EQ(refusal(stepped.bid(5, anna, 70'201)), too_small(70'201, 70'200));
}

TEST(EvaluatedRanking, is_fixed_at_the_opening_within_bounds) {
  auto const opened_with = [](Evaluation const& evaluation) {
    Auction auction;
    auction.admitted[1].evaluation = evaluation;
    return auction.open();
  };
  auto const most = limits::money_fen_max;
  for (auto const good : {1'000, 100'000}) {
    EXPECT_EQ(verdict(opened_with({.coefficient = BasisPoints{good}})), "ACCEPTED");
  }
  EXPECT_EQ(refusal(opened_with({.coefficient = BasisPoints{999}})),
            (Refusal{&refusals::bad_rules, count(999), count(1'000)}));
  EXPECT_EQ(refusal(opened_with({.coefficient = BasisPoints{100'001}})),
            (Refusal{&refusals::bad_rules, count(100'001), count(100'000)}));
  for (auto const good : {most, -most}) EXPECT_EQ(verdict(opened_with({.addition = Money::fen(good)})), "ACCEPTED");
  EXPECT_EQ(refusal(opened_with({.addition = Money::fen(most + 1)})),
            (Refusal{&refusals::bad_rules, fen(most + 1), fen(most)}));
  EXPECT_EQ(refusal(opened_with({.addition = Money::fen(-most - 1)})),
            (Refusal{&refusals::bad_rules, fen(-most - 1), fen(-most)}));
  EXPECT_EQ(refusal(opened_with({.deduction = BasisPoints{10'000}, .coefficient = BasisPoints{0}})).limit,
            count(9'999));
}

// The top of a later round --------------------------------------------------------------------------------------------

LotRules two_rounds() {
  auto rules = reverse_rules();
  rules.rounds = 2;
  return rules;
}

TEST(Top, of_the_second_round_is_the_lead_at_its_start) {
  auto auction = opened(two_rounds());
  auction.bid(1, anna, 70'000);
  auction.bid(2, bert, 80'000);
  auction.tick(60'000);
  EXPECT_EQ(refusal(auction.bid(60'001, bert, 70'001)), (Refusal{&refusals::above_ceiling, fen(70'001), fen(70'000)}));
  EXPECT_EQ(verdict(auction.bid(60'002, bert, 70'000)), "ACCEPTED");
  auction.bid(60'003, anna, 60'000);
  EXPECT_EQ(refusal(auction.bid(60'004, bert, 70'001)).limit, fen(70'000)) << "as it was when the round began";
}

TEST(Top, stays_when_its_bidder_is_disqualified) {
  auto auction = opened(two_rounds());
  auction.bid(1, anna, 70'000);
  auction.bid(2, bert, 80'000);
  auction.disqualify(60'001, anna);
  EXPECT_EQ(refusal(auction.bid(60'002, bert, 70'001)).limit, fen(70'000));
}

TEST(Top, is_the_lead_as_a_price_of_the_bidder_but_never_above_the_ceiling) {
  auto below = evaluated(two_rounds());
  below.bid(1, anna, 70'000);
  below.bid(2, bert, 90'000);
  below.tick(60'000);
  EXPECT_EQ(refusal(below.bid(60'001, bert, 87'501)), (Refusal{&refusals::above_ceiling, fen(87'501), fen(87'500)}));
  EXPECT_EQ(verdict(below.bid(60'002, bert, 87'500)), "ACCEPTED");

  auto rules = two_rounds();
  rules.pause = std::chrono::seconds{5};
  auto above = evaluated(rules);
  above.bid(1, anna, 90'000);
  above.bid(2, bert, 100'000);
  auto const bid = above.seq();
  above.cancel_bid(60'000, bert, bid);  // anna's 900.00 are as good as 1,125.00 of bert's
  EXPECT_EQ(refusal(above.bid(65'001, bert, 100'001)).limit, fen(100'000));
  EXPECT_EQ(verdict(above.bid(65'002, bert, 100'000)), "ACCEPTED");
}

// Where prices are hidden ---------------------------------------------------------------------------------------------

TEST(FirstQuotes, of_rounds_need_only_the_ceiling) {
  auto rules = rounds_rules();
  rules.step_kind = StepKind::Multiple;
  auto auction = opened(rules);
  EXPECT_EQ(verdict(auction.bid(1, anna, 88'888)), "ACCEPTED");  // the grid is for turns
  EXPECT_EQ(verdict(auction.bid(2, anna, 99'999)), "ACCEPTED");
  EXPECT_EQ(refusal(auction.bid(3, anna, 100'001)), (Refusal{&refusals::above_ceiling, {}, fen(100'000)}));
  EXPECT_EQ(refusal(auction.bid(4, anna, 0)), (Refusal{&refusals::non_positive, {}, fen(1)}));
  EXPECT_EQ(refusal(auction.bid(5, anna, 49'999)), (Refusal{&refusals::confirmation_needed, {}, fen(50'000)}));
  EXPECT_EQ(verdict(auction.bid(6, anna, 49'999, Consent::Given)), "ACCEPTED");
}

TEST(Turns, step_from_the_own_bid_before_the_turn) {
  auto auction = opened(rounds_rules());
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.tick(35'000);
  EXPECT_EQ(refusal(auction.bid(36'000, anna, 89'001)), (Refusal{&refusals::decrement_too_small, {}, fen(89'000)}));
  EXPECT_EQ(refusal(auction.bid(36'001, anna, 100'001)), (Refusal{&refusals::above_ceiling, {}, fen(100'000)}));
  EXPECT_EQ(refusal(auction.bid(36'002, anna, 0)), (Refusal{&refusals::non_positive, {}, fen(1)}));
  EXPECT_EQ(verdict(auction.bid(36'003, anna, 60'000)), "ACCEPTED");
  EXPECT_EQ(refusal(auction.bid(36'004, anna, 89'001)).limit, fen(89'000)) << "not from the bid of this turn";
  EXPECT_EQ(refusal(auction.bid(36'005, anna, 39'999)), (Refusal{&refusals::confirmation_needed, {}, fen(40'000)}))
      << "half of bert's, which all know, not of her own";
}

// The next price on the grid would tell the bid itself.
TEST(Turns, keep_to_the_grid_and_do_not_say_where_it_is) {
  auto rules = rounds_rules();
  rules.step_kind = StepKind::Multiple;
  auto auction = opened(rules);
  auction.bid(1, anna, 88'888);
  auction.bid(2, bert, 80'000);
  auction.tick(35'000);
  EXPECT_EQ(refusal(auction.bid(36'000, anna, 87'500)), (Refusal{&refusals::off_grid, {}, {}}));
  EXPECT_EQ(refusal(auction.bid(36'001, anna, 88'000)), (Refusal{&refusals::decrement_too_small, {}, fen(87'888)}));
  EXPECT_EQ(verdict(auction.bid(36'002, anna, 87'000)), "ACCEPTED");
}

// Anna took 500.00; sealed bids until 22.001 s, then her best bid.
Auction taken(Evaluation const& of_bert = {}) {
  Auction auction;
  auction.rules = dutch_rules_with_sealed_bids();
  auction.rules.rank_by = RankBy::Evaluated;
  auction.admitted = {{anna, {}}, {bert, of_bert}, {carl, {}}};
  auction.open();
  auction.bid(1, anna, 50'000);
  auction.tick(2'001);
  return auction;
}

TEST(SealedBids, fall_by_the_step_from_the_price_taken) {
  auto auction = taken();
  EXPECT_EQ(refusal(auction.bid(3'000, bert, 49'001)), (Refusal{&refusals::decrement_too_small, {}, fen(49'000)}));
  EXPECT_EQ(refusal(auction.bid(3'001, bert, 24'999)), (Refusal{&refusals::confirmation_needed, {}, fen(25'000)}));
  EXPECT_EQ(refusal(auction.bid(3'002, bert, 100'001)), (Refusal{&refusals::above_ceiling, {}, fen(100'000)}));
  EXPECT_EQ(verdict(auction.bid(3'003, bert, 40'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(3'004, carl, 49'000)), "ACCEPTED") << "nobody knows of bert's";
  EXPECT_EQ(verdict(auction.bid(3'005, bert, 49'000)), "ACCEPTED") << "and a later one replaces it";
}

TEST(SealedBids, fall_from_the_price_taken_as_a_price_of_the_bidder) {
  auto auction = taken({.coefficient = BasisPoints{12'500}});
  EXPECT_EQ(refusal(auction.bid(3'000, bert, 61'501)), (Refusal{&refusals::decrement_too_small, {}, fen(61'500)}));
  EXPECT_EQ(verdict(auction.bid(3'001, bert, 61'500)), "ACCEPTED");
  auction.tick(24'001);  // 615.00 of bert's are 492.00 of anna's
  EXPECT_EQ(refusal(auction.bid(25'000, anna, 48'201)), (Refusal{&refusals::decrement_too_small, {}, fen(48'200)}));
}

TEST(BestBid, falls_by_the_step_from_the_best_sealed_bid) {
  auto auction = taken();
  auction.bid(3'000, bert, 45'000);
  auction.tick(24'001);
  EXPECT_EQ(refusal(auction.bid(25'000, anna, 44'001)), (Refusal{&refusals::decrement_too_small, {}, fen(44'000)}));
  EXPECT_EQ(refusal(auction.bid(25'001, anna, 22'499)), (Refusal{&refusals::confirmation_needed, {}, fen(22'500)}));
  EXPECT_EQ(verdict(auction.bid(25'002, anna, 40'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(25'003, anna, 44'000)), "ACCEPTED") << "measured from bert's, not from her own";
}

TEST(Levels, ask_for_no_confirmation) {
  auto rules = japanese_rules();
  rules.slip_below = BasisPoints{10'000};
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 90'000);
  auction.tick(10'000);
  EXPECT_EQ(verdict(auction.bid(10'001, anna, 80'000)), "ACCEPTED");
}

}  // namespace
}  // namespace engine::test
