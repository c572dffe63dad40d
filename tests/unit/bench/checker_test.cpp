// The checker is fed every lie it exists to find.
#include "bench/load/checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace bench::load;
using engine::Money;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// ---- Vocabulary ------------------------------------------------------------------------------------------------

StreamEnd watcher(std::string name, std::string best) {
  return {std::move(name), {}, {{"best", '"' + best + '"'}, {"state", "\"AWARDED\""}}};
}

// Three suppliers, four bids, the second supplier leads at 97.00.
struct Honest {
  SeenLot seen{
      "7-1",
      {{11, 0, Money::fen(9900)}, {12, 1, Money::fen(9800)}, {15, 2, Money::fen(9850)}, {17, 1, Money::fen(9700)}},
      0,
      {},
      {"甲", "乙", "丙"},
      {watcher("watcher 1", "97.00"), watcher("watcher 2", "97.00")},
      {}};
  ToldLot told{"AWARDED",
               {{11, "S2", Money::fen(9900)},
                {12, "S3", Money::fen(9800)},
                {15, "S1", Money::fen(9850)},
                {17, "S3", Money::fen(9700)}},
               "乙",
               Money::fen(9700)};

  std::vector<std::string> found() const { return differences(seen, told); }
};

}  // namespace

TEST(Checker, finds_nothing_where_nothing_differs) {
  EXPECT_THAT(Honest{}.found(), IsEmpty());
}

TEST(Checker, finds_a_lost_bid) {
  Honest lot;
  lot.told.history.erase(lot.told.history.begin() + 2);
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("lost: seq 15")));
}

TEST(Checker, finds_a_doubled_bid) {
  Honest lot;
  lot.told.history.insert(lot.told.history.begin() + 1, lot.told.history[1]);
  EXPECT_THAT(lot.found(), testing::Contains(HasSubstr("seq 12 is in the history twice")));
}

TEST(Checker, finds_a_bid_that_was_taken_again_under_a_new_seq) {
  Honest lot;
  lot.told.history.push_back({18, "S3", Money::fen(9700)});
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("seq 18 at 97.00 is in the history and nobody was told")));
}

TEST(Checker, finds_a_history_out_of_order) {
  Honest lot;
  std::swap(lot.told.history[1], lot.told.history[2]);
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("out of order, seq 12 after 15")));
}

TEST(Checker, finds_a_changed_price) {
  Honest lot;
  lot.told.history[0].price = Money::fen(9901);
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("seq 11 was bid at 99.00 and stands at 99.01")));
}

TEST(Checker, finds_a_bid_under_the_alias_of_another) {
  Honest lot;
  lot.told.history[3].alias = "S1";
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("seq 17 stands under S1")));
}

TEST(Checker, finds_the_wrong_winner) {
  Honest lot;
  lot.told.winner = "甲";
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("wrong winner: 甲 instead of 乙")));
}

TEST(Checker, finds_the_wrong_winning_price) {
  Honest lot;
  lot.told.winning_price = Money::fen(9699);
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("won at 96.99 instead of 97.00")));
}

TEST(Checker, finds_a_winner_of_an_aborted_lot) {
  Honest lot;
  lot.told.state = "ABORTED";
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("ABORTED and yet 乙 has won")));
}

TEST(Checker, finds_a_gap_in_a_stream) {
  Honest lot;
  lot.seen.watchers[1].faults.push_back("7-1/public: gap at 9 after 7");
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("watcher 2: 7-1/public: gap at 9 after 7")));
}

TEST(Checker, finds_a_watcher_who_ended_elsewhere) {
  Honest lot;
  lot.seen.watchers[1] = watcher("watcher 2", "98.00");
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("different pictures; best \"97.00\" / \"98.00\"")));
}

TEST(Checker, finds_watchers_who_all_missed_the_best_bid) {
  Honest lot;
  lot.seen.watchers = {watcher("watcher 1", "98.00")};
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("ended at \"98.00\" and the best bid is 97.00")));
}

TEST(Checker, finds_an_unanswered_bid) {
  Honest lot;
  lot.seen.unanswered = 1;
  EXPECT_THAT(lot.found(), ElementsAre(HasSubstr("1 bids were never answered")));
}

TEST(Checker, gives_equal_prices_to_the_earlier) {
  EXPECT_EQ(winner_of({{9, 0, Money::fen(100)}, {5, 1, Money::fen(100)}})->supplier, 1u);
}

TEST(Checker, counts_each_supplier_with_its_last_bid) {
  EXPECT_EQ(winner_of({{1, 0, Money::fen(100)}, {2, 0, Money::fen(120)}, {3, 1, Money::fen(110)}})->supplier, 1u);
}

TEST(Checker, reads_money_as_it_writes_it) {
  EXPECT_EQ(from_yuan("98000.10"), Money::fen(9800010));
  EXPECT_EQ(in_yuan(Money::fen(9800010)), "98000.10");
  EXPECT_EQ(from_yuan("98000.1"), Money::fen(9800010));
  for (auto const* wrong : {"", "1.234", "1.2.3", "-1", "1e3"}) EXPECT_FALSE(from_yuan(wrong)) << wrong;
}
