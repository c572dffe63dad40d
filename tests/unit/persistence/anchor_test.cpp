// The anchor notices what no checksum inside the journal can: that there had been more.
#include "persistence/anchor.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

struct AnchorTest : testing::Test {
  Directory directory;
  Disk disk{directory.path()};

  void copy(std::string_view from, std::string_view to) {
    std::filesystem::remove_all(directory / to);
    std::filesystem::copy(directory / from, directory / to, std::filesystem::copy_options::recursive);
  }
};

TEST_F(AnchorTest, it_holds_the_tail_of_the_last_commit) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  auto const anchor = good(persistence::Anchor::open(directory / "ANCHOR", persistence::Access::ReadOnly));
  EXPECT_EQ(anchor.tail().last, engine::Seq{5});
  EXPECT_EQ(anchor.tail().head, disk.journal().head());
}

TEST_F(AnchorTest, a_journal_that_lost_its_last_commit_is_refused) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  disk.stop();
  copy("journal", "earlier");
  good(disk.start());
  good(disk.commit(ticks(6, 5)));
  disk.stop();
  copy("earlier", "journal");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("ends at seq 5, but its anchor has seen 10"));
}

TEST_F(AnchorTest, an_anchor_that_is_behind_is_what_a_crash_leaves) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  auto const earlier = content(directory / "ANCHOR");
  good(disk.commit(ticks(6, 5)));
  disk.stop();
  overwrite(directory / "ANCHOR", earlier);
  good(disk.start());
  EXPECT_EQ(disk.recovered().size(), 10U);
}

TEST_F(AnchorTest, another_journal_with_the_same_seqs_is_refused) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  disk.stop();
  Disk other{directory / "other"};
  good(other.start());
  good(other.commit({bid(1, 1), bid(2, 1), bid(3, 1), bid(4, 1), bid(5, 1)}));
  other.stop();
  copy("other/journal", "journal");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("another journal"));
}

TEST_F(AnchorTest, an_anchor_in_the_middle_of_a_frame_is_refused) {
  good(disk.start());
  good(disk.commit(ticks(1, 3)));
  disk.stop();
  Disk other{directory / "other"};
  good(other.start());
  good(other.commit(ticks(1, 5)));
  other.stop();
  copy("other/journal", "journal");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("into its middle"));
}

TEST_F(AnchorTest, a_missing_anchor_beside_a_journal_is_refused) {
  good(disk.start());
  disk.stop();
  std::filesystem::remove(directory / "ANCHOR");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("missing beside an existing journal"));
}

TEST_F(AnchorTest, a_missing_journal_beside_an_anchor_is_refused) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  disk.stop();
  std::filesystem::remove_all(directory / "journal");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("ends at seq 0"));
}

}  // namespace
}  // namespace tests
