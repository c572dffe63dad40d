// Lots of one inquiry: in series, with results together, with one end for all.
#include <gtest/gtest.h>

#include "engine/hall.h"
#include "tests/unit/engine/hall_lots.h"

namespace engine::test {
namespace {

// In series -----------------------------------------------------------------------------------------------------------

// Lot `place` of a minute, ten seconds after the bidding of `before` has ended.
OpenLot following(std::uint8_t place, std::uint8_t before, std::int64_t pause = 10'000) {
  auto open = opening(place, 0);
  open.rules.pause = Duration{pause};
  open.after = lot(before);
  return open;
}

TEST(Series, opens_when_the_lot_before_has_ended_and_its_pause_has_passed) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  EXPECT_EQ(told(hall.at(-1'000, following(2, 1))), (Lines{"2: scheduled 70000 to 130000"}));
  hall.at(59'000, bid_in(1, anna, 90'000, "a"));
  EXPECT_EQ(hall.due(), 79'000);
  EXPECT_EQ(refusal(hall.at(71'000, bid_in(2, anna, 90'000, "a"))),
            (Refusal{&refusals::not_started, moment(71'000), moment(70'000)}));
  EXPECT_EQ(told(hall.tick(79'000)).back(), "2: rescheduled 89000 to 149000");
  EXPECT_EQ(told(hall.tick(89'000)), (Lines{"2: starts to 149000"}));
  EXPECT_EQ(told(hall.tick(149'000)), (Lines{"2: FailedNoBid 149000"}));
}

TEST(Series, opens_at_once_without_a_pause) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, following(2, 1, 0));
  EXPECT_EQ(told(hall.tick(60'000)),
            (Lines{"starts to 60000", "FailedNoBid 60000", "2: rescheduled 60000 to 120000", "2: starts to 120000"}));
}

TEST(Series, opens_at_once_with_the_command_that_ended_the_lot_before) {
  Auction aborted;
  aborted.at(-1'000, opening(1, 0));
  aborted.at(-1'000, following(2, 1, 0));
  aborted.tick(0);
  EXPECT_EQ(told(aborted.abort(5'000)), (Lines{"aborted", "2: rescheduled 5000 to 65000", "2: starts to 65000"}));
  Auction taken;
  auto dutch = opening(1, 0);
  dutch.rules = dutch_rules();
  taken.at(-1'000, dutch);
  taken.at(-1'000, following(2, 1, 0));
  auto const lines = told(taken.bid(5'000, anna, 50'000));
  ASSERT_GE(lines.size(), 2u);
  EXPECT_EQ((Lines{lines.end() - 2, lines.end()}), (Lines{"2: rescheduled 5000 to 65000", "2: starts to 65000"}));
}

TEST(Series, never_opens_before_its_own_time) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  auto later = following(2, 1);
  later.opens_at = after(200'000);
  EXPECT_EQ(told(hall.at(-1'000, later)), (Lines{"2: scheduled 200000 to 260000"}));
  EXPECT_EQ(told(hall.tick(60'000)).back(), "2: rescheduled 200000 to 260000");
  EXPECT_EQ(hall.due(), 200'000);
}

TEST(Series, behind_a_lot_that_is_over_opens_like_any_other) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  hall.tick(60'000);
  EXPECT_EQ(told(hall.at(61'000, following(2, 1))), (Lines{"2: scheduled 61000 to 121000", "2: starts to 121000"}));
}

TEST(Series, may_be_a_chain) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, following(2, 1));
  EXPECT_EQ(told(hall.at(-1'000, following(3, 2))), (Lines{"3: scheduled 140000 to 200000"}));
  EXPECT_EQ(told(hall.tick(60'000)).back(), "2: rescheduled 70000 to 130000");
  EXPECT_EQ(told(hall.tick(200'000)),
            (Lines{"2: starts to 130000", "2: FailedNoBid 130000", "3: rescheduled 140000 to 200000",
                   "3: starts to 200000", "3: FailedNoBid 200000"}));
}

TEST(Series, closes_the_gap_when_a_waiting_lot_is_aborted) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, following(2, 1));
  hall.at(-1'000, following(3, 2));
  hall.tick(0);
  EXPECT_EQ(told(hall.at(5'000, AbortLot{lot(2), buyer, "x"})), (Lines{"2: aborted", "3: rescheduled 15000 to 75000"}));
  EXPECT_EQ(told(hall.tick(60'000)), (Lines{"3: starts to 75000", "FailedNoBid 60000"}));
}

TEST(Series, may_fan_out) {
  Auction hall;
  hall.at(-1'000, opening(2, 0));
  hall.at(-1'000, following(3, 2));
  hall.at(-1'000, following(1, 2));
  EXPECT_EQ(told(hall.tick(60'000)), (Lines{"2: starts to 60000", "2: FailedNoBid 60000", "rescheduled 70000 to 130000",
                                            "3: rescheduled 70000 to 130000"}));
}

TEST(Series, waits_through_an_outage_and_a_pause_of_the_lot_before) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, following(2, 1));
  hall.tick(10'000);
  EXPECT_EQ(told(hall.at(100'000, Started{after(20'000)})), (Lines{"outage 20000 to 100000", "outage to 140000"}));
  hall.pause(110'000);
  EXPECT_EQ(hall.hall.next_due(), never);
  hall.resume(200'000);
  EXPECT_EQ(told(hall.tick(230'000)), (Lines{"FailedNoBid 230000", "2: rescheduled 240000 to 300000"}));
}

TEST(Series, follows_only_a_known_lot_of_its_own_inquiry) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  EXPECT_EQ(verdict(hall.at(-1'000, following(2, 9))), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.at(-1'000, following(2, 2))), "NO_SUCH_LOT");
  auto foreign = following(2, 1);
  foreign.lot = lot_id(InquiryId{8}, 2);
  EXPECT_EQ(verdict(hall.at(-1'000, foreign)), "NO_SUCH_LOT");
  auto bad = following(2, 9);
  bad.admitted.push_back({anna, {}});
  EXPECT_EQ(verdict(hall.at(-1'000, bad)), "DUPLICATE") << "judged after everything else";
}

// Results together ----------------------------------------------------------------------------------------------------

// Lot 1 of one minute, anna leads; lot 2 of a minute and a half, bert leads. A hundred seconds to answer.
Auction released(Release release, Release other) {
  Auction hall;
  std::uint8_t place = 0;
  for (auto const each : {release, other}) {
    auto open = opening(++place, 0);
    open.rules.release = each;
    open.rules.confirm_for = std::chrono::seconds{100};
    open.rules.duration = std::chrono::seconds{30 + 30 * place};
    hall.at(-1'000, open);
  }
  hall.at(1, bid_in(1, anna, 90'000, "a"));
  hall.at(2, bid_in(2, bert, 80'000, "b"));
  return hall;
}
Auction released(Release release) {
  return released(release, release);
}

TEST(Release, of_results_together_tells_nothing_until_the_last_lot_has_ended) {
  auto hall = released(Release::ResultsTogether);
  EXPECT_EQ(told(hall.tick(60'000)), (Lines{"over 60000"}));
  EXPECT_EQ(refusal(hall.bid(60'001, bert, 80'000)), (Refusal{&refusals::closed, moment(60'001), moment(60'000)}));
  EXPECT_EQ(verdict(hall.disqualify(60'001, anna)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(hall.answer(60'001, anna, AwardAnswer::Confirm)), "STATE_CONFLICT");
  EXPECT_EQ(told(hall.tick(90'000)), (Lines{"2: over 90000", "Awarded 60000 anna 90000", "asks anna to 190000",
                                            "2: Awarded 90000 bert 80000", "2: asks bert to 190000"}));
  EXPECT_EQ(verdict(hall.answer(189'999, anna, AwardAnswer::Confirm)), "ACCEPTED");
}

TEST(Release, of_awards_together_tells_results_and_asks_nobody_until_the_last_lot_has_ended) {
  auto hall = released(Release::AwardsTogether);
  EXPECT_EQ(told(hall.tick(60'000)), (Lines{"Pending 60000 anna 90000"}));
  EXPECT_EQ(verdict(hall.answer(60'001, anna, AwardAnswer::Confirm)), "STATE_CONFLICT");
  EXPECT_EQ(told(hall.tick(90'000)),
            (Lines{"2: Pending 90000 bert 80000", "asks anna to 190000", "2: asks bert to 190000"}));
}

TEST(Release, of_awards_together_lets_failed_and_practised_lots_go_at_once) {
  auto hall = released(Release::AwardsTogether);
  hall.at(3, DisqualifyBidder{lot(2), bert, buyer, "x"});
  hall.tick(60'000);
  EXPECT_EQ(told(hall.tick(90'000)), (Lines{"2: FailedNoBid 90000", "asks anna to 190000"}));
  Auction practice;
  for (auto const place : std::initializer_list<std::uint8_t>{1, 2}) {
    auto open = opening(place, (place - 1) * 1'000);
    open.rules.release = Release::AwardsTogether;
    open.rules.practice = true;
    practice.at(-1'000, open);
  }
  EXPECT_EQ(told(practice.tick(60'000)).back(), "Practice 60000");
}

TEST(Release, of_results_together_keeps_failures_and_practice_back_too) {
  auto hall = released(Release::ResultsTogether);
  hall.at(3, DisqualifyBidder{lot(1), anna, buyer, "x"});
  EXPECT_EQ(told(hall.tick(60'000)), (Lines{"over 60000"}));
  EXPECT_EQ(told(hall.tick(90'000)),
            (Lines{"2: over 90000", "FailedNoBid 60000", "2: Awarded 90000 bert 80000", "2: asks bert to 190000"}));
}

TEST(Release, of_sealed_lots_opens_every_choice_at_the_same_time) {
  Auction hall;
  for (auto const place : std::initializer_list<std::uint8_t>{1, 2}) {
    auto open = opening(place, (place - 1) * 1'000);
    open.rules.format = Format::Sealed;
    open.rules.release = Release::ResultsTogether;
    open.rules.choose_for = std::chrono::seconds{100};
    hall.at(-1'000, open);
    hall.at(1'000, bid_in(place, anna, 90'000, "k"));
  }
  EXPECT_EQ(told(hall.tick(61'000)),
            (Lines{"over 60000", "2: over 61000", "Selecting 60000 anna 90000", "choose to 161000: anna",
                   "2: Selecting 61000 anna 90000", "2: choose to 161000: anna"}));
}

TEST(Release, comes_with_the_abort_of_the_last) {
  auto results = released(Release::ResultsTogether);
  results.tick(60'000);
  EXPECT_EQ(told(results.at(70'000, AbortLot{lot(2), buyer, "x"})),
            (Lines{"2: aborted", "Awarded 60000 anna 90000", "asks anna to 170000"}));
  auto awards = released(Release::AwardsTogether);
  awards.tick(60'000);
  EXPECT_EQ(told(awards.at(70'000, AbortLot{lot(2), buyer, "x"})), (Lines{"2: aborted", "asks anna to 170000"}));
}

TEST(Release, does_not_reach_a_lot_that_was_aborted_while_it_waited) {
  auto hall = released(Release::ResultsTogether);
  hall.tick(60'000);
  EXPECT_EQ(told(hall.abort(61'000)), (Lines{"aborted"}));
  EXPECT_EQ(told(hall.tick(90'000)), (Lines{"2: over 90000", "2: Awarded 90000 bert 80000", "2: asks bert to 190000"}));
}

TEST(Release, waits_for_a_paused_lot_and_for_one_that_has_not_begun) {
  auto paused = released(Release::ResultsTogether);
  paused.at(3, PauseLot{lot(2), buyer, "x"});
  EXPECT_EQ(told(paused.tick(100'000)), (Lines{"over 60000"}));
  auto scheduled = released(Release::ResultsTogether);
  auto third = opening(3, 500'000);
  third.rules.release = Release::ResultsTogether;
  scheduled.at(3, third);
  EXPECT_EQ(told(scheduled.tick(100'000)), (Lines{"over 60000", "2: over 90000"}));
}

TEST(Release, waits_only_for_lots_that_say_the_same) {
  for (auto const other : {Release::Each, Release::AwardsTogether}) {
    auto hall = released(Release::ResultsTogether, other);
    EXPECT_EQ(told(hall.tick(60'000)), (Lines{"over 60000", "Awarded 60000 anna 90000", "asks anna to 160000"}));
  }
}

TEST(Release, comes_before_the_next_in_series_is_told) {
  auto hall = released(Release::ResultsTogether);
  hall.at(3, following(3, 2));
  hall.tick(60'000);
  auto const lines = told(hall.tick(90'000));
  EXPECT_EQ(lines.front(), "2: over 90000");
  EXPECT_EQ(lines.back(), "3: rescheduled 100000 to 160000");
  EXPECT_EQ(lines.size(), 6u);
}

// One end for all -----------------------------------------------------------------------------------------------------

OpenLot sharing(std::uint8_t place, std::int64_t opens_after = 0) {
  auto open = opening(place, opens_after);
  open.rules.extend_scope = ExtendScope::Inquiry;
  return open;
}

TEST(ExtendScope, moves_every_running_lot_that_says_so_by_the_same_length) {
  Auction hall;
  hall.at(-1'000, sharing(1));
  hall.at(-1'000, sharing(3, 2'000));
  auto capped = sharing(2);
  capped.rules.hard_cap = std::chrono::seconds{65};
  hall.at(-1'000, capped);
  hall.at(-1'000, opening(4, 0));
  hall.at(-1'000, sharing(5, 100'000));
  hall.tick(55'000);
  EXPECT_EQ(told(hall.at(55'000, bid_in(1, anna, 90'000, "a"))),
            (Lines{"anna bids 90000 rank 1<0", "late to 75000", "2: other to 65000", "3: other to 77000"}));
  EXPECT_EQ(told(hall.at(56'000, bid_in(2, anna, 90'000, "a"))), (Lines{"2: anna bids 90000 rank 1<0"}));
  EXPECT_EQ(told(hall.at(56'000, bid_in(4, anna, 90'000, "a"))),
            (Lines{"4: anna bids 90000 rank 1<0", "4: late to 76000"}));
}

TEST(ExtendScope, is_not_counted_and_not_passed_on) {
  Auction hall;
  for (auto const place : std::initializer_list<std::uint8_t>{1, 2}) {
    auto open = sharing(place);
    open.rules.extensions_max = 1;
    hall.at(-1'000, open);
  }
  hall.tick(0);
  EXPECT_EQ(told(hall.at(55'000, bid_in(1, anna, 90'000, "a"))),
            (Lines{"anna bids 90000 rank 1<0", "late to 75000", "2: other to 75000"}));
  EXPECT_EQ(told(hall.at(70'000, bid_in(2, anna, 90'000, "a"))),
            (Lines{"2: anna bids 90000 rank 1<0", "2: late to 90000", "other to 90000"}));
  EXPECT_EQ(told(hall.at(85'000, bid_in(1, anna, 80'000, "b"))), (Lines{"anna bids 80000 rank 1<1"}));
}

TEST(ExtendScope, leaves_paused_lots_other_formats_and_breaks_alone) {
  Auction hall;
  hall.at(-1'000, sharing(1));
  hall.at(-1'000, sharing(2));
  auto sealed = sharing(3);
  sealed.rules.format = Format::Sealed;
  hall.at(-1'000, sealed);
  auto in_break = sharing(4, -6'000);
  in_break.rules.rounds = 2;
  in_break.rules.pause = std::chrono::seconds{20};
  in_break.rules.duration = std::chrono::seconds{50};
  hall.at(-1'000, in_break);
  hall.at(1, bid_in(4, anna, 90'000, "a"));
  hall.at(1, bid_in(4, bert, 90'000, "a"));
  hall.at(2, PauseLot{lot(2), buyer, "x"});
  hall.tick(55'000);
  EXPECT_EQ(told(hall.at(55'000, bid_in(1, anna, 90'000, "a"))), (Lines{"anna bids 90000 rank 1<0", "late to 75000"}));
}

TEST(ExtendScope, comes_after_everything_of_the_lot_itself) {
  Auction hall;
  auto first = sharing(1);
  first.rules.proxies = true;
  hall.at(-1'000, first);
  hall.at(-1'000, sharing(2));
  hall.bid(1, anna, 90'000);
  hall.set_proxy(2, anna, 70'000, 1'000);
  EXPECT_EQ(told(hall.bid(55'000, bert, 80'000)),
            (Lines{"bert bids 80000 rank 1<0", "late to 75000", "anna auto 79000 rank 1<2", "2: other to 75000"}));
}

TEST(ExtendScope, restarts_the_quiet_period_of_the_others_but_does_not_begin_it) {
  Auction hall;
  for (auto const place : std::initializer_list<std::uint8_t>{1, 2}) {
    auto open = sharing(place);
    open.rules.ending = Ending::Quiet;
    hall.at(-1'000, open);
  }
  EXPECT_EQ(told(hall.tick(60'000)), (Lines{"starts to 60000", "2: starts to 60000", "quiet to 80000",
                                            "Quiet 1 to 80000", "2: quiet to 80000", "2: Quiet 1 to 80000"}));
  EXPECT_EQ(told(hall.at(65'000, bid_in(2, anna, 90'000, "a"))),
            (Lines{"2: anna bids 90000 rank 1<0", "2: late to 85000", "other to 85000"}));
}

}  // namespace
}  // namespace engine::test
