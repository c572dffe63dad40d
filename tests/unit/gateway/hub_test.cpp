// The hub between the real engine and clients that write everything down.
#include "gateway/hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/limits.h"
#include "tests/support/hub_world.h"

namespace {

using namespace hub_test;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

LotId const lot = engine::lot_id(InquiryId{12}, 1);
BidderId const ann{1}, bob{2}, cyd{3};

class HubTest : public testing::Test {
 protected:
  void open(engine::LotRules rules = reverse_rules()) {
    world.schedule(lot, rules, {ann, bob, cyd});
    settle();
  }
  void settle() {
    world.publish();
    world.run();
  }
  std::shared_ptr<FakeClient> subscribed(std::shared_ptr<FakeClient> client) {
    world.subscribe(*client);
    world.run();
    return client;
  }
  World world;
};

TEST_F(HubTest, a_watcher_gets_the_answer_and_then_the_picture) {
  open();
  auto const watcher = subscribed(world.watcher());
  ASSERT_THAT(watcher->heard, SizeIs(2));
  EXPECT_EQ(watcher->heard[0], R"({"type":"subscribed","id":"s","streams":["12-1/public"]})");
  EXPECT_THAT(watcher->heard[1], HasSubstr(R"("epoch":"e1","offset":0,"lot":{"title":"复印纸 A4","format":"reverse")"));
}

TEST_F(HubTest, many_bids_of_one_turn_make_one_update) {
  open();
  auto const watcher = subscribed(world.watcher());
  world.bid(lot, ann, yuan(99'000), "a");
  world.bid(lot, bob, yuan(98'000), "b");
  world.bid(lot, ann, yuan(97'000), "c");
  settle();
  ASSERT_THAT(watcher->of_type("update"), SizeIs(1));
  EXPECT_THAT(watcher->heard.back(), HasSubstr(R"("offset":1)"));
  EXPECT_THAT(watcher->heard.back(), HasSubstr(R"("best":"97000.00")"));
}

TEST_F(HubTest, turns_that_gathered_are_told_as_one_and_no_receipt_is_lost) {
  open();
  auto const watcher = subscribed(world.watcher());
  auto const bidder = subscribed(world.supplier(ann));
  for (int i = 0; i < 5; ++i) {
    world.bid(lot, ann, yuan(99'000 - i * 1'000), "k" + std::to_string(i), {bidder->number(), 1});
    world.publish();
  }
  world.run();
  ASSERT_THAT(watcher->of_type("update"), SizeIs(1));
  EXPECT_THAT(watcher->heard.back(), HasSubstr(R"("best":"95000.00")"));
  EXPECT_THAT(bidder->of_type("receipt"), SizeIs(5));
}

TEST_F(HubTest, a_request_between_two_turns_sees_what_was_before_it_and_nothing_after) {
  open();
  world.bid(lot, ann, yuan(99'000), "a");
  world.publish();
  auto const watcher = world.watcher();
  world.subscribe(*watcher);
  world.bid(lot, ann, yuan(98'000), "b");
  world.publish();
  world.run();
  EXPECT_THAT(watcher->of_type("snapshot").at(0), HasSubstr(R"("best":"99000.00")"));
  EXPECT_THAT(watcher->of_type("update").at(0), HasSubstr(R"("best":"98000.00")"));
}

TEST_F(HubTest, who_comes_later_gets_the_course_of_the_price_as_it_was_told) {
  open();
  auto const first = subscribed(world.watcher());
  for (int turn = 0; turn < 3; ++turn) {
    world.bid(lot, ann, yuan(99'000 - turn * 2'000), "a" + std::to_string(turn));
    world.bid(lot, bob, yuan(98'000 - turn * 2'000), "b" + std::to_string(turn));
    settle();
  }
  auto const second = subscribed(world.watcher());
  auto const& leads = second->replicas.at("12-1/public").lists.at("leads");
  EXPECT_THAT(leads, SizeIs(3));
  EXPECT_EQ(leads, first->replicas.at("12-1/public").lists.at("leads"));
}

TEST_F(HubTest, turns_that_nobody_hears_are_told_one_by_one_so_the_course_is_as_fine_after_a_restart) {
  open();
  for (int i = 0; i < 5; ++i) {
    world.bid(lot, ann, yuan(99'000 - i * 1'000), "k" + std::to_string(i));
    world.publish();
  }
  world.run();
  auto const watcher = subscribed(world.watcher());
  EXPECT_THAT(watcher->replicas.at("12-1/public").lists.at("leads"), SizeIs(5));
}

TEST_F(HubTest, updates_of_all_watchers_are_the_same_bytes) {
  open();
  auto const one = subscribed(world.watcher());
  auto const other = subscribed(world.watcher());
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  EXPECT_EQ(one->heard.back(), other->heard.back());
}

TEST_F(HubTest, a_bid_that_changes_nothing_public_makes_no_public_update) {
  open();
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  auto const watcher = subscribed(world.watcher());
  world.bid(lot, bob, yuan(99'500), "b");
  settle();
  EXPECT_THAT(watcher->of_type("update"), SizeIs(0));
}

TEST_F(HubTest, the_receipt_goes_to_the_connection_that_asked_and_to_no_other) {
  open();
  auto const mine = subscribed(world.supplier(ann));
  auto const colleague = subscribed(world.supplier(ann));
  world.bid(lot, ann, yuan(99'000), "a", {mine->number(), 1});
  settle();
  ASSERT_THAT(mine->of_type("receipt"), SizeIs(1));
  EXPECT_THAT(mine->of_type("receipt")[0], HasSubstr(R"("key":"a","outcome":"accepted","seq":2)"));
  EXPECT_THAT(mine->of_type("receipt")[0], HasSubstr(R"("rank":1,"price":"99000.00")"));
  EXPECT_THAT(colleague->of_type("receipt"), SizeIs(0));
  EXPECT_THAT(colleague->replicas.at("12-1/own").lists.at("receipts"), SizeIs(1));
}

TEST_F(HubTest, a_refused_bid_answers_with_its_problem) {
  open();
  auto const mine = subscribed(world.supplier(ann));
  world.bid(lot, ann, yuan(100'001), "a", {mine->number(), 1});
  settle();
  EXPECT_THAT(mine->of_type("receipt")[0], HasSubstr(R"("code":"ABOVE_CEILING")"));
  EXPECT_THAT(mine->of_type("receipt")[0], HasSubstr(R"("actual":"100001.00","limit":"100000.00")"));
}

TEST_F(HubTest, a_repeated_key_gets_the_original_receipt_and_says_so) {
  open();
  auto const mine = subscribed(world.supplier(ann));
  world.bid(lot, ann, yuan(99'000), "a", {mine->number(), 1});
  world.bid(lot, ann, yuan(99'000), "a", {mine->number(), 2});
  settle();
  auto const receipts = mine->of_type("receipt");
  ASSERT_THAT(receipts, SizeIs(2));
  EXPECT_THAT(receipts[1], HasSubstr(R"("repeated":true,"key":"a","outcome":"accepted","seq":2)"));
  EXPECT_THAT(receipts[1], HasSubstr(R"("price":"99000.00")"));
  EXPECT_THAT(mine->replicas.at("12-1/own").lists.at("receipts"), SizeIs(1));
}

TEST_F(HubTest, who_is_undercut_hears_of_the_new_rank) {
  open();
  auto const mine = subscribed(world.supplier(ann));
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  EXPECT_EQ(mine->replicas.at("12-1/own").members.at("rank"), "1");
  world.bid(lot, bob, yuan(98'000), "b");
  settle();
  EXPECT_EQ(mine->replicas.at("12-1/own").members.at("rank"), "2");
}

TEST_F(HubTest, who_is_not_concerned_gets_no_own_update) {
  open();
  auto const mine = subscribed(world.supplier(ann));
  world.bid(lot, ann, yuan(90'000), "a");
  settle();
  auto const before = mine->replicas.at("12-1/own").offset;
  world.bid(lot, bob, yuan(98'000), "b");
  settle();
  EXPECT_EQ(mine->replicas.at("12-1/own").offset, before);
}

TEST_F(HubTest, with_steps_from_the_best_everybody_hears_the_next_limit) {
  auto rules = reverse_rules();
  rules.step_basis = engine::StepBasis::Best;
  open(rules);
  auto const mine = subscribed(world.supplier(ann));
  world.bid(lot, bob, yuan(98'000), "b");
  settle();
  EXPECT_EQ(mine->replicas.at("12-1/own").members.at("next_limit"), R"("97990.00")");
}

TEST_F(HubTest, a_key_can_be_asked_for_after_a_reconnect) {
  open();
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  auto const again = world.supplier(ann);
  world.hub.ask(again->number(), lot, key("a"));
  world.hub.ask(again->number(), lot, key("z"));
  world.run();
  EXPECT_THAT(again->of_type("receipt")[0], HasSubstr(R"("outcome":"accepted")"));
  EXPECT_THAT(again->of_type("receipt")[0], HasSubstr(R"("price":"99000.00")"));
  EXPECT_EQ(again->heard.back(), R"({"type":"unknown_key","lot":"12-1","key":"z"})");
}

std::string leaf_text(char digit) {
  std::string text = R"("leaf":")";
  for (int i = 0; i < 32; ++i) text.append({'0', digit});
  return text + '"';
}

TEST_F(HubTest, a_receipt_carries_the_leaf_of_its_command_and_a_repeat_that_of_the_original) {
  open();
  auto const bidder = subscribed(world.supplier(ann));
  world.bid(lot, ann, yuan(99'000), "a", {bidder->number(), 1});
  world.bid(lot, ann, yuan(999'000), "b", {bidder->number(), 2});
  world.bid(lot, ann, yuan(99'000), "a", {bidder->number(), 3});
  settle();
  auto const receipts = bidder->of_type("receipt");
  ASSERT_THAT(receipts, SizeIs(3));
  EXPECT_THAT(receipts[0], HasSubstr(leaf_text('2')));
  EXPECT_THAT(receipts[1], AllOf(HasSubstr(R"("outcome":"refused")"), HasSubstr(leaf_text('3'))));
  EXPECT_THAT(receipts[2], AllOf(HasSubstr(R"("repeated":true)"), HasSubstr(leaf_text('2'))));
  EXPECT_THAT(bidder->replicas.at("12-1/own").lists.at("receipts").front(), HasSubstr(leaf_text('2')));
}

TEST_F(HubTest, receipts_from_before_a_restart_get_their_leaves_from_the_log) {
  world.replay();
  open();
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  auto const bidder = subscribed(world.supplier(ann));
  EXPECT_THAT(bidder->heard.back(), HasSubstr(leaf_text('2')));
  world.bid(lot, bob, yuan(98'000), "b");
  settle();
  auto const other = world.supplier(bob);
  world.run();
  world.hub.ask(other->number(), lot, key("b"));
  world.run();
  EXPECT_THAT(other->heard.back(), HasSubstr(leaf_text('3')));
}

TEST_F(HubTest, a_receipt_without_a_leaf_anywhere_says_nothing_of_one) {
  world.replay();
  open();
  world.bid(lot, ann, yuan(99'000), "a");
  world.log.leaves.clear();
  settle();
  auto const bidder = subscribed(world.supplier(ann));
  EXPECT_THAT(bidder->heard.back(), AllOf(HasSubstr(R"("receipts":[{"key":"a")"), Not(HasSubstr("leaf"))));
}

TEST_F(HubTest, nobody_can_ask_for_the_keys_of_another) {
  open();
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  auto const other = world.supplier(bob);
  world.hub.ask(other->number(), lot, key("a"));
  world.run();
  EXPECT_THAT(other->heard.back(), HasSubstr("unknown_key"));
}

TEST_F(HubTest, an_unpublished_inquiry_is_refused_and_nothing_is_subscribed) {
  open();
  auto const watcher = world.watcher();
  world.hub.subscribe(watcher->number(), "x", {InquiryId{12}, InquiryId{13}}, {});
  world.run();
  ASSERT_THAT(watcher->heard, SizeIs(1));
  EXPECT_THAT(watcher->heard[0], HasSubstr(R"({"type":"problem","id":"x","problem":{)"));
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  EXPECT_THAT(watcher->heard, SizeIs(1));
}

TEST_F(HubTest, a_resumed_client_gets_what_it_missed_and_no_snapshot) {
  open();
  auto const first = subscribed(world.watcher());
  world.hub.leave(first->number());
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  world.bid(lot, ann, yuan(98'000), "b");
  settle();
  auto const second = world.watcher();
  second->replicas = first->replicas;
  world.subscribe(*second, first->positions());
  world.run();
  EXPECT_THAT(second->of_type("snapshot"), SizeIs(0));
  EXPECT_THAT(second->of_type("update"), SizeIs(2));
}

TEST_F(HubTest, a_position_of_another_life_gets_a_snapshot) {
  open();
  auto const watcher = world.watcher();
  world.subscribe(*watcher, {{"12-1/public", "e0", 0}});
  world.run();
  EXPECT_THAT(watcher->of_type("snapshot"), SizeIs(1));
}

TEST_F(HubTest, a_position_from_the_future_gets_a_snapshot) {
  open();
  subscribed(world.watcher());
  auto const watcher = world.watcher();
  world.subscribe(*watcher, {{"12-1/public", "e1", 7}});
  world.run();
  EXPECT_THAT(watcher->of_type("snapshot"), SizeIs(1));
}

TEST_F(HubTest, who_was_away_longer_than_history_gets_a_snapshot) {
  open();
  auto const first = subscribed(world.watcher());
  world.hub.leave(first->number());
  for (std::size_t i = 0; i <= engine::limits::stream_history_messages; ++i) {
    world.bid(lot, BidderId{1 + i % 3}, yuan(99'000 - 20 * static_cast<std::int64_t>(i)), "k" + std::to_string(i));
    settle();
  }
  auto const second = world.watcher();
  world.subscribe(*second, first->positions());
  world.run();
  EXPECT_THAT(second->of_type("snapshot"), SizeIs(1));
  EXPECT_THAT(second->of_type("update"), SizeIs(0));
}

// A hall of auctions: 100 inquiries on one connection.
class Hall : public HubTest {
 protected:
  static constexpr std::uint64_t inquiries = 100;
  void SetUp() override {
    for (std::uint64_t i = 1; i <= inquiries; ++i) {
      world.schedule(engine::lot_id(InquiryId{i}, 1), reverse_rules(), {ann});
      world.schedule(engine::lot_id(InquiryId{i}, 2), sealed_rules(), {bob});
    }
    settle();
  }
  void bid(std::uint64_t inquiry, std::int64_t yuans) {
    world.bid(engine::lot_id(InquiryId{inquiry}, 1), ann, yuan(yuans), "k" + std::to_string(yuans));
    world.publish();
  }
};

TEST_F(Hall, one_subscription_gets_every_picture_once_and_no_step_makes_many) {
  auto const watcher = world.watcher();
  world.subscribe(*watcher);
  std::size_t most = 0;
  for (std::size_t before = 0; world.step(); before = watcher->heard.size()) {
    most = std::max(most, watcher->heard.size() - before);
  }
  EXPECT_THAT(watcher->of_type("subscribed"), SizeIs(1));
  EXPECT_THAT(watcher->of_type("snapshot"), SizeIs(2 * inquiries));
  EXPECT_LE(most, 4 * 16 + 1U);
  auto const before = watcher->heard.size();
  bid(77, 99'000);
  world.run();
  EXPECT_THAT(watcher->heard, SizeIs(before + 1));
}

TEST_F(Hall, what_happens_between_two_portions_is_in_the_pictures_that_come_later) {
  auto const watcher = world.watcher();
  world.subscribe(*watcher);
  bid(1, 99'000);
  bid(inquiries, 99'000);
  world.run();
  EXPECT_THAT(watcher->of_type("snapshot"), SizeIs(2 * inquiries));
  EXPECT_THAT(watcher->of_type("update"), SizeIs(1)) << "the last picture came after its bid";
  for (auto const* name : {"1-1/public", "100-1/public"}) {
    EXPECT_EQ(watcher->replicas.at(name).members.at("best"), R"("99000.00")") << name;
  }
}

TEST_F(Hall, what_was_unsubscribed_or_asked_for_again_meanwhile_is_not_given_twice) {
  auto const watcher = world.watcher();
  world.subscribe(*watcher);
  world.hub.unsubscribe(watcher->number(), "u", {InquiryId{99}});
  world.hub.subscribe(watcher->number(), "x", {InquiryId{100}}, {});
  world.run();
  EXPECT_FALSE(watcher->replicas.contains("99-1/public"));
  EXPECT_THAT(watcher->of_type("snapshot"), SizeIs(2 * inquiries - 2));
}

TEST_F(Hall, who_leaves_meanwhile_gets_nothing_more) {
  auto const watcher = world.watcher();
  world.subscribe(*watcher);
  world.hub.leave(watcher->number());
  world.run();
  EXPECT_LT(watcher->of_type("snapshot").size(), 2 * inquiries);
}

TEST_F(HubTest, a_lot_scheduled_later_comes_to_those_who_subscribed_to_its_inquiry) {
  open();
  auto const watcher = subscribed(world.watcher());
  world.schedule(engine::lot_id(InquiryId{12}, 2), reverse_rules(), {ann});
  settle();
  EXPECT_TRUE(watcher->replicas.contains("12-2/public"));
}

TEST_F(HubTest, an_unsubscribed_client_hears_no_more) {
  open();
  auto const watcher = subscribed(world.watcher());
  world.hub.unsubscribe(watcher->number(), "u", {InquiryId{12}});
  world.bid(lot, ann, yuan(99'000), "a");
  settle();
  EXPECT_EQ(watcher->heard.back(), R"({"type":"unsubscribed","id":"u"})");
}

TEST_F(HubTest, a_rest_request_hears_its_decision_once) {
  open();
  std::vector<engine::Seq> seqs;
  world.hub.expect({77, 1}, [&](engine::Decided const& command, std::vector<engine::Event> events) {
    seqs.push_back(command.seq);
    EXPECT_TRUE(std::holds_alternative<engine::LotPaused>(events.front()));
  });
  world.decide(engine::PauseLot{lot, engine::PersonId{9}, "设备故障,稍后继续"}, {77, 1});
  settle();
  world.decide(engine::Tick{}, {77, 1});
  settle();
  EXPECT_THAT(seqs, ElementsAre(engine::Seq{2}));
}

TEST_F(HubTest, a_forgotten_request_hears_nothing) {
  open();
  int called = 0;
  world.hub.expect({77, 1}, [&](engine::Decided const&, std::vector<engine::Event>) { ++called; });
  world.hub.forget({77, 1});
  world.decide(engine::Tick{}, {77, 1});
  settle();
  EXPECT_EQ(called, 0);
}

TEST_F(HubTest, a_pause_freezes_the_clock_for_everybody_without_saying_who_did_it) {
  open();
  auto const watcher = subscribed(world.watcher());
  world.decide(engine::PauseLot{lot, engine::PersonId{424242}, "设备故障,稍后继续"});
  settle();
  EXPECT_THAT(watcher->heard.back(), HasSubstr(R"("state":"PAUSED")"));
  EXPECT_THAT(watcher->heard.back(), HasSubstr(R"("remaining_s":17)"));
  EXPECT_THAT(watcher->heard.back(), Not(HasSubstr("424242")));
  world.decide(engine::ResumeLot{lot, engine::PersonId{424242}, "恢复"});
  settle();
  EXPECT_THAT(watcher->heard.back(), HasSubstr(R"("remaining_s":null)"));
}

TEST_F(HubTest, after_the_close_standings_have_aliases_and_the_winner_a_name) {
  open();
  auto const watcher = subscribed(world.watcher());
  world.bid(lot, ann, yuan(99'000), "a");
  world.bid(lot, bob, yuan(98'000), "b");
  world.wait(std::chrono::hours{2});
  world.decide(engine::Tick{});
  settle();
  auto const& result = watcher->replicas.at("12-1/public").members.at("result");
  EXPECT_THAT(result, HasSubstr(R"("name":"供应商2","price":"98000.00")"));
  EXPECT_THAT(result, Not(HasSubstr("供应商1")));
}

TEST_F(HubTest, ended_sessions_are_closed_and_others_are_not) {
  open();
  auto const mine = subscribed(world.supplier(ann));
  auto const other = subscribed(world.supplier(bob));
  world.hub.drop_sessions({mine->actor()->session});
  world.run();
  EXPECT_EQ(mine->closed, gateway::CloseCode::SessionEnded);
  EXPECT_FALSE(other->closed);
}

TEST_F(HubTest, at_shutdown_everybody_is_told_to_reconnect_also_who_comes_too_late) {
  open();
  auto const watcher = subscribed(world.watcher());
  world.hub.close_all(gateway::CloseCode::Restart);
  auto const late = world.watcher();
  world.run();
  EXPECT_EQ(watcher->closed, gateway::CloseCode::Restart);
  EXPECT_EQ(late->closed, gateway::CloseCode::Restart);
}

TEST_F(HubTest, a_long_fan_out_yields_between_slices_and_serves_bidders_first) {
  open();
  constexpr std::size_t watchers = 12'000;
  for (std::size_t i = 0; i < watchers; ++i) world.subscribe(*world.watcher());
  auto const bidder = world.supplier(bob);
  world.subscribe(*bidder);
  world.run();
  world.bid(lot, ann, yuan(99'000), "a", {bidder->number(), 1});
  world.publish();
  auto const told = [&] {
    std::size_t count = 0;
    for (auto const& client : world.clients) count += client->of_type("update").size();
    return count;
  };
  std::size_t steps = 0;
  std::size_t most = 0;
  for (std::size_t before = 0; world.step(); ++steps) {
    auto const now = told();
    most = std::max(most, now - before);
    ASSERT_TRUE(now == 0 || !bidder->of_type("update").empty());
    before = now;
  }
  EXPECT_GE(steps, 6u);
  EXPECT_LE(most, 2'100u);  // into outboxes: a fifth of a millisecond
  EXPECT_EQ(told(), watchers + bidder->of_type("update").size());
}

}  // namespace
