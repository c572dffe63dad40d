// Two messages at once are hashed as each by itself, with the processor's instructions and without.
#include "persistence/sha256_pair.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "persistence/sha256.h"

namespace tests {
namespace {

using persistence::digest_of;
using persistence::Lane;
using persistence::Midstate;
using persistence::sha256_block_bytes;

std::string text_of(std::size_t size, char from) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(static_cast<std::size_t>(from) + 7 * i);
  return text;
}

// The message with its padding.
std::string padded(std::string text) {
  auto const bytes = text.size();
  text.resize(bytes + 72);
  text.resize(persistence::pad(text.data(), bytes, bytes) * sha256_block_bytes);
  return text;
}

using Add = void (*)(Lane, Lane, std::size_t);

class Sha256PairTest : public testing::TestWithParam<Add> {};
INSTANTIATE_TEST_SUITE_P(BothWays, Sha256PairTest,
                         testing::Values(&persistence::add_blocks, &persistence::add_blocks_one_by_one));

TEST_P(Sha256PairTest, each_message_is_hashed_as_by_itself_at_every_length) {
  for (std::size_t size = 0; size < 5 * sha256_block_bytes; ++size) {
    auto const texts = std::pair{text_of(size, 'a'), text_of(size, '\x91')};
    auto const blocks = std::pair{padded(texts.first), padded(texts.second)};
    auto one = persistence::sha256_start;
    auto other = persistence::sha256_start;
    GetParam()({one, blocks.first.data()}, {other, blocks.second.data()}, blocks.first.size() / sha256_block_bytes);
    EXPECT_EQ(digest_of(one), persistence::Sha256{}.add(texts.first).digest()) << size;
    EXPECT_EQ(digest_of(other), persistence::Sha256{}.add(texts.second).digest()) << size;
  }
}

TEST_P(Sha256PairTest, a_state_goes_on_from_where_it_is) {
  auto const text = text_of(3 * sha256_block_bytes + 11, 'q');
  auto const blocks = padded(text);
  auto one = persistence::sha256_start;
  auto other = persistence::sha256_start;
  for (std::size_t at = 0; at < blocks.size(); at += sha256_block_bytes) {
    GetParam()({one, blocks.data() + at}, {other, blocks.data()}, 1);
  }
  EXPECT_EQ(digest_of(one), persistence::Sha256{}.add(text).digest());
  EXPECT_NE(one, other);
}

TEST_P(Sha256PairTest, nothing_added_changes_nothing) {
  auto one = persistence::sha256_start;
  auto other = persistence::sha256_start;
  GetParam()({one, nullptr}, {other, nullptr}, 0);
  EXPECT_EQ(one, persistence::sha256_start);
  EXPECT_EQ(other, persistence::sha256_start);
}

TEST(Sha256PairPaddingTest, the_length_counts_what_was_hashed_before) {
  auto const text = text_of(2 * sha256_block_bytes + 9, 'z');
  auto state = persistence::sha256_start;
  auto spare = persistence::sha256_start;
  persistence::add_blocks({state, text.data()}, {spare, text.data()}, 2);
  std::string end = text.substr(2 * sha256_block_bytes);
  auto const tail = end.size();
  end.resize(tail + 72);
  ASSERT_EQ(persistence::pad(end.data(), tail, text.size()), 1U);
  persistence::add_blocks({state, end.data()}, {spare, end.data()}, 1);
  EXPECT_EQ(digest_of(state), persistence::Sha256{}.add(text).digest());
}

}  // namespace
}  // namespace tests
