// Offline: what is counted, where the first damage is, and that nothing is changed by looking.
#include "persistence/verify.h"

#include "persistence/directory_lock.h"
#include "tests/unit/persistence/damage.h"

namespace tests {
namespace {

struct VerifyTest : testing::Test {
  Directory directory;
  Disk disk{directory.path()};

  void SetUp() override {
    good(disk.start());
    good(disk.commit({tick(1), sealed_quote(2, 99'00)}));
    good(disk.commit({new_password(3, "hash")}));
    good(disk.commit({tick(4)}));
    head = disk.journal().head();
    disk.stop();
  }
  persistence::Digest head{};
};

TEST_F(VerifyTest, a_whole_journal_is_counted) {
  auto const found = good(persistence::verify(directory.path()));
  EXPECT_EQ(found.damage, std::nullopt);
  EXPECT_EQ(found.frames, 3U);
  EXPECT_EQ(found.commands, 4U);
  EXPECT_EQ(found.first, engine::Seq{1});
  EXPECT_EQ(found.last, engine::Seq{4});
  EXPECT_EQ(found.head, head);
}

TEST_F(VerifyTest, it_needs_no_keys) {
  std::filesystem::remove_all(directory / "keys");
  EXPECT_EQ(good(persistence::verify(directory.path())).damage, std::nullopt);
}

TEST_F(VerifyTest, the_first_damage_is_named_and_what_lies_before_it_is_counted) {
  {
    ClosedSegment segment{directory / "journal", "00000001"};
    auto frame = segment.frame(3);
    frame.back() = static_cast<char>(frame.back() ^ 1);
    segment.put(3, frame);
  }
  auto const found = good(persistence::verify(directory.path()));
  EXPECT_EQ(found.damage, "segment 00000001, frame 3: the checksum of a frame is wrong");
  EXPECT_EQ(found.frames, 1U);
  EXPECT_EQ(found.last, engine::Seq{2});
}

TEST_F(VerifyTest, looking_changes_nothing) {
  auto const before = content(directory / "journal/00000001/data.mdb") + content(directory / "ANCHOR");
  good(persistence::verify(directory.path()));
  EXPECT_EQ(content(directory / "journal/00000001/data.mdb") + content(directory / "ANCHOR"), before);
}

TEST_F(VerifyTest, every_command_is_visited_with_its_secret) {
  std::vector<std::string> seen;
  good(persistence::visit_commands(
      directory.path(), [&](persistence::FrameHeader const&, engine::Sequenced const& c) { seen.push_back(said(c)); }));
  EXPECT_EQ(seen, said_by_all(std::vector{tick(1), sealed_quote(2, 99'00), new_password(3, "hash"), tick(4)}));
}

TEST_F(VerifyTest, a_directory_in_use_or_without_a_journal_is_a_failure) {
  EXPECT_THAT(why(persistence::verify(directory / "none")), testing::HasSubstr("no journal here"));
  auto const lock = good(persistence::DirectoryLock::take(directory.path()));
  EXPECT_THAT(why(persistence::verify(directory.path())), testing::HasSubstr("in use"));
}

}  // namespace
}  // namespace tests
