// A hall as bytes and back: nothing is lost on the way, and bytes that are not a hall are told from those that are.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tests/unit/engine/allocations.h"
#include "tests/unit/engine/hall_lots.h"

namespace engine::test {
namespace {

using namespace std::chrono_literals;
using Pieces = std::vector<std::string>;

Pieces saved(Hall const& hall) {
  Pieces pieces;
  hall.save([&](std::string_view piece) { pieces.emplace_back(piece); });
  return pieces;
}

// Nothing where a piece was refused.
std::optional<Hall> loaded(Pieces const& pieces) {
  std::optional<Hall> hall(std::in_place);
  for (auto const& piece : pieces) {
    if (!hall->load(piece)) return std::nullopt;
  }
  return hall;
}

// A lot of every format, each in the midst of something; and all that can come before and after. The time is 40 s.
class Busy {
 public:
  Auction auction;

  Busy() {
    open(1, 0s, evaluated());
    open(2, 0s, sealed_rules());
    open(3, 0s, rounds_rules());
    open(4, 20s, dutch_rules_with_sealed_bids());
    open(5, 20s, japanese_rules());
    auto waiting = opening(6, 0);
    waiting.after = lot(1);
    auction.at(-1'000, waiting);
    open(7, 0s, shortened(sealed_rules()));
    open(8, 0s, shortened(reverse_rules()));
    open(9, 0s, reverse_rules());
    open(10, 0s, reverse_rules());
    open(11, 0s, together(shortened(sealed_rules())));
    open(12, 0s, together(reverse_rules()));
    open(13, 0s, knocked_out());
    open(14, 0s, dutch_rules_with_sealed_bids());
    bids_before_ten();
    auction.tick(15'000);
    choices();
    bids_until_forty();
  }

  void bid(std::int64_t millis, std::uint8_t place, BidderId bidder, std::int64_t fen) {
    auction.at(millis, bid_in(place, bidder, fen, "k" + std::to_string(++keys_)));
  }

 private:
  static LotRules evaluated() {
    auto rules = reverse_rules();
    rules.rank_by = RankBy::Evaluated;
    rules.proxies = rules.surrogates = true;
    rules.decrement = Money::fen(10);
    return rules;
  }
  static LotRules shortened(LotRules rules) {
    rules.duration = 10s;
    return rules;
  }
  static LotRules together(LotRules rules) {
    rules.release = Release::ResultsTogether;
    return rules;
  }
  static LotRules knocked_out() {
    auto rules = shortened(reverse_rules());
    rules.hard_cap = 11s;
    rules.rounds = 3;
    rules.eliminate = 1;
    rules.pause = 25s;
    return rules;
  }

  void open(std::uint8_t place, Duration opens_after, LotRules const& rules) {
    auto command = opening(place, opens_after.count());
    command.rules = rules;
    command.admitted = {{carl, {}}, {anna, {.deduction = BasisPoints{700}}}, {bert, {}}};
    command.admitted[2].evaluation.coefficient = BasisPoints{10'007};
    auction.at(-1'000, command);
  }
  void bids_before_ten() {
    for (auto const place : std::initializer_list<std::uint8_t>{1, 2, 3, 7, 8, 9, 10, 11, 12, 13}) {
      bid(1'000, place, anna, 90'000);
      bid(2'000, place, bert, 80'000);
      bid(3'000, place, carl, 85'000);
      bid(4'000, place, carl, 85'000);  // no step
    }
    bid(5'000, 14, carl, 50'000);  // takes the level
    bid(8'000, 14, carl, 50'000);  // not theirs
    bid(9'000, 14, anna, 40'000);
    auction.at(9'000, PauseLot{lot(9), buyer, "fire alarm"});
    auction.at(9'000, AbortLot{lot(10), buyer, "no longer needed"});
  }
  void choices() {
    auction.at(15'000, ChooseQuote{lot(7), bert, buyer, approver, "delivers a week earlier"});
    auction.at(16'000, AnswerAward{lot(7), bert, buyer, AwardAnswer::Decline});
  }
  void bids_until_forty() {
    auction.at(20'000, SetProxy{lot(1), anna, buyer, Money::fen(70'000), Money::fen(100)});
    bid(21'000, 1, bert, 79'000);
    bid(22'000, 1, carl, 78'000);
    auto const cancelled = auction.seq();
    bid(23'000, 1, carl, 77'500);
    auction.at(24'000, DisqualifyBidder{lot(1), bert, buyer, "collusion"});
    auction.at(24'500, CancelBid{lot(1), carl, next(cancelled), approver, "price of another lot"});
    bid(25'000, 4, bert, 50'000);
    bid(25'000, 5, anna, 90'000);
    bid(25'000, 5, carl, 90'000);
    bid(30'000, 4, anna, 45'000);
    bid(35'000, 5, anna, 80'000);
    bid(35'000, 5, carl, 80'000);
    bid(38'000, 3, anna, 75'000);
    bid(40'000, 3, anna, 74'000);
    bid(40'000, 14, carl, 38'000);
  }

  int keys_ = 0;
};

TEST(LotSave, what_was_saved_and_loaded_is_the_same_hall) {
  Busy busy;
  auto const& hall = busy.auction.hall;
  auto const pieces = saved(hall);
  ASSERT_EQ(pieces.size(), 15u);
  auto const again = loaded(pieces);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_loaded());
  EXPECT_EQ(again->digest(), hall.digest());
  EXPECT_EQ(again->now(), hall.now());
  EXPECT_EQ(again->next_due(), hall.next_due());
  EXPECT_EQ(saved(*again), pieces);
}

TEST(LotSave, an_empty_hall_is_a_hall) {
  Hall const hall;
  auto const again = loaded(saved(hall));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->is_loaded());
  EXPECT_EQ(again->digest(), hall.digest());
  EXPECT_EQ(again->next_due(), never);
}

TEST(LotSave, a_loaded_hall_goes_on_as_the_other_does) {
  Busy one;
  Busy other;
  other.auction.hall = loaded(saved(other.auction.hall)).value();
  for (std::int64_t second = 41; second < 400; second += 3) {
    for (std::uint8_t place = 1; place <= 14; ++place) {
      for (auto const bidder : {anna, bert, carl}) {
        auto const bid = bid_in(place, bidder, 75'000 - second * 10, "late-" + std::to_string(second));
        ASSERT_EQ(told(one.auction.at(second * 1'000, bid)), told(other.auction.at(second * 1'000, bid)));
      }
    }
    ASSERT_EQ(saved(one.auction.hall), saved(other.auction.hall));
  }
}

// The key that was used before the hall was saved finds its answer behind it.
TEST(LotSave, a_bid_that_is_sent_again_finds_its_answer_in_a_loaded_hall) {
  Auction auction;
  auction.open();
  auto const receipt = only<BidAccepted>(auction.bid_with_key(1, anna, 90'000, "mine")).receipt;
  auto const refused = only<BidRefused>(auction.bid_with_key(2, anna, 89'999, "too little")).receipt;
  auction.hall = loaded(saved(auction.hall)).value();
  auto const again = only<BidRepeated>(auction.bid_with_key(9, anna, 90'000, "mine")).original;
  EXPECT_EQ(again.seq, receipt.seq);
  EXPECT_EQ(again.at, receipt.at);
  EXPECT_EQ(again.attempt, 1u);
  auto const refused_again = only<BidRepeated>(auction.bid_with_key(9, anna, 89'999, "too little")).original;
  EXPECT_EQ(refused_again.refusal, refused.refusal);
  EXPECT_EQ(refused_again.attempt, 2u);
  EXPECT_EQ(only<BidAccepted>(auction.bid(10, anna, 80'000)).receipt.attempt, 3u);
}

TEST(LotSave, a_later_round_of_a_loaded_hall_begins_where_the_one_before_ended) {
  Auction auction;
  auction.rules.rounds = 2;
  auction.rules.hard_cap = auction.rules.duration;
  auction.open();
  auction.bid(1, anna, 90'000);
  auction.bid(2, bert, 80'000);
  auction.tick(60'001);
  auction.hall = loaded(saved(auction.hall)).value();
  EXPECT_EQ(verdict(auction.bid(60'002, anna, 85'000)), "ABOVE_CEILING");
  EXPECT_EQ(verdict(auction.bid(60'003, anna, 80'000)), "ACCEPTED");
}

// What the stage was when it closed is kept, also where the order of turns is another one by then.
TEST(LotSave, a_closed_lot_is_loaded_whatever_its_last_turn_was) {
  Auction auction;
  auction.rules = rounds_rules();
  auction.rules.pause = Duration::zero();
  auction.open();
  auction.bid(1, anna, 90'000);
  auto const of_anna = auction.seq();
  auction.bid(2, bert, 80'000);
  auto const of_bert = auction.seq();
  EXPECT_TRUE(has<StageStarted>(auction.tick(35'000)));
  auction.cancel_bid(35'001, anna, of_anna);
  auction.cancel_bid(35'002, bert, of_bert);
  EXPECT_EQ(only<LotClosed>(auction.tick(100'000)).state, LotState::FailedNoBid);
  EXPECT_TRUE(loaded(saved(auction.hall)));
}

TEST(LotSave, a_bid_in_a_loaded_hall_does_not_allocate) {
  Busy busy;
  auto hall = loaded(saved(busy.auction.hall)).value();
  Events events;
  events.reserve(64);
  std::uint64_t made = 0;
  for (std::uint64_t i = 0; i < 150; ++i) {
    auto const place = static_cast<std::uint8_t>(i % 2 == 0 ? 9 : 12);
    auto const bid = bid_in(place, anna, static_cast<std::int64_t>(79'000 - i * 10), "n" + std::to_string(i));
    Sequenced const command{Seq{1'000 + i}, Seq{}, after(40'000), std::nullopt, {}, bid};
    events.clear();
    auto const before = allocations();
    hall.apply(command, events);
    made += allocations() - before;
  }
  EXPECT_EQ(made, 0u);
}

TEST(LotSave, a_loaded_hall_takes_the_memory_of_one_whose_lots_were_opened) {
  Busy busy;
  auto const opened = busy.auction.hall.memory();
  auto const again = loaded(saved(busy.auction.hall))->memory();
  EXPECT_EQ(again.lots, opened.lots);
  EXPECT_EQ(again.attempts, opened.attempts);
  EXPECT_EQ(again.promised, opened.promised);
}

TEST(LotSave, pieces_are_wanted_in_their_order_all_of_them_and_once) {
  Busy busy;
  auto const pieces = saved(busy.auction.hall);
  auto swapped = pieces;
  std::swap(swapped[3], swapped[4]);
  EXPECT_FALSE(loaded(swapped));
  auto twice = pieces;
  twice.insert(twice.begin() + 3, twice[3]);
  EXPECT_FALSE(loaded(twice));
  auto more = pieces;
  more.push_back(pieces.back());
  EXPECT_FALSE(loaded(more));
  auto const headless = Pieces(pieces.begin() + 1, pieces.end());
  EXPECT_FALSE(loaded(headless));
  auto const fewer = Pieces(pieces.begin(), pieces.end() - 1);
  EXPECT_FALSE(loaded(fewer)->is_loaded());
  EXPECT_FALSE(Hall{}.is_loaded());
}

TEST(LotSave, another_layout_is_refused) {
  auto pieces = saved(Hall{});
  ++pieces[0][0];
  EXPECT_FALSE(loaded(pieces));
}

TEST(LotSaveDeathTest, a_hall_that_has_applied_something_is_not_loaded) {
  Auction auction;
  auction.open();
  auto const pieces = saved(auction.hall);
  EXPECT_DEATH(static_cast<void>(auction.hall.load(pieces[0])), "CHECK");
}

TEST(LotSave, a_piece_cut_anywhere_is_refused) {
  Busy busy;
  auto const pieces = saved(busy.auction.hall);
  for (std::size_t which = 0; which < pieces.size(); ++which) {
    for (std::size_t length = 0; length < pieces[which].size(); ++length) {
      Hall hall;
      if (which > 0) {
        ASSERT_TRUE(hall.load(pieces[0]));
      }
      ASSERT_FALSE(hall.load(std::string_view(pieces[which]).substr(0, length))) << which << ", " << length;
    }
  }
}

// Bids, a resume and all that time brings.
void live_on(Hall& hall, std::uint8_t place) {
  Events events;
  std::uint64_t seq = 1'000;
  auto const apply = [&](std::int64_t millis, Command const& command) {
    events.clear();
    hall.apply({Seq{++seq}, Seq{}, after(millis), std::nullopt, {}, command}, events);
  };
  for (auto const bidder : {anna, bert, carl}) apply(41'000, bid_in(place, bidder, 30'000, "late"));
  apply(41'000, ResumeLot{lot(place), buyer, "all clear"});
  for (std::int64_t second = 50; second < 500; second += 50) apply(second * 1'000, Tick{});
}

// Some bytes are another hall's: another price, another key. Such a hall saves what it was loaded from, and lives.
TEST(LotSave, a_piece_changed_anywhere_is_refused_or_is_another_hall_that_lives) {
  Busy busy;
  auto const pieces = saved(busy.auction.hall);
  std::size_t refused = 0;
  std::size_t taken = 0;
  constexpr std::array<int, 3> changes{0x01, 0x80, 0xff};
  for (std::size_t which = 1; which < pieces.size(); ++which) {
    for (std::size_t at = 0; at < pieces[which].size(); ++at) {
      auto changed = pieces[which];
      changed[at] = static_cast<char>(changed[at] ^ changes[(which + at) % changes.size()]);
      Hall hall;
      ASSERT_TRUE(hall.load(pieces[0]));
      if (!hall.load(changed)) {
        ++refused;
        continue;
      }
      ++taken;
      ASSERT_EQ(saved(hall)[1], changed) << which << ", " << at;
      live_on(hall, static_cast<std::uint8_t>(which));
    }
  }
  EXPECT_GT(refused, 3'000u);
  EXPECT_GT(taken, 300u);
}

}  // namespace
}  // namespace engine::test
