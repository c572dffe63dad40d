// The order of bids: price first, then arrival; one bid a bidder.
#include "engine/book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
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
  Arena arena;
  Book book(arena, 3);
  EXPECT_EQ(book.enter(bid(0, 100, 1)), (Move{1, 0}));
  EXPECT_EQ(book.enter(bid(1, 100, 2)), (Move{2, 0}));
  EXPECT_EQ(book.enter(bid(2, 99, 3)), (Move{1, 0}));
  EXPECT_EQ(order(book), (std::vector<Slot>{2, 0, 1}));
  EXPECT_EQ(book.leader(), 2);
  EXPECT_EQ(book.lead().whole, 99);
}

TEST(Book, a_bidder_counts_once_with_the_last_bid) {
  Arena arena;
  Book book(arena, 3);
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
  Arena arena;
  Book book(arena, 3);
  book.enter(bid(0, 80, 1));
  book.enter(bid(1, 90, 2));
  book.enter(bid(2, 100, 3));
  EXPECT_EQ(book.enter(bid(0, 90, 4)), (Move{2, 1}));  // behind the equal, earlier one
  EXPECT_EQ(book.enter(bid(0, 101, 5)), (Move{3, 2}));
  EXPECT_EQ(order(book), (std::vector<Slot>{1, 2, 0}));
}

TEST(Book, the_same_price_again_moves_behind_its_equals) {
  Arena arena;
  Book book(arena, 2);
  book.enter(bid(0, 90, 1));
  book.enter(bid(1, 90, 2));
  EXPECT_EQ(book.enter(bid(0, 90, 3)), (Move{2, 1}));
}

TEST(Book, removing_closes_the_gap_and_the_old_bid_comes_back_to_its_old_place) {
  Arena arena;
  Book book(arena, 3);
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

// The same book as a list that is sorted anew for every answer.
struct SortedBook {
  Ties ties;
  std::vector<Counted> bids;

  std::uint16_t rank(Slot slot) {
    std::ranges::sort(
        bids, [](auto const& a, auto const& b) { return a.key != b.key ? a.key < b.key : a.arrival < b.arrival; });
    auto const own = std::ranges::find(bids, slot, &Counted::slot);
    if (own == bids.end()) return 0;
    auto const place = own - bids.begin();
    auto const better = std::ranges::count_if(bids, [&](auto const& bid) { return bid.key < own->key; });
    auto const equal = std::ranges::count_if(bids, [&](auto const& bid) { return bid.key == own->key; });
    if (ties == Ties::EqualBest) return static_cast<std::uint16_t>(better + 1);
    if (ties == Ties::EqualWorst) return static_cast<std::uint16_t>(better + equal);
    return static_cast<std::uint16_t>(place + 1);
  }
  void remove(Slot slot) {
    std::erase_if(bids, [&](auto const& bid) { return bid.slot == slot; });
  }
};

// Few keys, so that many are equal; fractions that are equal though written otherwise; old bids that come back.
TEST(Book, agrees_with_sorting_for_every_tie_rule_and_every_width) {
  std::mt19937_64 random(11);
  for (auto const vectors : {Vectors::None, Vectors::Bits256, Vectors::Bits512}) {
    if (!has_vectors(vectors)) continue;
    for (auto const ties : {Ties::Earliest, Ties::EqualBest, Ties::EqualWorst, Ties::Refused}) {
      for (std::size_t const bidders : {1u, 7u, 8u, 20u, 70u}) {
        Arena arena;
        Book book(arena, bidders, ties, passes(vectors));
        SortedBook sorted{ties, {}};
        auto const has_fractions = random() % 2 == 0;
        for (Arrival arrival = 1; arrival <= 600; ++arrival) {
          auto const slot = static_cast<Slot>(random() % bidders);
          if (random() % 8 == 0) {
            book.remove(slot);
            sorted.remove(slot);
          } else {
            auto const over = static_cast<std::uint32_t>(has_fractions ? 2 + 2 * (random() % 2) : 1);
            auto const rest = static_cast<std::uint32_t>(random() % over);
            auto const came = random() % 10 == 0 ? static_cast<Arrival>(random() % arrival) : arrival;
            Counted const bid{{static_cast<std::int64_t>(random() % 12), rest, over}, came, slot};
            if (std::ranges::any_of(sorted.bids,
                                    [&](auto const& other) { return other.slot != slot && other.arrival == came; })) {
              continue;
            }
            auto const before = sorted.rank(slot);
            sorted.remove(slot);
            sorted.bids.push_back(bid);
            ASSERT_EQ(book.enter(bid), (Move{sorted.rank(slot), before}));
          }
          auto const other = static_cast<Slot>(random() % bidders);
          ASSERT_EQ(book.rank(other), sorted.rank(other));
          ASSERT_EQ(book.size(), sorted.bids.size());
          ASSERT_EQ(book.order(), sorted.bids);
          if (sorted.bids.empty()) continue;
          ASSERT_EQ(book.leader(), sorted.bids.front().slot);
          ASSERT_EQ(book.lead(), sorted.bids.front().key);
          ASSERT_EQ(book.has_equal(sorted.bids.back().key, sorted.bids.back().slot),
                    sorted.bids.size() > 1 && sorted.bids[sorted.bids.size() - 2].key == sorted.bids.back().key);
        }
      }
    }
  }
}

TEST(BookDeathTest, does_not_grow_and_has_no_leader_of_nothing) {
  Arena arena;
  Book book(arena, 1);
  EXPECT_DEATH((void)book.leader(), "CHECK");
  book.enter(bid(0, 90, 1));
  EXPECT_DEATH(book.enter(bid(1, 90, 2)), "CHECK");
}

}  // namespace
