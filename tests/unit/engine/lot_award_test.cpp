// From the close on: choice, silence, decline, next.
#include <gtest/gtest.h>

#include "engine/lot.h"
#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

Instant after(std::int64_t millis) {
  return noon + Duration{millis};
}
std::string const ten = "供货期更短、质量更优";  // ten characters, thirty bytes
std::string const nine = "供货期更短质量更优";

constexpr std::int64_t closed = 60'000;

// Sealed, closed at a minute: anna 800.00, bert 850.00, carl 880.00, dora 1,000.00; mean 882.50.
Auction selecting() {
  Auction auction;
  auction.rules = sealed_rules();
  auction.rules.choose_for = std::chrono::seconds{30};
  auction.rules.confirm_for = std::chrono::seconds{40};
  auction.admitted.push_back({dora, {}});
  auction.open();
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 85'000);
  auction.bid(3, carl, 88'000);
  auction.bid(4, dora, 100'000);
  auction.tick(closed);
  return auction;
}

// Reverse, closed at a minute: anna leads before bert and carl.
Auction awarded() {
  Auction auction;
  auction.rules.confirm_for = std::chrono::seconds{40};
  auction.open();
  auction.bid(1, carl, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, anna, 70'000);
  auction.tick(closed);
  return auction;
}

// A relaunch where one bidder may do, with one bidder.
Auction few(LotRules rules = reverse_rules()) {
  Auction auction;
  auction.rules = rules;
  auction.rules.min_bidders = 3;
  auction.rules.min_bidders_approved = 1;
  auction.rules.choose_for = std::chrono::seconds{30};
  auction.open();
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 90'000);
  return auction;
}

TEST(Choice, of_the_first_needs_a_person_and_no_reason) {
  auto nobody = selecting();
  EXPECT_EQ(verdict(nobody.choose(closed, anna, "", PersonId{})), "SELF_APPROVAL");
  auto const events = nobody.choose(closed, anna, "", buyer, PersonId{});
  EXPECT_EQ(only<QuoteChosen>(events).rank, 1);
  EXPECT_EQ(only<QuoteChosen>(events).by, buyer);
  EXPECT_EQ(only<AwardAsked>(events).until, after(100'000));
  EXPECT_EQ(only<AwardAsked>(events).price, Money::fen(80'000));
}

TEST(Choice, of_another_is_refused_in_the_order_band_reason_approval) {
  auto auction = selecting();
  EXPECT_EQ(verdict(auction.choose(closed, dora, nine, buyer, buyer)), "OUTSIDE_LOW_BAND");
  EXPECT_EQ(verdict(auction.choose(closed, bert, nine, buyer, buyer)), "REASON_TOO_SHORT");
  EXPECT_EQ(verdict(auction.choose(closed, bert, std::string(1'001, 'x'), buyer, buyer)), "TOO_MANY");
  EXPECT_EQ(verdict(auction.choose(closed, bert, ten, buyer, buyer)), "SELF_APPROVAL");
  EXPECT_EQ(verdict(auction.choose(closed, bert, ten, buyer, PersonId{})), "SELF_APPROVAL");
  EXPECT_EQ(verdict(auction.choose(closed, bert, ten, PersonId{}, approver)), "SELF_APPROVAL");
  EXPECT_EQ(verdict(auction.choose(closed, bert, ten, buyer, approver)), "ACCEPTED");
}

TEST(Choice, of_an_equal_price_needs_the_reason_too) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.open();
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 80'000);
  auction.tick(closed);
  EXPECT_EQ(verdict(auction.choose(closed, bert)), "REASON_TOO_SHORT");
}

TEST(Choice, counts_characters_and_not_bytes) {
  auto auction = selecting();
  EXPECT_EQ(refusal(auction.choose(closed, bert, nine)).actual, (Figure{Figure::Unit::Count, 9}));
}

TEST(Choice, of_a_stranger_or_of_one_without_a_quote_is_refused) {
  auto auction = selecting();
  EXPECT_EQ(verdict(auction.choose(closed, BidderId{99}, ten)), "NOT_ADMITTED");
  Auction idle;
  idle.rules = sealed_rules();
  idle.open();
  idle.bid(1, anna, 80'000);
  idle.tick(closed);
  EXPECT_EQ(verdict(idle.choose(closed, bert, ten)), "OUTSIDE_LOW_BAND");
}

TEST(Choice, is_made_only_while_selecting) {
  Auction live;
  live.rules = sealed_rules();
  live.open();
  live.bid(1, anna, 80'000);
  EXPECT_EQ(verdict(live.choose(2, anna)), "STATE_CONFLICT");
  auto reverse = awarded();
  EXPECT_EQ(verdict(reverse.choose(closed, anna)), "STATE_CONFLICT");
}

TEST(Choice, left_to_silence_is_the_first_by_nobody_at_the_time_it_ran_out) {
  auto auction = selecting();
  EXPECT_EQ(auction.due(), 90'000);
  EXPECT_TRUE(auction.tick(89'999).empty());
  auto const events = auction.tick(95'000);
  EXPECT_EQ(only<QuoteChosen>(events).bidder, anna);
  EXPECT_FALSE(only<QuoteChosen>(events).by.is_given());
  EXPECT_EQ(only<AwardAsked>(events).until, after(130'000));
}

TEST(Choice, exactly_when_the_time_is_over_is_too_late) {
  auto auction = selecting();
  EXPECT_EQ(verdict(auction.choose(90'000, bert, ten)), "STATE_CONFLICT");
}

TEST(Decline, of_a_sealed_award_lets_the_buyer_choose_again_among_those_left) {
  auto auction = selecting();
  auction.choose(closed, anna);
  auto const events = auction.answer(70'000, anna, AwardAnswer::Decline);
  auto const answered = only<AwardAnswered>(events);
  EXPECT_EQ(answered.outcome, AwardOutcome::Declined);
  EXPECT_EQ(answered.state, LotState::Selecting);
  EXPECT_TRUE(answered.next_available);
  // Ranks move up; 880.00 stays at the old limit of 110 % of 800.00, inside; 1,000.00 stays outside.
  EXPECT_EQ(only<SelectionOpened>(events).selectable, (std::vector{bert, carl}));
  EXPECT_EQ(only<SelectionOpened>(events).until, after(100'000));
  EXPECT_EQ(verdict(auction.choose(70'001, anna)), "OUTSIDE_LOW_BAND");
  EXPECT_EQ(only<QuoteChosen>(auction.choose(70'002, bert)).rank, 1);
}

TEST(Decline, of_everybody_ends_a_sealed_lot) {
  auto auction = selecting();
  for (auto const bidder : {anna, bert, carl}) {
    auction.choose(closed, bidder);
    auction.answer(closed, bidder, AwardAnswer::Decline);
  }
  auction.choose(closed, dora);  // the new first always
  auto const last = only<AwardAnswered>(auction.answer(closed, dora, AwardAnswer::Decline));
  EXPECT_EQ(last.state, LotState::WinnerDeclined);
  EXPECT_FALSE(last.next_available);
  EXPECT_EQ(verdict(auction.at(closed, AskNext{the_lot, buyer})), "STATE_CONFLICT");
  EXPECT_EQ(auction.hall.next_due(), never);
}

TEST(Answer, is_asked_of_the_first_and_confirms_the_order) {
  auto auction = awarded();
  EXPECT_EQ(verdict(auction.answer(closed, bert, AwardAnswer::Confirm)), "NOT_ADMITTED");
  auto const confirmed = only<AwardAnswered>(auction.answer(closed, anna, AwardAnswer::Confirm));
  EXPECT_EQ(confirmed.state, LotState::OrderConfirmed);
  EXPECT_EQ(confirmed.outcome, AwardOutcome::Confirmed);
  EXPECT_EQ(verdict(auction.answer(closed, anna, AwardAnswer::Decline)), "STATE_CONFLICT");
}

TEST(Answer, counts_until_its_time_is_over_and_silence_is_a_decline_then) {
  auto in_time = awarded();
  EXPECT_EQ(verdict(in_time.answer(99'999, anna, AwardAnswer::Confirm)), "ACCEPTED");
  auto late = awarded();
  auto const events = late.answer(100'000, anna, AwardAnswer::Confirm);
  EXPECT_EQ(only<AwardAnswered>(events).outcome, AwardOutcome::Silent);
  EXPECT_FALSE(only<AwardAnswered>(events).by.is_given());
  EXPECT_EQ(only<AwardAnswered>(events).state, LotState::WinnerDeclined);
  EXPECT_EQ(verdict(events), "STATE_CONFLICT");
}

TEST(Answer, before_the_close_is_no_answer) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 900);
  EXPECT_EQ(verdict(auction.answer(2, anna, AwardAnswer::Confirm)), "STATE_CONFLICT");
}

TEST(AskNext, asks_each_once_in_order_of_rank) {
  auto auction = awarded();
  EXPECT_EQ(verdict(auction.at(closed, AskNext{the_lot, buyer})), "STATE_CONFLICT");
  EXPECT_TRUE(only<AwardAnswered>(auction.answer(closed, anna, AwardAnswer::Decline)).next_available);
  EXPECT_EQ(auction.hall.next_due(), never);
  auto const second = only<AwardAsked>(auction.at(70'000, AskNext{the_lot, buyer}));
  EXPECT_EQ(second.bidder, bert);
  EXPECT_EQ(second.price, Money::fen(80'000));
  EXPECT_EQ(second.until, after(110'000));
  auction.answer(70'000, bert, AwardAnswer::Decline);
  EXPECT_EQ(only<AwardAsked>(auction.at(70'000, AskNext{the_lot, buyer})).bidder, carl);
  EXPECT_FALSE(only<AwardAnswered>(auction.answer(70'000, carl, AwardAnswer::Decline)).next_available);
  EXPECT_EQ(verdict(auction.at(70'000, AskNext{the_lot, buyer})), "STATE_CONFLICT");
}

TEST(Few, bidders_are_awarded_only_with_an_approver_and_a_reason_and_only_the_first) {
  auto auction = few();
  auto const events = auction.tick(closed);
  EXPECT_EQ(only<LotClosed>(events).state, LotState::Selecting);
  EXPECT_TRUE(only<LotClosed>(events).standings.at(0).selectable);
  EXPECT_FALSE(only<LotClosed>(events).standings.at(1).selectable);
  EXPECT_EQ(only<SelectionOpened>(events).selectable, (std::vector{anna}));
  EXPECT_EQ(verdict(auction.choose(closed, bert, ten)), "OUTSIDE_LOW_BAND");
  EXPECT_EQ(verdict(auction.choose(closed, anna, nine)), "REASON_TOO_SHORT");
  EXPECT_EQ(verdict(auction.choose(closed, anna, ten, buyer, buyer)), "SELF_APPROVAL");
  EXPECT_EQ(verdict(auction.choose(closed, anna, ten)), "ACCEPTED");
}

TEST(Few, bidders_and_silence_fail_the_lot_with_the_close_told_again) {
  auto auction = few();
  auction.tick(closed);
  auto const again = only<LotClosed>(auction.tick(90'000));
  EXPECT_EQ(again.state, LotState::FailedFew);
  EXPECT_EQ(again.closed_at, after(closed));
  EXPECT_EQ(again.standings.size(), 2u);
  EXPECT_EQ(again.history.size(), 2u);
  EXPECT_EQ(verdict(auction.choose(90'001, anna, ten)), "STATE_CONFLICT");
}

TEST(Few, than_the_relaunch_allows_fail_at_once) {
  Auction auction;
  auction.rules.min_bidders = 3;
  auction.rules.min_bidders_approved = 2;
  auction.open();
  auction.bid(1, anna, 900);
  EXPECT_EQ(only<LotClosed>(auction.tick(closed)).state, LotState::FailedFew);
}

TEST(Few, sealed_quotes_get_their_second_window_first) {
  auto auction = few(sealed_rules());
  EXPECT_EQ(only<LotExtended>(auction.tick(closed)).because, ExtendedBecause::TooFewQuotes);
  EXPECT_EQ(only<SelectionOpened>(auction.tick(120'000)).selectable, (std::vector{anna}));
}

// Other formats -------------------------------------------------------------------------------------------------------

TEST(Award, of_a_sealed_lot_ranks_exactly_but_takes_the_band_in_whole_ten_thousandths) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.rules.band_over = BasisPoints{0};
  auction.admitted = {{anna, {.coefficient = BasisPoints{30'000}}}, {bert, {.coefficient = BasisPoints{29'999}}}};
  auction.open();
  auction.bid(1, anna, 29'999, Consent::Given);  // 9,999.6666 and two thirds
  auction.bid(2, bert, 29'998, Consent::Given);  // and five ninths
  auto const events = auction.tick(closed);
  EXPECT_EQ(told(events).front(), "Selecting 60000 bert 29998 anna 29999");
  EXPECT_EQ(only<SelectionOpened>(events).selectable, (std::vector{bert, anna}));
}

TEST(Award, of_rounds_goes_to_the_first_and_after_a_decline_to_the_next) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.rules.rounds = 1;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.tick(55'000);
  EXPECT_EQ(only<AwardAnswered>(auction.answer(55'001, bert, AwardAnswer::Decline)).state, LotState::WinnerDeclined);
  EXPECT_EQ(only<AwardAsked>(auction.at(55'002, AskNext{the_lot, buyer})).price, Money::fen(90'000));
}

TEST(Award, of_a_dutch_lot_has_nobody_behind_the_taker) {
  Auction auction;
  auction.rules = dutch_rules();
  auction.open();
  auction.bid(1, anna, 50'000);
  EXPECT_FALSE(only<AwardAnswered>(auction.answer(2, anna, AwardAnswer::Decline)).next_available);
}

TEST(Award, of_a_japanese_lot_is_the_price_of_the_level_accepted_last) {
  Auction auction;
  auction.rules = japanese_rules();
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 90'000);
  auction.bid(10'001, bert, 80'000);
  EXPECT_EQ(only<AwardAsked>(auction.tick(20'000)).price, Money::fen(80'000));
}

TEST(Award, of_an_automatic_bid_is_that_bid_and_not_the_limit) {
  Auction auction;
  auction.rules.proxies = true;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.at(2, SetProxy{the_lot, anna, buyer, Money::fen(70'000), Money::fen(1'000)});
  auction.bid(3, bert, 80'000);
  EXPECT_EQ(only<AwardAsked>(auction.tick(closed)).price, Money::fen(79'000));
}

TEST(Few, quotes_of_rounds_are_approved_without_being_opened) {
  auto rules = rounds_rules();
  rules.confirm_for = std::chrono::seconds{40};
  auto auction = few(rules);
  EXPECT_EQ(told(auction.tick(30'000)), (Lines{"Selecting 30000 anna 80000 bert 90000", "choose to 60000: anna"}));
  EXPECT_EQ(only<AwardAsked>(auction.choose(31'000, anna, ten)).until, after(71'000));
}

}  // namespace
}  // namespace engine::test
