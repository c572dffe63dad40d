// Pause, resume, outage, abort, disqualify, reinstate.
#include <gtest/gtest.h>

#include "engine/lot.h"
#include "tests/unit/engine/auction.h"

namespace engine::test {
namespace {

Instant after(std::int64_t millis) {
  return noon + Duration{millis};
}

TEST(Pause, freezes_the_remaining_time_exactly) {
  Auction auction;
  auction.open();
  EXPECT_EQ(only<LotPaused>(auction.pause(12'345)).remaining, Duration{60'000 - 12'345});
  EXPECT_EQ(auction.hall.next_due(), never);
  auction.tick(500'000);
  EXPECT_EQ(only<LotResumed>(auction.resume(600'000)).ends_at, after(600'000 + 60'000 - 12'345));
}

TEST(Pause, leaves_at_least_the_floor_and_not_more) {
  Auction exact;
  exact.open();
  exact.pause(55'000);
  EXPECT_EQ(only<LotResumed>(exact.resume(70'000)).ends_at, after(75'000));
  Auction shorter;
  shorter.open();
  shorter.pause(55'001);
  EXPECT_EQ(only<LotResumed>(shorter.resume(70'000)).ends_at, after(75'000));
  Auction longer;
  longer.open();
  longer.pause(54'999);
  EXPECT_EQ(only<LotResumed>(longer.resume(70'000)).ends_at, after(75'001));
}

TEST(Pause, moves_the_cap_by_the_pause_and_by_what_the_floor_added) {
  Auction auction;
  auction.rules.hard_cap = std::chrono::seconds{61};
  auction.open();
  auction.pause(58'000);
  auction.resume(100'000);  // end 105, three more than remained; cap 61 + 42 + 3 = 106
  EXPECT_EQ(only<LotExtended>(auction.bid(104'000, anna, 90'000)).ends_at, after(106'000));
}

TEST(Pause, happens_to_live_lots_only_and_resume_to_paused_ones) {
  Auction auction;
  auction.open();
  EXPECT_EQ(verdict(auction.pause(-1)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.resume(1)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.pause(2)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.pause(3)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.resume(4)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.pause(90'000)), "STATE_CONFLICT");
}

TEST(Pause, exactly_at_the_end_comes_too_late) {
  Auction auction;
  auction.open();
  EXPECT_EQ(verdict(auction.pause(60'000)), "STATE_CONFLICT");
}

TEST(Hold, every_intervention_needs_a_reason_that_fits) {
  Auction auction;
  auction.open();
  std::string const none;
  std::string const most(limits::reason_bytes_max, 'x');
  std::string const more = most + 'x';
  EXPECT_EQ(verdict(auction.at(1, PauseLot{the_lot, buyer, none})), "REASON_TOO_SHORT");
  EXPECT_EQ(verdict(auction.at(1, PauseLot{the_lot, buyer, more})), "TOO_MANY");
  EXPECT_EQ(verdict(auction.at(1, PauseLot{the_lot, buyer, most})), "ACCEPTED");
  EXPECT_EQ(verdict(auction.at(1, ResumeLot{the_lot, buyer, none})), "REASON_TOO_SHORT");
  EXPECT_EQ(verdict(auction.at(1, DisqualifyBidder{the_lot, anna, buyer, none})), "REASON_TOO_SHORT");
  EXPECT_EQ(verdict(auction.at(1, AbortLot{the_lot, buyer, none})), "REASON_TOO_SHORT");
  EXPECT_EQ(verdict(auction.at(1, AbortLot{the_lot, buyer, "x"})), "ACCEPTED");
}

TEST(Hold, the_person_and_the_reason_are_in_the_event) {
  Auction auction;
  auction.open();
  auto const paused = only<LotPaused>(auction.pause(1));
  EXPECT_EQ(paused.by, buyer);
  EXPECT_EQ(paused.reason, "fire alarm");
  EXPECT_EQ(only<LotResumed>(auction.resume(2)).reason, "all clear");
  EXPECT_EQ(only<BidderDisqualified>(auction.disqualify(3, anna)).reason, "collusion");
  EXPECT_EQ(only<LotAborted>(auction.abort(4)).reason, "no longer needed");
}

TEST(Abort, ends_whatever_is_not_at_its_end) {
  Auction scheduled;
  scheduled.open();
  EXPECT_EQ(verdict(scheduled.abort(-1)), "ACCEPTED");
  EXPECT_EQ(scheduled.hall.next_due(), never);
  EXPECT_EQ(verdict(scheduled.bid(1, anna, 900)), "CLOSED");
  EXPECT_EQ(verdict(scheduled.abort(2)), "STATE_CONFLICT");

  Auction live;
  live.open();
  EXPECT_EQ(verdict(live.abort(1)), "ACCEPTED");
  auto const limit = refusal(live.bid(2, anna, 900)).limit;
  EXPECT_EQ(limit, (Figure{Figure::Unit::Moment, in_millis(after(1))}));

  Auction paused;
  paused.open();
  paused.pause(1);
  EXPECT_EQ(verdict(paused.abort(2)), "ACCEPTED");
  EXPECT_EQ(verdict(paused.resume(3)), "STATE_CONFLICT");

  Auction awarded;
  awarded.open();
  awarded.bid(1, anna, 900);
  awarded.tick(60'000);
  EXPECT_EQ(verdict(awarded.abort(60'001)), "ACCEPTED");
  EXPECT_EQ(verdict(awarded.answer(60'002, anna, AwardAnswer::Confirm)), "STATE_CONFLICT");
}

TEST(Abort, comes_too_late_for_an_order_and_for_a_failure) {
  Auction confirmed;
  confirmed.open();
  confirmed.bid(1, anna, 900);
  confirmed.answer(60'000, anna, AwardAnswer::Confirm);
  EXPECT_EQ(verdict(confirmed.abort(60'001)), "STATE_CONFLICT");
  Auction failed;
  failed.open();
  EXPECT_EQ(verdict(failed.abort(60'000)), "STATE_CONFLICT");
}

TEST(Abort, of_a_declined_award_works_only_while_somebody_is_left_to_ask) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.answer(60'000, bert, AwardAnswer::Decline);
  EXPECT_EQ(verdict(auction.abort(60'001)), "ACCEPTED");
  Auction alone;
  alone.open();
  alone.bid(1, anna, 90'000);
  alone.answer(60'000, anna, AwardAnswer::Decline);
  EXPECT_EQ(verdict(alone.abort(60'001)), "STATE_CONFLICT");
}

TEST(Disqualify, voids_the_bids_and_ranks_anew) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 85'000);
  auto const event = only<BidderDisqualified>(auction.disqualify(4, bert));
  EXPECT_EQ(event.order, (std::vector{carl, anna}));
  EXPECT_EQ(event.best, Money::fen(85'000));
  auto const closed = only<LotClosed>(auction.tick(60'000));
  ASSERT_EQ(closed.standings.size(), 2u);
  EXPECT_EQ(closed.standings[0].bidder, carl);
  EXPECT_TRUE(closed.history.at(1).voided);
  EXPECT_FALSE(closed.history.at(0).voided);
}

TEST(Disqualify, leaves_nothing_of_a_lone_bidder) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 90'000);
  auto const event = only<BidderDisqualified>(auction.disqualify(2, anna));
  EXPECT_TRUE(event.order.empty());
  EXPECT_EQ(event.best, Money{});
  EXPECT_EQ(only<LotClosed>(auction.tick(60'000)).state, LotState::FailedNoBid);
}

TEST(Disqualify, never_rolls_the_end_back_and_leaves_the_others_reference) {
  Auction auction;
  auction.open();
  auction.bid(1, bert, 80'000);
  auction.bid(59'000, anna, 90'000);
  EXPECT_EQ(auction.due(), 79'000);
  auction.disqualify(59'001, anna);
  EXPECT_EQ(auction.due(), 79'000);
  EXPECT_EQ(verdict(auction.bid(59'002, bert, 79'001)), "DECREMENT_TOO_SMALL");
}

TEST(Reinstate, brings_the_old_bid_back_to_its_old_place_as_the_reference) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 80'000);
  auction.disqualify(3, anna);
  auto const event = only<BidderReinstated>(auction.reinstate(4, anna));
  EXPECT_EQ(event.order, (std::vector{anna, bert}));
  EXPECT_EQ(event.best, Money::fen(80'000));
  EXPECT_EQ(verdict(auction.bid(5, anna, 79'001)), "DECREMENT_TOO_SMALL");
  EXPECT_EQ(verdict(auction.bid(6, anna, 79'000)), "ACCEPTED");
  EXPECT_FALSE(only<LotClosed>(auction.tick(60'000)).history.at(0).voided);
}

TEST(Reinstate, of_one_who_never_bid_leaves_the_first_bid_free) {
  Auction auction;
  auction.open();
  auction.bid(1, bert, 80'000);
  auction.disqualify(2, anna);
  EXPECT_EQ(only<BidderReinstated>(auction.reinstate(3, anna)).order, (std::vector{bert}));
  EXPECT_EQ(verdict(auction.bid(4, anna, 100'000)), "ACCEPTED");
}

TEST(Disqualify, is_possible_from_the_schedule_to_the_close_once_each_way) {
  Auction auction;
  auction.open();
  EXPECT_EQ(verdict(auction.disqualify(-2, dora)), "NOT_ADMITTED");
  EXPECT_EQ(verdict(auction.reinstate(-2, anna)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.disqualify(-2, anna)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.disqualify(-1, anna)), "STATE_CONFLICT");
  EXPECT_EQ(verdict(auction.reinstate(1, anna)), "ACCEPTED");
  auction.pause(2);
  EXPECT_EQ(verdict(auction.disqualify(3, anna)), "ACCEPTED");
  auction.resume(4);
  EXPECT_EQ(verdict(auction.reinstate(70'000, anna)), "STATE_CONFLICT");
}

TEST(Disqualify, tells_nothing_of_a_sealed_order) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.open();
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 90'000);
  auto const out = only<BidderDisqualified>(auction.disqualify(3, anna));
  EXPECT_TRUE(out.order.empty());
  EXPECT_EQ(out.best, Money{});
  auto const back = only<BidderReinstated>(auction.reinstate(4, anna));
  EXPECT_TRUE(back.order.empty());
  EXPECT_EQ(back.best, Money{});
}

TEST(Outage, is_a_pause_judged_by_the_end_at_its_start) {
  Auction auction;
  auction.open();
  auto const events = auction.at(100'000, Started{after(20'000)});
  EXPECT_EQ(only<OutageNoted>(events).from, after(20'000));
  EXPECT_EQ(only<OutageNoted>(events).until, after(100'000));
  EXPECT_TRUE(std::holds_alternative<OutageNoted>(events.front()));
  auto const extended = only<LotExtended>(events);
  EXPECT_EQ(extended.because, ExtendedBecause::Outage);
  EXPECT_EQ(extended.ends_at, after(140'000));
  EXPECT_EQ(verdict(auction.bid(139'999, anna, 900)), "ACCEPTED");
}

TEST(Outage, grants_the_floor_and_moves_the_cap) {
  Auction auction;
  auction.rules.hard_cap = std::chrono::seconds{61};
  auction.open();
  EXPECT_EQ(only<LotExtended>(auction.at(100'000, Started{after(58'000)})).ends_at, after(105'000));
  EXPECT_EQ(only<LotExtended>(auction.bid(104'000, anna, 900)).ends_at, after(106'000));
}

TEST(Outage, does_not_save_a_lot_that_was_due_before_it) {
  Auction auction;
  auction.open();
  EXPECT_EQ(only<LotClosed>(auction.at(100'000, Started{after(60'000)})).closed_at, after(60'000));
}

TEST(Outage, opens_late_what_should_have_opened_meanwhile_with_its_whole_time) {
  Auction auction;
  auction.open(-10'000);
  auto const events = auction.at(30'000, Started{after(-1)});
  EXPECT_EQ(only<LotStarted>(events).ends_at, after(90'000));
  EXPECT_FALSE(has<LotExtended>(events));
  Auction exactly;
  exactly.open(-10'000);
  EXPECT_EQ(only<LotStarted>(exactly.at(0, Started{after(-1)})).ends_at, after(60'000));
  Auction later;
  later.open(-10'000);
  EXPECT_FALSE(has<LotStarted>(later.at(-1, Started{after(-5'000)})));
  EXPECT_EQ(later.due(), 0);
}

TEST(Outage, moves_an_award_that_would_have_run_out_meanwhile) {
  Auction auction;
  auction.rules.confirm_for = std::chrono::seconds{10};
  auction.open();
  auction.bid(1, anna, 900);
  auction.tick(60'000);
  EXPECT_EQ(auction.due(), 70'000);
  auto const events = auction.at(90'000, Started{after(65'000)});
  EXPECT_EQ(only<AwardAsked>(events).until, after(95'000));
  EXPECT_EQ(auction.due(), 95'000);
  EXPECT_EQ(verdict(auction.answer(94'999, anna, AwardAnswer::Confirm)), "ACCEPTED");
}

TEST(Outage, leaves_a_deadline_alone_that_lies_behind_it) {
  Auction auction;
  auction.rules.confirm_for = std::chrono::seconds{10};
  auction.open();
  auction.bid(1, anna, 900);
  auction.tick(60'000);
  auction.at(69'999, Started{after(65'000)});
  EXPECT_EQ(auction.due(), 70'000);
}

TEST(Outage, moves_a_deadline_exactly_at_its_end) {
  Auction auction;
  auction.rules.confirm_for = std::chrono::seconds{10};
  auction.open();
  auction.bid(1, anna, 900);
  auction.tick(60'000);
  auction.at(70'000, Started{after(65'000)});
  EXPECT_EQ(auction.due(), 75'000);
}

TEST(Outage, moves_the_buyers_time_to_choose) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.rules.choose_for = std::chrono::seconds{10};
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.tick(60'000);
  EXPECT_EQ(only<SelectionOpened>(auction.at(90'000, Started{after(65'000)})).until, after(95'000));
  EXPECT_EQ(auction.due(), 95'000);
}

TEST(Outage, leaves_a_paused_lot_frozen) {
  Auction auction;
  auction.open();
  auction.pause(10'000);
  EXPECT_EQ(auction.at(30'000, Started{after(20'000)}).size(), 1u);
  EXPECT_EQ(only<LotResumed>(auction.resume(40'000)).ends_at, after(90'000));
}

TEST(Outage, is_none_when_the_server_was_alive_until_now) {
  Auction auction;
  auction.open();
  EXPECT_TRUE(auction.at(10'000, Started{after(10'000)}).size() == 1u);  // only the start that was due
  EXPECT_TRUE(auction.at(20'000, Started{after(30'000)}).empty());
  EXPECT_EQ(auction.due(), 60'000);
}

TEST(Outage, begins_no_earlier_than_the_last_decision) {
  Auction auction;
  auction.open();
  auction.bid(20'000, anna, 900);
  EXPECT_EQ(only<OutageNoted>(auction.at(50'000, Started{after(10'000)})).from, after(20'000));
}

TEST(ClockStep, pauses_live_lots_by_nobody) {
  Auction auction;
  auction.open();
  auto const events = auction.at(10'000, ClockStepped{Duration{7'000}});
  EXPECT_EQ(only<ClockStepNoted>(events).by, Duration{7'000});
  auto const paused = only<LotPaused>(events);
  EXPECT_FALSE(paused.by.is_given());
  EXPECT_FALSE(paused.reason.empty());
  EXPECT_EQ(paused.remaining, Duration{50'000});
  EXPECT_EQ(only<LotResumed>(auction.resume(20'000)).ends_at, after(70'000));
}

TEST(ClockStep, leaves_others_alone) {
  Auction auction;
  auction.open();
  EXPECT_EQ(auction.at(-5, ClockStepped{Duration{-7'000}}).size(), 1u);
  EXPECT_EQ(auction.due(), 0);
}

}  // namespace
}  // namespace engine::test
