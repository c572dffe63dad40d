// Bids that bear signatures: what is asked of them, what waits for them, what one that does not hold undoes.
#include <gtest/gtest.h>

#include "engine/figure.h"
#include "engine/lot.h"
#include "tests/unit/engine/told.h"

namespace engine::test {
namespace {

Signature signature_of(std::uint64_t key) {
  Signature signature{SigningKeyId{key}, {}};
  signature.bytes.fill(static_cast<char>(key));
  return signature;
}

struct SignedAuction : Auction {
  explicit SignedAuction(LotRules const& asked = reverse_rules()) {
    rules = asked;
    rules.signed_bids = true;
    open();
    tick(0);
  }
  Events sign(std::int64_t millis, BidderId bidder, std::int64_t fen) {
    auto const key = key_of("k" + std::to_string(seq().number() + 1));
    return at(millis, PlaceSignedBid{{the_lot, bidder, buyer, Money::fen(fen), key}, signature_of(bidder.number())});
  }
  Events note(std::int64_t millis, Seq through, std::vector<Seq> invalid = {}) {
    return at(millis, NoteSignatures{the_lot, through, std::move(invalid)});
  }
};

TEST(Signing, a_bid_without_a_signature_is_refused_where_one_is_asked_for) {
  SignedAuction auction;
  EXPECT_EQ(told(auction.bid(1, anna, 90'000)), Lines{"SIGNATURE_MISSING"});
  EXPECT_EQ(verdict(auction.sign(2, anna, 90'000)), "ACCEPTED");
}

TEST(Signing, a_signature_where_none_is_asked_for_changes_nothing) {
  Auction auction;
  auction.open();
  auction.tick(0);
  auto const key = key_of("k");
  auto const events = auction.at(1, PlaceSignedBid{{the_lot, anna, buyer, Money::fen(90'000), key}, signature_of(1)});
  EXPECT_EQ(told(events), Lines{"anna bids 90000 rank 1<0"});
}

TEST(Signing, an_accepted_bid_is_handed_out_to_be_verified_and_a_refused_one_is_not) {
  SignedAuction auction;
  auto const events = auction.sign(1, anna, 90'000);
  auto const& asked = std::get<BidSigned>(events.back());
  EXPECT_EQ(asked.bid.price, Money::fen(90'000));
  EXPECT_EQ(asked.seq, auction.seq());
  EXPECT_EQ(asked.signature, signature_of(anna.number()));
  EXPECT_EQ(told(auction.sign(2, anna, 90'000)), Lines{"DECREMENT_TOO_SMALL"});
}

TEST(Signing, the_close_waits_for_the_last_signature) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auto const anna_bid = auction.seq();
  auction.sign(2, bert, 80'000);
  auto const bert_bid = auction.seq();
  EXPECT_EQ(told(auction.tick(60'000)), Lines{"over 60000"});
  EXPECT_EQ(auction.hall.next_due(), never);
  EXPECT_EQ(told(auction.sign(60'001, carl, 70'000)), Lines{"CLOSED"});
  EXPECT_EQ(told(auction.note(60'100, anna_bid)), Lines{});
  EXPECT_EQ(told(auction.note(60'200, bert_bid)),
            (Lines{"Awarded 60000 bert 80000 anna 90000", "asks bert to 259260200"}));
}

TEST(Signing, a_bid_whose_signature_does_not_hold_counts_no_more) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auction.sign(2, bert, 80'000);
  auto const bad = auction.seq();
  EXPECT_EQ(told(auction.note(3, bad, {bad})), Lines{"cancelled of bert: anna best 90000"});
  EXPECT_EQ(told(auction.tick(60'000)), (Lines{"Awarded 60000 anna 90000", "asks anna to 259260000"}));
}

TEST(Signing, an_earlier_bid_that_does_not_hold_does_not_come_back) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auto const bad = auction.seq();
  auction.sign(2, anna, 80'000);
  auto const good = auction.seq();
  EXPECT_EQ(told(auction.note(3, good, {bad})), Lines{"cancelled of anna: anna best 80000"});
  EXPECT_EQ(told(auction.cancel_bid(4, anna, good)), Lines{"cancelled of anna:  best 0"});
}

TEST(Signing, a_forged_winner_is_found_behind_the_end_and_before_the_award) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auction.sign(2, bert, 80'000);
  auto const forged = auction.seq();
  auction.tick(60'000);
  EXPECT_EQ(told(auction.note(60'500, forged, {forged})),
            (Lines{"cancelled of bert: anna best 90000", "Awarded 60000 anna 90000", "asks anna to 259260500"}));
}

TEST(Signing, too_few_sealed_quotes_after_the_verification_get_their_second_window_in_full) {
  auto rules = sealed_rules();
  rules.min_bidders = 2;
  SignedAuction auction{rules};
  auction.sign(1, anna, 90'000);
  auction.sign(2, bert, 80'000);
  auto const bad = auction.seq();
  auction.tick(60'000);
  EXPECT_EQ(told(auction.note(61'000, bad, {bad})), (Lines{"cancelled of bert:  best 0", "few to 121000"}));
  EXPECT_EQ(verdict(auction.sign(100'000, carl, 70'000)), "ACCEPTED");
}

TEST(Signing, who_verifies_is_told_again_after_a_start_what_is_left) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auto const first = auction.seq();
  auction.sign(2, bert, 80'000);
  auction.note(3, first);
  Events again;
  auction.hall.tell_unverified(again);
  ASSERT_EQ(again.size(), 1U);
  auto const& asked = std::get<BidSigned>(again.front());
  EXPECT_EQ(asked.bid.bidder, bert);
  EXPECT_EQ(asked.bid.price, Money::fen(80'000));
  EXPECT_EQ(asked.signature, signature_of(bert.number()));
}

TEST(Signing, what_was_noted_is_not_noted_again) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auto const bid = auction.seq();
  EXPECT_EQ(told(auction.note(2, bid)), Lines{});
  EXPECT_EQ(told(auction.note(3, bid)), Lines{"STATE_CONFLICT"});
}

TEST(Signing, a_bid_that_nobody_made_is_not_noted) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  EXPECT_EQ(told(auction.note(2, auction.seq(), {Seq{99}})), Lines{"NO_BID"});
  Auction unsigned_auction;
  unsigned_auction.open();
  unsigned_auction.tick(0);
  EXPECT_EQ(told(unsigned_auction.at(1, NoteSignatures{the_lot, Seq{1}, {}})), Lines{"NOT_OFFERED"});
}

TEST(Signing, a_note_names_no_more_bids_than_it_may) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auto const bid = auction.seq();
  auto const refused = auction.note(2, bid, std::vector<Seq>(limits::invalid_signatures_a_note + 1, bid));
  auto const& refusal = std::get<LotCommandRefused>(refused.front()).refusal;
  EXPECT_EQ(refusal, *refuse(refusals::too_many, figure::count(1'001), figure::count(1'000)));
  EXPECT_EQ(told(auction.note(3, bid, std::vector<Seq>(limits::invalid_signatures_a_note, bid))),
            Lines{"cancelled of anna:  best 0"});
}

TEST(Signing, where_results_wait_for_all_lots_the_end_is_told_once_and_by_the_first_rules_twice) {
  for (auto const version : {std::uint16_t{1}, std::uint16_t{2}}) {
    auto rules = reverse_rules();
    rules.release = Release::ResultsTogether;
    rules.version = version;
    SignedAuction auction{rules};
    auto other = auction.rules;
    other.duration = other.hard_cap = Duration{120'000};
    auction.at(0, OpenLot{lot_id(inquiry_of(the_lot), 2), other, noon, {{anna}}});
    auction.sign(1, anna, 90'000);
    auto const bid = auction.seq();
    EXPECT_EQ(told(auction.tick(60'000)), Lines{"over 60000"});
    EXPECT_EQ(told(auction.note(60'100, bid)), version == 1 ? Lines{"over 60000"} : Lines{});
  }
}

TEST(Signing, nobody_bids_for_a_supplier_where_bids_are_signed) {
  auto rules = reverse_rules();
  rules.signed_bids = true;
  EXPECT_FALSE(judge(rules));
  auto with_proxies = rules;
  with_proxies.proxies = true;
  EXPECT_TRUE(judge(with_proxies));
  auto with_surrogates = rules;
  with_surrogates.surrogates = true;
  EXPECT_TRUE(judge(with_surrogates));
  auto turns = rounds_rules();
  turns.signed_bids = true;
  EXPECT_TRUE(judge(turns));
}

TEST(Signing, an_abort_of_a_lot_that_waits_for_signatures_does_not_move_its_end) {
  SignedAuction auction;
  auction.sign(1, anna, 90'000);
  auction.tick(60'000);
  EXPECT_EQ(told(auction.abort(70'000)), Lines{"aborted"});
  EXPECT_EQ(verdict(auction.sign(80'000, bert, 80'000)), "CLOSED");
}

}  // namespace
}  // namespace engine::test
