// Snapshots are made by replaying: beside a journal that goes on, as far as the tables have come, two at a time; and
// whatever goes wrong costs a snapshot and nothing else.
#include "persistence/checkpointer.h"

#include <condition_variable>

#include "tests/unit/persistence/snapshot_world.h"

namespace tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct CheckpointerTest : testing::Test {
  Directory directory;
  SnapshotDisk disk{directory.path()};

  void SetUp() override { disk.start(); }
  void commit(std::uint64_t first, std::uint64_t count) { disk.commit(ticks(first, count)); }
};

TEST_F(CheckpointerTest, a_start_from_a_snapshot_and_the_tail_is_a_start_from_the_whole_journal) {
  commit(1, 5);
  disk.commit({bid(6, 9'800'000), sealed_quote(7, 9'700'000)});
  disk.commit_tables(7);
  disk.checkpoint();
  commit(8, 3);
  auto const before = disk.memory.told;
  auto const begun_with = disk.start();
  ASSERT_TRUE(begun_with);
  EXPECT_EQ(begun_with->seq, engine::Seq{7});
  EXPECT_EQ(disk.replayed.commands, 3U);
  EXPECT_EQ(disk.memory.told, before);
  EXPECT_TRUE(disk.lines.empty());
  commit(11, 2);  // the digests that the next frames carry are those of the whole journal
  std::filesystem::remove_all(disk.snapshots());
  EXPECT_FALSE(disk.start());
  EXPECT_EQ(disk.replayed.commands, 12U);
}

TEST_F(CheckpointerTest, it_grows_from_the_one_before_and_two_are_kept) {
  for (std::uint64_t seq = 1; seq <= 41; seq += 10) {
    commit(seq, 10);
    disk.commit_tables(seq + 9);
    disk.checkpoint();
  }
  ASSERT_EQ(disk.made.size(), 5U);
  for (auto const& made : disk.made) EXPECT_EQ(made.commands, 10U) << "only what is new is replayed";
  EXPECT_EQ(disk.made.back().bytes, std::filesystem::file_size(disk.snapshot_of(50)));
  EXPECT_THAT(disk.kept(), ElementsAre(50, 40));
}

TEST_F(CheckpointerTest, it_goes_as_far_as_the_tables_have_come_and_ends_with_a_frame) {
  commit(1, 5);
  commit(6, 5);
  commit(11, 5);
  disk.commit_tables(12);
  disk.checkpoint();
  EXPECT_THAT(disk.kept(), ElementsAre(10));
}

TEST_F(CheckpointerTest, there_is_none_without_a_new_frame) {
  disk.checkpoint();
  commit(1, 5);
  disk.commit_tables(3);
  disk.checkpoint();
  EXPECT_TRUE(disk.kept().empty());
  EXPECT_TRUE(disk.failures.empty());
}

TEST_F(CheckpointerTest, it_never_makes_one_when_told_so) {
  commit(1, 5);
  disk.commit_tables(5);
  auto options = disk.options();
  options.every = 0;
  auto const none = disk.checkpointer(options);
  none->start({});
  none->stop();
  none->finish();
  EXPECT_TRUE(disk.kept().empty());
}

TEST_F(CheckpointerTest, too_few_commands_are_not_worth_one_at_the_stop) {
  commit(1, 5);
  disk.commit_tables(5);
  auto options = disk.options();
  options.at_stop_from = 6;
  disk.checkpointer(options)->finish();
  EXPECT_TRUE(disk.kept().empty());
}

TEST_F(CheckpointerTest, beside_a_journal_that_goes_on_one_comes_whenever_enough_have_gathered) {
  auto options = disk.options();
  options.every = 50;
  auto const checkpointer = disk.checkpointer(options);
  checkpointer->start({});
  for (std::uint64_t seq = 1; disk.kept().size() < 2; seq += 10) {
    commit(seq, 10);
    disk.commit_tables(seq + 9);
  }
  checkpointer->stop();
  EXPECT_TRUE(disk.failures.empty());
  auto const before = disk.memory.told;
  ASSERT_TRUE(disk.start());
  EXPECT_EQ(disk.memory.told, before);
}

// Few commands can fill a segment. Behind the third there is none: of what came since the first, no segment is whole.
TEST(CheckpointerOfSegments, one_comes_when_a_whole_segment_lies_behind_the_one_before) {
  Directory directory;
  SnapshotDisk disk{directory.path(), std::size_t{1} << 20};
  disk.start();
  auto options = disk.options();
  options.every = 1'000'000'000;
  std::uint64_t seq = 1;
  auto const frames = disk.disk.journal().frames();
  auto const fill = [&](std::uint32_t segments) {
    for (; frames->segment_of(engine::Seq{seq}) < segments; seq += 2'000) disk.commit(ticks(seq, 2'000));
    disk.commit_tables(seq - 1);
  };
  auto const checkpointer = disk.checkpointer(options);
  checkpointer->start({});
  fill(2);
  while (disk.kept().empty()) std::this_thread::yield();
  fill(3);
  fill(4);
  while (disk.kept().size() < 2) std::this_thread::yield();
  checkpointer->stop();
  auto const kept = disk.kept();
  EXPECT_EQ(frames->segment_of(engine::Seq{kept[1]}), 2U);
  EXPECT_EQ(frames->segment_of(engine::Seq{kept[0]}), 4U);
  EXPECT_TRUE(disk.failures.empty());
}

// The writer is held in the middle of a file; the stop does not wait for more than the piece it is at.
TEST_F(CheckpointerTest, a_stop_gives_up_the_one_under_way_and_leaves_nothing_half) {
  struct Gate {
    std::mutex mutex;
    std::condition_variable changed;
    bool is_reached = false, is_open = false;
  } gate;
  class Held final : public persistence::Fold {
   public:
    explicit Held(Gate& at) : gate_(at) {}
    bool load(std::string_view, std::string_view) override { return false; }
    void apply(std::span<engine::Sequenced const> frame, engine::ByteWriter& outcomes) override {
      outcomes.put_raw(outcomes_of(frame));
    }
    bool is_whole() const override { return false; }
    std::uint64_t state() const override { return 0; }
    void save(TakePiece const& take) const override {
      take(persistence::hall_section, "first");
      {
        std::unique_lock held{gate_.mutex};
        gate_.is_reached = true;
        gate_.changed.notify_all();
        gate_.changed.wait(held, [this] { return gate_.is_open; });
      }
      take(persistence::hall_section, "second");
    }

   private:
    Gate& gate_;
  };
  commit(1, 5);
  disk.commit_tables(5);
  persistence::Checkpointer checkpointer{disk.options(),
                                         disk.disk.journal(),
                                         disk.disk.keys(),
                                         *disk.tables,
                                         [&gate] { return std::make_unique<Held>(gate); },
                                         disk.told()};
  checkpointer.start({});
  std::unique_lock held{gate.mutex};
  gate.changed.wait(held, [&gate] { return gate.is_reached; });
  commit(6, 5);  // the journal does not wait for it
  std::thread opens{[&gate, &disk = disk] {
    while (persistence::half_made_snapshots_in(disk.snapshots()).empty()) std::this_thread::yield();
    std::scoped_lock const opening{gate.mutex};
    gate.is_open = true;
    gate.changed.notify_all();
  }};
  held.unlock();
  checkpointer.stop();
  opens.join();
  EXPECT_TRUE(disk.kept().empty() || disk.kept() == std::vector<std::uint64_t>{5}) << "whole or not at all";
  EXPECT_TRUE(persistence::half_made_snapshots_in(disk.snapshots()).empty());
  EXPECT_TRUE(disk.failures.empty());
}

TEST_F(CheckpointerTest, what_an_earlier_life_left_half_made_goes_at_the_start) {
  std::filesystem::create_directories(disk.snapshots());
  overwrite(disk.snapshots() / "00000000000000000005.snap.part", "half");
  auto const checkpointer = disk.checkpointer(disk.options());
  checkpointer->start({});
  checkpointer->stop();
  EXPECT_TRUE(std::filesystem::is_empty(disk.snapshots()));
}

TEST_F(CheckpointerTest, a_memory_that_decided_otherwise_shows_and_no_snapshot_is_made) {
  commit(1, 5);
  disk.disk.decides_otherwise_at(6);
  commit(6, 5);
  disk.disk.decides_otherwise_at(0);
  commit(11, 5);
  disk.commit_tables(15);
  disk.checkpoint();
  EXPECT_TRUE(disk.kept().empty());
  ASSERT_EQ(disk.failures.size(), 1U);
  EXPECT_THAT(disk.failures[0], HasSubstr("frame 11: everything before it was decided otherwise by the server"));
}

TEST_F(CheckpointerTest, a_disk_without_room_is_said_and_the_next_is_tried_when_as_many_have_gathered) {
  commit(1, 5);
  disk.commit_tables(5);
  auto options = disk.options();
  options.every = 5;
  options.free_bytes_min = std::uint64_t{1} << 62;
  auto const checkpointer = disk.checkpointer(options);
  checkpointer->finish();
  checkpointer->finish();  // nothing new has gathered
  ASSERT_EQ(disk.failures.size(), 1U);
  EXPECT_THAT(disk.failures[0], HasSubstr("too few for a snapshot"));
  commit(6, 5);
  disk.commit_tables(10);
  checkpointer->finish();
  EXPECT_EQ(disk.failures.size(), 2U);
}

TEST_F(CheckpointerTest, where_the_newest_is_damaged_the_next_grows_from_the_one_before_and_replaces_it) {
  for (std::uint64_t seq = 1; seq <= 21; seq += 10) {
    commit(seq, 10);
    disk.commit_tables(seq + 9);
    if (seq < 21) disk.checkpoint();
  }
  overwrite(disk.snapshot_of(20), "damaged");
  disk.checkpoint();
  EXPECT_EQ(disk.made.back().commands, 20U);
  EXPECT_THAT(disk.kept(), ElementsAre(30, 10));
}

}  // namespace
}  // namespace tests
