// However many find them, each leaf is found once and is what one alone finds.
#include "persistence/leaf_work.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include "persistence/frame.h"
#include "tests/unit/persistence/small_world.h"
#include "tests/unit/persistence/vault_of_known_bytes.h"

namespace tests {
namespace {

using persistence::Leaf;
using persistence::LeafWork;

struct LeafWorkTest : testing::Test {
  persistence::LogSalts const salts{persistence::Digest{'k'}};
  LeafWork work;

  static std::string records_of(std::size_t count) {
    VaultOfKnownBytes vault;
    std::vector<engine::Sequenced> commands;
    for (std::uint64_t seq = 1; seq <= count; ++seq) commands.push_back(seq % 5 == 0 ? tick(seq) : bid(seq, 100'00));
    engine::ByteWriter records;
    good(persistence::encode_records(commands, vault, records));
    return records.take();
  }
  std::vector<Leaf> found_alone(std::string_view records) const {
    std::vector<Leaf> leaves;
    persistence::find_leaves(records, salts, leaves);
    return leaves;
  }
};

TEST_F(LeafWorkTest, several_threads_find_what_one_finds_frame_by_frame) {
  for (std::size_t const count : {1UL, 31UL, 32UL, 33UL, 500UL, 1'999UL}) {
    auto const records = records_of(count);
    std::vector<Leaf> leaves(count);
    work.begin(records, salts, leaves);
    {
      std::array<std::jthread, 2> others;
      for (auto& other : others) other = std::jthread{[this] { work.finish(); }};
      work.finish();
    }
    EXPECT_EQ(leaves, found_alone(records)) << count;
    EXPECT_EQ(work.step(), LeafWork::Step::NothingLeft);
  }
}

TEST_F(LeafWorkTest, who_stops_half_way_leaves_the_rest) {
  auto const records = records_of(100);
  std::vector<Leaf> leaves(100);
  work.begin(records, salts, leaves);
  EXPECT_EQ(work.step(), LeafWork::Step::Done);
  EXPECT_EQ(leaves.back(), Leaf{});
  work.finish();
  EXPECT_EQ(leaves, found_alone(records));
}

TEST_F(LeafWorkTest, before_any_work_there_is_none) {
  EXPECT_EQ(work.step(), LeafWork::Step::NothingLeft);
  work.finish();
}

}  // namespace
}  // namespace tests
