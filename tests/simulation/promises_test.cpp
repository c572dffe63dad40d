// The promises must be able to be broken: each is shown a world that breaks it, and says so; and one that keeps it.
#include "tests/simulation/promises.h"

#include <gtest/gtest.h>

#include "tests/simulation/byte_journal.h"
#include "tests/simulation/secrets.h"

namespace {

using namespace engine;
using namespace simulation;
namespace promises = simulation::promises;

constexpr LotId lot{(3 << 8) | 1};
constexpr LotId other_lot{(3 << 8) | 2};
constexpr BidderId one{1};
constexpr BidderId two{2};
constexpr BidderId stranger{9};

Instant at(std::int64_t millis) {
  return at_millis(millis);
}
BidKey key(std::string_view text) {
  BidKey key;
  std::ranges::copy(text, key.text.begin());
  return key;
}
PlaceBid bid(std::int64_t price, BidderId bidder = one, std::string_view text = "k") {
  return {lot, bidder, PersonId{1}, Money::fen(price), key(text), {}};
}

// A lot of ten seconds from 1,000 on, as told by events; commands count from 1.
class Told : public testing::Test {
 protected:
  void open(LotRules rules, LotId id = lot) {
    OpenLot const opened{id, rules, at(1'000), {{one, {}}, {two, {}}}, {}};
    picture.fold(Tick{}, LotScheduled{id, opened, at(1'000), at(11'000)});
    picture.fold(Tick{}, LotStarted{id, at(11'000)});
    cause.at = at(2'000);
  }
  void tell(Event const& event, Command const& because = Tick{}) { picture.fold(because, event); }
  Scene scene(LotId id = lot) const { return {cause, cause.at, picture, picture.find(id)}; }

  static LotRules reverse() {
    LotRules rules;
    rules.ceiling = Money::fen(1'000);
    rules.decrement = Money::fen(1);
    rules.duration = std::chrono::seconds{10};
    rules.hard_cap = std::chrono::seconds{20};
    rules.attempts_max = 2;
    return rules;
  }
  static LotRules of(Format format) {
    auto rules = reverse();
    rules.format = format;
    rules.turn = std::chrono::seconds{10};
    rules.first_level = Money::fen(500);
    rules.last_level = Money::fen(400);
    rules.level_step = Money::fen(50);
    return rules;
  }
  Receipt receipt(BidderId bidder = one, std::string_view text = "k", std::uint32_t attempt = 1) const {
    return {lot, bidder, key(text), cause.seq, cause.at, attempt, {}};
  }
  BidAccepted accepted(std::int64_t price, BidderId bidder = one, std::string_view text = "k") const {
    return {receipt(bidder, text), {Money::fen(price), 1, 0, Money::fen(price), bidder}};
  }
  LotClosed closed(std::int64_t price) const {
    return {lot,
            LotState::Awarded,
            at(11'000),
            {{1, one, Money::fen(price), Evaluation{}.of(Money::fen(price)), cause.seq, cause.at, false}},
            {{cause.seq, cause.at, one, Money::fen(price), false}}};
  }

  Picture picture;
  Sequenced cause{Seq{5}, {}, at(2'000), {}, {}, bid(900)};
};

TEST_F(Told, a_command_without_an_outcome_and_one_with_two_are_noticed) {
  EXPECT_FALSE(promises::one_outcome_a_command(bid(900), Events{BidRefused{receipt()}}));
  EXPECT_TRUE(promises::one_outcome_a_command(bid(900), Events{}));
  EXPECT_TRUE(promises::one_outcome_a_command(bid(900), Events{BidRefused{receipt()}, BidRepeated{receipt()}}));
  EXPECT_TRUE(promises::one_outcome_a_command(PauseLot{}, Events{LotPaused{}, LotCommandRefused{}}));
  EXPECT_TRUE(promises::one_outcome_a_command(Tick{}, Events{LotCommandRefused{}}));
}

TEST_F(Told, a_gap_between_seqs_is_noticed) {
  EXPECT_FALSE(promises::places_are_dense(Seq{4}, Seq{5}));
  EXPECT_TRUE(promises::places_are_dense(Seq{4}, Seq{6}));
  EXPECT_TRUE(promises::places_are_dense(Seq{4}, Seq{4}));
}

TEST_F(Told, a_bid_in_the_wrong_state_or_moment_is_noticed) {
  open(reverse());
  EXPECT_FALSE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900)));
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900, stranger)));
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), QuoteAccepted{receipt()}));
  cause.at = at(11'000);
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900))) << "exactly at the end";
  cause.at = at(2'000);
  tell(BiddersEliminated{lot, {}, {one}});
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900)));
  tell(BidderDisqualified{lot, two, {}, "", {}, {}});
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900, two)));
  tell(LotPaused{lot, {}, "", {}});
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900, two)));
}

TEST_F(Told, a_bid_in_anothers_turn_or_in_a_break_is_noticed) {
  open(of(Format::Rounds));
  tell(StageStarted{lot, {.kind = StageKind::Turn, .turn = 1, .bidder = two}, at(21'000)});
  EXPECT_FALSE(promises::a_bid_counts_only_in_its_stage(scene(), QuoteAccepted{receipt(two)}));
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), QuoteAccepted{receipt(one)}));
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900, two))) << "told in the open";
  tell(StageStarted{lot, {.kind = StageKind::Break}, at(22'000)});
  EXPECT_TRUE(promises::a_bid_counts_only_in_its_stage(scene(), accepted(900, two)));
}

TEST_F(Told, a_key_that_is_answered_in_two_ways_is_noticed) {
  open(reverse());
  auto const first = receipt();
  EXPECT_TRUE(promises::a_known_key_gets_its_first_answer(scene(), BidRepeated{first})) << "never answered";
  tell(accepted(900), bid(900));
  EXPECT_FALSE(promises::a_known_key_gets_its_first_answer(scene(), BidRepeated{first}));
  auto other = first;
  other.seq = Seq{6};
  EXPECT_TRUE(promises::a_known_key_gets_its_first_answer(scene(), BidRepeated{other}));
  EXPECT_TRUE(promises::a_known_key_gets_its_first_answer(scene(), accepted(900))) << "decided twice";
}

TEST_F(Told, attempts_that_skip_a_number_or_exceed_the_bound_are_noticed) {
  open(reverse());
  EXPECT_FALSE(promises::attempts_are_numbered_and_bounded(scene(), BidRefused{receipt(one, "k", 1)}));
  EXPECT_TRUE(promises::attempts_are_numbered_and_bounded(scene(), BidRefused{receipt(one, "k", 2)}));
  tell(BidRefused{receipt(one, "k", 1)});
  tell(BidRefused{receipt(one, "l", 2)});
  EXPECT_TRUE(promises::attempts_are_numbered_and_bounded(scene(), BidRefused{receipt(one, "m", 3)}));
}

TEST_F(Told, an_answer_to_what_nobody_asked_is_noticed) {
  open(reverse());
  EXPECT_FALSE(promises::what_is_accepted_was_asked(scene(), accepted(900)));
  EXPECT_TRUE(promises::what_is_accepted_was_asked(scene(), accepted(899))) << "another price";
  EXPECT_TRUE(promises::what_is_accepted_was_asked(scene(), accepted(900, two))) << "another bidder";
  cause.command = bid(1'001);
  EXPECT_TRUE(promises::what_is_accepted_was_asked(scene(), accepted(1'001))) << "above the ceiling";
  cause.command = Tick{};
  EXPECT_TRUE(promises::what_is_accepted_was_asked(scene(), accepted(900)));
}

TEST_F(Told, a_level_taken_at_another_price_is_noticed) {
  open(of(Format::Japanese));
  tell(StageStarted{lot, {.kind = StageKind::Level, .turn = 1, .level = Money::fen(500)}, at(11'000)});
  cause.command = bid(500);
  EXPECT_FALSE(promises::what_is_accepted_was_asked(scene(), accepted(500)));
  cause.command = bid(499);
  EXPECT_TRUE(promises::what_is_accepted_was_asked(scene(), accepted(499)));
}

TEST_F(Told, a_proxy_that_forgets_its_limit_is_noticed) {
  open(reverse());
  ProxyBid const automatic{lot, one, cause.seq, cause.at, {Money::fen(800), 1, 0, Money::fen(800), one}};
  EXPECT_TRUE(promises::a_proxy_keeps_its_limit(scene(), automatic)) << "never asked for";
  tell(ProxySet{lot, one, {}, {}}, SetProxy{lot, one, {}, Money::fen(800), Money::fen(1)});
  EXPECT_FALSE(promises::a_proxy_keeps_its_limit(scene(), automatic));
  EXPECT_TRUE(promises::a_proxy_keeps_its_limit(scene(), accepted(900))) << "by hand beside it";
  auto below = automatic;
  below.placed.price = Money::fen(799);
  EXPECT_TRUE(promises::a_proxy_keeps_its_limit(scene(), below));
  tell(ProxyEnded{lot, one, {}, ProxyEnd::Cancelled});
  EXPECT_TRUE(promises::a_proxy_keeps_its_limit(scene(), automatic));
}

TEST_F(Told, a_proxy_that_sleeps_while_another_leads_is_noticed) {
  auto rules = reverse();
  rules.proxies = true;
  open(rules);
  tell(accepted(900), bid(900));
  tell(ProxySet{lot, one, {}, {}}, SetProxy{lot, one, {}, Money::fen(700), Money::fen(1)});
  EXPECT_FALSE(promises::no_proxy_sleeps_now(*picture.find(lot)));
  tell(accepted(800, two), bid(800, two));
  EXPECT_TRUE(promises::no_proxy_sleeps_now(*picture.find(lot)));
}

TEST_F(Told, one_who_is_put_out_twice_is_noticed) {
  open(reverse());
  BiddersEliminated const out{lot, {}, {one}};
  EXPECT_FALSE(promises::one_who_is_out_is_put_out_once(scene(), out));
  tell(out);
  EXPECT_TRUE(promises::one_who_is_out_is_put_out_once(scene(), out));
}

TEST_F(Told, a_lead_that_rises_is_noticed_unless_somebody_acted) {
  open(reverse());
  tell(accepted(900), bid(900));
  auto const best = picture.find(lot)->lead();
  Event const cancelled = BidCancelled{lot, one, Seq{5}, {}, "", {}, {}};
  tell(accepted(950, two), bid(950, two));
  EXPECT_FALSE(promises::the_lead_never_rises_now(scene(), accepted(950, two), best));
  tell(cancelled);
  EXPECT_FALSE(promises::the_lead_never_rises_now(scene(), cancelled, best));
  EXPECT_TRUE(promises::the_lead_never_rises_now(scene(), LotStarted{lot, {}}, best));
}

TEST_F(Told, another_order_than_there_is_is_noticed) {
  open(reverse());
  tell(accepted(900), bid(900));
  tell(accepted(950, two), bid(950, two));
  BidAccepted told{receipt(two), {Money::fen(950), 2, 0, Money::fen(900), one}};
  EXPECT_FALSE(promises::the_order_told_is_the_order_now(scene(), told));
  told.placed.rank = 1;
  EXPECT_TRUE(promises::the_order_told_is_the_order_now(scene(), told));
  told.placed.best = Money::fen(950);
  EXPECT_TRUE(promises::the_order_told_is_the_order_now(scene(), told));
  BidderReinstated const back{lot, two, {}, "", {two, one}, Money::fen(900)};
  EXPECT_TRUE(promises::the_order_told_is_the_order_now(scene(), back));
  QuotesOpened const opened{lot, {}, {{one, Money::fen(900)}, {two, Money::fen(949)}}};
  EXPECT_TRUE(promises::the_order_told_is_the_order_now(scene(), opened));
  TurnEnded const turn{lot, {.bidder = two}, Money::fen(949), true, 2};
  EXPECT_TRUE(promises::the_order_told_is_the_order_now(scene(), turn));
}

TEST_F(Told, a_hidden_order_that_is_told_is_noticed) {
  open(of(Format::Sealed));
  tell(QuoteAccepted{receipt()}, bid(900));
  BidderReinstated back{lot, two, {}, "", {}, {}};
  EXPECT_FALSE(promises::the_order_told_is_the_order_now(scene(), back));
  back.order = {one};
  EXPECT_TRUE(promises::the_order_told_is_the_order_now(scene(), back));
}

TEST_F(Told, an_end_that_moves_back_is_noticed) {
  open(reverse());
  EXPECT_FALSE(promises::an_end_never_moves_back(scene(), LotExtended{lot, at(11'000), at(12'000), {}}));
  EXPECT_TRUE(promises::an_end_never_moves_back(scene(), LotExtended{lot, at(11'000), at(10'000), {}}));
  EXPECT_TRUE(promises::an_end_never_moves_back(scene(), LotExtended{lot, at(10'000), at(12'000), {}}));
  EXPECT_TRUE(promises::an_end_never_moves_back(scene(), LotResumed{lot, {}, "", at(10'999)}));
  EXPECT_TRUE(promises::an_end_never_moves_back(scene(), StageStarted{lot, {}, at(11'000)}));
  auto early = closed(900);
  EXPECT_FALSE(promises::an_end_never_moves_back(scene(), early));
  early.closed_at = at(10'999);
  EXPECT_TRUE(promises::an_end_never_moves_back(scene(), early));
  EXPECT_TRUE(promises::an_end_never_moves_back(scene(), BiddingEnded{lot, at(10'999)}));
}

TEST_F(Told, an_extension_beyond_the_cap_is_noticed) {
  open(reverse());
  auto const extended = [](std::int64_t to, ExtendedBecause because) {
    return LotExtended{lot, at(11'000), at(to), because};
  };
  EXPECT_FALSE(promises::an_extension_stays_below_the_cap(scene(), extended(21'000, ExtendedBecause::LateBid)));
  EXPECT_TRUE(promises::an_extension_stays_below_the_cap(scene(), extended(21'001, ExtendedBecause::LateBid)));
  EXPECT_TRUE(promises::an_extension_stays_below_the_cap(scene(), extended(21'001, ExtendedBecause::OtherLot)));
  EXPECT_FALSE(promises::an_extension_stays_below_the_cap(scene(), extended(21'001, ExtendedBecause::Outage)));
  tell(extended(12'000, ExtendedBecause::Outage));  // an outage of a second: the cap moves with it
  EXPECT_FALSE(promises::an_extension_stays_below_the_cap(scene(), extended(22'000, ExtendedBecause::LateBid)));
  EXPECT_TRUE(promises::an_extension_stays_below_the_cap(scene(), extended(22'001, ExtendedBecause::LateBid)));
}

TEST_F(Told, what_is_due_and_waits_is_noticed) {
  EXPECT_FALSE(promises::nothing_due_waits(at(5), at(6)));
  EXPECT_TRUE(promises::nothing_due_waits(at(5), at(5)));
}

TEST_F(Told, stages_out_of_order_are_noticed) {
  open(of(Format::Japanese));
  auto const level = [](std::uint16_t turn, std::int64_t price) {
    return StageStarted{lot, {.kind = StageKind::Level, .turn = turn, .level = Money::fen(price)}, at(21'000)};
  };
  tell(level(1, 500));
  EXPECT_FALSE(promises::stages_follow_each_other(scene(), level(2, 450)));
  EXPECT_TRUE(promises::stages_follow_each_other(scene(), level(3, 400))) << "a level left out";
  EXPECT_TRUE(promises::stages_follow_each_other(scene(), level(2, 451))) << "another price";
  EXPECT_TRUE(promises::stages_follow_each_other(
      scene(), StageStarted{lot, {.kind = StageKind::Turn, .round = 2, .turn = 1}, at(21'000)}))
      << "more rounds than there are";
  tell(LotAborted{lot, {}, ""});
  EXPECT_TRUE(promises::stages_follow_each_other(scene(), level(2, 450)));
}

TEST_F(Told, a_state_that_does_not_follow_is_noticed) {
  open(reverse());
  EXPECT_FALSE(promises::a_state_follows_from_the_one_before(scene(), LotPaused{}));
  EXPECT_TRUE(promises::a_state_follows_from_the_one_before(scene(), LotResumed{}));
  EXPECT_TRUE(promises::a_state_follows_from_the_one_before(scene(), AwardAsked{}));
  tell(LotAborted{lot, {}, ""});
  EXPECT_TRUE(promises::a_state_follows_from_the_one_before(scene(), LotAborted{})) << "aborted twice";
  EXPECT_TRUE(promises::a_state_follows_from_the_one_before(scene(), closed(900)));
}

TEST_F(Told, a_close_that_loses_or_changes_a_bid_is_noticed) {
  open(reverse());
  tell(accepted(900), bid(900));
  EXPECT_FALSE(promises::the_close_tells_every_accepted_bid(scene(), closed(900)));
  EXPECT_TRUE(promises::the_close_tells_every_accepted_bid(scene(), closed(899)));
  auto lost = closed(900);
  lost.history.clear();
  EXPECT_TRUE(promises::the_close_tells_every_accepted_bid(scene(), lost));
  auto voided = closed(900);
  voided.history[0].voided = true;
  EXPECT_TRUE(promises::the_close_tells_every_accepted_bid(scene(), voided));
}

TEST_F(Told, a_ranking_of_what_does_not_count_is_noticed) {
  open(reverse());
  tell(accepted(900), bid(900));
  EXPECT_FALSE(promises::the_close_ranks_what_counts(scene(), closed(900)));
  EXPECT_TRUE(promises::the_close_ranks_what_counts(scene(), closed(899)));
  auto evaluated = closed(900);
  evaluated.standings[0].evaluated_price.whole += 1;
  EXPECT_TRUE(promises::the_close_ranks_what_counts(scene(), evaluated));
  tell(BidderDisqualified{lot, one, {}, "", {}, {}});
  EXPECT_TRUE(promises::the_close_ranks_what_counts(scene(), closed(900)));
}

TEST_F(Told, a_second_winner_is_noticed) {
  open(reverse());
  tell(closed(900));
  EXPECT_FALSE(promises::one_winner(scene(), AwardAsked{lot, one, Money::fen(900), {}}));
  EXPECT_TRUE(promises::one_winner(scene(), AwardAsked{lot, one, Money::fen(899), {}})) << "at another price";
  EXPECT_TRUE(promises::one_winner(scene(), AwardAsked{lot, two, Money::fen(900), {}})) << "without a standing";
  tell(AwardAsked{lot, one, Money::fen(900), {}});
  AwardAnswered const confirmed{lot, one, {}, AwardOutcome::Confirmed, LotState::OrderConfirmed, false};
  auto by_another = confirmed;
  by_another.bidder = two;
  EXPECT_FALSE(promises::one_winner(scene(), confirmed));
  EXPECT_TRUE(promises::one_winner(scene(), by_another));
  tell(confirmed);
  EXPECT_TRUE(promises::one_winner(scene(), confirmed)) << "confirmed twice";
  EXPECT_TRUE(promises::one_winner(scene(), AwardAsked{lot, one, Money::fen(900), {}}));
}

TEST_F(Told, a_group_that_does_not_wait_is_noticed) {
  auto rules = reverse();
  rules.release = Release::AwardsTogether;
  open(rules);
  open(rules, other_lot);
  EXPECT_TRUE(promises::a_group_awaits_its_last_lot(scene(), closed(900))) << "awarded at its own end";
  auto waiting = closed(900);
  waiting.state = LotState::ResultPending;
  EXPECT_FALSE(promises::a_group_awaits_its_last_lot(scene(), waiting));
  tell(waiting);
  AwardAsked const asked{lot, one, Money::fen(900), {}};
  EXPECT_TRUE(promises::a_group_awaits_its_last_lot(scene(), asked)) << "the other still runs";
  tell(LotAborted{other_lot, {}, ""});
  EXPECT_FALSE(promises::a_group_awaits_its_last_lot(scene(), asked));
}

TEST_F(Told, practice_that_asks_somebody_is_noticed) {
  auto rules = reverse();
  rules.practice = true;
  open(rules);
  auto ended = closed(900);
  EXPECT_TRUE(promises::practice_asks_nobody(scene(), ended)) << "awarded";
  ended.state = LotState::PracticeEnded;
  EXPECT_FALSE(promises::practice_asks_nobody(scene(), ended));
  EXPECT_TRUE(promises::practice_asks_nobody(scene(), AwardAsked{lot, one, Money::fen(900), {}}));
}

TEST_F(Told, another_memory_than_before_is_noticed) {
  EXPECT_FALSE(promises::a_replay_says_the_same(Seq{1}, 7, 7));
  EXPECT_TRUE(promises::a_replay_says_the_same(Seq{1}, 7, 8));
  EXPECT_FALSE(promises::equal_journals_give_equal_digests(7, 7));
  EXPECT_TRUE(promises::equal_journals_give_equal_digests(7, 8));
  EXPECT_FALSE(promises::a_repeat_changes_nothing(7, 7));
  EXPECT_TRUE(promises::a_repeat_changes_nothing(7, 8));
}

class Signed : public Told {
 protected:
  void SetUp() override {
    auto rules = reverse();
    rules.signed_bids = true;
    open(rules);
  }
  // As the engine tells an accepted one.
  void accept(BidderId bidder, std::uint64_t seq, Signature const& signature) {
    auto const placed = bid(900, bidder, "s" + std::to_string(seq));
    PlaceSignedBid const asked{placed, signature};
    Receipt const receipt{lot, bidder, placed.key, Seq{seq}, at(2'000), 1, {}};
    tell(BidAccepted{receipt, {placed.price, 1, 0, placed.price, bidder}}, asked);
    tell(BidSigned{placed, Seq{seq}, at(2'000), signature}, asked);
  }
  LotClosed closed_with(BidderId bidder, std::uint64_t seq) const {
    LotClosed closed;
    closed.lot = lot;
    closed.state = LotState::Awarded;
    auto& standing = closed.standings.emplace_back();
    standing.bidder = bidder;
    standing.price = Money::fen(900);
    standing.seq = Seq{seq};
    return closed;
  }
};

TEST_F(Signed, a_bid_without_a_signature_is_not_accepted) {
  Receipt const receipt{lot, one, key("k"), Seq{1}, at(2'000), 1, {}};
  BidAccepted const accepted{receipt, {}};
  cause.command = bid(900);
  EXPECT_TRUE(promises::a_bid_is_signed_where_that_is_asked(scene(), accepted));
  cause.command = PlaceSignedBid{bid(900), {}};
  EXPECT_FALSE(promises::a_bid_is_signed_where_that_is_asked(scene(), accepted));
}

TEST_F(Signed, nothing_is_verified_where_nobody_asked) {
  open(reverse(), other_lot);
  EXPECT_TRUE(promises::a_bid_is_signed_where_that_is_asked(scene(other_lot), BidSigned{}));
  EXPECT_FALSE(promises::a_bid_is_signed_where_that_is_asked(scene(), BidSigned{}));
}

TEST_F(Signed, only_a_forged_bid_is_voided_for_its_signature) {
  accept(one, 1, genuine_signature(one));
  accept(two, 2, {});
  cause.command = NoteSignatures{lot, Seq{2}, {Seq{1}}};
  EXPECT_TRUE(promises::only_forged_signatures_void(scene(), BidCancelled{lot, one, Seq{1}, {}, {}, {}, {}}));
  EXPECT_FALSE(promises::only_forged_signatures_void(scene(), BidCancelled{lot, two, Seq{2}, {}, {}, {}, {}}));
}

TEST_F(Signed, a_close_before_the_last_note_is_found) {
  accept(one, 1, genuine_signature(one));
  accept(two, 2, genuine_signature(two));
  auto const closed = closed_with(one, 1);
  EXPECT_TRUE(promises::the_close_awaits_every_signature(scene(), closed));
  picture.note({lot, Seq{1}, {}});
  EXPECT_TRUE(promises::the_close_awaits_every_signature(scene(), closed));
  picture.note({lot, Seq{2}, {}});
  EXPECT_FALSE(promises::the_close_awaits_every_signature(scene(), closed));
}

TEST_F(Signed, a_forged_bid_has_no_rank) {
  accept(one, 1, {});
  accept(two, 2, genuine_signature(two));
  EXPECT_TRUE(promises::no_forged_bid_is_ranked(scene(), closed_with(one, 1)));
  EXPECT_FALSE(promises::no_forged_bid_is_ranked(scene(), closed_with(two, 2)));
}

}  // namespace
