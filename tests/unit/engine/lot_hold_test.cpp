// Pause, resume, outage, abort; disqualify, reinstate, cancel a bid. (What is taken back in a turn: lot_stage_test.)
#include <gtest/gtest.h>

#include "engine/lot.h"
#include "tests/unit/engine/told.h"

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

// Within stages -------------------------------------------------------------------------------------------------------

// First quotes: bert 800.00, carl 850.00, anna 900.00; turns from 35 s: anna, carl, bert.
Auction in_turns(Duration floor = Duration::zero()) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.rules.resume_floor = floor;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, carl, 85'000);
  auction.tick(35'000);
  return auction;
}

TEST(Pause, inside_a_turn_leaves_what_remained_of_it_and_what_was_bid_in_it) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 70'000);
  EXPECT_EQ(told(auction.pause(38'001)), (Lines{"paused with 6999"}));
  EXPECT_EQ(verdict(auction.bid(38'002, anna, 69'000)), "PAUSED");
  EXPECT_EQ(verdict(auction.withdraw(38'002, anna)), "STATE_CONFLICT");
  EXPECT_EQ(told(auction.resume(100'000)), (Lines{"resumed to 106999"}));
  EXPECT_EQ(told(auction.tick(106'999)), (Lines{"turn over, anna 70000 new rank 1", "Turn 1.2 carl to 116999"}));
}

TEST(Pause, inside_a_turn_leaves_the_floor_to_that_turn_only) {
  auto floored = in_turns(std::chrono::seconds{5});
  floored.pause(44'999);
  EXPECT_EQ(told(floored.resume(60'000)), (Lines{"resumed to 65000"}));
  EXPECT_EQ(told(floored.tick(65'000)).back(), "Turn 1.2 carl to 75000");
  auto exact = in_turns();
  exact.pause(44'999);
  EXPECT_EQ(told(exact.resume(60'000)), (Lines{"resumed to 60001"}));
}

TEST(Pause, inside_a_break_leaves_what_remained_of_it) {
  auto auction = in_turns();
  auction.tick(65'000);
  EXPECT_EQ(told(auction.pause(66'000)), (Lines{"paused with 2000"}));
  EXPECT_EQ(told(auction.resume(70'000)), (Lines{"resumed to 72000"}));
  EXPECT_EQ(told(auction.tick(72'000)), (Lines{"Turn 2.1 anna to 82000"}));
}

TEST(Pause, inside_a_level_leaves_what_remained_of_it) {
  for (auto rules : {dutch_rules(), japanese_rules()}) {
    rules.resume_floor = Duration::zero();
    Auction auction;
    auction.rules = rules;
    auction.open();
    for (auto const price : {90'000, 80'000}) {  // both levels of the japanese lot, none of the dutch
      for (auto const bidder : {anna, bert}) auction.bid(price == 90'000 ? 1 : 10'001, bidder, price);
    }
    EXPECT_EQ(told(auction.pause(12'345)), (Lines{"paused with 7655"}));
    EXPECT_EQ(told(auction.resume(50'000)), (Lines{"resumed to 57655"}));
    EXPECT_EQ(only<StageStarted>(auction.tick(57'655)).ends_at, after(67'655));
  }
}

TEST(Pause, inside_the_quiet_period_moves_the_cap_too) {
  Auction auction;
  auction.rules.ending = Ending::Quiet;
  auction.rules.hard_cap = std::chrono::seconds{85};
  auction.open();
  auction.tick(60'000);
  auction.pause(70'000);
  EXPECT_EQ(told(auction.resume(100'000)), (Lines{"resumed to 110000"}));
  EXPECT_EQ(told(auction.bid(109'000, anna, 90'000)).back(), "late to 115000");
}

TEST(Outage, inside_a_break_leaves_what_remained_of_it) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.rules.resume_floor = std::chrono::seconds{1};
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  EXPECT_EQ(told(auction.at(100'000, Started{after(31'000)})),
            (Lines{"outage 31000 to 100000", "opened bert 80000 anna 90000", "Break 1 to 35000", "outage to 104000"}));
  EXPECT_EQ(verdict(auction.bid(103'999, anna, 70'000)), "BETWEEN_STAGES");
  EXPECT_EQ(told(auction.tick(104'000)), (Lines{"Turn 1.1 anna to 114000"}));
}

TEST(Outage, inside_a_turn_stops_all_that_would_have_followed) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 70'000);
  EXPECT_EQ(told(auction.at(500'000, Started{after(40'000)})), (Lines{"outage 40000 to 500000", "outage to 505000"}));
  EXPECT_EQ(told(auction.tick(505'000)), (Lines{"turn over, anna 70000 new rank 1", "Turn 1.2 carl to 515000"}));
}

// Cancelling a bid ----------------------------------------------------------------------------------------------------

TEST(CancelBid, lets_the_bid_before_count_again_as_the_reference_in_its_old_place) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 80'000);
  auction.bid(2, bert, 80'000);
  auction.bid(3, anna, 70'000);
  auto const events = auction.cancel_bid(4, anna, auction.seq());
  EXPECT_EQ(told(events), (Lines{"cancelled of anna: anna bert best 80000"}));
  EXPECT_EQ(only<BidCancelled>(events).by, approver);
  EXPECT_EQ(only<BidCancelled>(events).bid, Seq{4});
  EXPECT_EQ(only<BidCancelled>(events).reason, "price of another lot");
  EXPECT_EQ(refusal(auction.bid(5, anna, 79'001)).limit, fen(79'000));
  auto const closed = only<LotClosed>(auction.tick(60'000));
  EXPECT_EQ(closed.standings.at(0).bidder, anna);
  EXPECT_EQ(closed.standings.at(0).at, after(1));
  EXPECT_FALSE(closed.history.at(0).voided);
  EXPECT_TRUE(closed.history.at(2).voided);
}

TEST(CancelBid, of_the_only_one_leaves_the_bidder_as_before_the_first) {
  Auction auction;
  auction.open();
  auction.bid(1, bert, 80'000);
  auction.bid(2, anna, 70'000);
  EXPECT_EQ(told(auction.cancel_bid(3, anna, auction.seq())), (Lines{"cancelled of anna: bert best 80000"}));
  EXPECT_EQ(told(auction.bid(4, anna, 100'000)), (Lines{"anna bids 100000 rank 2<0"}));
}

TEST(CancelBid, may_follow_another_back_to_the_first) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, anna, 90'000);  // refused, and in nobody's way
  auction.bid(3, anna, 80'000);
  auction.bid(4, anna, 70'000);
  EXPECT_EQ(verdict(auction.cancel_bid(5, anna, Seq{4})), "NO_BID") << "not the one that counts";
  EXPECT_EQ(verdict(auction.cancel_bid(5, anna, Seq{5})), "ACCEPTED");
  EXPECT_EQ(verdict(auction.cancel_bid(5, anna, Seq{5})), "NO_BID") << "cancelled already";
  EXPECT_EQ(verdict(auction.cancel_bid(6, anna, Seq{4})), "ACCEPTED");
  EXPECT_EQ(told(auction.cancel_bid(7, anna, Seq{2})), (Lines{"cancelled of anna:  best 0"}));
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"FailedNoBid 60000"}));
}

TEST(CancelBid, leaves_the_end_and_the_others_where_they_are) {
  Auction auction;
  auction.rules.step_basis = StepBasis::Own;
  auction.open();
  auction.bid(1, bert, 90'000);
  auction.bid(59'000, anna, 80'000);
  auction.cancel_bid(59'001, anna, auction.seq());
  EXPECT_EQ(auction.due(), 79'000);
  EXPECT_EQ(verdict(auction.bid(59'002, bert, 89'001)), "DECREMENT_TOO_SMALL");
}

TEST(CancelBid, is_refused_in_the_order_state_bidder_bid_reason) {
  Auction auction;
  auction.open();
  auto const cancel = [&](std::int64_t millis, BidderId bidder, Seq bid, std::string const& reason) {
    return verdict(auction.at(millis, CancelBid{the_lot, bidder, bid, approver, reason}));
  };
  EXPECT_EQ(cancel(-1, dora, Seq{9}, ""), "STATE_CONFLICT");
  EXPECT_EQ(cancel(1, dora, Seq{9}, ""), "NOT_ADMITTED");
  EXPECT_EQ(cancel(2, anna, Seq{9}, ""), "NO_BID");
  auction.bid(3, anna, 90'000);
  auto const bid = auction.seq();
  EXPECT_EQ(cancel(4, anna, Seq{9}, ""), "NO_BID");
  EXPECT_EQ(cancel(4, anna, bid, ""), "REASON_TOO_SHORT");
  EXPECT_EQ(cancel(4, anna, bid, std::string(1'001, 'x')), "TOO_MANY");
  auction.pause(5);
  EXPECT_EQ(cancel(6, anna, bid, "x"), "ACCEPTED");
  auction.resume(7);
  auction.bid(8, anna, 90'000);
  EXPECT_EQ(cancel(90'000, anna, auction.seq(), "x"), "STATE_CONFLICT");
}

TEST(CancelBid, of_a_disqualified_changes_what_reinstatement_brings_back) {
  Auction auction;
  auction.open();
  auction.bid(1, bert, 80'000);
  auction.bid(2, anna, 90'000);
  auction.bid(3, anna, 70'000);
  auto const bid = auction.seq();
  auction.disqualify(4, anna);
  EXPECT_EQ(told(auction.cancel_bid(5, anna, bid)), (Lines{"cancelled of anna: bert best 80000"}));
  EXPECT_EQ(told(auction.reinstate(6, anna)), (Lines{"reinstated anna: bert anna best 80000"}));
  EXPECT_EQ(refusal(auction.bid(7, anna, 89'001)).limit, fen(89'000));
}

TEST(CancelBid, tells_nothing_of_a_hidden_order) {
  Auction sealed;
  sealed.rules = sealed_rules();
  sealed.open();
  sealed.bid(1, bert, 80'000);
  sealed.bid(2, anna, 90'000);
  EXPECT_EQ(told(sealed.cancel_bid(3, anna, sealed.seq())), (Lines{"cancelled of anna:  best 0"}));
  Auction dutch;
  dutch.rules = dutch_rules_with_sealed_bids();
  dutch.open();
  dutch.bid(1, anna, 50'000);
  dutch.bid(3'000, bert, 40'000);
  EXPECT_EQ(told(dutch.cancel_bid(3'001, bert, dutch.seq())), (Lines{"cancelled of bert:  best 0"}));
  EXPECT_EQ(told(dutch.tick(22'001)).front(), "opened anna 50000");
}

TEST(CancelBid, in_rounds_hides_the_quotes_until_they_are_opened) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.open();
  auction.bid(1, bert, 80'000);
  auction.bid(2, anna, 90'000);
  auction.bid(3, anna, 85'000);
  EXPECT_EQ(told(auction.cancel_bid(4, anna, Seq{4})), (Lines{"cancelled of anna:  best 0"}));
  EXPECT_EQ(told(auction.cancel_bid(31'000, bert, Seq{2})),
            (Lines{"opened bert 80000 anna 90000", "Break 1 to 35000", "cancelled of bert: anna best 90000"}));
}

TEST(CancelBid, in_the_own_turn_does_not_reach_what_is_pending) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 88'000);
  EXPECT_EQ(verdict(auction.cancel_bid(36'001, anna, auction.seq())), "NO_BID");
  EXPECT_EQ(told(auction.cancel_bid(36'002, anna, Seq{2})), (Lines{"cancelled of anna: bert carl best 80000"}));
  EXPECT_EQ(told(auction.tick(45'000)).front(), "turn over, anna 88000 new rank 3");
}

TEST(CancelBid, of_a_bid_made_in_a_turn_brings_back_the_quote) {
  auto auction = in_turns();
  auction.bid(36'000, anna, 70'000);
  auto const bid = auction.seq();
  EXPECT_EQ(told(auction.cancel_bid(46'000, anna, bid)).back(), "cancelled of anna: bert carl anna best 80000");
}

TEST(CancelBid, that_brings_back_a_better_quote_voids_what_is_pending_above_it) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.open();
  auction.bid(1, bert, 80'000);
  auction.bid(2, anna, 90'000);
  auction.bid(3, anna, 95'000);  // a quote may be replaced by a higher one
  auction.bid(36'000, anna, 94'000);
  auction.cancel_bid(37'000, anna, Seq{4});
  EXPECT_EQ(told(auction.tick(45'000)).front(), "turn over, anna 90000 old rank 2");
}

// What the clock does
// ---------------------------------------------------------------------------------------------------

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
