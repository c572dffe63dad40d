// Which attempts are kept and found again, and what answer each got.
#include "engine/attempts.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/figure.h"

namespace {

using namespace engine;

BidKey key_of(std::string const& text) {
  BidKey key;
  text.copy(key.text.data(), key.text.size());
  return key;
}

class AttemptsTest : public testing::Test {
 protected:
  Attempts open(std::size_t bidders, std::uint32_t each, Attempts::Automatic automatic = Attempts::Automatic::None) {
    return Attempts(arena, shelf, bidders, each, automatic);
  }
  static Attempt const& keep(Attempts& attempts, Slot slot, std::string const& key, std::uint32_t number = 1) {
    return keep_under(Attempts::hash_of(slot, key_of(key)), attempts, slot, key, number);
  }
  static Attempt const& keep_under(std::uint32_t hash, Attempts& attempts, Slot slot, std::string const& key,
                                   std::uint32_t number = 1) {
    return attempts.keep(hash, key_of(key), slot, number, Consent::NotGiven, Money::fen(100), Seq{7}, at_millis(9));
  }
  static AttemptPlace find(Attempts const& attempts, Slot slot, std::string const& key) {
    return attempts.find(slot, key_of(key), Attempts::hash_of(slot, key_of(key)));
  }

  Arena arena;
  AttemptShelf shelf;
};

TEST_F(AttemptsTest, finds_a_key_only_for_the_bidder_who_used_it) {
  auto attempts = open(2, 5);
  keep(attempts, 0, "k");
  EXPECT_EQ(find(attempts, 0, "k"), 0u);
  EXPECT_EQ(find(attempts, 1, "k"), no_attempt);
  EXPECT_EQ(find(attempts, 0, "k2"), no_attempt);
}

TEST_F(AttemptsTest, a_key_differs_in_any_of_its_bytes) {
  auto attempts = open(1, 2);
  std::string const key(limits::bid_key_bytes, 'a');
  keep(attempts, 0, key);
  for (std::size_t byte = 0; byte < key.size(); ++byte) {
    auto other = key;
    other[byte] = 'b';
    EXPECT_EQ(find(attempts, 0, other), no_attempt) << byte;
    EXPECT_NE(Attempts::hash_of(0, key_of(other)), Attempts::hash_of(0, key_of(key))) << byte;
  }
}

TEST_F(AttemptsTest, keys_of_one_hash_are_told_apart) {
  auto attempts = open(2, 3);
  constexpr std::uint32_t same = 4711;
  keep_under(same, attempts, 0, "a");
  keep_under(same, attempts, 1, "a");
  keep_under(same, attempts, 0, "b");
  EXPECT_EQ(attempts.find(0, key_of("a"), same), 0u);
  EXPECT_EQ(attempts.find(1, key_of("a"), same), 1u);
  EXPECT_EQ(attempts.find(0, key_of("b"), same), 2u);
  EXPECT_EQ(attempts.find(1, key_of("b"), same), no_attempt);
}

TEST_F(AttemptsTest, an_attempt_is_read_as_it_was_kept) {
  auto attempts = open(limits::bidders_a_lot, 1'000);
  constexpr Slot last = limits::bidders_a_lot - 1;
  Refusal const refusal{&refusals::no_bid, figure::moment(at_millis(-5)), figure::fen(Money::fen(INT64_MIN))};
  auto const& kept = attempts.keep(1, key_of("k"), last, limits::attempts_a_bidder_max, Consent::Given,
                                   Money::fen(INT64_MIN), Seq{UINT64_MAX}, at_millis(INT64_MAX));
  EXPECT_TRUE(kept.is_accepted());
  attempts.refuse_last(refusal);
  EXPECT_EQ(kept.number(), limits::attempts_a_bidder_max);
  EXPECT_EQ(kept.key, key_of("k"));
  EXPECT_EQ(kept.slot(), last);
  EXPECT_EQ(kept.consent(), Consent::Given);
  EXPECT_EQ(kept.price, Money::fen(INT64_MIN));
  EXPECT_EQ(kept.seq, Seq{UINT64_MAX});
  EXPECT_EQ(kept.at, at_millis(INT64_MAX));
  EXPECT_FALSE(kept.is_accepted());
  EXPECT_FALSE(kept.is_voided());
  EXPECT_EQ(attempts.refusal_at(0), refusal);
  EXPECT_TRUE(keep(attempts, 0, "k").is_accepted());
  EXPECT_EQ(attempts.refusal_at(1), Refusal{});
}

TEST_F(AttemptsTest, every_one_of_many_is_found_again) {
  constexpr std::uint32_t each = 500;  // far more than there are chains
  auto attempts = open(3, each);
  for (std::uint32_t i = 0; i < each; ++i) {
    for (Slot slot = 0; slot < 3; ++slot) keep(attempts, slot, "key-" + std::to_string(i), i + 1);
  }
  for (std::uint32_t i = 0; i < each; ++i) {
    for (Slot slot = 0; slot < 3; ++slot) {
      auto const place = find(attempts, slot, "key-" + std::to_string(i));
      ASSERT_EQ(place, i * 3 + slot);
      EXPECT_EQ(attempts.at(place).number(), i + 1);
    }
  }
}

TEST_F(AttemptsTest, an_automatic_bid_has_no_key_and_no_number) {
  auto attempts = open(1, 1, Attempts::Automatic::Some);
  attempts.keep_automatic({{}, 0, 0, Consent::NotGiven, Money::fen(5), Seq{1}, at_millis(1)});
  EXPECT_EQ(find(attempts, 0, ""), no_attempt);
  EXPECT_EQ(attempts.at(0).number(), 0u);
  EXPECT_TRUE(attempts.at(0).is_valid());
}

TEST_F(AttemptsTest, the_last_valid_one_is_accepted_and_not_void) {
  auto attempts = open(2, 5);
  EXPECT_EQ(attempts.last_valid(0), no_attempt);
  keep(attempts, 0, "a");
  keep(attempts, 0, "b");
  keep(attempts, 1, "c");
  keep(attempts, 0, "d");
  attempts.refuse_last(Refusal{&refusals::paused, {}, {}});
  EXPECT_EQ(attempts.last_valid(0), 1u);
  EXPECT_EQ(attempts.last_valid(0, 1), 0u);
  attempts.void_at(1);
  EXPECT_EQ(attempts.last_valid(0), 0u);
  EXPECT_EQ(attempts.last_valid(1), 2u);
}

TEST_F(AttemptsTest, lots_on_one_shelf_do_not_mix) {
  auto one = open(1, 100);
  auto other = open(1, 100);
  for (int i = 0; i < 100; ++i) {
    keep(one, 0, "one-" + std::to_string(i));
    keep(other, 0, "other-" + std::to_string(i));
  }
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(one.at(static_cast<AttemptPlace>(i)).key, key_of("one-" + std::to_string(i)));
    EXPECT_EQ(find(other, 0, "other-" + std::to_string(i)), static_cast<AttemptPlace>(i));
    EXPECT_EQ(find(one, 0, "other-" + std::to_string(i)), no_attempt);
  }
}

TEST_F(AttemptsTest, a_lot_with_nobody_takes_nothing) {
  open(0, 100);
  EXPECT_EQ(shelf.bytes_taken(), 0u);
}

using AttemptsDeathTest = AttemptsTest;

TEST_F(AttemptsDeathTest, the_shelf_gives_no_more_than_it_promised) {
  shelf.promise(1);
  shelf.take();
  EXPECT_DEATH(shelf.take(), "CHECK");
}

TEST(AttemptShelf, what_is_promised_at_once_is_one_block_of_the_system) {
  AttemptShelf shelf;
  constexpr std::size_t boards = 20'000;  // a dozen large pages and more
  shelf.promise(1);
  EXPECT_EQ(shelf.blocks(), 1U);
  shelf.promise(boards);
  EXPECT_EQ(shelf.blocks(), 2U);
  shelf.promise(1);
  EXPECT_EQ(shelf.blocks(), 2U);
  AttemptBoard* before = nullptr;
  for (std::size_t i = 0; i < boards + 2; ++i) {
    auto& board = shelf.take();
    EXPECT_NE(&board, before);
    board.links[0] = static_cast<std::uint32_t>(i);
    board.figures.back().limit = 1;
    before = &board;
  }
  EXPECT_EQ(shelf.bytes_taken(), shelf.bytes_promised());
}

}  // namespace
