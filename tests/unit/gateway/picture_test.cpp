// The fold of one lot: the engine's events in, the picture and what changed of it out.
#include "gateway/picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/hall.h"
#include "gateway/next_limit.h"
#include "tests/unit/gateway/little_lot.h"

namespace {

using namespace hub_test;
using gateway::Picture;

LotId const lot = little_lot;

// The real engine in front of one picture.
class PictureTest : public testing::Test {
 protected:
  void open(engine::LotRules const& rules) {
    say(engine::OpenLot{lot, rules, now_, {{ann, {}}, {bob, {}}, {cyd, {}}}});
  }
  void bid(BidderId bidder, std::int64_t yuans) {
    auto const name = "k" + std::to_string(seq_.number());
    say(engine::PlaceBid{lot, bidder, engine::PersonId{1}, yuan(yuans), key(name), engine::Consent::Given});
  }
  // The place of the bid.
  engine::Seq sign(BidderId bidder, std::int64_t yuans) {
    auto const name = "k" + std::to_string(seq_.number());
    say(engine::PlaceSignedBid{{lot, bidder, engine::PersonId{1}, yuan(yuans), key(name), engine::Consent::Given}, {}});
    return seq_;
  }
  void say(engine::Command command) {
    seq_ = engine::next(seq_);
    now_ += engine::Duration{1};
    engine::Events events;
    hall_.apply({seq_, {}, now_, std::nullopt, {}, std::move(command)}, events);
    for (auto const& event : events) {
      if (auto const* scheduled = std::get_if<engine::LotScheduled>(&event))
        picture.emplace(*scheduled);
      else
        picture->fold(event);
    }
  }
  void later(engine::Duration span) {
    now_ += span;
    say(engine::Tick{});
  }
  gateway::Bidder const& of(BidderId bidder) { return picture->bidders()[picture->find(bidder).value()]; }
  std::vector<int> ranks() { return {of(ann).rank, of(bob).rank, of(cyd).rank}; }

  std::optional<Picture> picture;

 private:
  engine::Hall hall_;
  engine::Seq seq_;
  engine::Instant now_ = engine::at_millis(1'795'000'000'000);
};

TEST_F(PictureTest, ranks_shift_as_the_events_say) {
  open(reverse_rules());
  bid(ann, 90'000);
  bid(bob, 80'000);
  bid(cyd, 85'000);
  EXPECT_THAT(ranks(), testing::ElementsAre(3, 1, 2));
  bid(ann, 70'000);
  EXPECT_THAT(ranks(), testing::ElementsAre(1, 2, 3));
}

TEST_F(PictureTest, only_those_concerned_are_touched) {
  open(reverse_rules());
  bid(ann, 90'000);
  bid(bob, 80'000);
  picture->settle(engine::at_millis(1));
  bid(cyd, 95'000);
  EXPECT_THAT(picture->changes().touched, testing::ElementsAre(picture->find(cyd).value()));
  EXPECT_FALSE(picture->changes().lot & gateway::changed::best);
}

TEST_F(PictureTest, a_disqualified_bidder_leaves_the_order_and_may_come_back) {
  open(reverse_rules());
  bid(ann, 90'000);
  bid(bob, 80'000);
  say(engine::DisqualifyBidder{lot, bob, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  EXPECT_THAT(ranks(), testing::ElementsAre(1, 0, 0));
  EXPECT_EQ(picture->best(), yuan(90'000));
  EXPECT_EQ(gateway::next_limit(*picture, of(bob)), std::nullopt);
  say(engine::ReinstateBidder{lot, bob, engine::PersonId{9}, "申诉成立,恢复其资格条件"});
  EXPECT_THAT(ranks(), testing::ElementsAre(2, 1, 0));
  EXPECT_EQ(gateway::next_limit(*picture, of(bob)), yuan(79'990));
}

TEST_F(PictureTest, a_sealed_lot_holds_no_price_before_its_close) {
  open(sealed_rules());
  bid(ann, 90'000);
  bid(bob, 80'000);
  EXPECT_TRUE(picture->bids().empty());
  EXPECT_EQ(of(ann).last, std::nullopt);
  EXPECT_EQ(of(ann).kept.at(0).price, yuan(0));
  EXPECT_EQ(picture->best(), std::nullopt);
  later(std::chrono::hours{1});
  EXPECT_EQ(picture->bids().size(), 2u);
  EXPECT_THAT(ranks(), testing::ElementsAre(2, 1, 0));
}

TEST_F(PictureTest, a_pause_keeps_what_remains_and_a_resume_moves_the_end) {
  open(reverse_rules());
  auto const end = picture->ends_at();
  say(engine::PauseLot{lot, engine::PersonId{9}, "设备故障,稍后继续进行"});
  EXPECT_EQ(picture->state(), engine::LotState::Paused);
  auto const remaining = picture->remaining();
  ASSERT_TRUE(remaining);
  later(std::chrono::hours{5});
  EXPECT_EQ(picture->remaining(), remaining);
  say(engine::ResumeLot{lot, engine::PersonId{9}, "故障已排除,继续进行"});
  EXPECT_EQ(picture->remaining(), std::nullopt);
  EXPECT_GT(picture->ends_at(), end);
}

TEST_F(PictureTest, an_accepted_attempt_keeps_its_price_and_a_refused_one_has_none) {
  open(reverse_rules());
  bid(ann, 90'000);
  bid(ann, 95'000);
  EXPECT_EQ(of(ann).kept[0].price, yuan(90'000));
  EXPECT_EQ(of(ann).kept[1].price, yuan(0));
}

TEST_F(PictureTest, the_course_of_the_price_has_a_point_for_what_was_told_and_not_for_each_bid) {
  open(reverse_rules());
  auto const told = [&](std::int64_t at) { picture->settle(engine::at_millis(at)); };
  told(1);
  bid(ann, 90'000);
  bid(bob, 80'000);
  told(2);
  bid(cyd, 85'000);
  told(3);
  say(engine::DisqualifyBidder{lot, bob, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  told(4);
  say(engine::DisqualifyBidder{lot, ann, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  say(engine::DisqualifyBidder{lot, cyd, engine::PersonId{9}, "资格条件不符合采购文件要求"});
  told(5);
  using gateway::Lead;
  EXPECT_THAT(picture->leads(),
              testing::ElementsAre(Lead{engine::at_millis(2), yuan(80'000)}, Lead{engine::at_millis(4), yuan(85'000)},
                                   Lead{engine::at_millis(5), std::nullopt}));
}

TEST_F(PictureTest, a_full_course_loses_every_second_point_of_its_older_half) {
  auto rules = reverse_rules();
  rules.attempts_max = 1'000;
  open(rules);
  for (std::int64_t i = 1; i <= 257; ++i) {
    bid(ann, 95'000 - 10 * i);
    picture->settle(engine::at_millis(i));
  }
  std::vector<std::int64_t> expected;
  for (std::int64_t i = 1; i <= 128; i += 2) expected.push_back(i);
  for (std::int64_t i = 129; i <= 257; ++i) expected.push_back(i);
  std::vector<std::int64_t> found;
  for (auto const& lead : picture->leads()) found.push_back(engine::in_millis(lead.at));
  EXPECT_EQ(found, expected);
}

TEST_F(PictureTest, an_extension_says_why) {
  open(reverse_rules());
  EXPECT_EQ(picture->extended_because(), std::nullopt);
  say(engine::Tick{});
  later(picture->ends_at() - picture->opens_at() - std::chrono::seconds{1});
  bid(ann, 90'000);
  EXPECT_EQ(picture->extended_because(), engine::ExtendedBecause::LateBid);
}

TEST_F(PictureTest, the_server_pauses_by_itself_when_its_clock_was_stepped) {
  open(reverse_rules());
  say(engine::PauseLot{lot, engine::PersonId{9}, "设备故障,稍后继续进行"});
  EXPECT_FALSE(picture->is_paused_by_server());
  say(engine::ResumeLot{lot, engine::PersonId{9}, "故障已排除,继续进行"});
  say(engine::ClockStepped{std::chrono::seconds{5}});
  EXPECT_EQ(picture->state(), engine::LotState::Paused);
  EXPECT_TRUE(picture->is_paused_by_server());
  say(engine::ResumeLot{lot, engine::PersonId{9}, "故障已排除,继续进行"});
  EXPECT_FALSE(picture->is_paused_by_server());
}

TEST_F(PictureTest, of_two_signed_bids_the_older_can_be_voided_and_the_newer_counts_on) {
  open(signed_rules());
  auto const older = sign(ann, 90'000);
  sign(bob, 85'000);
  sign(ann, 80'000);
  say(engine::NoteSignatures{lot, older, {older}});
  EXPECT_EQ(of(ann).last, yuan(80'000));
  EXPECT_THAT(ranks(), testing::ElementsAre(1, 2, 0));
  EXPECT_EQ(picture->best(), yuan(80'000));
  auto const& line = picture->bids().back();
  EXPECT_TRUE(line.is_voided);
  EXPECT_EQ(line.seq, older);
  EXPECT_EQ(line.price, yuan(90'000));
  ASSERT_EQ(of(ann).voided.size(), 1u);
  EXPECT_EQ(of(ann).voided[0].seq, older);
  EXPECT_FALSE(of(ann).voided[0].reason.empty());
  EXPECT_TRUE(of(bob).voided.empty());
}

TEST_F(PictureTest, a_signed_bid_that_leads_and_is_voided_gives_the_lead_back) {
  open(signed_rules());
  auto const first = sign(ann, 90'000);
  sign(bob, 85'000);
  auto const newest = sign(ann, 80'000);
  say(engine::NoteSignatures{lot, newest, {newest}});
  EXPECT_EQ(of(ann).last, yuan(90'000));
  EXPECT_THAT(ranks(), testing::ElementsAre(2, 1, 0));
  EXPECT_EQ(picture->best(), yuan(85'000));
  EXPECT_LT(first, newest);
}

TEST_F(PictureTest, a_lot_whose_signatures_are_still_verified_is_pending_and_may_be_extended_behind_its_end) {
  auto rules = signed_rules();
  rules.format = engine::Format::Sealed;
  rules.min_bidders = 2;
  open(rules);
  sign(ann, 90'000);
  auto const bad = sign(bob, 85'000);
  auto const end = picture->ends_at();
  later(std::chrono::hours{1});
  EXPECT_EQ(picture->state(), engine::LotState::ResultPending);
  EXPECT_EQ(picture->closed(), std::nullopt);
  say(engine::NoteSignatures{lot, bad, {bad}});
  EXPECT_EQ(picture->state(), engine::LotState::Extended);
  EXPECT_EQ(picture->extended_because(), engine::ExtendedBecause::TooFewQuotes);
  EXPECT_GT(picture->ends_at(), end);
}

TEST_F(PictureTest, shedding_keeps_the_result_and_forgets_the_attempts) {
  open(reverse_rules());
  bid(ann, 90'000);
  later(std::chrono::hours{2});
  picture->shed();
  EXPECT_TRUE(picture->is_shed());
  EXPECT_TRUE(of(ann).kept.empty());
  EXPECT_TRUE(picture->leads().empty());
  EXPECT_EQ(picture->closed()->standings.size(), 1u);
}

}  // namespace
