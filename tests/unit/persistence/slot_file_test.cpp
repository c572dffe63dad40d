// Two slots in turn: the newest whole one counts, and a file without any is refused.
#include "persistence/slot_file.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::Access;
using persistence::SlotFile;

struct SlotFileTest : testing::Test {
  Directory directory;
  std::filesystem::path path = directory / "slots";

  engine::Result<SlotFile> open() const { return SlotFile::open(path, "EBBTESTS", "initial!", Access::ReadWrite); }
  void write(std::initializer_list<std::string_view> records) const {
    auto file = good(open());
    for (auto const record : records) good(file.write(record));
  }
  void damage(std::uint64_t offset) const {
    auto bytes = content(path);
    bytes[offset] = static_cast<char>(bytes[offset] ^ 1);
    overwrite(path, bytes);
  }
};

TEST_F(SlotFileTest, a_new_file_holds_the_initial_record) {
  EXPECT_EQ(good(open()).record(), "initial!");
}

TEST_F(SlotFileTest, the_newest_record_is_read_back) {
  write({"record-1", "record-2", "record-3"});
  EXPECT_EQ(good(open()).record(), "record-3");
  write({"record-4"});
  EXPECT_EQ(good(open()).record(), "record-4");
}

TEST_F(SlotFileTest, a_torn_newest_slot_leaves_the_one_before) {
  write({"record-1", "record-2", "record-3"});
  damage(SlotFile::slot_bytes + 20);  // odd turns are in the second slot
  EXPECT_EQ(good(open()).record(), "record-2");
}

TEST_F(SlotFileTest, with_neither_slot_whole_it_is_refused) {
  write({"record-1", "record-2"});
  damage(20);
  damage(SlotFile::slot_bytes + 20);
  EXPECT_THAT(why(open()), testing::HasSubstr("neither of its two records is whole"));
}

TEST_F(SlotFileTest, an_empty_file_is_refused_not_begun_anew) {
  overwrite(path, "");
  EXPECT_THAT(why(open()), testing::HasSubstr("neither"));
}

TEST_F(SlotFileTest, another_files_records_are_refused) {
  write({"record-1"});
  EXPECT_FALSE(SlotFile::open(path, "EBBOTHER", "initial!", Access::ReadWrite));
}

}  // namespace
}  // namespace tests
