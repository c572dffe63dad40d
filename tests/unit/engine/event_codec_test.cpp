// The bytes of events: every field counts, because the outcome digest binds what they say.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "engine/codec.h"
#include "tests/unit/engine/auction.h"

namespace engine::test {
namespace {

std::string bytes_of(Event const& event) {
  ByteWriter bytes;
  encode(event, bytes);
  return bytes.take();
}

Refusal refused() {
  return {&refusals::above_ceiling, {Figure::Unit::Fen, 1}, {Figure::Unit::Fen, 2}};
}
Receipt receipt() {
  return {the_lot, anna, key_of("k"), Seq{1}, at_millis(2), 3, std::nullopt};
}

// One of each, with every list holding something.
std::vector<Event> every_event() {
  Standing standing;
  standing.bidder = anna;
  return {LotScheduled{the_lot, OpenLot{the_lot, {}, {}, {{anna, {}}}, {}}, {}, {}},
          LotStarted{the_lot, {}},
          BidAccepted{receipt(), {{}, 1, 2, {}, anna}},
          QuoteAccepted{receipt()},
          BidRefused{receipt()},
          BidRepeated{receipt()},
          LotExtended{the_lot, {}, {}, ExtendedBecause::LateBid},
          LotPaused{the_lot, buyer, "why", {}},
          LotResumed{the_lot, buyer, "why", {}},
          LotAborted{the_lot, buyer, "why"},
          BidderDisqualified{the_lot, anna, buyer, "why", {anna}, {}},
          BidderReinstated{the_lot, anna, buyer, "why", {anna}, {}},
          LotClosed{the_lot, LotState::Awarded, {}, {standing}, {{Seq{1}, {}, anna, {}, false}}},
          SelectionOpened{the_lot, {}, {anna}},
          QuoteChosen{the_lot, anna, 1, buyer, approver, "why"},
          AwardAsked{the_lot, anna, {}, {}},
          AwardAnswered{the_lot, anna, buyer, AwardOutcome::Confirmed, LotState::Awarded, false},
          LotCommandRefused{the_lot, refused()},
          ModuleAnswered{1, 2, buyer, 3, false, std::nullopt},
          OutageNoted{},
          ClockStepNoted{},
          LotRescheduled{the_lot, {}, {}},
          StageStarted{the_lot, {}, {}},
          TurnEnded{the_lot, {}, {}, false, 1},
          QuotesOpened{the_lot, {}, {{anna, Money::fen(1)}}},
          BiddersEliminated{the_lot, {}, {anna}},
          SurrogateNoted{the_lot, anna, Seq{1}, buyer, approver, "why"},
          BidWithdrawn{the_lot, anna, buyer},
          BidCancelled{the_lot, anna, Seq{1}, buyer, "why", {anna}, {}},
          ProxySet{the_lot, anna, buyer, Money::fen(1)},
          ProxyEnded{the_lot, anna, buyer, ProxyEnd::Cancelled},
          ProxyBid{the_lot, anna, Seq{1}, {}, {{}, 1, 2, {}, anna}},
          BiddingEnded{the_lot, {}},
          BidSigned{{the_lot, anna, buyer, Money::fen(1), key_of("k")}, Seq{1}, {}, {}}};
}

TEST(EventCodec, the_type_number_is_the_place_in_the_list_of_events) {
  auto const events = every_event();
  ASSERT_EQ(events.size(), std::variant_size_v<Event>);
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].index(), i);
    // 34 is a close that the first layout cannot say.
    EXPECT_EQ(bytes_of(events[i]).front(), static_cast<char>(i < 33 ? i + 1 : i + 2));
  }
}

// Each change alone must show in the bytes.
template <class E, class... Change>
void expect_all_differ(Change... change) {
  E original;
  for (auto const& event : every_event()) {
    if (auto const* found = std::get_if<E>(&event)) original = *found;
  }
  std::set<std::string> seen{bytes_of(original)};
  auto const differs = [&](auto apply) {
    auto changed = original;
    apply(changed);
    EXPECT_TRUE(seen.insert(bytes_of(changed)).second)
        << "change " << seen.size() << " of event " << Event(original).index();
  };
  (differs(change), ...);
}

TEST(EventCodec, every_field_of_a_receipt_counts) {
  expect_all_differ<BidRefused>(
      [](auto& e) { e.receipt.lot = LotId{9}; }, [](auto& e) { e.receipt.bidder = bert; },
      [](auto& e) { e.receipt.key = key_of("kk"); }, [](auto& e) { e.receipt.seq = Seq{9}; },
      [](auto& e) { e.receipt.at = at_millis(9); }, [](auto& e) { e.receipt.attempt = 9; },
      [](auto& e) { e.receipt.refusal = refused(); },
      [](auto& e) { e.receipt.refusal = refused(), e.receipt.refusal->kind = &refusals::paused; },
      [](auto& e) { e.receipt.refusal = refused(), e.receipt.refusal->actual.value = 9; },
      [](auto& e) { e.receipt.refusal = refused(), e.receipt.refusal->actual.unit = Figure::Unit::Count; },
      [](auto& e) { e.receipt.refusal = refused(), e.receipt.refusal->limit.value = 9; });
}

TEST(EventCodec, every_field_of_a_bid_and_of_time_counts) {
  expect_all_differ<BidAccepted>([](auto& e) { e.placed.price = Money::fen(9); }, [](auto& e) { e.placed.rank = 9; },
                                 [](auto& e) { e.placed.previous_rank = 9; },
                                 [](auto& e) { e.placed.best = Money::fen(9); },
                                 [](auto& e) { e.placed.leader = bert; });
  expect_all_differ<LotScheduled>([](auto& e) { e.opened.change().rules.attempts_max = 9; },
                                  [](auto& e) { e.opens_at = at_millis(9); }, [](auto& e) { e.ends_at = at_millis(9); },
                                  [](auto& e) { e.opened.change().admitted[0].evaluation.deduction = BasisPoints{9}; });
  expect_all_differ<LotStarted>([](auto& e) { e.ends_at = at_millis(9); });
  expect_all_differ<LotExtended>([](auto& e) { e.previous_ends_at = at_millis(9); },
                                 [](auto& e) { e.ends_at = at_millis(9); },
                                 [](auto& e) { e.because = ExtendedBecause::Outage; });
  expect_all_differ<OutageNoted>([](auto& e) { e.from = at_millis(9); }, [](auto& e) { e.until = at_millis(9); });
  expect_all_differ<ClockStepNoted>([](auto& e) { e.by = Duration{9}; });
}

TEST(EventCodec, every_field_of_an_intervention_counts) {
  expect_all_differ<LotPaused>([](auto& e) { e.by = approver; }, [](auto& e) { e.reason = "x"; },
                               [](auto& e) { e.remaining = Duration{9}; });
  expect_all_differ<LotResumed>([](auto& e) { e.by = approver; }, [](auto& e) { e.reason = "x"; },
                                [](auto& e) { e.ends_at = at_millis(9); });
  expect_all_differ<LotAborted>([](auto& e) { e.by = approver; }, [](auto& e) { e.reason = "x"; });
  auto const changes = []<class E>(E) {
    expect_all_differ<E>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.by = approver; },
                         [](auto& e) { e.reason = "x"; }, [](auto& e) { e.order.push_back(bert); },
                         [](auto& e) { e.best = Money::fen(9); });
  };
  changes(BidderDisqualified{});
  changes(BidderReinstated{});
}

TEST(EventCodec, every_field_of_a_close_and_an_award_counts) {
  expect_all_differ<LotClosed>(
      [](auto& e) { e.state = LotState::Selecting; }, [](auto& e) { e.closed_at = at_millis(9); },
      [](auto& e) { e.standings[0].rank = 9; }, [](auto& e) { e.standings[0].bidder = bert; },
      [](auto& e) { e.standings[0].price = Money::fen(9); }, [](auto& e) { e.standings[0].evaluated_price.whole = 9; },
      [](auto& e) { e.standings[0].seq = Seq{9}; }, [](auto& e) { e.standings[0].at = at_millis(9); },
      [](auto& e) { e.standings[0].selectable = true; }, [](auto& e) { e.standings.clear(); },
      [](auto& e) { e.history[0].seq = Seq{9}; }, [](auto& e) { e.history[0].at = at_millis(9); },
      [](auto& e) { e.history[0].bidder = bert; }, [](auto& e) { e.history[0].price = Money::fen(9); },
      [](auto& e) { e.history[0].voided = true; }, [](auto& e) { e.history.clear(); });
  expect_all_differ<SelectionOpened>([](auto& e) { e.until = at_millis(9); }, [](auto& e) { e.selectable = {bert}; });
  expect_all_differ<QuoteChosen>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.rank = 9; },
                                 [](auto& e) { e.by = approver; }, [](auto& e) { e.approved_by = buyer; },
                                 [](auto& e) { e.reason = "x"; });
  expect_all_differ<AwardAsked>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.price = Money::fen(9); },
                                [](auto& e) { e.until = at_millis(9); });
  expect_all_differ<AwardAnswered>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.by = approver; },
                                   [](auto& e) { e.outcome = AwardOutcome::Silent; },
                                   [](auto& e) { e.state = LotState::Selecting; },
                                   [](auto& e) { e.next_available = true; });
}

TEST(EventCodec, every_field_of_a_stage_counts) {
  expect_all_differ<LotRescheduled>([](auto& e) { e.opens_at = at_millis(9); },
                                    [](auto& e) { e.ends_at = at_millis(9); });
  expect_all_differ<StageStarted>([](auto& e) { e.stage.kind = StageKind::Turn; }, [](auto& e) { e.stage.round = 9; },
                                  [](auto& e) { e.stage.turn = 9; }, [](auto& e) { e.stage.bidder = bert; },
                                  [](auto& e) { e.stage.level = Money::fen(9); },
                                  [](auto& e) { e.ends_at = at_millis(9); });
  expect_all_differ<TurnEnded>([](auto& e) { e.stage.turn = 9; }, [](auto& e) { e.price = Money::fen(9); },
                               [](auto& e) { e.changed = true; }, [](auto& e) { e.rank = 9; });
  expect_all_differ<QuotesOpened>([](auto& e) { e.stage.turn = 9; }, [](auto& e) { e.quotes[0].bidder = bert; },
                                  [](auto& e) { e.quotes[0].price = Money::fen(9); },
                                  [](auto& e) { e.quotes.clear(); });
  expect_all_differ<BiddersEliminated>([](auto& e) { e.stage.turn = 9; }, [](auto& e) { e.bidders = {bert}; });
  expect_all_differ<BiddingEnded>([](auto& e) { e.closed_at = at_millis(9); });
}

TEST(EventCodec, every_field_of_bids_made_for_others_counts) {
  expect_all_differ<SurrogateNoted>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.seq = Seq{9}; },
                                    [](auto& e) { e.by = approver; }, [](auto& e) { e.approved_by = buyer; },
                                    [](auto& e) { e.reason = "x"; });
  expect_all_differ<BidWithdrawn>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.by = approver; });
  expect_all_differ<BidCancelled>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.bid = Seq{9}; },
                                  [](auto& e) { e.by = approver; }, [](auto& e) { e.reason = "x"; },
                                  [](auto& e) { e.order = {}; }, [](auto& e) { e.best = Money::fen(9); });
  expect_all_differ<ProxySet>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.by = approver; },
                              [](auto& e) { e.step = Money::fen(9); });
  expect_all_differ<ProxyEnded>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.by = approver; },
                                [](auto& e) { e.because = ProxyEnd::Exhausted; });
  expect_all_differ<ProxyBid>([](auto& e) { e.bidder = bert; }, [](auto& e) { e.seq = Seq{9}; },
                              [](auto& e) { e.at = at_millis(9); }, [](auto& e) { e.placed.rank = 9; });
}

// The first layout of a close knows whole numbers only.
TEST(EventCodec, a_fraction_of_an_evaluated_price_counts) {
  expect_all_differ<LotClosed>([](auto& e) { e.standings[0].evaluated_price = {0, 1, 3}; },
                               [](auto& e) { e.standings[0].evaluated_price = {0, 2, 3}; },
                               [](auto& e) { e.standings[0].evaluated_price = {0, 1, 2}; });
}

TEST(EventCodec, every_field_of_an_answer_counts) {
  expect_all_differ<LotCommandRefused>([](auto& e) { e.lot = LotId{9}; }, [](auto& e) { e.refusal.limit.value = 9; });
  expect_all_differ<ModuleAnswered>([](auto& e) { e.module = 9; }, [](auto& e) { e.verb = 9; },
                                    [](auto& e) { e.actor = approver; }, [](auto& e) { e.id = 9; },
                                    [](auto& e) { e.repeated = true; }, [](auto& e) { e.refusal = refused(); });
}

}  // namespace
}  // namespace engine::test
