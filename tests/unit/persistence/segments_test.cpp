// Segments and what an interrupted roll-over leaves of them.
#include "persistence/segments.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

struct SegmentsTest : testing::Test {
  Directory directory;
  std::filesystem::path journal = directory / "disk/journal";
  Disk disk{directory / "disk", 64 << 10};
  std::uint64_t committed = 0;

  void fill_two_segments() {
    good(disk.start());
    while (!std::filesystem::exists(journal / "00000002")) commit_some();
    commit_some();
    disk.stop();
  }
  void commit_some() {
    good(disk.commit(ticks(committed + 1, 100)));
    committed += 100;
  }
  void expect_whole() {
    good(disk.start());
    EXPECT_EQ(disk.recovered().size(), committed);
    commit_some();
    good(disk.start());
    EXPECT_EQ(disk.recovered().size(), committed);
  }
};

TEST_F(SegmentsTest, a_sealed_segment_is_listed_and_read_only) {
  fill_two_segments();
  auto const manifest = good(persistence::read_manifest(journal / "MANIFEST"));
  ASSERT_EQ(manifest.size(), 1U);
  EXPECT_EQ(manifest[0].first, engine::Seq{1});
  EXPECT_EQ(manifest[0].frames * 100, manifest[0].last.number());
  EXPECT_EQ(std::filesystem::status(journal / "00000001/data.mdb").permissions(), std::filesystem::perms::owner_read);
  expect_whole();
}

TEST_F(SegmentsTest, a_crash_between_manifest_and_new_segment_is_finished) {
  fill_two_segments();
  // As it was before the first commit to the second segment.
  auto const lost = committed - good(persistence::read_manifest(journal / "MANIFEST"))[0].last.number();
  std::filesystem::remove_all(journal / "00000002");
  std::filesystem::create_directory(journal / "00000002.new");
  overwrite(journal / "00000002.new/data.mdb", "half made");
  std::filesystem::remove(directory / "disk/ANCHOR");
  good(persistence::Anchor::open(directory / "disk/ANCHOR", persistence::Access::ReadWrite));
  committed -= lost;
  expect_whole();
  EXPECT_FALSE(std::filesystem::exists(journal / "00000002.new"));
}

TEST_F(SegmentsTest, a_missing_sealed_segment_is_refused) {
  fill_two_segments();
  std::filesystem::remove_all(journal / "00000001");
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("the manifest lists it, and it is not there"));
}

TEST_F(SegmentsTest, a_missing_manifest_is_refused) {
  fill_two_segments();
  std::filesystem::remove(journal / "MANIFEST");
  EXPECT_FALSE(disk.start());
}

TEST_F(SegmentsTest, a_segment_too_many_is_refused) {
  fill_two_segments();
  good(persistence::write_manifest(journal / "MANIFEST", {}));
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("not in the manifest, yet not the last segment"));
}

TEST_F(SegmentsTest, a_manifest_that_says_otherwise_is_refused) {
  fill_two_segments();
  auto manifest = good(persistence::read_manifest(journal / "MANIFEST"));
  ++manifest[0].frames;
  good(persistence::write_manifest(journal / "MANIFEST", manifest));
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("segment 00000001: not what the manifest lists"));
}

}  // namespace
}  // namespace tests
