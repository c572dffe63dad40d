// Files: what is written is there, and what cannot be is a Failure that names the path.
#include "persistence/files.h"

#include <fcntl.h>

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using namespace persistence;

struct FilesTest : testing::Test {
  Directory directory;
};

TEST_F(FilesTest, bytes_land_at_their_offset) {
  {
    auto file = good(File::open(directory / "f", O_CREAT | O_RDWR));
    good(file.write_at(0, "aaaa"));
    good(file.write_at(2, "bb"));
    good(file.sync());
  }
  EXPECT_EQ(good(read_file(directory / "f")), "aabb");
}

TEST_F(FilesTest, a_replaced_file_has_the_new_bytes_and_leaves_nothing_beside_it) {
  good(replace_file(directory / "f", "old and long"));
  good(replace_file(directory / "f", "new"));
  EXPECT_EQ(good(read_file(directory / "f")), "new");
  EXPECT_FALSE(is_there(directory / "f.new"));
}

TEST_F(FilesTest, a_directory_is_made_with_its_parents_for_its_owner_only) {
  good(make_directory(directory / "a/b"));
  good(make_directory(directory / "a/b"));
  EXPECT_EQ(std::filesystem::status(directory / "a/b").permissions(), std::filesystem::perms::owner_all);
}

TEST_F(FilesTest, what_cannot_be_names_the_path) {
  EXPECT_THAT(why(read_file(directory / "none")), testing::HasSubstr("none: open: No such file"));
  EXPECT_THAT(why(File::open(directory / "none", O_RDONLY)), testing::HasSubstr("No such file"));
  overwrite(directory / "file", "x");
  EXPECT_THAT(why(make_directory(directory / "file/below")), testing::HasSubstr("file/below"));
  EXPECT_THAT(why(replace_file(directory / "file/below", "x")), testing::HasSubstr("Not a directory"));
}

}  // namespace
}  // namespace tests
