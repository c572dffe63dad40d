// One lot at the hub: what is encoded, when, and what is not.
#include "gateway/board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using gateway::Board;
using gateway::Picture;
using gateway::Topic;
using testing::IsEmpty;
using testing::SizeIs;

engine::LotScheduled scheduled() {
  engine::LotRules rules;
  rules.ceiling = engine::Money::fen(10'000'000);
  auto const at = engine::at_millis(1'795'000'000'000);
  engine::OpenLot const open{
      engine::lot_id(engine::InquiryId{12}, 1), rules, at, {{engine::BidderId{1}, {}}, {engine::BidderId{2}, {}}}, {}};
  return {open.lot, open, at, at};
}
class BoardTest : public testing::Test {
 protected:
  void start() { picture.fold(engine::LotStarted{picture.lot(), engine::at_millis(1'795'000'900'000)}); }
  std::vector<Topic*> told() {
    auto const at = engine::at_millis(1'795'000'000'001);
    std::vector<Topic*> news;
    board.tell(at, {"标题", ""}, news);
    picture.settle(at);
    return news;
  }
  Picture picture{scheduled()};
  Board board{picture};
};

TEST_F(BoardTest, nothing_is_encoded_for_nobody) {
  start();
  EXPECT_THAT(told(), IsEmpty());
  EXPECT_EQ(board.find(Topic::View::Public), nullptr);
}

TEST_F(BoardTest, a_change_is_told_once) {
  board.open(Topic::View::Public);
  start();
  EXPECT_THAT(told(), SizeIs(1));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(BoardTest, a_snapshot_is_shared_until_the_next_update) {
  auto& topic = board.open(Topic::View::Public);
  auto const first = board.snapshot(topic, "e", {});
  EXPECT_EQ(board.snapshot(topic, "e", {}), first);
  start();
  told();
  EXPECT_NE(board.snapshot(topic, "e", {}), first);
}

TEST_F(BoardTest, a_shed_lot_shows_no_course_of_the_price_any_more) {
  auto& topic = board.open(Topic::View::Public);
  EXPECT_TRUE(board.snapshot(topic, "e", {})->contains("leads"));
  picture.shed();
  board.shed();
  EXPECT_FALSE(board.snapshot(topic, "e", {})->contains("leads"));
}

TEST_F(BoardTest, bidders_have_streams_of_their_own) {
  auto& one = board.open(Topic::View::Own, 0);
  auto& other = board.open(Topic::View::Own, 1);
  EXPECT_NE(&one, &other);
  EXPECT_EQ(one.name, "12-1/own");
}

}  // namespace
