// What comes out of a backup is the same journal, or its beginning; never a directory that looks whole and is not.
#include "persistence/restore.h"

#include "persistence/backup_keys.h"
#include "tests/unit/persistence/backed_world.h"

namespace tests {
namespace {

using engine::Seq;
using testing::HasSubstr;

struct RestoreTest : BackedWorld {
  std::vector<std::string> said;  // all that the server had done

  void SetUp() override {
    BackedWorld::SetUp();
    live(6);
    live(6);
    good(disk.start());
    said = said_by_all(disk.recovered());
    head = disk.journal().head();
    last = disk.journal().last_seq();
    disk.stop();
    back_up();
  }
  persistence::Digest head{};
  Seq last;
};

TEST_F(RestoreTest, the_same_commands_and_the_same_head_come_out) {
  auto const done = restore("again");
  EXPECT_EQ(done.tail.last, last);
  EXPECT_EQ(done.commands, said.size());
  EXPECT_EQ(done.commands_cut_off, 0U);
  auto const found = good(persistence::verify(place / "again"));
  EXPECT_EQ(found.damage, std::nullopt);
  EXPECT_EQ(found.head, head);
  EXPECT_EQ(content(place / "again/journal/MANIFEST"), content(place / "data/journal/MANIFEST"));
  EXPECT_EQ(recovered("again"), said);
}

TEST_F(RestoreTest, the_restored_journal_goes_on) {
  restore("again");
  Disk again{place / "again", small_segment};
  good(again.start());
  for (int i = 0; i < 6; ++i) good(again.commit(ticks(again.journal().last_seq().number() + 1, a_frame)));
  again.stop();
  EXPECT_EQ(good(persistence::verify(place / "again")).damage, std::nullopt);
}

TEST_F(RestoreTest, until_a_command_at_a_frames_end_ends_there) {
  auto const done = restore("again", Seq{3 * a_frame});
  EXPECT_EQ(done.tail.last, Seq{3 * a_frame});
  EXPECT_EQ(done.commands_cut_off, said.size() - 3 * a_frame);
  EXPECT_EQ(done.left_out, std::nullopt);
  EXPECT_EQ(recovered("again"), std::vector(said.begin(), said.begin() + 3 * a_frame));
}

TEST_F(RestoreTest, until_a_command_within_a_frame_leaves_that_frame_out_whole_and_says_so) {
  auto const done = restore("again", Seq{3 * a_frame + 7});
  EXPECT_EQ(done.tail.last, Seq{3 * a_frame});
  EXPECT_EQ(done.left_out, std::pair(Seq{3 * a_frame + 1}, Seq{4 * a_frame}));
}

TEST_F(RestoreTest, until_a_command_in_a_later_segment_seals_the_segments_before_it) {
  auto const done = restore("again", Seq{10 * a_frame + 2});
  EXPECT_EQ(done.tail.last, Seq{10 * a_frame + 2});
  auto const found = good(persistence::verify(place / "again"));
  EXPECT_EQ(found.damage, std::nullopt);
  EXPECT_GT(found.sealed_segments, 0U);
  EXPECT_EQ(recovered("again").size(), 10 * a_frame + 2);
}

TEST_F(RestoreTest, until_the_end_of_a_sealed_segment_the_next_start_begins_a_new_one) {
  auto const manifest = good(persistence::read_manifest(place / "data/journal/MANIFEST"));
  restore("again", manifest.front().last);
  EXPECT_EQ(good(persistence::verify(place / "again")).sealed_segments, 1U);
  EXPECT_EQ(recovered("again").size(), manifest.front().last.number());
}

TEST_F(RestoreTest, until_a_time_ends_before_the_first_frame_that_is_later) {
  auto const done = restore("again", engine::at_millis(midnight_ms + 5 * a_frame + 50));
  EXPECT_EQ(done.tail.last, Seq{5 * a_frame});
  EXPECT_EQ(done.at, engine::at_millis(midnight_ms + 5 * a_frame));
  EXPECT_EQ(done.left_out, std::pair(Seq{5 * a_frame + 1}, Seq{6 * a_frame}));
}

TEST_F(RestoreTest, until_before_everything_makes_nothing) {
  EXPECT_THAT(why(persistence::restore(restoring("again", Seq{1}))), HasSubstr("holds nothing at or before"));
  EXPECT_FALSE(std::filesystem::exists(place / "again"));
}

TEST_F(RestoreTest, a_directory_that_is_not_empty_is_refused) {
  std::filesystem::create_directory(place / "again");
  overwrite(place / "again/ALIVE", "x");
  EXPECT_THAT(why(persistence::restore(restoring("again"))), HasSubstr("not empty: there is ALIVE"));
}

TEST_F(RestoreTest, an_empty_directory_is_taken) {
  std::filesystem::create_directory(place / "again");
  EXPECT_EQ(restore("again").tail.last, last);
}

TEST_F(RestoreTest, a_damaged_backup_is_named_and_nothing_is_made) {
  auto const frames = place / "backup/frames/00000002";
  flip(frames, content(frames).size() / 2);
  EXPECT_THAT(why(persistence::restore(restoring("again"))), HasSubstr("frames/00000002, byte"));
  EXPECT_FALSE(std::filesystem::exists(place / "again"));
}

TEST_F(RestoreTest, what_lies_before_the_damage_can_still_be_restored) {
  auto const frames = place / "backup/frames/00000002";
  flip(frames, content(frames).size() / 2);
  EXPECT_EQ(restore("again", Seq{2 * a_frame}).tail.last, Seq{2 * a_frame});
}

TEST_F(RestoreTest, frames_that_were_exchanged_are_refused) {
  std::filesystem::rename(place / "backup/frames/00000001", place / "backup/frames/x");
  std::filesystem::rename(place / "backup/frames/00000002", place / "backup/frames/00000001");
  std::filesystem::rename(place / "backup/frames/x", place / "backup/frames/00000002");
  EXPECT_FALSE(persistence::restore(restoring("again")));
}

TEST_F(RestoreTest, without_keys_it_can_be_verified_but_does_not_start) {
  auto asked = restoring("again");
  asked.keys_from.reset();
  good(persistence::restore(asked));
  EXPECT_EQ(good(persistence::verify(place / "again")).damage, std::nullopt);
  Disk again{place / "again", small_segment};
  EXPECT_THAT(why(again.start()), HasSubstr("is gone"));
}

TEST_F(RestoreTest, one_that_was_interrupted_does_not_start) {
  restore("again");
  for (auto const* missing : {"again/journal/MANIFEST", "again/journal"}) {
    std::filesystem::remove_all(place / missing);
    Disk again{place / "again", small_segment};
    EXPECT_FALSE(again.start()) << missing;
  }
}

TEST_F(RestoreTest, a_restored_directory_can_be_backed_up_where_it_came_from) {
  restore("again");
  auto onwards = order();
  onwards.directory = place / "again";
  EXPECT_EQ(good(persistence::back_up(onwards)).frames_copied, 0U);
}

TEST_F(RestoreTest, one_that_was_cut_off_is_another_journal_for_the_old_backup_once_it_went_on) {
  restore("again", Seq{3 * a_frame});
  auto onwards = order();
  onwards.directory = place / "again";
  EXPECT_THAT(why(persistence::back_up(onwards)), HasSubstr("is the backup of another journal"));
}

TEST_F(RestoreTest, signed_heads_come_back_with_the_tree_that_they_were_signed_for) {
  auto const heads = sign();
  EXPECT_EQ(back_up().heads_copied, heads.size());
  EXPECT_EQ(back_up().heads_copied, 0U) << "those are there already";
  auto const done = restore("again");
  EXPECT_EQ(done.heads, heads.size());
  EXPECT_EQ(done.heads_beyond, 0U);
  auto const tree = good(persistence::TreeStore::open(place / "again/tree", persistence::Access::ReadOnly));
  EXPECT_EQ(good(tree.newest_head()), heads.back());
  EXPECT_EQ(good(tree.head_from(1)), heads.front());
  EXPECT_EQ(tree.committed().size, last.number());
}

TEST_F(RestoreTest, signed_heads_behind_the_cut_are_told) {
  auto const heads = sign();
  back_up();
  auto const done = restore("again", Seq{3 * a_frame});
  EXPECT_EQ(done.heads, 3U);
  EXPECT_EQ(done.heads_beyond, heads.size() - 3);
  EXPECT_EQ(done.newest_beyond, heads.back());
}

TEST_F(RestoreTest, a_head_that_another_journal_was_signed_for_is_refused) {
  sign();
  back_up();
  // Another key of the log gives other leaves.
  std::filesystem::remove_all(place / "data/keys");
  good(persistence::KeyStore::open(place / "data/keys", persistence::Access::ReadWrite));
  good(persistence::back_up_keys(place / "data/keys", place / "keys"));
  EXPECT_THAT(why(persistence::restore(restoring("again"))),
              HasSubstr("this journal was rewritten, or its keys are others"));
}

TEST_F(RestoreTest, a_head_that_was_changed_is_no_head) {
  sign();
  back_up();
  auto const heads = content(place / "backup/heads");
  flip(place / "backup/heads", heads.find("root") + 8);
  EXPECT_THAT(why(persistence::restore(restoring("again"))), HasSubstr("heads: line 1 is not a head"));
}

}  // namespace
}  // namespace tests
