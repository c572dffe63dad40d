// A backup holds all that was acknowledged, grows by what is new, finds what rotted, and refuses what is not its own.
#include "persistence/backup.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "persistence/backup_set.h"
#include "persistence/directory_lock.h"
#include "tests/unit/persistence/backed_world.h"

namespace tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// LMDB allows one environment a process, so here the server is down but for the test that forks one.
struct BackupTest : BackedWorld {
  persistence::BackedUp live_and_back_up(std::uint64_t frames) {
    live(frames);
    disk.stop();
    auto const done = back_up();
    good(disk.start());
    return done;
  }
};

TEST_F(BackupTest, all_that_was_acknowledged_is_in_it) {
  auto const done = live_and_back_up(12);
  EXPECT_EQ(done.tail.last, disk.journal().last_seq());
  EXPECT_EQ(done.tail.head, disk.journal().head());
  EXPECT_EQ(done.frames_copied, 14U);
  EXPECT_EQ(done.commands_copied, 12 * a_frame + 2);
  EXPECT_GT(done.segments, 2U) << "the test wants sealed segments";
}

TEST_F(BackupTest, a_second_one_copies_only_what_is_new) {
  live_and_back_up(12);
  auto const second = live_and_back_up(1);
  EXPECT_EQ(second.frames_copied, 3U);
  EXPECT_EQ(second.tail.head, disk.journal().head());
  EXPECT_EQ(second.segments_kept, second.segments - 1);
}

TEST_F(BackupTest, one_of_an_unchanged_journal_copies_nothing) {
  live_and_back_up(12);
  disk.stop();
  auto const again = back_up();
  EXPECT_EQ(again.frames_copied, 0U);
  EXPECT_EQ(again.segments_kept, again.segments);
}

TEST_F(BackupTest, it_goes_on_where_the_server_began_a_new_segment_meanwhile) {
  std::size_t segments = 0;
  for (int day = 0; day < 6; ++day) segments = live_and_back_up(1).segments;
  EXPECT_GT(segments, 2U);
  restore("again");
  EXPECT_EQ(recovered("again"), said_by_all(disk.recovered()));
}

TEST_F(BackupTest, what_an_interrupted_run_left_behind_the_index_does_not_count) {
  live_and_back_up(2);
  auto const frames = place / "backup/frames/00000001";
  overwrite(frames, content(frames) + "half a frame");
  live_and_back_up(2);
  restore("again");
  EXPECT_EQ(recovered("again"), said_by_all(disk.recovered()));
}

TEST_F(BackupTest, a_first_run_that_was_interrupted_is_done_again) {
  std::filesystem::create_directories(place / "backup/frames");
  overwrite(place / "backup/frames/00000001.new", "half a frame");
  EXPECT_EQ(live_and_back_up(2).frames_copied, 4U);
}

TEST_F(BackupTest, what_rotted_is_named_and_copied_again) {
  live_and_back_up(12);
  for (auto const* name : {"00000001", "00000002"}) {
    flip(place / "backup/frames" / name, 5'000);
  }
  disk.stop();
  auto const again = back_up();
  EXPECT_THAT(again.mended, ElementsAre(HasSubstr("frames/00000001, byte"), HasSubstr("frames/00000002, byte")));
  EXPECT_TRUE(back_up().mended.empty());
  restore("again");
}

TEST_F(BackupTest, what_was_cut_short_is_copied_again) {
  live_and_back_up(2);
  disk.stop();
  std::filesystem::resize_file(place / "backup/frames/00000001", 1'000);
  EXPECT_THAT(back_up().mended, ElementsAre(HasSubstr("cut short")));
  EXPECT_TRUE(back_up().mended.empty());
}

TEST_F(BackupTest, the_journal_of_another_server_does_not_go_into_it) {
  live_and_back_up(2);
  disk.stop();
  std::filesystem::rename(place / "data", place / "first");
  std::filesystem::create_directory(place / "data");
  good(disk.start());
  live(12);
  disk.stop();
  auto const before = content(place / "backup/frames/00000001");
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("is the backup of another journal"));
  EXPECT_EQ(content(place / "backup/frames/00000001"), before);
}

TEST_F(BackupTest, a_journal_that_lost_its_end_is_told_and_the_backup_keeps_it) {
  live_and_back_up(1);
  disk.stop();
  ClosedSegment{place / "data/journal", "00000001"}.remove(a_frame + 2);
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("ends earlier"));
  EXPECT_EQ(restore("again").tail.last, engine::Seq{a_frame + 2});
}

TEST_F(BackupTest, a_journal_that_lost_what_its_anchor_saw_is_told_at_the_first_backup_too) {
  live(1);
  disk.stop();
  ClosedSegment{place / "data/journal", "00000001"}.remove(a_frame + 2);
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("lost what was acknowledged"));
}

TEST_F(BackupTest, a_damaged_frame_does_not_go_into_it) {
  live(2);
  disk.stop();
  {
    ClosedSegment segment{place / "data/journal", "00000001"};
    auto frame = segment.frame(501);
    frame.back() = static_cast<char>(frame.back() ^ 1);
    segment.put(501, frame);
  }
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("the checksum of a frame is wrong"));
}

TEST_F(BackupTest, a_directory_with_something_else_in_it_is_left_alone) {
  live(1);
  disk.stop();
  std::filesystem::create_directory(place / "backup");
  overwrite(place / "backup/letter.txt", "dear reader");
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("not a backup, and not empty: there is letter.txt"));
}

TEST_F(BackupTest, keys_are_copied_only_when_asked_and_never_beside_what_they_open) {
  live(1);
  disk.stop();
  auto asked = order();
  asked.keys_to.reset();
  EXPECT_EQ(good(persistence::back_up(asked)).keys, 0U);
  EXPECT_FALSE(std::filesystem::exists(place / "keys"));
  asked.keys_to = place / "backup/keys";
  EXPECT_THAT(why(persistence::back_up(asked)), HasSubstr("keys beside what they open"));
  EXPECT_GE(back_up().keys, 2U);
}

TEST_F(BackupTest, a_backup_inside_of_what_is_backed_up_is_refused) {
  live(1);
  disk.stop();
  auto inside = order();
  inside.to = place / "data/journal/backup";
  EXPECT_THAT(why(persistence::back_up(inside)), HasSubstr("inside of what is to be backed up"));
}

TEST_F(BackupTest, two_at_once_into_one_place_are_refused) {
  live_and_back_up(1);
  disk.stop();
  auto const lock = good(persistence::DirectoryLock::take(place / "backup"));
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("in use"));
}

TEST_F(BackupTest, a_directory_without_a_journal_is_a_failure) {
  auto nothing = order();
  nothing.directory = place / "nothing";
  EXPECT_THAT(why(persistence::back_up(nothing)), HasSubstr("there is no journal here"));
}

TEST_F(BackupTest, an_index_of_a_later_version_is_named) {
  live_and_back_up(1);
  disk.stop();
  auto index = content(place / "backup/BACKUP");
  index[8] = 9;
  overwrite(place / "backup/BACKUP", index);
  EXPECT_THAT(why(persistence::back_up(order())), HasSubstr("version 9 is unknown"));
}

TEST_F(BackupTest, every_flipped_bit_of_the_index_is_refused) {
  live_and_back_up(1);
  auto const index = content(place / "backup/BACKUP");
  for (std::size_t at = 0; at < index.size(); ++at) {
    flip(place / "backup/BACKUP", at);
    EXPECT_FALSE(persistence::BackupSet::open(place / "backup", persistence::BackupSet::Begin::IfEmpty)) << at;
    overwrite(place / "backup/BACKUP", index);
  }
}

// A process of its own that commits frame after frame, and says of each when it is durable.
class Writer {
 public:
  explicit Writer(Disk& disk) {
    if (::pipe(pipe_.data()) != 0) std::abort();
    process_ = ::fork();
    if (process_ == 0) write(disk);
    ::close(pipe_[1]);
  }
  ~Writer() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    ::close(pipe_[0]);
  }
  // Waits for so many more commits, and gives the last seq of the newest.
  std::uint64_t acknowledged(int commits) {
    std::uint64_t seq = 0;
    for (int i = 0; i < commits; ++i) {
      if (::read(pipe_[0], &seq, sizeof seq) != sizeof seq) std::abort();
    }
    return seq;
  }

 private:
  [[noreturn]] void write(Disk& disk) {
    if (!disk.start()) ::_exit(1);
    for (;;) {
      auto const first = disk.journal().last_seq().number() + 1;
      if (!disk.commit(ticks(first, 50))) ::_exit(1);
      std::uint64_t const last = first + 49;
      if (::write(pipe_[1], &last, sizeof last) != sizeof last) ::_exit(1);
    }
  }
  std::array<int, 2> pipe_{};
  pid_t process_ = -1;
};

TEST_F(BackupTest, beside_a_server_that_goes_on_all_that_was_acknowledged_before_the_call_is_in_it) {
  live(1);
  disk.stop();
  {
    Writer writer{disk};
    for (int run = 0; run < 4; ++run) {
      auto const acknowledged = writer.acknowledged(12);
      EXPECT_GE(back_up().tail.last.number(), acknowledged);
    }
  }
  auto const backed_up = back_up();
  good(disk.start());
  EXPECT_EQ(backed_up.tail.last, disk.journal().last_seq());
  EXPECT_GT(backed_up.segments, 1U) << "the test wants it to begin segments meanwhile";
  restore("again");
  EXPECT_EQ(recovered("again"), said_by_all(disk.recovered()));
}

}  // namespace
}  // namespace tests
