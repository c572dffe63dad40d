// What a stage lets in and from whom, in which order it refuses, and what moves its end. (The courses of the formats:
// stage_test.)
#include <gtest/gtest.h>

#include <functional>

#include "engine/lot.h"
#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

LotRules elimination_rules() {
  auto rules = reverse_rules();
  rules.rounds = 2;
  rules.eliminate = 1;
  rules.pause = std::chrono::seconds{5};
  return rules;
}

// The order of refusals -----------------------------------------------------------------------------------------------

struct Precedence {
  std::string name;
  std::string expected;
  std::function<Events(Auction&)> play;
};
void PrintTo(Precedence const& row, std::ostream* out) {
  *out << row.name;
}

// Round 1 ended at a minute, anna is eliminated, and for five seconds nobody may bid.
Auction& in_break(Auction& auction, std::uint32_t attempts = 200) {
  auction.rules = elimination_rules();
  auction.rules.attempts_max = attempts;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 70'000);
  auction.tick(60'000);
  return auction;
}
// Anna's turn, from 35 s to 45 s.
Auction& in_turn(Auction& auction, std::uint32_t attempts = 200) {
  auction.rules = rounds_rules();
  auction.rules.attempts_max = attempts;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.tick(35'000);
  return auction;
}
Auction& with_proxy(Auction& auction, std::uint32_t attempts = 200) {
  auction.rules.proxies = true;
  auction.rules.attempts_max = attempts;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.set_proxy(2, anna, 70'000, 1'000);
  return auction;
}
Auction& with_one_quote(Auction& auction, LotRules rules, std::uint32_t attempts = 200) {
  auction.rules = rules;
  auction.rules.requotes = false;
  auction.rules.attempts_max = attempts;
  auction.open();
  auction.bid(1, anna, 90'000);
  return auction;
}
Auction& at_level(Auction& auction) {
  auction.rules = japanese_rules();
  auction.open();
  auction.bid(1, anna, 90'000);
  return auction;
}

// Each rule broken alone, and together with the next that can be broken at the same time.
std::vector<Precedence> const precedence{
    {"disqualified_and_eliminated", "DISQUALIFIED",
     [](auto& a) { return in_break(a).disqualify(60'001, anna), a.bid(66'000, anna, 60'000); }},
    {"paused_and_eliminated", "PAUSED", [](auto& a) { return in_break(a).pause(60'001), a.bid(60'002, anna, 60'000); }},
    {"closed_and_eliminated", "CLOSED", [](auto& a) { return in_break(a).bid(125'000, anna, 60'000); }},
    {"eliminated", "ELIMINATED", [](auto& a) { return in_break(a).bid(65'000, anna, 60'000); }},
    {"eliminated_and_break", "ELIMINATED", [](auto& a) { return in_break(a).bid(64'999, anna, 60'000); }},
    {"eliminated_and_attempts", "ELIMINATED", [](auto& a) { return in_break(a, 1).bid(65'000, anna, 60'000); }},
    {"paused_break", "PAUSED", [](auto& a) { return in_break(a).pause(60'001), a.bid(60'002, bert, 60'000); }},
    {"break", "BETWEEN_STAGES", [](auto& a) { return in_break(a).bid(64'999, bert, 60'000); }},
    {"break_and_attempts", "BETWEEN_STAGES", [](auto& a) { return in_break(a, 1).bid(64'999, bert, 60'000); }},
    {"turn", "NOT_YOUR_TURN", [](auto& a) { return in_turn(a).bid(36'000, bert, 70'000); }},
    {"turn_without_a_quote", "NOT_YOUR_TURN", [](auto& a) { return in_turn(a).bid(36'000, carl, 70'000); }},
    {"turn_and_attempts", "NOT_YOUR_TURN", [](auto& a) { return in_turn(a, 1).bid(36'000, bert, 70'000); }},
    {"turn_and_amount", "NOT_YOUR_TURN", [](auto& a) { return in_turn(a).bid(36'000, bert, 0); }},
    {"attempts_in_the_own_turn", "TOO_MANY_ATTEMPTS", [](auto& a) { return in_turn(a, 1).bid(36'000, anna, 70'000); }},
    {"attempts_and_proxy", "TOO_MANY_ATTEMPTS", [](auto& a) { return with_proxy(a, 1).bid(3, anna, 80'000); }},
    {"proxy", "PROXY_ACTIVE", [](auto& a) { return with_proxy(a).bid(3, anna, 80'000); }},
    {"proxy_and_amount", "PROXY_ACTIVE", [](auto& a) { return with_proxy(a).bid(3, anna, 0); }},
    {"proxy_of_another", "ACCEPTED", [](auto& a) { return with_proxy(a).bid(3, bert, 80'000); }},
    {"attempts_and_quoted", "TOO_MANY_ATTEMPTS",
     [](auto& a) { return with_one_quote(a, sealed_rules(), 1).bid(2, anna, 80'000); }},
    {"quoted", "ALREADY_QUOTED", [](auto& a) { return with_one_quote(a, sealed_rules()).bid(2, anna, 80'000); }},
    {"quoted_in_rounds", "ALREADY_QUOTED",
     [](auto& a) { return with_one_quote(a, rounds_rules()).bid(2, anna, 80'000); }},
    {"quoted_and_amount", "ALREADY_QUOTED", [](auto& a) { return with_one_quote(a, sealed_rules()).bid(2, anna, 0); }},
    {"quoted_by_another", "ACCEPTED", [](auto& a) { return with_one_quote(a, sealed_rules()).bid(2, bert, 80'000); }},
    {"one_bid_of_a_reverse_lot_is_not_all", "ACCEPTED",
     [](auto& a) { return with_one_quote(a, reverse_rules()).bid(2, anna, 80'000); }},
    {"level_accepted", "ALREADY_QUOTED", [](auto& a) { return at_level(a).bid(2, anna, 90'000); }},
    {"level_accepted_and_another_price", "ALREADY_QUOTED", [](auto& a) { return at_level(a).bid(2, anna, 80'000); }},
    {"level_and_amount", "AMOUNT_NON_POSITIVE", [](auto& a) { return at_level(a).bid(2, bert, 0); }},
    {"level_and_ceiling", "ABOVE_CEILING", [](auto& a) { return at_level(a).bid(2, bert, 100'001); }},
    {"level_above", "WRONG_LEVEL", [](auto& a) { return at_level(a).bid(2, bert, 90'001); }},
    {"level_below", "WRONG_LEVEL", [](auto& a) { return at_level(a).bid(2, bert, 80'000); }},
    {"level", "ACCEPTED", [](auto& a) { return at_level(a).bid(2, bert, 90'000); }},
};

class StageRefusalOrder : public testing::TestWithParam<Precedence> {};

TEST_P(StageRefusalOrder, the_first_broken_rule_answers) {
  Auction auction;
  EXPECT_EQ(verdict(GetParam().play(auction)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(Lot, StageRefusalOrder, testing::ValuesIn(precedence),
                         [](auto const& row) { return row.param.name; });

TEST(StageRefusal, says_how_long_the_break_is) {
  Auction auction;
  EXPECT_EQ(refusal(in_break(auction).bid(60'000, bert, 60'000)),
            (Refusal{&refusals::between_stages, moment(60'000), moment(65'000)}));
}

TEST(StageRefusal, says_which_level_is_asked) {
  Auction japanese;
  EXPECT_EQ(refusal(at_level(japanese).bid(2, bert, 80'000)),
            (Refusal{&refusals::wrong_level, fen(80'000), fen(90'000)}));
  Auction dutch;
  dutch.rules = dutch_rules();
  dutch.open();
  dutch.tick(30'000);
  EXPECT_EQ(refusal(dutch.bid(30'001, bert, 70'000)), (Refusal{&refusals::wrong_level, fen(70'000), fen(75'000)}));
}

TEST(StageRefusal, of_whose_turn_it_is_has_no_figures) {
  Auction auction;
  EXPECT_EQ(refusal(in_turn(auction).bid(36'000, bert, 60'000)), (Refusal{&refusals::not_your_turn, {}, {}}));
}

TEST(StageRefusal, is_an_attempt_like_any_other) {
  Auction auction;
  in_break(auction, 2).bid(60'001, bert, 60'000);
  EXPECT_EQ(verdict(auction.bid(65'000, bert, 60'000)), "TOO_MANY_ATTEMPTS");
}

TEST(StageRefusal, of_a_break_ends_with_it_and_a_turn_with_itself) {
  Auction elimination;
  EXPECT_EQ(verdict(in_break(elimination).bid(65'000, bert, 60'000)), "ACCEPTED");
  Auction rounds;
  EXPECT_EQ(verdict(in_turn(rounds).bid(44'999, anna, 70'000)), "ACCEPTED");
  EXPECT_EQ(verdict(rounds.bid(45'000, anna, 69'000)), "NOT_YOUR_TURN");
}

TEST(Requotes, where_they_are_none_are_possible_again_after_the_quote_was_cancelled) {
  Auction auction;
  with_one_quote(auction, sealed_rules());
  auction.cancel_bid(2, anna, auction.seq());
  EXPECT_EQ(verdict(auction.bid(3, anna, 85'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(4, anna, 80'000)), "ALREADY_QUOTED");
}

TEST(Requotes, where_they_are_none_do_not_forbid_turns) {
  Auction auction;
  with_one_quote(auction, rounds_rules()).bid(2, bert, 80'000);
  auction.tick(35'000);
  EXPECT_EQ(verdict(auction.bid(36'000, anna, 85'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(37'000, anna, 84'000)), "ACCEPTED");
}

TEST(Requotes, where_they_are_none_leave_one_sealed_bid_against_the_taker) {
  Auction auction;
  auction.rules = dutch_rules_with_sealed_bids();
  auction.rules.requotes = false;
  auction.open();
  auction.bid(1, anna, 50'000);
  auction.tick(2'001);
  EXPECT_EQ(verdict(auction.bid(3'000, bert, 49'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(4'000, bert, 48'000)), "ALREADY_QUOTED");
}

TEST(Requotes, of_a_sealed_bid_replace_it_though_nothing_is_told) {
  Auction auction;
  auction.rules = dutch_rules_with_sealed_bids();
  auction.open();
  auction.bid(1, anna, 50'000);
  auction.tick(2'001);
  auction.bid(3'000, bert, 40'000);
  EXPECT_EQ(told(auction.bid(4'000, bert, 49'000)), (Lines{"bert quotes"}));
  EXPECT_EQ(told(auction.tick(22'001)).front(), "opened bert 49000 anna 50000");
}

TEST(Levels, whose_acceptance_was_cancelled_may_be_accepted_again) {
  Auction auction;
  auction.rules = japanese_rules();
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 90'000);
  auction.cancel_bid(3, bert, auction.seq());
  EXPECT_EQ(verdict(auction.bid(4, bert, 90'000)), "ACCEPTED");
  EXPECT_EQ(told(auction.tick(10'000)).front(), "out carl");
}

// What moves the end --------------------------------------------------------------------------------------------------

// Ten seconds before the end is late; a late bid leaves twenty seconds.
Auction opened(LotRules const& rules) {
  Auction auction;
  auction.rules = rules;
  auction.open();
  return auction;
}

TEST(Extension, begins_exactly_the_window_before_the_end) {
  auto early = opened(reverse_rules());
  EXPECT_EQ(told(early.bid(49'999, anna, 90'000)).back(), "anna bids 90000 rank 1<0");
  auto late = opened(reverse_rules());
  EXPECT_EQ(told(late.bid(50'000, anna, 90'000)).back(), "late to 70000");
}

TEST(Extension, from_the_bid_moves_nothing_that_is_far_enough) {
  auto rules = reverse_rules();
  rules.extension = std::chrono::seconds{5};
  auto auction = opened(rules);
  EXPECT_EQ(told(auction.bid(55'000, anna, 90'000)).back(), "anna bids 90000 rank 1<0");
  EXPECT_EQ(told(auction.bid(55'001, anna, 80'000)).back(), "late to 60001");
}

TEST(Extension, from_the_end_is_always_whole) {
  auto rules = reverse_rules();
  rules.extend_from = ExtendFrom::End;
  rules.extension = std::chrono::seconds{5};
  auto auction = opened(rules);
  EXPECT_EQ(told(auction.bid(50'000, anna, 90'000)).back(), "late to 65000");
  EXPECT_EQ(told(auction.bid(54'999, anna, 80'000)).back(), "anna bids 80000 rank 1<1");
  EXPECT_EQ(told(auction.bid(55'000, anna, 70'000)).back(), "late to 70000");
}

TEST(Extension, from_the_end_never_passes_the_cap) {
  auto rules = reverse_rules();
  rules.extend_from = ExtendFrom::End;
  rules.hard_cap = std::chrono::seconds{79};
  auto auction = opened(rules);
  EXPECT_EQ(told(auction.bid(59'999, anna, 90'000)).back(), "late to 79000");
  EXPECT_EQ(told(auction.bid(78'999, anna, 80'000)).back(), "anna bids 80000 rank 1<1");
}

TEST(Extension, may_ask_for_a_rank) {
  auto rules = reverse_rules();
  rules.trigger_rank = 2;
  auto auction = opened(rules);
  auction.bid(1, anna, 60'000);
  auction.bid(2, bert, 70'000);
  EXPECT_EQ(told(auction.bid(55'000, carl, 70'000)), (Lines{"carl bids 70000 rank 3<0"}));
  EXPECT_EQ(told(auction.bid(55'000, carl, 69'000)), (Lines{"carl bids 69000 rank 2<3", "late to 75000"}));
}

TEST(Extension, asks_for_the_rank_that_is_shown) {
  auto rules = reverse_rules();
  rules.trigger_rank = 1;
  rules.ties = Ties::EqualBest;
  auto best = opened(rules);
  best.bid(1, anna, 60'000);
  EXPECT_EQ(told(best.bid(55'000, bert, 60'000)), (Lines{"bert bids 60000 rank 1<0", "late to 75000"}));
  rules.ties = Ties::EqualWorst;
  auto worst = opened(rules);
  worst.bid(1, anna, 60'000);
  EXPECT_EQ(told(worst.bid(55'000, bert, 60'000)), (Lines{"bert bids 60000 rank 2<0"}));
}

TEST(Extension, may_be_counted) {
  auto rules = reverse_rules();
  rules.extensions_max = 2;
  auto auction = opened(rules);
  EXPECT_EQ(told(auction.bid(50'000, anna, 90'000)).back(), "late to 70000");
  EXPECT_EQ(told(auction.bid(50'000, anna, 89'000)).back(), "anna bids 89000 rank 1<1");  // not late: not counted
  EXPECT_EQ(told(auction.bid(60'000, anna, 88'000)).back(), "late to 80000");
  EXPECT_EQ(told(auction.bid(79'000, anna, 87'000)).back(), "anna bids 87000 rank 1<1");
  EXPECT_EQ(told(auction.tick(80'000)).front(), "Awarded 80000 anna 87000");
}

TEST(Extension, of_an_outage_is_not_counted) {
  auto rules = reverse_rules();
  rules.extensions_max = 1;
  auto auction = opened(rules);
  auction.at(20'000, Started{noon + Duration{10'000}});
  EXPECT_EQ(told(auction.bid(69'000, anna, 90'000)).back(), "late to 89000");
}

TEST(Extension, belongs_to_open_bids_of_a_reverse_lot) {
  auto japanese = opened(japanese_rules());
  EXPECT_EQ(told(japanese.bid(9'999, anna, 90'000)).back(), "anna bids 90000 rank 1<0");
  EXPECT_EQ(japanese.due(), 10'000);
  auto rounds = opened(rounds_rules());
  rounds.bid(29'999, anna, 90'000);
  EXPECT_EQ(rounds.due(), 30'000);
}

// Withdrawing a bid ---------------------------------------------------------------------------------------------------

// First quotes: bert 800.00, carl 850.00, anna 900.00; turns from 35 s: anna, carl, bert.
Auction in_turns() {
  Auction auction;
  auction.rules = rounds_rules();
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 85'000);
  auction.tick(35'000);
  return auction;
}

TEST(Withdraw, takes_back_what_was_bid_in_the_turn_under_way) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 70'000);
  EXPECT_EQ(told(auction.withdraw(37'000, anna)), (Lines{"anna withdraws"}));
  EXPECT_EQ(verdict(auction.withdraw(37'001, anna)), "NO_BID");
  EXPECT_EQ(told(auction.tick(45'000)).front(), "turn over, anna 90000 old rank 3");
  auto const closed = only<LotClosed>(auction.tick(98'000));
  ASSERT_EQ(closed.history.size(), 4u);
  EXPECT_TRUE(closed.history[3].voided);
}

TEST(Withdraw, leaves_the_turn_to_another_bid) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 70'000);
  auction.withdraw(37'000, anna);
  EXPECT_EQ(verdict(auction.bid(38'000, anna, 89'000)), "ACCEPTED");
  EXPECT_EQ(told(auction.tick(45'000)).front(), "turn over, anna 89000 new rank 3");
}

TEST(Withdraw, of_two_bids_of_a_turn_leaves_neither) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 70'000);
  auction.bid(36'001, anna, 75'000);
  auction.withdraw(37'000, anna);
  EXPECT_EQ(told(auction.tick(45'000)).front(), "turn over, anna 90000 old rank 3");
}

TEST(Withdraw, is_possible_in_the_best_bid_too) {
  Auction auction;
  auction.rules = dutch_rules_with_sealed_bids();
  auction.open();
  auction.bid(1, anna, 50'000);
  auction.bid(3'000, bert, 49'000);
  EXPECT_EQ(verdict(auction.withdraw(3'001, bert)), "NOT_YOUR_TURN") << "a sealed bid counts already";
  auction.bid(24'001, anna, 48'000);
  EXPECT_EQ(verdict(auction.withdraw(24'002, anna)), "ACCEPTED");
  EXPECT_EQ(told(auction.tick(39'001)).front(), "turn over, anna 50000 old rank 2");
}

TEST(Withdraw, is_refused_in_the_order_bidder_state_stage_bid) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.open();
  EXPECT_EQ(verdict(auction.withdraw(-1, dora)), "NOT_ADMITTED");
  EXPECT_EQ(verdict(auction.withdraw(-1, anna)), "STATE_CONFLICT");
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  EXPECT_EQ(verdict(auction.withdraw(3, anna)), "NOT_YOUR_TURN") << "first quotes are nobody's turn";
  EXPECT_EQ(refusal(auction.withdraw(30'000, anna)),
            (Refusal{&refusals::between_stages, moment(30'000), moment(35'000)}));
  EXPECT_EQ(verdict(auction.withdraw(35'000, bert)), "NOT_YOUR_TURN");
  EXPECT_EQ(verdict(auction.withdraw(35'000, anna)), "NO_BID");
  EXPECT_EQ(verdict(auction.withdraw(90'000, anna)), "STATE_CONFLICT");
}

// Bids entered for a supplier -----------------------------------------------------------------------------------------

Auction with_surrogates() {
  Auction auction;
  auction.rules.surrogates = true;
  auction.open();
  return auction;
}

TEST(Surrogate, is_noted_and_then_judged_like_the_bidders_own) {
  auto auction = with_surrogates();
  auction.tick(0);
  auto const events = auction.surrogate(1, anna, 90'000);
  EXPECT_EQ(told(events), (Lines{"surrogate for anna", "anna bids 90000 rank 1<0"}));
  auto const noted = only<SurrogateNoted>(events);
  EXPECT_EQ(noted.by, buyer);
  EXPECT_EQ(noted.approved_by, approver);
  EXPECT_EQ(noted.reason, "by telephone, line down");
  EXPECT_EQ(noted.seq, auction.seq());
  EXPECT_EQ(only<BidAccepted>(events).receipt.attempt, 1u);
  EXPECT_EQ(told(auction.surrogate(2, anna, 89'001)), (Lines{"surrogate for anna", "DECREMENT_TOO_SMALL"}));
  EXPECT_EQ(only<BidAccepted>(auction.bid(3, anna, 89'000)).receipt.attempt, 3u);
}

TEST(Surrogate, is_refused_before_it_is_an_attempt) {
  auto auction = with_surrogates();
  auction.disqualify(1, anna);
  auto const self = auction.surrogate(2, anna, 90'000, "by telephone", buyer, buyer);
  EXPECT_EQ(told(self), (Lines{"SELF_APPROVAL"}));
  EXPECT_EQ(only<BidRefused>(self).receipt.attempt, 0u);
  EXPECT_EQ(verdict(auction.surrogate(2, anna, 90'000, "too short", buyer, buyer)), "SELF_APPROVAL");
  EXPECT_EQ(verdict(auction.surrogate(2, anna, 90'000, "by telephone", PersonId{}, approver)), "SELF_APPROVAL");
  EXPECT_EQ(verdict(auction.surrogate(2, anna, 90'000, "by telephone", buyer, PersonId{})), "SELF_APPROVAL");
  EXPECT_EQ(refusal(auction.surrogate(2, anna, 90'000, "too short")),
            (Refusal{&refusals::reason_too_short, count(9), count(10)}));
  EXPECT_EQ(refusal(auction.surrogate(2, anna, 90'000, std::string(1'001, 'x'))),
            (Refusal{&refusals::too_many, count(1'001), count(1'000)}));
  EXPECT_EQ(told(auction.surrogate(2, anna, 90'000)), (Lines{"surrogate for anna", "DISQUALIFIED"}));
}

TEST(Surrogate, needs_rules_that_allow_it_and_a_bidder_who_is_admitted) {
  Auction plain;
  plain.open();
  EXPECT_EQ(told(plain.surrogate(-2, anna, 90'000, "", buyer, buyer)), (Lines{"NOT_OFFERED"}));
  EXPECT_EQ(told(plain.surrogate(-1, dora, 90'000, "", buyer, buyer)), (Lines{"NOT_ADMITTED"}));
}

TEST(Surrogate, under_a_known_key_is_the_answer_it_had) {
  auto auction = with_surrogates();
  auto const bid = [](std::int64_t fen) {
    return PlaceSurrogateBid{{the_lot, anna, buyer, Money::fen(fen), key_of("k"), Consent::NotGiven}, PersonId{}, ""};
  };
  auto const first = only<BidAccepted>(auction.bid_with_key(1, anna, 90'000, "k")).receipt;
  auto const again = auction.at(2, bid(90'000));
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(only<BidRepeated>(again).original.seq, first.seq);
  EXPECT_EQ(verdict(auction.at(3, bid(80'000))), "KEY_REUSED");
}

TEST(Surrogate, fills_in_sealed_quotes_and_turns_without_a_word_about_the_price) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.rules.surrogates = true;
  auction.open();
  auction.bid(1, bert, 80'000);
  EXPECT_EQ(told(auction.surrogate(2, anna, 90'000)), (Lines{"surrogate for anna", "anna quotes"}));
  EXPECT_EQ(told(auction.surrogate(36'000, anna, 70'000)).back(), "anna quotes");
  EXPECT_EQ(told(auction.tick(45'000)).front(), "turn over, anna 70000 new rank 1");
}

TEST(Surrogate, waits_for_a_proxy_like_any_bid) {
  Auction auction;
  auction.rules.surrogates = auction.rules.proxies = true;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.set_proxy(2, anna, 70'000, 1'000);
  EXPECT_EQ(verdict(auction.surrogate(3, anna, 80'000)), "PROXY_ACTIVE");
  EXPECT_EQ(told(auction.surrogate(4, bert, 80'000)),
            (Lines{"surrogate for bert", "bert bids 80000 rank 1<0", "anna auto 79000 rank 1<2"}));
}

// Practice ------------------------------------------------------------------------------------------------------------

TEST(Practice, ends_with_the_standings_and_nobody_asked) {
  auto rules = reverse_rules();
  rules.practice = true;
  auto auction = opened(rules);
  auction.bid(1, anna, 90'000);
  auto const events = auction.tick(60'000);
  EXPECT_EQ(told(events), (Lines{"Practice 60000 anna 90000"}));
  EXPECT_FALSE(only<LotClosed>(events).standings.at(0).selectable);
  EXPECT_EQ(only<LotClosed>(events).history.size(), 1u);
  EXPECT_EQ(auction.hall.next_due(), never);
  EXPECT_EQ(verdict(auction.abort(60'001)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.bid(60'001, anna, 80'000)), "CLOSED");
}

TEST(Practice, is_the_same_for_every_format_and_however_few_came) {
  for (auto rules : {reverse_rules(), sealed_rules(), rounds_rules(), dutch_rules(), japanese_rules()}) {
    rules.practice = true;
    rules.min_bidders_approved = 1;
    auto empty = opened(rules);
    EXPECT_EQ(only<LotClosed>(empty.tick(900'000)).state, LotState::PracticeEnded);
    auto one = opened(rules);
    auto events = one.bid(1, anna, rules.format == Format::Japanese ? 90'000 : 50'000);
    for (auto& event : one.tick(900'000)) events.push_back(std::move(event));
    EXPECT_EQ(only<LotClosed>(events).state, LotState::PracticeEnded);
    EXPECT_EQ(only<LotClosed>(events).standings.size(), 1u);
    EXPECT_FALSE(has<SelectionOpened>(events));
    EXPECT_FALSE(has<AwardAsked>(events));
  }
}

}  // namespace
}  // namespace engine::test
