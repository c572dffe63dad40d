// Several lots, one order; time that never runs backwards; memory reserved at the opening.
#include "engine/hall.h"

#include <gtest/gtest.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <memory>
#include <span>

#include "engine/check.h"
#include "tests/unit/engine/allocations.h"
#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

Instant after(std::int64_t millis) {
  return noon + Duration{millis};
}
LotId lot(std::uint8_t place) {
  return lot_id(InquiryId{7}, place);
}

OpenLot opening(std::uint8_t place, std::int64_t opens_after) {
  return {lot(place), reverse_rules(), after(opens_after), {{anna, {}}, {bert, {}}}};
}
PlaceBid bid_in(std::uint8_t place, BidderId bidder, std::int64_t fen, std::string const& key) {
  return {lot(place), bidder, buyer, Money::fen(fen), key_of(key), Consent::Given};
}

TEST(Hall, what_is_due_happens_in_order_of_time_and_then_of_lot) {
  Auction hall;
  hall.at(-1'000, opening(3, 0));
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, opening(2, -500));
  std::vector<std::pair<LotId, bool>> order;
  for (auto const& event : hall.tick(70'000)) {
    if (auto const* started = std::get_if<LotStarted>(&event)) order.push_back({started->lot, true});
    if (auto const* closed = std::get_if<LotClosed>(&event)) order.push_back({closed->lot, false});
  }
  std::vector<std::pair<LotId, bool>> const expected{{lot(2), true},  {lot(1), true},  {lot(3), true},
                                                     {lot(2), false}, {lot(1), false}, {lot(3), false}};
  EXPECT_EQ(order, expected);
}

TEST(Hall, closes_first_what_is_due_at_the_very_time_of_a_command) {
  Auction hall;
  hall.open();
  auto const events = hall.bid(60'000, anna, 900);
  EXPECT_TRUE(std::holds_alternative<LotStarted>(events.at(0)));
  EXPECT_TRUE(std::holds_alternative<LotClosed>(events.at(1)));
  EXPECT_TRUE(std::holds_alternative<BidRefused>(events.at(2)));
}

TEST(Hall, time_never_runs_backwards) {
  Auction hall;
  hall.open();
  hall.tick(50'000);
  EXPECT_EQ(only<BidAccepted>(hall.bid(10, anna, 900)).receipt.at, after(50'000));
  EXPECT_EQ(hall.hall.now(), after(50'000));
}

TEST(Hall, a_module_command_only_brings_its_time) {
  Auction hall;
  hall.open();
  EXPECT_TRUE(has<LotStarted>(hall.at(0, ModuleCommand{})));
  EXPECT_TRUE(hall.at(1, ModuleCommand{}).empty());
}

TEST(Hall, next_due_is_the_earliest_of_all_and_never_without_any) {
  Auction hall;
  EXPECT_EQ(hall.hall.next_due(), never);
  hall.at(-1'000, opening(1, 5'000));
  hall.at(-1'000, opening(2, 3'000));
  EXPECT_EQ(hall.due(), 3'000);
  hall.tick(3'000);
  EXPECT_EQ(hall.due(), 5'000);
  hall.tick(5'000);
  EXPECT_EQ(hall.due(), 63'000);
}

TEST(Hall, knows_whose_bids_are_hidden) {
  Auction hall;
  hall.rules = sealed_rules();
  hall.open();
  EXPECT_EQ(hall.hall.hides_bids(the_lot), true);
  EXPECT_EQ(hall.hall.hides_bids(lot(9)), std::nullopt);
  auto const hides = [](LotRules const& rules) {
    Auction auction;
    auction.rules = rules;
    auction.open();
    return auction.hall.hides_bids(the_lot);
  };
  EXPECT_EQ(hides(reverse_rules()), false);
  EXPECT_EQ(hides(rounds_rules()), true);
  EXPECT_EQ(hides(dutch_rules()), false);
  EXPECT_EQ(hides(dutch_rules_with_sealed_bids()), true);
  EXPECT_EQ(hides(japanese_rules()), false);
}

TEST(Hall, every_command_to_an_unknown_lot_is_refused_as_such) {
  Auction hall;
  EXPECT_EQ(verdict(hall.pause(0)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.resume(0)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.abort(0)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.disqualify(0, anna)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.reinstate(0, anna)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.choose(0, anna)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.answer(0, anna, AwardAnswer::Confirm)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.at(0, AskNext{the_lot, buyer})), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.surrogate(0, anna, 900)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.withdraw(0, anna)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.set_proxy(0, anna, 1, 1)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.cancel_proxy(0, anna)), "NO_SUCH_LOT");
  EXPECT_EQ(verdict(hall.cancel_bid(0, anna, Seq{1})), "NO_SUCH_LOT");
}

TEST(Hall, an_outage_and_a_clock_step_reach_every_live_lot_in_order_of_lot) {
  Auction hall;
  hall.at(-1'000, opening(2, 0));
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, opening(3, 900'000));
  std::vector<LotId> extended;
  for (auto const& event : hall.at(100'000, Started{after(1'000)})) {
    if (auto const* moved = std::get_if<LotExtended>(&event)) extended.push_back(moved->lot);
  }
  EXPECT_EQ(extended, (std::vector{lot(1), lot(2)}));
  std::vector<LotId> paused;
  for (auto const& event : hall.at(100'001, ClockStepped{Duration{5'000}})) {
    if (auto const* held = std::get_if<LotPaused>(&event)) paused.push_back(held->lot);
  }
  EXPECT_EQ(paused, (std::vector{lot(1), lot(2)}));
  EXPECT_EQ(hall.due(), 900'000);
}

TEST(Hall, lots_do_not_share_keys_bids_or_ends) {
  Auction hall;
  hall.at(-1'000, opening(1, 0));
  hall.at(-1'000, opening(2, 0));
  EXPECT_EQ(verdict(hall.at(1, bid_in(1, anna, 90'000, "k"))), "ACCEPTED");
  EXPECT_EQ(verdict(hall.at(2, bid_in(2, anna, 100'000, "k"))), "ACCEPTED");
  hall.at(59'999, bid_in(1, anna, 80'000, "k2"));
  EXPECT_EQ(only<LotClosed>(hall.tick(60'000)).lot, lot(2));
}

TEST(Hall, the_digest_is_of_the_state_and_not_of_the_way_there) {
  Auction one, other;
  one.open();
  other.open();
  one.tick(10);
  other.tick(5);
  other.tick(10);
  EXPECT_EQ(one.hall.digest(), other.hall.digest());
  one.bid(11, anna, 900);
  EXPECT_NE(one.hall.digest(), other.hall.digest());
  other.tick(10);
  other.bid(11, anna, 900);
  EXPECT_NE(one.hall.digest(), other.hall.digest()) << "the seq of a bid decides ties: it is state";
}

TEST(Hall, a_refused_attempt_is_state_too) {
  Auction one, other;
  one.open();
  other.open();
  one.bid(11, anna, 0);
  other.tick(11);
  EXPECT_NE(one.hall.digest(), other.hall.digest());
}

// Every way a bid can go, with room in the events: not one allocation, until the lot has taken all it can.
TEST(Hall, a_bid_does_not_allocate) {
  auto const hall = std::make_unique<Hall>();
  std::uint64_t seq = 0;
  Events events;
  events.reserve(16);
  auto const apply = [&](std::int64_t millis, Command const& command) {
    Sequenced const sequenced{Seq{++seq}, Seq{}, after(millis), std::nullopt, {}, command};
    events.clear();
    auto const before = allocations();
    hall->apply(sequenced, events);
    return allocations() - before;
  };
  for (auto const format : {Format::Reverse, Format::Sealed}) {
    auto const place = static_cast<std::uint8_t>(format);
    auto open = opening(place, 0);
    open.rules.format = format;
    open.rules.attempts_max = 300;
    open.rules.decrement = Money::fen(1);
    EXPECT_GT(apply(0, open), 0u);  // here it may
  }
  std::uint64_t in_bids = 0;
  std::uint64_t extensions = 0;
  for (std::int64_t i = 0; i < 310; ++i) {  // ten more than are allowed
    auto const key = "key-" + std::to_string(i);
    for (auto const bidder : {anna, bert, dora}) {
      for (auto const place : std::initializer_list<std::uint8_t>{1, 2, 3}) {
        in_bids += apply(59'000, bid_in(place, bidder, 90'000 - i, key));
        extensions += has<LotExtended>(events) ? 1u : 0u;
        in_bids += apply(59'000, bid_in(place, bidder, 90'000 - i, key));
        in_bids += apply(59'000, bid_in(place, bidder, 90'001 - i, key));
      }
    }
  }
  EXPECT_EQ(in_bids, 0u);
  EXPECT_EQ(extensions, 1u);
  EXPECT_EQ(verdict(events), "NO_SUCH_LOT");
}

// From here on this process may only read, write and end: any other call of the system kills it.
template <class Work>
[[noreturn]] void without_the_system(Work const& work) {
  CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
  work();
  syscall(SYS_exit, 0);
  UNREACHABLE();
}

TEST(HallDeathTest, a_bid_makes_no_system_call) {
  EXPECT_EXIT(
      {
        Hall hall;
        Events events;
        events.reserve(16);
        hall.apply({Seq{1}, Seq{}, after(-1), std::nullopt, {}, opening(1, 0)}, events);
        std::vector<Sequenced> bids;
        for (std::uint64_t i = 0; i < 200; ++i) {
          auto const bid = bid_in(1, i % 2 == 0 ? anna : bert, static_cast<std::int64_t>(90'000 - i * 100),
                                  "key-" + std::to_string(i / 4));  // some repeated, some refused
          bids.push_back({Seq{2 + i}, Seq{}, after(1), std::nullopt, {}, bid});
        }
        without_the_system([&] {
          for (std::size_t at = 0; at < bids.size(); ++at) {
            if (at % Hall::prefetched_at_once == 0) hall.prefetch(std::span(bids).subspan(at));
            events.clear();
            hall.apply(bids[at], events);
          }
        });
      },
      testing::ExitedWithCode(0), "");
  EXPECT_EXIT(without_the_system([] { syscall(SYS_getpid); }), testing::KilledBySignal(SIGKILL), "");
}

TEST(Hall, asking_ahead_changes_nothing) {
  Hall one;
  Hall other;
  Events events;
  Events others;
  for (std::uint8_t place = 1; place <= 3; ++place) {
    Sequenced const open{Seq{place}, Seq{}, after(-1), std::nullopt, {}, opening(place, 0)};
    one.apply(open, events);
    other.apply(open, others);
  }
  std::vector<Sequenced> commands;
  auto const add = [&](Command const& command) {
    commands.push_back({Seq{4 + commands.size()}, Seq{}, after(1), std::nullopt, {}, command});
  };
  for (std::int64_t i = 0; i < 50; ++i) {
    auto const key = "key-" + std::to_string(i);
    add(bid_in(static_cast<std::uint8_t>(1 + i % 4), anna, 90'000 - i * 100, key));  // the fourth lot is not there
    add(bid_in(1, BidderId{4711}, 90'000, key));
    add(Tick{});
  }
  for (std::size_t at = 0; at < commands.size(); ++at) {
    auto const digest = one.digest();
    one.prefetch(std::span(commands).subspan(at));
    ASSERT_EQ(one.digest(), digest);
    events.clear();
    others.clear();
    one.apply(commands[at], events);
    other.apply(commands[at], others);
    ASSERT_EQ(told(events), told(others));
  }
  one.prefetch({});
  EXPECT_EQ(one.digest(), other.digest());
}

// The same under the rules that cost most: evaluated ranking, a ladder, buffers, ties, automatic bids, hidden turns.
TEST(Hall, a_bid_does_not_allocate_whatever_the_rules) {
  auto reverse = reverse_rules();
  reverse.rank_by = RankBy::Evaluated;
  reverse.step_kind = StepKind::Ladder;
  reverse.ladder[0] = {Money::fen(50'000), Money::fen(20)};
  reverse.ladder[1] = {Money{}, Money::fen(10)};
  reverse.front_buffer = reverse.back_buffer = Money::fen(1);
  reverse.ties = Ties::Refused;
  reverse.extend_scope = ExtendScope::Inquiry;
  reverse.proxies = true;
  auto rounds = rounds_rules();
  rounds.rank_by = RankBy::Evaluated;
  std::uint64_t in_bids = 0;
  std::map<std::string, int> seen;
  Hall hall;
  std::uint64_t seq = 0;
  Events events;
  events.reserve(16);
  auto const apply = [&](std::int64_t millis, Command const& command) {
    Sequenced const sequenced{Seq{++seq}, Seq{}, after(millis), std::nullopt, {}, command};
    events.clear();
    auto const before = allocations();
    hall.apply(sequenced, events);
    auto const made = allocations() - before;
    for (auto const& line : told(events)) {
      for (auto const* const word : {" auto ", " quotes", " bids "}) seen[word] += line.contains(word);
    }
    return made;
  };
  std::uint8_t place = 0;
  for (auto const& rules : {reverse, rounds, japanese_rules()}) {
    auto open = opening(++place, 0);
    open.rules = rules;
    open.admitted[0].evaluation.coefficient = BasisPoints{10'007};
    apply(-1, open);
  }
  apply(0, bid_in(1, anna, 99'000, "first"));
  apply(0, SetProxy{lot(1), anna, buyer, Money::fen(1), Money::fen(20)});
  for (std::int64_t i = 0; i < 100; ++i) {
    apply(i * 500, Tick{});
    for (auto const bidder : {anna, bert}) {
      auto const key = "key-" + std::to_string(i);
      in_bids += apply(i * 500, bid_in(1, bidder, 90'000 - i * 100, key));
      in_bids += apply(i * 500, bid_in(2, bidder, 90'000 - i * 100, key));
      in_bids += apply(i * 500, bid_in(3, bidder, 90'000 - i / 20 * 10'000, key));
    }
  }
  EXPECT_EQ(in_bids, 0u);
  EXPECT_GT(seen[" auto "], 50);
  EXPECT_GT(seen[" quotes"], 50);
  EXPECT_GT(seen[" bids "], 50);
}

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

TEST(HallDeathTest, a_seq_comes_only_once) {
  Hall hall;
  Events events;
  hall.apply({Seq{5}, Seq{}, noon, std::nullopt, {}, Tick{}}, events);
  EXPECT_DEATH(hall.apply({Seq{5}, Seq{}, noon, std::nullopt, {}, Tick{}}, events), "CHECK");
}

}  // namespace
}  // namespace engine::test
