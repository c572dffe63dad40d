// What a data directory says of segments that left it.
#include "persistence/trimmed.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::read_trimmed;
using persistence::write_trimmed;
using testing::HasSubstr;

struct TrimmedTest : testing::Test {
  Directory journal;
  std::filesystem::path file = journal / persistence::trimmed_name;
};

TEST_F(TrimmedTest, without_a_file_nothing_was_trimmed) {
  EXPECT_EQ(good(read_trimmed(journal.path())).segments, 0U);
}

TEST_F(TrimmedTest, what_was_written_is_read_and_of_no_segment_there_is_no_file) {
  good(write_trimmed(journal.path(), {3, "/srv/archive"}));
  auto const read = good(read_trimmed(journal.path()));
  EXPECT_EQ(read.segments, 3U);
  EXPECT_EQ(read.archive, "/srv/archive");
  good(write_trimmed(journal.path(), {}));
  EXPECT_FALSE(std::filesystem::exists(file));
}

// FORMAT.md: TRIMMED.
TEST_F(TrimmedTest, its_bytes_are_those_of_the_format) {
  good(write_trimmed(journal.path(), {3, "/a"}));
  auto const bytes = persistence::hex(content(file));
  EXPECT_EQ(bytes.substr(0, bytes.size() - 8),
            persistence::hex("EBBTRIMD") + "0100" + "03000000" + "02000000" + "2f61");
}

TEST_F(TrimmedTest, any_flipped_bit_and_any_cut_is_seen) {
  good(write_trimmed(journal.path(), {3, "/srv/archive"}));
  auto const whole = content(file);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    overwrite(file, flipped);
    EXPECT_FALSE(read_trimmed(journal.path())) << at;
    overwrite(file, whole.substr(0, at));
    EXPECT_FALSE(read_trimmed(journal.path())) << at;
  }
}

TEST_F(TrimmedTest, a_later_version_is_named) {
  good(write_trimmed(journal.path(), {3, "/srv/archive"}));
  auto bytes = content(file);
  bytes[8] = 2;
  overwrite(file, bytes);
  EXPECT_THAT(why(read_trimmed(journal.path())), HasSubstr("version 2 is unknown"));
}

TEST_F(TrimmedTest, whoever_needs_the_frames_is_told_which_they_are_and_what_brings_them_back) {
  persistence::Manifest const manifest{{1, engine::Seq{1}, engine::Seq{40}, 2, {}},
                                       {2, engine::Seq{41}, engine::Seq{99}, 3, {}}};
  EXPECT_THAT(persistence::where_they_lie("/var/ebb/journal", manifest, {2, "/srv/archive"}),
              testing::AllOf(HasSubstr("segments 1 to 2"), HasSubstr("seq 1 to 99"),
                             HasSubstr("`ebb restore /srv/archive /var/ebb --segments`")));
}

}  // namespace
}  // namespace tests
