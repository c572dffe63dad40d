// Several lots, one order; time that never runs backwards; memory reserved at the opening.
#include "engine/hall.h"

#include <gtest/gtest.h>

#include <memory>

#include "tests/unit/engine/allocations.h"
#include "tests/unit/engine/auction.h"

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

TEST(HallDeathTest, a_seq_comes_only_once) {
  Hall hall;
  Events events;
  hall.apply({Seq{5}, Seq{}, noon, std::nullopt, {}, Tick{}}, events);
  EXPECT_DEATH(hall.apply({Seq{5}, Seq{}, noon, std::nullopt, {}, Tick{}}, events), "CHECK");
}

}  // namespace
}  // namespace engine::test
