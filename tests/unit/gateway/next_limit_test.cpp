// What the page offers as one tap: exactly what the engine accepts, a fen more is refused, and nothing that gives away
// what the bidder may not see.
#include "gateway/next_limit.h"

#include <gtest/gtest.h>

#include "tests/unit/gateway/little_lot.h"

namespace {

using namespace hub_test;
using namespace std::chrono_literals;
using engine::StepBasis;
using engine::StepKind;

std::optional<Money> limit_of(LittleLot const& lot, BidderId who) {
  return gateway::next_limit(*lot.picture, lot.of(who));
}
bool is_accepted(engine::Events const& events) {
  for (auto const& event : events) {
    if (std::holds_alternative<engine::BidAccepted>(event) || std::holds_alternative<engine::QuoteAccepted>(event)) {
      return true;
    }
  }
  return false;
}
engine::Events bid_fen(LittleLot& lot, BidderId who, Money price) {
  auto const name = "f" + std::to_string(lot.seq().number());
  return lot.say(engine::PlaceBid{little_lot, who, engine::PersonId{1}, price, key(name), engine::Consent::Given});
}
// A fen more is refused, the limit itself is accepted.
void expect_exact(LittleLot& lot, BidderId who, std::string const& where) {
  auto const limit = limit_of(lot, who);
  ASSERT_TRUE(limit) << where;
  EXPECT_FALSE(is_accepted(bid_fen(lot, who, *limit + Money::fen(1)))) << where;
  EXPECT_EQ(limit_of(lot, who), limit) << where << ": a refused bid moved it";
  EXPECT_TRUE(is_accepted(bid_fen(lot, who, *limit))) << where << ' ' << limit->in_fen();
}

struct Case {
  std::string name;
  void (*change)(engine::LotRules&);
};
class Reverse : public testing::TestWithParam<Case> {};

TEST_P(Reverse, is_exactly_what_the_engine_accepts) {
  auto rules = reverse_rules();
  rules.attempts_max = 1'000;
  GetParam().change(rules);
  LittleLot lot(rules, {{},
                        {{}, engine::BasisPoints{10'523}, Money::fen(777)},
                        {engine::BasisPoints{600}, engine::BasisPoints{engine::BasisPoints::whole}, {}}});
  bid_fen(lot, ann, limit_of(lot, ann).value());
  for (int i = 0; i < 12; ++i) {
    expect_exact(lot, bob, "bob " + std::to_string(i));
    expect_exact(lot, cyd, "cyd " + std::to_string(i));
    if (lot.picture->order().front() != lot.picture->index_of(ann)) expect_exact(lot, ann, "ann " + std::to_string(i));
  }
}
INSTANTIATE_TEST_SUITE_P(Rules, Reverse,
                         testing::Values(Case{"own", [](engine::LotRules&) {}},
                                         Case{"best", [](engine::LotRules& r) { r.step_basis = StepBasis::Best; }},
                                         Case{"percent",
                                              [](engine::LotRules& r) {
                                                r.step_kind = StepKind::Percent;
                                                r.decrement_share = engine::BasisPoints{333};
                                                r.step_basis = StepBasis::Best;
                                              }},
                                         Case{"multiple",
                                              [](engine::LotRules& r) {
                                                r.step_kind = StepKind::Multiple;
                                                r.decrement = Money::fen(700);
                                              }},
                                         Case{"ladder",
                                              [](engine::LotRules& r) {
                                                r.step_kind = StepKind::Ladder;
                                                r.ladder[0] = {yuan(90'000), yuan(4'000)};
                                                r.ladder[1] = {Money{}, yuan(100)};
                                              }},
                                         Case{"evaluated_best",
                                              [](engine::LotRules& r) {
                                                r.rank_by = engine::RankBy::Evaluated;
                                                r.step_basis = StepBasis::Best;
                                              }},
                                         Case{"leader_waits",
                                              [](engine::LotRules& r) {
                                                r.leader_waits = true, r.step_basis = StepBasis::Best;
                                              }}),
                         [](auto const& given) { return given.param.name; });

TEST(NextLimit, stays_out_of_the_buffer_around_the_lead) {
  auto rules = reverse_rules();
  rules.front_buffer = yuan(500);
  rules.back_buffer = yuan(300);
  LittleLot lot(rules);
  lot.bid(ann, 90'000);
  EXPECT_EQ(limit_of(lot, bob), yuan(100'000));
  lot.bid(bob, 90'305);
  EXPECT_EQ(limit_of(lot, bob), yuan(89'500)) << "90,295 would be inside";
  expect_exact(lot, bob, "bob");
}

TEST(NextLimit, there_is_none_where_it_would_tell_a_hidden_lead) {
  auto rules = reverse_rules();
  rules.step_basis = StepBasis::Best;
  rules.visibility = engine::visible::rank;
  LittleLot lot(rules);
  EXPECT_EQ(limit_of(lot, bob), yuan(100'000)) << "nobody has bid: the ceiling is public";
  lot.bid(ann, 90'000);
  EXPECT_EQ(limit_of(lot, bob), std::nullopt);
  EXPECT_EQ(limit_of(lot, ann), std::nullopt);
}

TEST(NextLimit, there_is_none_for_who_may_not_bid) {
  auto rules = reverse_rules();
  rules.rounds = 2;
  rules.eliminate = 1;
  rules.proxies = true;
  rules.trigger_window = {};
  rules.duration = 10min;
  LittleLot lot(rules);
  lot.bid(ann, 90'000);
  lot.bid(bob, 91'000);
  lot.bid(cyd, 92'000);
  lot.say(engine::SetProxy{little_lot, bob, engine::PersonId{1}, yuan(50'000), yuan(100)});
  ASSERT_TRUE(lot.of(bob).proxy_step);
  EXPECT_EQ(limit_of(lot, bob), std::nullopt);
  lot.later(10min);
  EXPECT_TRUE(lot.of(cyd).is_eliminated);
  EXPECT_EQ(limit_of(lot, cyd), std::nullopt);
  lot.say(engine::DisqualifyBidder{little_lot, ann, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  EXPECT_EQ(limit_of(lot, ann), std::nullopt);
}

TEST(NextLimit, a_second_round_begins_at_the_lead_of_the_first) {
  auto rules = reverse_rules();
  rules.rounds = 2;
  rules.trigger_window = {};
  rules.duration = 10min;
  LittleLot lot(rules);
  lot.bid(ann, 80'000);
  lot.bid(bob, 91'000);
  lot.later(10min);
  EXPECT_EQ(limit_of(lot, bob), yuan(80'000));
  expect_exact(lot, bob, "bob");
}

TEST(NextLimit, in_rounds_only_the_one_whose_turn_it_is_has_one) {
  LittleLot lot(rounds_rules());
  lot.bid(ann, 90'000);
  lot.bid(bob, 91'000);
  EXPECT_EQ(limit_of(lot, ann), std::nullopt) << "first quotes are hidden";
  lot.later(10min);
  EXPECT_EQ(limit_of(lot, bob), std::nullopt) << "between stages";
  lot.later(1min);
  EXPECT_EQ(limit_of(lot, ann), std::nullopt);
  expect_exact(lot, bob, "bob");
  EXPECT_EQ(limit_of(lot, bob), yuan(90'990)) << "what is pending counts from the end of the turn on";
}

TEST(NextLimit, a_level_is_its_own_limit) {
  LittleLot japanese(japanese_rules());
  expect_exact(japanese, ann, "ann");
  EXPECT_EQ(limit_of(japanese, ann), std::nullopt) << "accepted already";
  LittleLot dutch(dutch_rules());
  dutch.later(2min);
  EXPECT_EQ(limit_of(dutch, bob), yuan(30'000));
  expect_exact(dutch, bob, "the taker");
  EXPECT_EQ(limit_of(dutch, bob), std::nullopt);
  expect_exact(dutch, ann, "beats the taker");
  dutch.later(5min);
  EXPECT_EQ(limit_of(dutch, ann), std::nullopt);
  expect_exact(dutch, bob, "the best bid");
}

}  // namespace
