// The texts of a backup and a restore, and that what was restored is decided as it was.
#include "tools/ebb/backup.h"

#include "persistence/tables.h"
#include "tests/unit/tools/kept_world.h"

namespace {

using kept::why;
using testing::AllOf;
using testing::HasSubstr;

class BackupTest : public kept::KeptWorld {
 protected:
  void SetUp() override {
    run();
    three_bids();
    keep();
    auto const told = ebb::backup({.directory = data(), .to = place("backup"), .keys_to = place("keys")});
    ASSERT_TRUE(told) << told.error().what;
    EXPECT_THAT(*told, AllOf(HasSubstr("copied "), HasSubstr("keep them apart from the backup")));
  }
  engine::Result<std::string> restore(persistence::Until until = {}) const {
    return ebb::restore(
        {.from = place("backup"), .directory = place("again"), .keys_from = place("keys"), .until = until});
  }
  static std::string rows(std::filesystem::path const& directory) {
    auto const tables = persistence::Tables::open(directory / "tables", {.map_bytes = std::size_t{64} << 20});
    std::string all;
    if (!tables) return all;
    (*tables)->for_each_row([&](auto table, auto key, auto value) { (((all += table) += key) += value) += '\n'; });
    return all;
  }
};

TEST_F(BackupTest, what_was_restored_serves_with_the_same_tables) {
  auto const told = restore();
  ASSERT_TRUE(told) << told.error().what;
  EXPECT_THAT(*told, HasSubstr("decided again: every digest as before; tables rebuilt: it serves"));
  EXPECT_EQ(rows(place("again")), rows(data()));
  EXPECT_NE(rows(data()), "");
}

TEST_F(BackupTest, what_was_cut_off_is_told_and_what_is_left_serves) {
  auto const last = world_.journal().last_seq();
  auto const told = restore(engine::Seq{last.number() - 1});
  ASSERT_TRUE(told) << told.error().what;
  EXPECT_THAT(*told,
              AllOf(HasSubstr("cut off: 1 commands behind seq"), HasSubstr("can prove it"), HasSubstr("it serves")));
}

TEST_F(BackupTest, a_second_backup_says_that_there_is_nothing_new) {
  auto const told = ebb::backup({.directory = data(), .to = place("backup"), .keys_to = {}});
  ASSERT_TRUE(told) << told.error().what;
  EXPECT_THAT(*told, AllOf(HasSubstr("nothing new to copy"), HasSubstr("1 of 1 segments were there already"),
                           HasSubstr("without keys (--with-keys)")));
}

TEST_F(BackupTest, without_keys_it_says_that_it_does_not_serve) {
  auto const told = ebb::restore({.from = place("backup"), .directory = place("again"), .keys_from = {}, .until = {}});
  ASSERT_TRUE(told) << told.error().what;
  EXPECT_THAT(*told, HasSubstr("does not serve"));
}

TEST_F(BackupTest, a_directory_that_is_not_empty_is_left_alone) {
  std::filesystem::create_directories(place("again") / "journal");
  EXPECT_THAT(why(restore()), HasSubstr("not empty"));
}

}  // namespace
