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
#include "tests/unit/engine/hall_lots.h"

namespace engine::test {
namespace {

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

TEST(HallDeathTest, a_seq_comes_only_once) {
  Hall hall;
  Events events;
  hall.apply({Seq{5}, Seq{}, noon, std::nullopt, {}, Tick{}}, events);
  EXPECT_DEATH(hall.apply({Seq{5}, Seq{}, noon, std::nullopt, {}, Tick{}}, events), "CHECK");
}

}  // namespace
}  // namespace engine::test
