// Who is where: shared ranks, evaluated prices, prices that come to light later; and what of it bidders may see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/gateway/little_lot.h"

namespace {

using namespace hub_test;
using namespace std::chrono_literals;
using gateway::Colour;

std::vector<int> ranks(LittleLot const& lot) {
  return {lot.of(ann).rank, lot.of(bob).rank, lot.of(cyd).rank};
}
// The rank that the engine told with a bid is the one in the picture.
void bid(LittleLot& lot, BidderId who, std::int64_t yuans) {
  for (auto const& event : lot.bid(who, yuans)) {
    if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) {
      EXPECT_EQ(lot.of(who).rank, accepted->placed.rank);
      EXPECT_EQ(lot.picture->best(), accepted->placed.best);
    }
  }
}
LittleLot with_a_tie(engine::Ties ties) {
  auto rules = reverse_rules();
  rules.ties = ties;
  rules.visibility = engine::visible::everything & ~engine::visible::lead_after_bid;
  LittleLot lot(rules);
  bid(lot, ann, 80'000);
  bid(lot, bob, 80'000);
  bid(lot, cyd, 90'000);
  return lot;
}

TEST(PictureOrder, ties_share_a_rank_as_the_rules_say) {
  EXPECT_THAT(ranks(with_a_tie(engine::Ties::Earliest)), testing::ElementsAre(1, 2, 3));
  EXPECT_THAT(ranks(with_a_tie(engine::Ties::EqualBest)), testing::ElementsAre(1, 1, 3));
  EXPECT_THAT(ranks(with_a_tie(engine::Ties::EqualWorst)), testing::ElementsAre(2, 2, 3));
}

TEST(PictureOrder, ranks_are_the_same_whether_somebody_looks_after_every_bid_or_at_the_end_only) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    LittleLot watched(reverse_rules()), alone(reverse_rules());
    for (int i = 0; i < 40; ++i) {
      BidderId const who{1 + random() % 3};
      auto const price = static_cast<std::int64_t>(500 * (20 + random() % 150));
      bid(watched, who, price);
      alone.bid(who, price);
      if (random() % 4 != 0) continue;
      watched.picture->settle(engine::at_millis(i));
      alone.picture->settle(engine::at_millis(i));
    }
    EXPECT_EQ(ranks(alone), ranks(watched));
  }
}

TEST(PictureOrder, who_looks_is_told_of_everybody_whom_the_last_bids_moved) {
  LittleLot lot(reverse_rules());
  lot.bid(ann, 90'000);
  lot.bid(bob, 80'000);
  lot.picture->settle(engine::at_millis(1));
  lot.bid(cyd, 85'000);
  EXPECT_THAT(lot.picture->changes().touched,
              testing::UnorderedElementsAre(lot.picture->index_of(ann), lot.picture->index_of(cyd)));
  EXPECT_THAT(ranks(lot), testing::ElementsAre(3, 1, 2));
}

TEST(PictureOrder, green_leads_yellow_is_equal_to_the_lead_red_is_behind) {
  auto const lot = with_a_tie(engine::Ties::EqualBest);
  EXPECT_EQ(lot.of(ann).colour, Colour::Green);
  EXPECT_EQ(lot.of(bob).colour, Colour::Yellow);
  EXPECT_EQ(lot.of(cyd).colour, Colour::Red);
  EXPECT_EQ(lot.of(cyd).count, 3U);
}

TEST(PictureOrder, shared_ranks_follow_every_bid_and_every_disqualification) {
  auto lot = with_a_tie(engine::Ties::EqualWorst);
  bid(lot, cyd, 80'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(3, 3, 3));
  lot.say(engine::DisqualifyBidder{little_lot, ann, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  EXPECT_THAT(ranks(lot), testing::ElementsAre(0, 2, 2));
  bid(lot, bob, 70'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(0, 1, 2));
  lot.say(engine::ReinstateBidder{little_lot, ann, engine::PersonId{9}, "申诉成立,恢复其资格条件"});
  EXPECT_THAT(ranks(lot), testing::ElementsAre(3, 1, 3));
}

TEST(PictureOrder, evaluated_prices_rank_where_the_rules_say_so) {
  auto rules = reverse_rules();
  rules.rank_by = engine::RankBy::Evaluated;
  rules.ties = engine::Ties::EqualBest;
  LittleLot lot(rules, {{}, {engine::BasisPoints{1'000}, engine::BasisPoints{engine::BasisPoints::whole}, {}}, {}});
  bid(lot, ann, 90'000);
  bid(lot, bob, 95'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(2, 1, 0));
  EXPECT_EQ(lot.picture->best(), yuan(95'000)) << "the price of who leads, as it is";
}

TEST(PictureOrder, a_cancelled_bid_uncovers_the_one_before) {
  LittleLot lot(reverse_rules());
  bid(lot, ann, 90'000);
  bid(lot, bob, 85'000);
  bid(lot, ann, 80'000);
  auto const seq = lot.seq();
  lot.say(engine::CancelBid{little_lot, ann, seq, engine::PersonId{9}, "报价录入有误"});
  EXPECT_THAT(ranks(lot), testing::ElementsAre(2, 1, 0));
  EXPECT_EQ(lot.of(ann).last, yuan(90'000));
  auto const& line = lot.picture->bids().back();
  EXPECT_TRUE(line.is_voided);
  EXPECT_EQ(line.seq, seq);
  EXPECT_EQ(line.price, yuan(80'000));
}

TEST(PictureOrder, turns_move_a_bidder_only_when_they_end) {
  LittleLot lot(rounds_rules());
  lot.bid(ann, 90'000);
  lot.bid(bob, 80'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(0, 0, 0));
  EXPECT_EQ(lot.picture->best(), std::nullopt);
  lot.later(10min);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(2, 1, 0));
  lot.later(1min);
  ASSERT_EQ(lot.picture->stage()->bidder, ann) << "the worst begins";
  lot.bid(ann, 70'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(2, 1, 0));
  EXPECT_EQ(lot.picture->best(), yuan(80'000));
  lot.later(2min);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(1, 2, 0));
  EXPECT_EQ(lot.picture->best(), yuan(70'000));
}

TEST(PictureOrder, sealed_bids_against_a_taker_come_to_light_together) {
  LittleLot lot(dutch_rules());
  lot.later(2min);
  lot.bid(cyd, 30'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(0, 0, 1));
  lot.bid(ann, 29'000);
  lot.bid(bob, 28'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(0, 0, 1));
  EXPECT_EQ(lot.picture->best(), yuan(30'000));
  lot.later(5min);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(2, 1, 3));
  EXPECT_EQ(lot.picture->best(), yuan(28'000));
  lot.later(5min);
  EXPECT_EQ(lot.picture->bids().size(), 3U) << "each once, the taker's too";
}

TEST(PictureOrder, a_taker_who_goes_takes_what_is_known_along) {
  LittleLot lot(dutch_rules());
  lot.bid(cyd, 10'000);
  lot.bid(ann, 9'000);
  lot.say(engine::DisqualifyBidder{little_lot, cyd, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  EXPECT_THAT(ranks(lot), testing::ElementsAre(0, 0, 0));
  EXPECT_EQ(lot.picture->best(), std::nullopt);
}

TEST(PictureOrder, automatic_bids_move_like_any_other) {
  auto rules = reverse_rules();
  rules.proxies = true;
  LittleLot lot(rules);
  bid(lot, ann, 90'000);
  lot.say(engine::SetProxy{little_lot, ann, engine::PersonId{1}, yuan(50'000), yuan(100)});
  EXPECT_EQ(lot.of(ann).proxy_step, yuan(100));
  lot.bid(bob, 80'000);
  EXPECT_THAT(ranks(lot), testing::ElementsAre(1, 2, 0));
  EXPECT_TRUE(lot.picture->bids().back().is_automatic);
  EXPECT_LT(*lot.picture->best(), yuan(80'000));
}

TEST(PictureOrder, the_lead_is_public_once_enough_have_bid) {
  auto rules = reverse_rules();
  rules.lead_from_bidders = 2;
  LittleLot lot(rules);
  bid(lot, ann, 90'000);
  EXPECT_EQ(lot.picture->public_best(), std::nullopt);
  bid(lot, bob, 95'000);
  EXPECT_EQ(lot.picture->public_best(), yuan(90'000));
  EXPECT_TRUE(lot.picture->changes().lot & gateway::changed::best);
  lot.say(engine::DisqualifyBidder{little_lot, bob, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  EXPECT_EQ(lot.picture->public_best(), std::nullopt);
}

TEST(PictureOrder, a_lead_for_those_who_bid_is_not_public) {
  auto rules = reverse_rules();
  rules.visibility = engine::visible::lead | engine::visible::lead_after_bid;
  LittleLot lot(rules);
  bid(lot, ann, 90'000);
  EXPECT_EQ(lot.picture->public_best(), std::nullopt);
  EXPECT_EQ(lot.of(ann).lead, yuan(90'000));
  EXPECT_EQ(lot.of(bob).lead, std::nullopt);
}

}  // namespace
