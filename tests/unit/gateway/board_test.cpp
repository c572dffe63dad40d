// One lot at the hub: what is encoded, when, and what is not.
#include "gateway/board.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using gateway::Board;
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
engine::LotStarted started(Board const& board) {
  return {board.picture.lot(), engine::at_millis(1'795'000'900'000)};
}
std::vector<Topic*> told(Board& board) {
  std::vector<Topic*> news;
  board.tell(engine::at_millis(1'795'000'000'001), {"标题", ""}, news);
  return news;
}

TEST(Board, nothing_is_encoded_for_nobody) {
  Board board{scheduled()};
  board.picture.fold(started(board));
  EXPECT_THAT(told(board), IsEmpty());
  EXPECT_EQ(board.find(Topic::View::Public), nullptr);
}

TEST(Board, a_change_is_told_once) {
  Board board{scheduled()};
  board.open(Topic::View::Public);
  board.picture.fold(started(board));
  EXPECT_THAT(told(board), SizeIs(1));
  EXPECT_THAT(told(board), IsEmpty());
}

TEST(Board, a_snapshot_is_shared_until_the_next_update) {
  Board board{scheduled()};
  auto& topic = board.open(Topic::View::Public);
  auto const first = board.snapshot(topic, "e", {});
  EXPECT_EQ(board.snapshot(topic, "e", {}), first);
  board.picture.fold(started(board));
  told(board);
  EXPECT_NE(board.snapshot(topic, "e", {}), first);
}

TEST(Board, a_shed_lot_shows_no_course_of_the_price_any_more) {
  Board board{scheduled()};
  auto& topic = board.open(Topic::View::Public);
  EXPECT_TRUE(board.snapshot(topic, "e", {})->contains("leads"));
  board.shed();
  EXPECT_FALSE(board.snapshot(topic, "e", {})->contains("leads"));
}

TEST(Board, bidders_have_streams_of_their_own) {
  Board board{scheduled()};
  auto& one = board.open(Topic::View::Own, 0);
  auto& other = board.open(Topic::View::Own, 1);
  EXPECT_NE(&one, &other);
  EXPECT_EQ(one.name, "12-1/own");
}

}  // namespace
