// A start takes the newest snapshot that counts, says of every other why not, and has the whole journal behind them.
#include "persistence/snapshot_choice.h"

#include "tests/unit/persistence/damage.h"
#include "tests/unit/persistence/snapshot_world.h"

namespace tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Thirty commands in three frames, and snapshots of the first two.
struct SnapshotChoiceTest : testing::Test {
  Directory directory;
  SnapshotDisk disk{directory.path(), std::size_t{1} << 20};
  std::vector<std::string> everything;

  void SetUp() override {
    disk.start();
    for (std::uint64_t seq = 1; seq <= 21; seq += 10) {
      disk.commit(ticks(seq, 10));
      disk.commit_tables(seq + 9);
      if (seq < 21) disk.checkpoint();
    }
    everything = disk.memory.told;
  }
  void flip(std::uint64_t seq) {
    auto bytes = content(disk.snapshot_of(seq));
    bytes[bytes.size() - 30] = static_cast<char>(bytes[bytes.size() - 30] ^ 1);
    overwrite(disk.snapshot_of(seq), bytes);
  }
  // Begins with that one (0: with none), and comes to the same all the same.
  void expect_start_from(std::uint64_t seq) {
    auto const begun_with = disk.start();
    EXPECT_EQ(begun_with ? begun_with->seq.number() : 0, seq);
    EXPECT_EQ(disk.replayed.commands, 30 - seq);
    EXPECT_EQ(disk.memory.told, everything);
  }
};

TEST_F(SnapshotChoiceTest, the_newest_is_taken) {
  expect_start_from(20);
  EXPECT_TRUE(disk.lines.empty());
}

TEST_F(SnapshotChoiceTest, a_damaged_newest_falls_back_to_the_one_before) {
  flip(20);
  expect_start_from(10);
  ASSERT_EQ(disk.lines.size(), 1U);
  EXPECT_THAT(disk.lines[0], HasSubstr("snapshot of seq 20 is not used: "));
  EXPECT_THAT(disk.lines[0], HasSubstr("it is damaged, or of another key"));
}

TEST_F(SnapshotChoiceTest, where_both_are_damaged_the_whole_journal_is_replayed) {
  flip(20);
  flip(10);
  expect_start_from(0);
  EXPECT_EQ(disk.lines.size(), 2U);
}

TEST_F(SnapshotChoiceTest, one_that_is_ahead_of_the_tables_does_not_count) {
  disk.stop();
  std::filesystem::remove_all(directory / "tables");
  {
    auto const tables = good(persistence::Tables::open(directory / "tables", {.map_bytes = std::size_t{16} << 20}));
    good(tables->commit(engine::Seq{15}));
  }
  expect_start_from(10);
  EXPECT_THAT(disk.lines, ElementsAre(HasSubstr("the tables have applied only seq 15")));
  disk.stop();
  std::filesystem::remove_all(directory / "tables");
  expect_start_from(0);
}

TEST_F(SnapshotChoiceTest, one_of_another_history_is_refused) {
  Directory elsewhere;
  SnapshotDisk other{elsewhere.path()};
  other.start();
  other.commit({bid(1, 7)});
  other.commit(ticks(2, 19));
  other.commit_tables(20);
  other.checkpoint();
  other.stop();
  disk.stop();
  // Whoever exchanges the journal has the keys and the tables, too; the snapshots stay.
  for (auto const* part : {"journal", "ANCHOR"}) {
    std::filesystem::remove_all(directory / part);
    std::filesystem::copy(elsewhere / part, directory / part, std::filesystem::copy_options::recursive);
  }
  disk.frame_ends = other.frame_ends;
  EXPECT_FALSE(disk.start());
  EXPECT_EQ(disk.memory.told, other.memory.told);
  ASSERT_EQ(disk.lines.size(), 2U);
  EXPECT_THAT(disk.lines[0], HasSubstr("it is of another journal"));
  EXPECT_THAT(disk.lines[1], HasSubstr("no frame of the journal ends there"));
}

TEST_F(SnapshotChoiceTest, one_behind_the_end_of_the_journal_is_refused) {
  Directory elsewhere;
  SnapshotDisk shorter{elsewhere.path()};
  shorter.start();
  shorter.commit(ticks(1, 10));
  shorter.commit_tables(30);
  auto const frames = shorter.disk.journal().frames();
  EXPECT_THAT(*persistence::why_not({engine::Seq{20}, disk.snapshot_of(20)},
                                    {disk.snapshots(), *disk.disk.keys().snapshot_key(), *frames, engine::Seq{30}}),
              HasSubstr("the journal ends before it"));
}

TEST_F(SnapshotChoiceTest, of_another_layout_it_is_forgotten_again_before_the_next_is_tried) {
  auto const key = *disk.disk.keys().snapshot_key();
  auto about = good(persistence::SnapshotReader::open(disk.snapshot_of(20), key)).about();
  auto writer = good(persistence::SnapshotWriter::begin(disk.snapshots(), about, key));
  good(writer.add(persistence::hall_section, "a piece that is read"));
  good(writer.add(persistence::hall_section, Chronicle::unreadable));
  good(writer.finish());
  expect_start_from(10);
  EXPECT_THAT(disk.lines, ElementsAre(HasSubstr("its hall is of another version of this program")));
}

TEST_F(SnapshotChoiceTest, one_with_a_piece_missing_does_not_count) {
  auto const key = *disk.disk.keys().snapshot_key();
  auto about = good(persistence::SnapshotReader::open(disk.snapshot_of(20), key)).about();
  auto writer = good(persistence::SnapshotWriter::begin(disk.snapshots(), about, key));
  for (auto const& piece : {everything[0], everything[1]}) good(writer.add(persistence::hall_section, piece));
  good(writer.finish());
  expect_start_from(10);
  EXPECT_THAT(disk.lines, ElementsAre(HasSubstr("pieces are missing")));
}

TEST_F(SnapshotChoiceTest, without_its_key_it_does_not_count) {
  disk.stop();
  std::filesystem::remove_all(directory / "keys");
  expect_start_from(0);
}

TEST_F(SnapshotChoiceTest, what_would_count_has_nothing_against_it) {
  auto const frames = disk.disk.journal().frames();
  persistence::SnapshotJournal const journal{disk.snapshots(), *disk.disk.keys().snapshot_key(), *frames,
                                             disk.tables->applied()};
  EXPECT_EQ(persistence::why_not({engine::Seq{20}, disk.snapshot_of(20)}, journal), std::nullopt);
  flip(20);
  EXPECT_THAT(*persistence::why_not({engine::Seq{20}, disk.snapshot_of(20)}, journal), HasSubstr("damaged"));
}

// The chain is held together at the snapshot: what lies before it in its segment is still read, beside.
TEST_F(SnapshotChoiceTest, damage_before_it_in_its_segment_is_found) {
  auto const key = *disk.disk.keys().snapshot_key();
  auto const about = good(persistence::SnapshotReader::open(disk.snapshot_of(20), key)).about();
  disk.stop();
  ClosedSegment{directory / "journal", "00000001"}.put(1, "harmed");
  good(disk.disk.open());
  EXPECT_THAT(why(disk.disk.recover(about)), HasSubstr("segment 00000001, frame 1: "));
}

// The frames before are whole, but others than those that the snapshot was decided from.
TEST_F(SnapshotChoiceTest, a_frame_that_is_not_the_one_it_stands_behind_is_found) {
  auto const key = *disk.disk.keys().snapshot_key();
  auto about = good(persistence::SnapshotReader::open(disk.snapshot_of(20), key)).about();
  about.frame[0] = static_cast<char>(about.frame[0] ^ 1);
  disk.stop();
  good(disk.disk.open());
  EXPECT_THAT(why(disk.disk.recover(about)), HasSubstr("what it holds up to seq 20 is not what was known of it"));
}

// What lies before the segment that holds the snapshot is not read again; the chain goes on from the manifest.
TEST_F(SnapshotChoiceTest, segments_before_it_are_not_read_and_the_chain_still_holds_at_it) {
  std::uint64_t seq = 31;
  for (; disk.disk.directory().empty() || !persistence::is_there(directory / "journal/00000003"); seq += 2'000) {
    disk.commit(ticks(seq, 2'000));
    disk.commit_tables(seq + 1'999);
  }
  disk.checkpoint();
  disk.commit(ticks(seq, 5));
  everything = disk.memory.told;
  disk.stop();
  {
    std::filesystem::permissions(directory / "journal/00000001/data.mdb", std::filesystem::perms::owner_all);
    ClosedSegment first{directory / "journal", "00000001"};
    first.put(1, "harmed");
  }
  ASSERT_TRUE(disk.start());
  EXPECT_EQ(disk.memory.told, everything);
  disk.commit(ticks(seq + 5, 5));  // and the journal goes on as ever
  everything = disk.memory.told;
  ASSERT_TRUE(disk.start());
  EXPECT_EQ(disk.memory.told, everything);
  disk.stop();
  // The frame at which the snapshot stands is read, and its segment.
  std::filesystem::remove_all(disk.snapshots());
  good(disk.disk.open());
  EXPECT_THAT(why(disk.disk.recover({})), HasSubstr("segment 00000001, frame 1: "));
}

}  // namespace
}  // namespace tests
