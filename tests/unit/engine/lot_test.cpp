// Bids: what is refused, in which order, and what an accepted one does to rank, lead and end.
#include "engine/lot.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/engine/auction.h"

namespace engine::test {
namespace {

// The order of refusals -----------------------------------------------------------------------------------------------

struct Precedence {
  std::string name;
  std::string expected;
  std::function<Events(Auction&)> play;
};
void PrintTo(Precedence const& row, std::ostream* out) {
  *out << row.name;
}

constexpr std::int64_t before = -500;

Auction& opened(Auction& auction) {
  auction.open();
  return auction;
}
Auction& with_one_attempt(Auction& auction) {
  auction.rules.attempts_max = 1;
  return opened(auction);
}
// Anna leads at 400.00; a step of 10.00 below would be 390.00, and below 398.00 a confirmation is asked.
Auction& with_a_narrow_slip(Auction& auction) {
  auction.rules.slip_below = BasisPoints{9'950};
  opened(auction).bid(1, anna, 40'000);
  return auction;
}

// Each rule twice: broken alone, and together with the next that can be broken at the same time.
std::vector<Precedence> const precedence{
    {"key", "KEY_REUSED",
     [](auto& a) {
       return opened(a).bid_with_key(1, anna, 900, "k"), a.bid_with_key(2, anna, 800, "k", Consent::Given);
     }},
    {"key_by_consent_alone", "KEY_REUSED",
     [](auto& a) {
       return opened(a).bid_with_key(1, anna, 900, "k"), a.bid_with_key(2, anna, 900, "k", Consent::Given);
     }},
    {"key_and_disqualified", "KEY_REUSED",
     [](auto& a) {
       return opened(a).bid_with_key(1, anna, 900, "k"), a.disqualify(2, anna), a.bid_with_key(3, anna, 800, "k");
     }},
    {"key_and_closed", "KEY_REUSED",
     [](auto& a) {
       return opened(a).bid_with_key(1, anna, 900, "k"), a.tick(90'000), a.bid_with_key(90'001, anna, 800, "k");
     }},
    {"lot", "NO_SUCH_LOT", [](auto& a) { return a.bid(1, anna, 900); }},
    {"lot_and_bidder", "NO_SUCH_LOT", [](auto& a) { return a.bid(1, BidderId{99}, 900); }},
    {"admission", "NOT_ADMITTED", [](auto& a) { return opened(a).bid(1, dora, 900); }},
    {"admission_and_start", "NOT_ADMITTED", [](auto& a) { return opened(a).bid(before, dora, 900); }},
    {"disqualified", "DISQUALIFIED", [](auto& a) { return opened(a).disqualify(1, anna), a.bid(2, anna, 900); }},
    {"disqualified_and_start", "DISQUALIFIED",
     [](auto& a) { return opened(a).disqualify(before, anna), a.bid(before, anna, 900); }},
    {"disqualified_and_paused", "DISQUALIFIED",
     [](auto& a) { return opened(a).disqualify(1, anna), a.pause(2), a.bid(3, anna, 900); }},
    {"disqualified_and_closed", "DISQUALIFIED",
     [](auto& a) { return opened(a).disqualify(1, anna), a.bid(90'000, anna, 900); }},
    {"start", "NOT_STARTED", [](auto& a) { return opened(a).bid(-1, anna, 900); }},
    {"start_and_attempts", "NOT_STARTED",
     [](auto& a) { return with_one_attempt(a).bid(-2, anna, 900), a.bid(-1, anna, 900); }},
    {"start_and_amount", "NOT_STARTED", [](auto& a) { return opened(a).bid(-1, anna, 0); }},
    {"paused", "PAUSED", [](auto& a) { return opened(a).pause(1), a.bid(2, anna, 900); }},
    {"paused_and_attempts", "PAUSED",
     [](auto& a) { return with_one_attempt(a).bid(1, anna, 900), a.pause(2), a.bid(3, anna, 900); }},
    {"closed", "CLOSED", [](auto& a) { return opened(a).bid(60'000, anna, 900); }},
    {"closed_and_attempts", "CLOSED",
     [](auto& a) { return with_one_attempt(a).bid(1, anna, 900), a.bid(60'000, anna, 900); }},
    {"closed_and_amount", "CLOSED", [](auto& a) { return opened(a).bid(60'000, anna, -1); }},
    {"attempts", "TOO_MANY_ATTEMPTS",
     [](auto& a) { return with_one_attempt(a).bid(1, anna, 90'000), a.bid(2, anna, 80'000); }},
    {"attempts_and_amount", "TOO_MANY_ATTEMPTS",
     [](auto& a) { return with_one_attempt(a).bid(1, anna, 90'000), a.bid(2, anna, 0); }},
    {"amount", "AMOUNT_NON_POSITIVE", [](auto& a) { return opened(a).bid(1, anna, 0); }},
    {"amount_and_slip", "AMOUNT_NON_POSITIVE", [](auto& a) { return opened(a).bid(1, bert, 900), a.bid(2, anna, -1); }},
    {"ceiling", "ABOVE_CEILING", [](auto& a) { return opened(a).bid(1, anna, 100'001); }},
    {"ceiling_and_step", "ABOVE_CEILING", [](auto& a) { return opened(a).bid(1, anna, 900), a.bid(2, anna, 100'001); }},
    {"step", "DECREMENT_TOO_SMALL", [](auto& a) { return opened(a).bid(1, anna, 90'000), a.bid(2, anna, 89'001); }},
    {"step_and_slip", "DECREMENT_TOO_SMALL", [](auto& a) { return with_a_narrow_slip(a).bid(2, anna, 39'500); }},
    {"slip", "CONFIRMATION_NEEDED", [](auto& a) { return with_a_narrow_slip(a).bid(2, bert, 39'500); }},
    {"slip_confirmed", "ACCEPTED", [](auto& a) { return with_a_narrow_slip(a).bid(2, bert, 39'500, Consent::Given); }},
    {"nothing", "ACCEPTED", [](auto& a) { return opened(a).bid(0, anna, 100'000); }},
};

class RefusalOrder : public testing::TestWithParam<Precedence> {};

TEST_P(RefusalOrder, the_first_broken_rule_answers) {
  Auction auction;
  EXPECT_EQ(verdict(GetParam().play(auction)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(Lot, RefusalOrder, testing::ValuesIn(precedence),
                         [](auto const& row) { return row.param.name; });

// Figures -------------------------------------------------------------------------------------------------------------

Figure fen(std::int64_t amount) {
  return {Figure::Unit::Fen, amount};
}
Figure moment(std::int64_t millis) {
  return {Figure::Unit::Moment, in_millis(noon) + millis};
}

TEST(Lot, a_refusal_says_what_was_found_and_what_would_have_been_right) {
  Auction auction;
  auction.open();
  EXPECT_EQ(refusal(auction.bid(-7, anna, 900)), (Refusal{&refusals::not_started, moment(-7), moment(0)}));
  EXPECT_EQ(refusal(auction.bid(1, anna, 0)), (Refusal{&refusals::non_positive, fen(0), fen(1)}));
  EXPECT_EQ(refusal(auction.bid(2, anna, 100'001)), (Refusal{&refusals::above_ceiling, fen(100'001), fen(100'000)}));
  auction.bid(3, anna, 70'001);
  EXPECT_EQ(refusal(auction.bid(4, anna, 69'002)), (Refusal{&refusals::decrement_too_small, fen(69'002), fen(69'001)}));
  // Half of 700.01 is 350.005: 350.00 is below it, 350.01 is not.
  EXPECT_EQ(refusal(auction.bid(5, bert, 35'000)), (Refusal{&refusals::confirmation_needed, fen(35'000), fen(35'001)}));
  EXPECT_EQ(verdict(auction.bid(6, bert, 35'001)), "ACCEPTED");
  EXPECT_EQ(refusal(auction.bid(60'000, carl, 900)), (Refusal{&refusals::closed, moment(60'000), moment(60'000)}));
}

TEST(Lot, no_amount_overflows) {
  Auction auction;
  auction.open();
  EXPECT_EQ(verdict(auction.bid(1, anna, INT64_MAX)), "ABOVE_CEILING");
  EXPECT_EQ(verdict(auction.bid(2, anna, INT64_MIN)), "AMOUNT_NON_POSITIVE");
}

// The step and the slip -----------------------------------------------------------------------------------------------

TEST(Lot, own_counts_from_the_bidders_last_bid_and_the_first_needs_only_the_ceiling) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 60'000);
  EXPECT_EQ(verdict(auction.bid(2, bert, 100'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(3, bert, 99'000)), "ACCEPTED");  // exactly the step
}

TEST(Lot, best_counts_from_the_best_bid_of_all_also_for_a_first_bid) {
  Auction auction;
  auction.rules.step_basis = StepBasis::Best;
  auction.open();
  EXPECT_EQ(verdict(auction.bid(1, anna, 100'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(2, bert, 99'001)), "DECREMENT_TOO_SMALL");
  EXPECT_EQ(verdict(auction.bid(3, bert, 99'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(4, anna, 98'001)), "DECREMENT_TOO_SMALL");
}

TEST(Lot, best_without_a_valid_bid_needs_only_the_ceiling) {
  Auction auction;
  auction.rules.step_basis = StepBasis::Best;
  auction.open();
  auction.bid(1, anna, 50'000);
  auction.disqualify(2, anna);
  EXPECT_EQ(verdict(auction.bid(3, bert, 100'000)), "ACCEPTED");
}

TEST(Lot, a_first_bid_without_a_best_is_never_called_a_slip) {
  Auction auction;
  auction.open();
  EXPECT_EQ(verdict(auction.bid(1, anna, 1)), "ACCEPTED");
}

TEST(Lot, the_slip_is_measured_at_the_best_and_exactly_half_is_none) {
  Auction auction;
  auction.open();
  auction.bid(1, anna, 80'000);
  EXPECT_EQ(verdict(auction.bid(2, bert, 39'999)), "CONFIRMATION_NEEDED");
  EXPECT_EQ(verdict(auction.bid(3, bert, 40'000)), "ACCEPTED");
}

TEST(Lot, a_sealed_slip_is_measured_at_the_ceiling_because_the_best_is_secret) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.open();
  auto const refused = refusal(auction.bid(1, anna, 49'999));
  EXPECT_EQ(refused, (Refusal{&refusals::confirmation_needed, Figure{}, fen(50'000)}));
  EXPECT_EQ(verdict(auction.bid(2, anna, 50'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(3, bert, 49'999, Consent::Given)), "ACCEPTED");
}

// Keys and attempts ---------------------------------------------------------------------------------------------------

TEST(Lot, a_repeat_answers_the_original_and_changes_nothing) {
  Auction auction;
  auction.open();
  auto const first = only<BidAccepted>(auction.bid_with_key(55'000, anna, 90'000, "k"));
  auction.tick(56'000);
  auto const digest = auction.hall.digest();
  auto const due = auction.due();
  auto const again = auction.bid_with_key(56'000, anna, 90'000, "k");
  ASSERT_EQ(again.size(), 1u);
  auto const repeated = only<BidRepeated>(again).original;
  EXPECT_EQ(repeated.seq, first.receipt.seq);
  EXPECT_EQ(repeated.at, first.receipt.at);
  EXPECT_EQ(repeated.attempt, 1u);
  EXPECT_FALSE(repeated.refusal);
  EXPECT_EQ(auction.due(), due);
  EXPECT_EQ(auction.hall.digest(), digest);
}

TEST(Lot, a_repeat_of_a_refused_bid_is_refused_as_it_was_though_it_would_do_now) {
  Auction auction;
  auction.open();
  auction.bid_with_key(-1, anna, 90'000, "k");
  auto const repeated = only<BidRepeated>(auction.bid_with_key(1, anna, 90'000, "k")).original;
  ASSERT_TRUE(repeated.refusal);
  EXPECT_EQ(*repeated.refusal, (Refusal{&refusals::not_started, moment(-1), moment(0)}));
}

TEST(Lot, a_repeat_is_answered_after_the_close_too) {
  Auction auction;
  auction.open();
  auction.bid_with_key(1, anna, 90'000, "k");
  auction.tick(60'000);
  EXPECT_TRUE(has<BidRepeated>(auction.bid_with_key(60'001, anna, 90'000, "k")));
}

TEST(Lot, a_key_belongs_to_its_bidder) {
  Auction auction;
  auction.open();
  auction.bid_with_key(1, anna, 90'000, "k");
  EXPECT_EQ(verdict(auction.bid_with_key(2, bert, 80'000, "k")), "ACCEPTED");
}

TEST(Lot, a_reused_key_keeps_its_first_meaning) {
  Auction auction;
  auction.open();
  auction.bid_with_key(1, anna, 90'000, "k");
  EXPECT_EQ(only<BidRefused>(auction.bid_with_key(2, anna, 80'000, "k")).receipt.attempt, 0u);
  EXPECT_TRUE(has<BidRepeated>(auction.bid_with_key(3, anna, 90'000, "k")));
  EXPECT_EQ(only<BidAccepted>(auction.bid(4, anna, 80'000)).receipt.attempt, 2u);
}

TEST(Lot, refused_attempts_count_and_one_more_than_allowed_is_not_kept) {
  Auction auction;
  auction.rules.attempts_max = 2;
  auction.open();
  EXPECT_EQ(only<BidRefused>(auction.bid(1, anna, 0)).receipt.attempt, 1u);
  EXPECT_EQ(only<BidAccepted>(auction.bid(2, anna, 90'000)).receipt.attempt, 2u);
  auto const third = auction.bid_with_key(3, anna, 80'000, "third");
  EXPECT_EQ(only<BidRefused>(third).receipt.attempt, 0u);
  auto const count = [](std::int64_t number) { return Figure{Figure::Unit::Count, number}; };
  EXPECT_EQ(refusal(third), (Refusal{&refusals::too_many_attempts, count(3), count(2)}));
  EXPECT_FALSE(has<BidRepeated>(auction.bid_with_key(4, anna, 80'000, "third")));
  EXPECT_EQ(verdict(auction.bid(5, bert, 80'000)), "ACCEPTED");
}

TEST(Lot, attempts_of_a_disqualified_bidder_are_kept_and_of_a_stranger_are_not) {
  Auction auction;
  auction.open();
  auction.disqualify(1, anna);
  EXPECT_EQ(only<BidRefused>(auction.bid_with_key(2, anna, 900, "k")).receipt.attempt, 1u);
  EXPECT_TRUE(has<BidRepeated>(auction.bid_with_key(3, anna, 900, "k")));
  EXPECT_EQ(only<BidRefused>(auction.bid_with_key(4, dora, 900, "k")).receipt.attempt, 0u);
  EXPECT_TRUE(has<BidRefused>(auction.bid_with_key(5, dora, 900, "k")));
}

// The end -------------------------------------------------------------------------------------------------------------

TEST(Lot, the_window_is_half_open_at_both_ends) {
  Auction auction;
  auction.rules.trigger_window = Duration::zero();
  auction.open();
  EXPECT_EQ(verdict(auction.bid(-1, anna, 90'000)), "NOT_STARTED");
  EXPECT_EQ(verdict(auction.bid(0, anna, 90'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(59'999, bert, 80'000)), "ACCEPTED");
  EXPECT_EQ(verdict(auction.bid(60'000, carl, 70'000)), "CLOSED");
}

TEST(Lot, a_bid_within_the_window_extends_by_the_extension_and_one_just_before_does_not) {
  Auction auction;
  auction.open();
  EXPECT_FALSE(has<LotExtended>(auction.bid(49'999, anna, 90'000)));
  EXPECT_EQ(auction.due(), 60'000);
  auto const extended = only<LotExtended>(auction.bid(50'000, bert, 80'000));
  EXPECT_EQ(extended.because, ExtendedBecause::LateBid);
  EXPECT_EQ(extended.previous_ends_at, noon + Duration{60'000});
  EXPECT_EQ(extended.ends_at, noon + Duration{70'000});
  EXPECT_EQ(auction.due(), 70'000);
}

TEST(Lot, an_extension_never_brings_the_end_forward) {
  Auction auction;
  auction.rules.extension = std::chrono::seconds{5};
  auction.open();
  EXPECT_FALSE(has<LotExtended>(auction.bid(51'000, anna, 90'000)));
  EXPECT_FALSE(has<LotExtended>(auction.bid(55'000, bert, 80'000)));  // to the very same end
  EXPECT_TRUE(has<LotExtended>(auction.bid(55'001, carl, 80'000)));
}

TEST(Lot, extensions_stop_at_the_cap_from_the_start) {
  Auction auction;
  auction.rules.hard_cap = std::chrono::seconds{75};
  auction.open();
  auction.bid(59'000, anna, 90'000);
  EXPECT_EQ(auction.due(), 75'000);
  EXPECT_FALSE(has<LotExtended>(auction.bid(74'999, anna, 80'000)));
  EXPECT_EQ(verdict(auction.bid(75'000, anna, 70'000)), "CLOSED");
}

TEST(Lot, a_refused_bid_and_a_repeat_never_extend) {
  Auction auction;
  auction.open();
  auction.bid_with_key(1, anna, 90'000, "k");
  auction.bid(59'999, anna, 89'999);
  auction.bid_with_key(59'999, anna, 90'000, "k");
  EXPECT_EQ(auction.due(), 60'000);
}

TEST(Lot, a_sealed_quote_never_extends) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.open();
  EXPECT_FALSE(has<LotExtended>(auction.bid(59'999, anna, 90'000)));
}

// Closing -------------------------------------------------------------------------------------------------------------

TEST(Lot, a_lot_without_a_bid_fails_at_its_end_and_not_when_somebody_looks) {
  Auction auction;
  auction.open();
  auto const closed = only<LotClosed>(auction.tick(99'000));
  EXPECT_EQ(closed.state, LotState::FailedNoBid);
  EXPECT_EQ(closed.closed_at, noon + Duration{60'000});
  EXPECT_EQ(auction.hall.next_due(), never);
}

TEST(Lot, fewer_bidders_than_asked_for_fail_and_just_enough_do_not) {
  Auction few;
  few.rules.min_bidders = 3;
  few.open();
  few.bid(1, anna, 90'000);
  few.bid(2, bert, 80'000);
  few.bid(3, bert, 70'000);  // three bids, two bidders
  EXPECT_EQ(only<LotClosed>(few.tick(60'000)).state, LotState::FailedFew);

  Auction enough;
  enough.rules.min_bidders = 2;
  enough.open();
  enough.bid(1, anna, 90'000);
  enough.bid(2, bert, 80'000);
  auto const events = enough.tick(60'000);
  EXPECT_EQ(only<LotClosed>(events).state, LotState::Awarded);
  EXPECT_EQ(only<AwardAsked>(events).bidder, bert);
}

TEST(Lot, the_standings_count_the_last_bid_and_the_history_has_all) {
  Auction auction;
  auction.admitted[1].evaluation.deduction = BasisPoints{1'000};
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 85'000);
  auction.bid(3, anna, 80'000);
  auto const closed = only<LotClosed>(auction.tick(60'000));
  ASSERT_EQ(closed.standings.size(), 2u);
  EXPECT_EQ(closed.standings[0].bidder, bert);  // 850.00 counts as 765.00
  EXPECT_EQ(closed.standings[0].price, Money::fen(85'000));
  EXPECT_EQ(closed.standings[0].evaluated_price.whole, 85'000 * 9'000);
  EXPECT_EQ(closed.standings[0].at, noon + Duration{2});
  EXPECT_EQ(closed.standings[1].price, Money::fen(80'000));
  EXPECT_FALSE(closed.standings[0].selectable);  // the winner is automatic
  ASSERT_EQ(closed.history.size(), 3u);
  EXPECT_EQ(closed.history[0].price, Money::fen(90'000));
}

TEST(Lot, a_sealed_lot_with_too_few_quotes_is_extended_once_by_its_whole_window) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.rules.min_bidders = 2;
  auction.open();
  auction.bid(1, anna, 90'000);
  auto const extended = only<LotExtended>(auction.tick(60'000));
  EXPECT_EQ(extended.because, ExtendedBecause::TooFewQuotes);
  EXPECT_EQ(extended.ends_at, noon + Duration{120'000});
  EXPECT_EQ(verdict(auction.bid(60'000, anna, 95'000)), "ACCEPTED");  // replacing stays allowed, upwards too
  auto const closed = only<LotClosed>(auction.tick(120'000));
  EXPECT_EQ(closed.state, LotState::FailedFew);
  EXPECT_EQ(closed.standings.at(0).price, Money::fen(95'000));
}

TEST(Lot, a_sealed_lot_without_any_quote_is_extended_too_and_then_fails) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.open();
  EXPECT_TRUE(has<LotExtended>(auction.tick(60'000)));
  EXPECT_EQ(only<LotClosed>(auction.tick(120'000)).state, LotState::FailedNoBid);
}

TEST(Lot, a_sealed_lot_with_just_enough_quotes_is_not_extended) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.rules.min_bidders = 2;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 90'000);
  EXPECT_EQ(only<LotClosed>(auction.tick(60'000)).state, LotState::Selecting);
}

TEST(Lot, a_replaced_quote_is_as_late_as_its_replacement) {
  Auction auction;
  auction.rules = sealed_rules();
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 90'000);
  auction.bid(3, anna, 90'000);
  EXPECT_EQ(only<LotClosed>(auction.tick(60'000)).standings.at(0).bidder, bert);
}

// Opening -------------------------------------------------------------------------------------------------------------

TEST(Lot, opening_in_the_past_means_now) {
  Auction auction;
  auto const events = auction.open(5'000);
  EXPECT_EQ(only<LotScheduled>(events).opens_at, noon + Duration{5'000});
  EXPECT_EQ(only<LotStarted>(events).ends_at, noon + Duration{65'000});
  EXPECT_EQ(auction.due(), 65'000);
}

TEST(Lot, what_cannot_be_opened_is_refused) {
  Auction auction;
  auto const opened_with = [&](auto change) {
    OpenLot open{the_lot, auction.rules, noon, auction.admitted};
    change(open);
    return verdict(auction.at(-1'000, open));
  };
  EXPECT_EQ(opened_with([](OpenLot& open) { open.rules.ceiling = Money{}; }), "BAD_RULES");
  EXPECT_EQ(opened_with([](OpenLot& open) { open.lot = LotId{}; }), "NO_SUCH_LOT");
  EXPECT_EQ(opened_with([](OpenLot& open) { open.opens_at = never; }), "BAD_RULES");
  EXPECT_EQ(opened_with([](OpenLot& open) { open.admitted.push_back({anna, {}}); }), "DUPLICATE");
  EXPECT_EQ(opened_with([](OpenLot& open) { open.admitted.push_back({BidderId{}, {}}); }), "NOT_ADMITTED");
  EXPECT_EQ(opened_with([](OpenLot& open) { open.admitted[0].evaluation.deduction = BasisPoints{10'000}; }),
            "BAD_RULES");
  EXPECT_EQ(opened_with([](OpenLot& open) { open.admitted[0].evaluation.deduction = BasisPoints{-1}; }), "BAD_RULES");
  auto const fill = [](OpenLot& open, std::size_t bidders) {
    open.admitted.clear();
    for (std::size_t i = 1; i <= bidders; ++i) open.admitted.push_back({BidderId{i}, {}});
  };
  EXPECT_EQ(opened_with([&](OpenLot& open) { fill(open, limits::bidders_a_lot + 1); }), "TOO_MANY");
  EXPECT_EQ(opened_with([&](OpenLot& open) {
              fill(open, limits::bidders_a_lot);
              open.rules.attempts_max = limits::attempts_a_bidder_max;
            }),
            "TOO_MANY");
  EXPECT_EQ(opened_with([&](OpenLot& open) { fill(open, limits::bidders_a_lot); }), "ACCEPTED");
  EXPECT_EQ(opened_with([](OpenLot&) {}), "DUPLICATE");
}

TEST(Lot, a_deduction_of_all_but_a_trace_is_the_largest) {
  Auction auction;
  auction.admitted[0].evaluation.deduction = BasisPoints{9'999};
  EXPECT_EQ(verdict(auction.open()), "ACCEPTED");
}

}  // namespace
}  // namespace engine::test
