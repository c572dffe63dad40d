// The promises must be able to be broken: each invariant is shown a world that breaks it, and cries out.
#include "tests/simulation/invariants.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

namespace {

using namespace simulation;
using engine::Money;

constexpr engine::LotId lot{(3 << 8) | 1};
constexpr engine::BidderId bidder{7};

engine::BidKey key(std::string_view text) {
  engine::BidKey key;
  std::ranges::copy(text, key.text.begin());
  return key;
}
engine::Receipt receipt(std::uint64_t seq) {
  return {lot, bidder, key("b7.1"), engine::Seq{seq}, {}, 1, {}};
}
engine::PlaceBid bid() {
  return {lot, bidder, {}, Money::fen(100), key("b7.1"), {}};
}
engine::BidAccepted accepted(std::int64_t best) {
  return {receipt(1), {Money::fen(best), 1, 0, Money::fen(best), bidder}};
}
// One command at `seq` under `request`, with what was decided.
engine::Turn turn(std::uint64_t seq, std::uint64_t request, engine::Events events) {
  auto const last = static_cast<std::uint32_t>(events.size());
  return {{{engine::Seq{seq}, {}, {}, {0, request}, 0, last}}, std::move(events)};
}
Invariants with_sealed_lot() {
  Invariants invariants;
  engine::OpenLot open;
  open.lot = lot;
  open.rules.format = engine::Format::Sealed;
  invariants.published(turn(1, 0, {engine::LotScheduled{lot, open, {}, {}}}));
  return invariants;
}

TEST(invariants, a_lead_that_rises_is_noticed) {
  Invariants invariants;
  invariants.lead_never_rises(accepted(100));
  invariants.lead_never_rises(accepted(100));
  EXPECT_NONFATAL_FAILURE(invariants.lead_never_rises(accepted(101)), "3-1");
}

TEST(invariants, a_command_without_an_outcome_is_noticed) {
  Invariants invariants;
  invariants.asked({0, 1}, bid());
  EXPECT_NONFATAL_FAILURE(invariants.every_command_gets_exactly_one_outcome(), "never answered");
}

TEST(invariants, a_command_with_two_outcomes_is_noticed) {
  Invariants invariants;
  invariants.asked({0, 1}, bid());
  EXPECT_NONFATAL_FAILURE(
      invariants.published(turn(1, 1, {engine::QuoteAccepted{receipt(1)}, engine::QuoteAccepted{receipt(1)}})),
      "receipts of seq 1");
}

TEST(invariants, a_hole_in_the_order_is_noticed) {
  Invariants invariants;
  EXPECT_NONFATAL_FAILURE(invariants.published(turn(2, 0, {})), "seqs are dense");
}

TEST(invariants, an_acknowledged_bid_that_is_decided_anew_is_noticed) {
  Invariants invariants;
  invariants.acknowledged(bid(), 5, "accepted");
  invariants.a_decided_bid_survives(receipt(5));
  EXPECT_NONFATAL_FAILURE(invariants.a_decided_bid_survives(receipt(6)), "decided anew");
  EXPECT_NONFATAL_FAILURE(invariants.acknowledged(bid(), 6, "accepted"), "decided twice");
}

TEST(invariants, a_sealed_price_before_the_close_is_noticed_and_one_after_it_is_not) {
  auto invariants = with_sealed_lot();
  auto const message = R"({"type":"update","stream":"3-1/public","best":"73191.47"})";
  invariants.nobody_sees_what_view_forbids({}, R"({"type":"update","stream":"3-1/public","ceiling":"100000.00"})");
  invariants.nobody_sees_what_view_forbids({}, R"({"type":"update","stream":"4-1/public","best":"73191.47"})");
  EXPECT_NONFATAL_FAILURE(invariants.nobody_sees_what_view_forbids({}, message), "a sealed price before its close");
  invariants.published(turn(2, 0, {engine::LotClosed{lot, engine::LotState::Selecting, {}, {}, {}}}));
  invariants.nobody_sees_what_view_forbids({}, message);
}

TEST(invariants, anothers_receipt_is_noticed_and_ones_own_is_not) {
  Invariants invariants;
  auto const message = R"({"type":"receipt","lot":"3-1","key":"b7.1"})";
  invariants.nobody_sees_what_view_forbids(bidder, message);
  EXPECT_NONFATAL_FAILURE(invariants.nobody_sees_what_view_forbids(engine::BidderId{77}, message), "another's receipt");
  EXPECT_NONFATAL_FAILURE(invariants.nobody_sees_what_view_forbids({}, message), "another's receipt");
}

TEST(invariants, different_digests_are_noticed) {
  Invariants invariants;
  invariants.equal_journals_give_equal_digests(1, 1);
  EXPECT_NONFATAL_FAILURE(invariants.equal_journals_give_equal_digests(1, 2), "remembers something else");
}

}  // namespace
