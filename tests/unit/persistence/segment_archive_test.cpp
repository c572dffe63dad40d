// Segments outside of their data directory: what was put in comes out, and nothing else does.
#include "persistence/segment_archive.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::ArchivedFile;
using persistence::ArchivedSegment;
using persistence::SegmentArchive;
using testing::HasSubstr;

struct SegmentArchiveTest : testing::Test {
  Directory folder;
  SegmentArchive archive = good(SegmentArchive::open(folder.path(), SegmentArchive::Begin::IfMissing));

  void SetUp() override { std::filesystem::create_directory(folder / "segments"); }

  ArchivedSegment put(std::uint32_t number, std::vector<std::string> const& frames) {
    ArchivedSegment archived{
        {number, engine::Seq{number * 100U}, engine::Seq{number * 100U + 99}, frames.size(), {}}, {}, 0, {}};
    archived.segment.head.fill('h');
    archived.root.fill('r');
    auto file = good(ArchivedFile::begin(archive.file_of(archived.segment)));
    for (auto const& frame : frames) good(file.append(frame));
    good(file.finish(archived));
    good(archive.hold(archived));
    return archived;
  }
  engine::Result<std::vector<std::string>> frames_of(std::uint32_t number) const {
    std::vector<std::string> frames;
    auto const read = archive.read(number, [&](std::string_view frame) -> engine::Result<void> {
      frames.emplace_back(frame);
      return {};
    });
    if (!read) return std::unexpected(read.error());
    return frames;
  }
};

TEST_F(SegmentArchiveTest, frames_come_out_as_they_went_in) {
  std::vector<std::string> const frames{"one", std::string(3'000'000, 'x'), "",
                                        std::string(engine::limits::frame_bytes_max, 'y')};
  put(1, frames);
  EXPECT_EQ(good(frames_of(1)), frames);
}

TEST_F(SegmentArchiveTest, it_is_the_same_when_it_is_opened_again) {
  auto const first = put(1, {"one"});
  auto const second = put(2, {"two", "three"});
  archive = good(SegmentArchive::open(folder.path(), SegmentArchive::Begin::OnlyIfThere));
  EXPECT_EQ(archive.segments(), (std::vector{first, second}));
  EXPECT_EQ(good(frames_of(2)), (std::vector<std::string>{"two", "three"}));
}

TEST_F(SegmentArchiveTest, a_file_is_named_by_its_first_and_last_seq) {
  auto const archived = put(1, {"one"});
  EXPECT_EQ(archive.file_of(archived.segment), folder / "segments/00000000000000000100-00000000000000000199.zst");
  EXPECT_TRUE(std::filesystem::exists(archive.file_of(archived.segment)));
}

// FORMAT.md: Archive of segments.
TEST_F(SegmentArchiveTest, the_index_has_the_bytes_of_the_format) {
  auto const archived = put(1, {"one"});
  engine::ByteWriter expected;
  expected.put_raw("EBBARCHV").put(std::uint16_t{1}).put(std::uint32_t{1});
  expected.put(std::uint32_t{1}).put(std::uint64_t{100}).put(std::uint64_t{199}).put(std::uint64_t{1});
  expected.put_raw(std::string(32, 'h')).put_raw(std::string(32, 'r'));
  expected.put(archived.bytes).put_raw(persistence::view(archived.file));
  auto const bytes = content(folder / "SEGMENTS");
  EXPECT_EQ(bytes.substr(0, bytes.size() - 4), expected.view());
}

TEST_F(SegmentArchiveTest, any_flipped_bit_of_a_file_and_any_cut_is_seen) {
  auto const path = archive.file_of(put(1, {"one", "two", std::string(2'000, 'z')}).segment);
  auto const whole = content(path);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    overwrite(path, flipped);
    EXPECT_FALSE(frames_of(1)) << at;
    overwrite(path, whole.substr(0, at));
    EXPECT_FALSE(frames_of(1)) << at;
  }
  overwrite(path, whole + whole);
  EXPECT_THAT(why(frames_of(1)), HasSubstr("not the file that the index lists"));
}

TEST_F(SegmentArchiveTest, any_flipped_bit_of_the_index_is_seen) {
  put(1, {"one"});
  auto const whole = content(folder / "SEGMENTS");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    overwrite(folder / "SEGMENTS", flipped);
    EXPECT_FALSE(SegmentArchive::open(folder.path(), SegmentArchive::Begin::OnlyIfThere)) << at;
  }
}

TEST_F(SegmentArchiveTest, another_journal_and_too_few_segments_are_told) {
  auto const archived = put(1, {"one"});
  persistence::Manifest manifest{archived.segment};
  good(archive.belongs_to(manifest, 1));
  EXPECT_THAT(why(archive.belongs_to(manifest, 2)), HasSubstr("lie in another archive"));
  manifest[0].head.fill('o');
  EXPECT_THAT(why(archive.belongs_to(manifest, 1)), HasSubstr("the archive of another journal"));
}

TEST_F(SegmentArchiveTest, a_folder_without_an_index_is_no_archive) {
  EXPECT_THAT(why(SegmentArchive::open(folder / "nowhere", SegmentArchive::Begin::OnlyIfThere)),
              HasSubstr("no segments of a journal are archived here"));
}

}  // namespace
}  // namespace tests
