// The order of bids: price first, then arrival; one bid a bidder.
#include "engine/book.h"

#include <gtest/gtest.h>

#include <vector>

namespace {

using namespace engine;

Counted bid(Slot slot, std::int64_t fen, Arrival arrival) {
  return {{fen, 0, 1}, arrival, slot};
}

std::vector<Slot> order(Book const& book) {
  std::vector<Slot> slots;
  for (auto const& counted : book.order()) slots.push_back(counted.slot);
  return slots;
}

TEST(Book, the_lowest_leads_and_equal_prices_stand_in_order_of_arrival) {
  Book book(3);
  EXPECT_EQ(book.enter(bid(0, 100, 1)), (Move{1, 0}));
  EXPECT_EQ(book.enter(bid(1, 100, 2)), (Move{2, 0}));
  EXPECT_EQ(book.enter(bid(2, 99, 3)), (Move{1, 0}));
  EXPECT_EQ(order(book), (std::vector<Slot>{2, 0, 1}));
  EXPECT_EQ(book.leader(), 2);
  EXPECT_EQ(book.lead().whole, 99);
}

TEST(Book, a_bidder_counts_once_with_the_last_bid) {
  Book book(3);
  book.enter(bid(0, 100, 1));
  book.enter(bid(1, 90, 2));
  book.enter(bid(2, 80, 3));
  EXPECT_EQ(book.enter(bid(0, 85, 4)), (Move{2, 3}));
  EXPECT_EQ(book.enter(bid(0, 80, 5)), (Move{2, 2}));  // equal to the leader, but later
  EXPECT_EQ(book.enter(bid(0, 79, 6)), (Move{1, 2}));
  EXPECT_EQ(order(book), (std::vector<Slot>{0, 2, 1}));
  EXPECT_EQ(book.size(), 3u);
}

TEST(Book, a_replaced_quote_may_fall_back) {
  Book book(3);
  book.enter(bid(0, 80, 1));
  book.enter(bid(1, 90, 2));
  book.enter(bid(2, 100, 3));
  EXPECT_EQ(book.enter(bid(0, 90, 4)), (Move{2, 1}));  // behind the equal, earlier one
  EXPECT_EQ(book.enter(bid(0, 101, 5)), (Move{3, 2}));
  EXPECT_EQ(order(book), (std::vector<Slot>{1, 2, 0}));
}

TEST(Book, the_same_price_again_moves_behind_its_equals) {
  Book book(2);
  book.enter(bid(0, 90, 1));
  book.enter(bid(1, 90, 2));
  EXPECT_EQ(book.enter(bid(0, 90, 3)), (Move{2, 1}));
}

TEST(Book, removing_closes_the_gap_and_the_old_bid_comes_back_to_its_old_place) {
  Book book(3);
  book.enter(bid(0, 90, 1));
  book.enter(bid(1, 90, 2));
  book.enter(bid(2, 95, 3));
  book.remove(0);
  book.remove(0);
  EXPECT_EQ(order(book), (std::vector<Slot>{1, 2}));
  EXPECT_EQ(book.enter(bid(0, 90, 1)), (Move{1, 0}));
  book.remove(0);
  book.remove(1);
  book.remove(2);
  EXPECT_TRUE(book.is_empty());
}

TEST(BookDeathTest, does_not_grow_and_has_no_leader_of_nothing) {
  Book book(1);
  EXPECT_DEATH((void)book.leader(), "CHECK");
  book.enter(bid(0, 90, 1));
  EXPECT_DEATH(book.enter(bid(1, 90, 2)), "CHECK");
}

}  // namespace
