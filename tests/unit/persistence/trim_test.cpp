// The oldest segments leave the data directory: only what no start needs, never before it is read back, and everything
// that was ever proved or decided is still there, in one place or the other.
#include "persistence/trim.h"

#include <sys/wait.h>
#include <unistd.h>

#include "persistence/backup.h"
#include "persistence/doctor.h"
#include "persistence/restore.h"
#include "persistence/verify.h"
#include "tests/unit/persistence/signed_tree.h"
#include "tests/unit/persistence/snapshot_world.h"

namespace tests {
namespace {

using namespace persistence;
using testing::HasSubstr;

struct TrimTest : testing::Test {
  static constexpr std::size_t small_segment = std::size_t{64} << 10;
  static constexpr std::uint64_t a_frame = 500;  // ticks in each

  Directory place;
  std::filesystem::path data = place / "data";
  std::filesystem::path archive = place / "archive";
  SnapshotDisk server{data, small_segment};

  // Several segments, two snapshots, frames behind them, and a transparency log over all.
  void SetUp() override {
    std::filesystem::create_directory(data);
    server.start();
    live(2);
    live(10);
    snapshot();
    live(12);
    snapshot();
    live(12);
    stop();
  }
  void live(std::uint64_t frames) {
    for (std::uint64_t i = 0; i < frames; ++i) server.commit(ticks(next_seq(), a_frame));
    server.commit({sealed_quote(next_seq(), 99'00)});
    server.commit({new_password(next_seq(), "hash")});
  }
  void snapshot() {
    server.commit_tables(next_seq() - 1);
    server.checkpoint();
  }
  void stop() {
    server.stop();
    std::filesystem::remove_all(data / "tree");
    sign_every_frame(data, small_segment);
  }
  std::uint64_t next_seq() { return server.disk.journal().last_seq().number() + 1; }

  TrimOptions order() {
    auto const held = std::make_shared<Chronicle>();
    SnapshotTarget const target{[held](auto section, auto piece) { return held->load(section, piece); },
                                [held] { return held->is_whole(); }, [held] { *held = {}; }};
    return {.directory = data, .archive = archive, .snapshots = target};
  }
  TrimmedNow trim() { return good(persistence::trim(order())); }

  std::vector<std::string> segments() const {
    std::vector<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator{data / "journal"}) {
      if (entry.is_directory()) names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    return names;
  }
  // Every frame from the first one on, from wherever it lies; a segment that is nowhere would be a failure.
  std::vector<std::string> frames(std::filesystem::path const& from_archive) const {
    auto const anchor = good(Anchor::open(data / "ANCHOR", Access::ReadOnly));
    auto const opened = good(Segments::open(data / "journal", Access::ReadOnly, small_segment, from_archive));
    std::vector<std::string> all;
    Walked walked;
    good(walk(opened, anchor.tail(), 0, walked, [&](WalkedFrame const& frame) -> engine::Result<void> {
      all.push_back(hex(view(Hasher{}.of({frame.bytes}))));
      return {};
    }));
    return all;
  }
  std::string why_it_does_not_start() {
    good(server.disk.open());
    auto const refused = why(server.disk.recover({}));
    server.stop();
    return refused;
  }
  void damage_snapshot(std::uint64_t seq) {
    auto bytes = content(server.snapshot_of(seq));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    overwrite(server.snapshot_of(seq), bytes);
  }
};

TEST_F(TrimTest, what_lies_wholly_behind_two_snapshots_leaves_and_a_start_goes_on) {
  auto const before = segments();
  auto const snapshots = server.kept();
  auto const done = trim();
  ASSERT_GE(done.moved.size(), 2U);
  EXPECT_EQ(done.on, (std::vector{engine::Seq{snapshots[0]}, engine::Seq{snapshots[1]}}));
  for (auto const& moved : done.moved) EXPECT_LT(moved.segment.last.number(), snapshots[1]);
  EXPECT_EQ(segments().size(), before.size() - done.moved.size());
  EXPECT_THAT(done.kept_because, HasSubstr("the older of the last two snapshots stands at seq"));

  auto const begun_with = server.start();
  ASSERT_TRUE(begun_with);
  EXPECT_EQ(begun_with->seq.number(), snapshots[0]);
  live(3);
  auto const last = next_seq() - 1;
  server.start();
  EXPECT_EQ(server.disk.journal().last_seq().number(), last);
}

TEST_F(TrimTest, every_frame_is_read_again_from_the_archive_and_without_it_its_place_is_told) {
  auto const before = frames({});
  trim();
  EXPECT_EQ(frames(archive), before);
  std::filesystem::remove_all(data / "snapshots");
  EXPECT_THAT(why_it_does_not_start(),
              testing::AllOf(HasSubstr("segments 1 to "), HasSubstr(archive.string()), HasSubstr("brings them back")));
}

TEST_F(TrimTest, a_second_one_goes_on_behind_the_first) {
  auto const before = frames({});
  auto const first = trim();
  server.start();
  live(12);
  snapshot();
  live(12);
  snapshot();
  server.stop();
  auto const second = trim();
  EXPECT_EQ(second.before, first.moved.size());
  EXPECT_GE(second.moved.size(), 1U);
  EXPECT_THAT(second.kept_because, HasSubstr("the transparency log has come to seq "));  // nobody made it grow here
  auto const after = frames(archive);
  ASSERT_GT(after.size(), before.size());
  EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin()));
  auto const third = trim();
  EXPECT_EQ(third.before, first.moved.size() + second.moved.size());
  EXPECT_TRUE(third.moved.empty());
}

TEST_F(TrimTest, with_one_snapshot_that_counts_nothing_leaves) {
  damage_snapshot(server.kept()[1]);
  auto const done = trim();
  EXPECT_EQ(done.moved.size(), 0U);
  EXPECT_THAT(done.kept_because, testing::AllOf(HasSubstr("1 snapshots count"), HasSubstr("does not: ")));
  EXPECT_FALSE(std::filesystem::exists(data / "journal/TRIMMED"));
}

TEST_F(TrimTest, a_snapshot_that_does_not_load_does_not_count) {
  auto options = order();
  options.snapshots.load = [](auto, auto) { return false; };
  EXPECT_EQ(good(persistence::trim(options)).moved.size(), 0U);
}

TEST_F(TrimTest, without_a_transparency_log_nothing_leaves) {
  std::filesystem::remove_all(data / "tree");
  EXPECT_THAT(why(persistence::trim(order())), HasSubstr("without its transparency log"));
}

TEST_F(TrimTest, what_does_not_open_with_the_keys_that_stay_behind_does_not_leave) {
  {
    auto environment = good(Environment::open(data / "keys", {.map_bytes = std::size_t{64} << 20}));
    auto transaction = good(environment.write());
    std::string row{"\x01"};
    for (int shift = 56; shift >= 0; shift -= 8) row += static_cast<char>(lot.number() >> shift);
    good(transaction.erase(row));
    good(transaction.commit());
  }
  EXPECT_FALSE(persistence::trim(order()));
  EXPECT_EQ(segments().front(), "00000001");
}

TEST_F(TrimTest, a_damaged_newest_snapshot_falls_back_to_the_one_before) {
  auto const snapshots = server.kept();
  trim();
  damage_snapshot(snapshots[0]);
  auto const begun_with = server.start();
  ASSERT_TRUE(begun_with);
  EXPECT_EQ(begun_with->seq.number(), snapshots[1]);
}

TEST_F(TrimTest, what_was_brought_back_is_as_it_was_and_a_start_goes_over_all_of_it) {
  auto const before = frames({});
  auto const names = segments();
  trim();
  auto const back = good(bring_back(archive, data));
  EXPECT_GE(back.segments, 2U);
  EXPECT_EQ(segments(), names);
  EXPECT_EQ(frames({}), before);
  EXPECT_EQ(std::filesystem::status(data / "journal/00000001/data.mdb").permissions(),
            std::filesystem::perms::owner_read);
  std::filesystem::remove_all(data / "snapshots");
  EXPECT_FALSE(server.start());
  EXPECT_EQ(server.replayed.frames, before.size());
}

// A death behind each step, one after the other, on the same directory.
TEST_F(TrimTest, whenever_it_dies_every_segment_is_in_one_place_or_in_both) {
  auto const before = frames({});
  auto const names = segments();
  for (auto const step :
       {TrimStep::Copied, TrimStep::Listed, TrimStep::ReadBack, TrimStep::Marked, TrimStep::Removed}) {
    auto const child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      auto options = order();
      options.told = [step](TrimStep now, SealedSegment const&) {
        if (now == step) ::_exit(7);
      };
      static_cast<void>(persistence::trim(options));
      ::_exit(0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_EQ(WEXITSTATUS(status), 7) << "it came to step " << static_cast<int>(step);
    bool const is_listed = std::filesystem::exists(archive / "SEGMENTS");
    EXPECT_EQ(frames(is_listed ? archive : std::filesystem::path{}), before);
    ASSERT_TRUE(server.start()) << static_cast<int>(step);
    server.stop();
  }
  EXPECT_GE(trim().moved.size(), 1U);
  EXPECT_LT(segments().size(), names.size() - 1);
  EXPECT_EQ(frames(archive), before);
}

TEST_F(TrimTest, what_is_not_read_back_as_it_was_stays_and_is_copied_again_the_next_time) {
  auto const before = frames({});
  auto options = order();
  auto const spoil = [&](TrimStep step, SealedSegment const& segment) {
    if (step != TrimStep::Listed) return;
    auto const path = good(SegmentArchive::open(archive, SegmentArchive::Begin::OnlyIfThere)).file_of(segment);
    auto bytes = content(path);
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    overwrite(path, bytes);
  };
  options.told = spoil;
  EXPECT_THAT(why(persistence::trim(options)), HasSubstr(".zst"));
  EXPECT_EQ(frames({}), before);
  EXPECT_EQ(segments().front(), "00000001");
  EXPECT_GE(trim().moved.size(), 2U);
  EXPECT_EQ(frames(archive), before);
}

TEST_F(TrimTest, a_damaged_archive_brings_nothing_back_and_spoils_nothing) {
  auto const moved = trim().moved;
  auto const path = good(SegmentArchive::open(archive, SegmentArchive::Begin::OnlyIfThere)).file_of(moved[1].segment);
  auto const whole = content(path);
  overwrite(path, whole.substr(0, whole.size() - 9));
  EXPECT_THAT(why(bring_back(archive, data)), HasSubstr(path.string()));
  EXPECT_TRUE(std::filesystem::exists(data / "journal/TRIMMED"));
  EXPECT_TRUE(server.start());
  server.stop();
  overwrite(path, whole);
  EXPECT_EQ(good(bring_back(archive, data)).segments, moved.size());
}

TEST_F(TrimTest, an_archive_of_another_journal_is_refused) {
  trim();
  Directory elsewhere;
  std::filesystem::create_directory(elsewhere / "data");
  SnapshotDisk other{elsewhere / "data", small_segment};
  other.start();
  for (std::uint64_t seq = 1; seq < 10'000; seq += 250) other.commit(ticks(seq, 250));
  other.stop();
  EXPECT_THAT(why(Segments::open(elsewhere / "data/journal", Access::ReadOnly, small_segment, archive)),
              HasSubstr("the archive of another journal"));
}

TEST_F(TrimTest, an_archive_begun_elsewhere_is_not_forgotten) {
  trim();
  archive = place / "another";
  EXPECT_THAT(why(persistence::trim(order())), HasSubstr("they lie in another archive"));
}

TEST_F(TrimTest, verify_sees_all_with_the_archive_and_says_without_it_what_it_did_not_see) {
  auto const commands = good(verify(data)).commands;
  auto const moved = trim().moved;
  auto const with = good(verify(data, {}, archive));
  EXPECT_EQ(with.damage, std::nullopt);
  EXPECT_EQ(with.commands, commands);
  EXPECT_EQ(with.archived_segments, moved.size());
  EXPECT_EQ(with.log->leaves, commands);

  auto const without = good(verify(data));
  EXPECT_EQ(without.damage, std::nullopt);
  EXPECT_EQ(without.unseen_until, moved.back().segment.last);
  EXPECT_EQ(without.first, engine::next(without.unseen_until));
  EXPECT_EQ(without.log->leaves_unseen, moved.back().segment.last.number());
  EXPECT_EQ(without.log->leaves + without.log->leaves_unseen, commands);
  EXPECT_EQ(without.log->heads, with.log->heads);
}

TEST_F(TrimTest, receipts_of_what_was_trimmed_are_still_held_against_the_log) {
  auto const leaf = good(good(TreeStore::open(data / "tree", Access::ReadOnly)).leaf(6)).value();
  trim();
  Kept kept;
  kept.receipts = {{engine::Seq{7}, leaf}};
  EXPECT_EQ(good(verify(data, kept)).log->kept_receipts, 1U);
  kept.receipts[0].leaf[0] = static_cast<char>(kept.receipts[0].leaf[0] ^ 1);
  EXPECT_THAT(good(verify(data, kept)).damage.value_or(""), HasSubstr("a receipt of seq 7 has the leaf"));
}

TEST_F(TrimTest, a_backup_that_has_them_goes_on_and_a_new_one_needs_the_archive) {
  BackupOptions options{.directory = data, .to = place / "backup", .keys_to = place / "keys"};
  good(back_up(options));
  auto const before = frames({});
  trim();
  EXPECT_EQ(good(back_up(options)).frames_copied, 0U);
  options.to = place / "new";
  EXPECT_THAT(why(back_up(options)), HasSubstr("name it with --archive"));
  options.archive = archive;
  EXPECT_EQ(good(back_up(options)).frames_copied, before.size());
  good(restore({.from = options.to, .directory = place / "again", .keys_from = place / "keys", .until = {}}));
  data = place / "again";
  EXPECT_EQ(frames({}), before);
}

TEST_F(TrimTest, a_doctor_says_what_was_not_looked_at_and_what_no_start_goes_without) {
  trim();
  auto const whole = good(examine(data));
  EXPECT_TRUE(whole.is_journal_whole);
  ASSERT_FALSE(whole.findings.empty());
  EXPECT_THAT(whole.findings.front().what, HasSubstr("not all of it was looked at"));
  EXPECT_THAT(whole.findings.back().what, HasSubstr("a start begins with it"));
  auto const all = good(examine(data, archive));
  EXPECT_TRUE(all.is_journal_whole);
  EXPECT_GT(all.commands, whole.commands);
  std::filesystem::remove_all(data / "snapshots");
  auto const stuck = good(examine(data)).findings.back();
  EXPECT_EQ(stuck.grade, Finding::Grade::Person);
  EXPECT_THAT(stuck.what, HasSubstr("no server starts"));
}

}  // namespace
}  // namespace tests
