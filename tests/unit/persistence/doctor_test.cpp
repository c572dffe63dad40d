// Each kind of damage is found, graded and told what to do about; nothing is changed by looking.
#include "persistence/doctor.h"

#include <csignal>

#include "persistence/directory_lock.h"
#include "persistence/snapshot_choice.h"
#include "persistence/tables.h"
#include "tests/unit/persistence/backed_world.h"

namespace tests {
namespace {

using persistence::Finding;
using testing::AllOf;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using Grade = Finding::Grade;

auto found(Grade grade, std::string_view where, std::string_view what) {
  return Contains(AllOf(Field(&Finding::grade, grade), Field(&Finding::where, HasSubstr(std::string{where})),
                        Field(&Finding::what, HasSubstr(std::string{what})),
                        Field(&Finding::mend, Not(testing::IsEmpty()))));
}

struct DoctorTest : BackedWorld {
  void SetUp() override {
    BackedWorld::SetUp();
    live(8);
    disk.stop();
    good(persistence::Alive::open(data() / "ALIVE"));
  }
  std::filesystem::path data() const { return place / "data"; }
  persistence::Digest hash_of_frame(std::uint64_t number) const {
    auto const segments =
        good(persistence::Segments::open(data() / "journal", persistence::Access::ReadOnly, small_segment));
    return persistence::Hasher{}.of({*good(segments.reader()->frame_of(engine::Seq{number * a_frame}))});
  }
  persistence::Examined examine() const { return good(persistence::examine(data())); }
  // But for how much room the machine has.
  std::vector<Finding> findings() const {
    auto all = examine().findings;
    std::erase_if(all, [](Finding const& finding) { return finding.grade == Grade::Note; });
    return all;
  }
};

TEST_F(DoctorTest, a_whole_directory_has_no_finding) {
  EXPECT_TRUE(findings().empty());
  auto const examined = examine();
  EXPECT_TRUE(examined.is_journal_whole);
  EXPECT_EQ(examined.commands, 8 * a_frame + 2);
}

TEST_F(DoctorTest, looking_changes_nothing) {
  auto const before = content(data() / "journal/MANIFEST") + content(data() / "ANCHOR") + content(data() / "ALIVE") +
                      content(data() / "journal/00000001/data.mdb");
  std::filesystem::create_directory(data() / "journal/00000009.new");
  examine();
  EXPECT_EQ(content(data() / "journal/MANIFEST") + content(data() / "ANCHOR") + content(data() / "ALIVE") +
                content(data() / "journal/00000001/data.mdb"),
            before);
  EXPECT_TRUE(std::filesystem::exists(data() / "journal/00000009.new"));
}

TEST_F(DoctorTest, a_half_made_segment_is_mendable_and_is_removed) {
  std::filesystem::create_directory(data() / "journal/00000009.new");
  overwrite(data() / "journal/MANIFEST.new", "half");
  EXPECT_THAT(findings(), AllOf(found(Grade::Mendable, "journal/00000009.new", "half made"),
                                found(Grade::Mendable, "journal/MANIFEST.new", "half made")));
  good(persistence::remove_half_made(data()));
  EXPECT_TRUE(findings().empty());
}

TEST_F(DoctorTest, a_half_made_snapshot_is_mendable_and_is_removed) {
  std::filesystem::create_directory(data() / "snapshots");
  overwrite(data() / "snapshots/00000000000000000500.snap.part", "half");
  EXPECT_THAT(findings(), found(Grade::Mendable, "snapshots/00000000000000000500.snap.part", "half made"));
  good(persistence::remove_half_made(data()));
  EXPECT_TRUE(findings().empty());
}

TEST_F(DoctorTest, of_snapshots_it_says_which_a_start_takes_and_what_is_against_the_others) {
  auto const key = *good(persistence::KeyStore::open(data() / "keys", persistence::Access::ReadOnly)).snapshot_key();
  {
    auto const tables = good(persistence::Tables::open(data() / "tables", {.map_bytes = std::size_t{16} << 20}));
    good(tables->commit(engine::Seq{2 * a_frame}));
  }
  for (std::uint64_t const frames : {1U, 2U, 3U}) {
    persistence::SnapshotAbout const about{engine::Seq{frames * a_frame}, {}, {}, hash_of_frame(frames), 0};
    auto writer = good(persistence::SnapshotWriter::begin(data() / "snapshots", about, key));
    good(writer.finish());
  }
  overwrite(data() / "snapshots/00000000000000000700.snap", "EBBSNAPS\7");
  auto const all = examine().findings;
  EXPECT_THAT(all, found(Grade::Note, "snapshots, seq 1500", "the tables have applied only seq 1000"));
  EXPECT_THAT(all, found(Grade::Note, "snapshots, seq 1000",
                         "a start begins with it and replays what lies behind: " + std::to_string(6 * a_frame + 2) +
                             " commands"));
  EXPECT_THAT(all, found(Grade::Note, "snapshots, seq 700", "cut short"));
  EXPECT_THAT(all, Not(found(Grade::Note, "snapshots, seq 500", "")));
}

TEST_F(DoctorTest, a_damaged_frame_is_named_with_what_is_whole_before_it) {
  std::filesystem::permissions(data() / "journal/00000001/data.mdb", std::filesystem::perms::owner_all);
  {
    ClosedSegment segment{data() / "journal", "00000001"};
    auto frame = segment.frame(a_frame + 1);
    frame.back() = static_cast<char>(frame.back() ^ 1);
    segment.put(a_frame + 1, frame);
  }
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "checksum of a frame is wrong; whole up to seq 500"));
  EXPECT_FALSE(examine().is_journal_whole);
}

TEST_F(DoctorTest, a_missing_sealed_segment_is_named) {
  std::filesystem::remove_all(data() / "journal/00000001");
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "the manifest lists it, and it is not there"));
}

TEST_F(DoctorTest, a_manifest_that_is_damaged_or_missing_is_named) {
  flip(data() / "journal/MANIFEST", 20);
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "MANIFEST: damaged"));
  std::filesystem::remove(data() / "journal/MANIFEST");
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "MANIFEST"));
}

TEST_F(DoctorTest, a_segment_that_was_cut_short_is_named) {
  std::filesystem::permissions(data() / "journal/00000001/data.mdb", std::filesystem::perms::owner_all);
  std::filesystem::resize_file(data() / "journal/00000001/data.mdb", 8'192);
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "cut short"));
}

TEST_F(DoctorTest, an_anchor_that_is_missing_or_damaged_is_named) {
  auto const anchor = content(data() / "ANCHOR");
  overwrite(data() / "ANCHOR", std::string(anchor.size(), 'x'));
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "neither of its two records is whole"));
  std::filesystem::remove(data() / "ANCHOR");
  EXPECT_THAT(findings(), found(Grade::Person, "ANCHOR", "missing beside a journal"));
}

TEST_F(DoctorTest, a_journal_that_lost_its_end_is_named) {
  auto const manifest = good(persistence::read_manifest(data() / "journal/MANIFEST"));
  char name[16];
  std::snprintf(name, sizeof name, "%08zu", manifest.size() + 1);
  ClosedSegment{data() / "journal", name}.remove(8 * a_frame + 2);
  EXPECT_THAT(findings(), found(Grade::Person, "journal", "it lost what was acknowledged"));
}

TEST_F(DoctorTest, a_damaged_heartbeat_is_a_persons_decision) {
  overwrite(data() / "ALIVE", std::string(8'192, 'x'));
  EXPECT_THAT(findings(), found(Grade::Person, "ALIVE", "neither of its two records is whole"));
}

TEST_F(DoctorTest, every_owner_whose_key_is_gone_is_named_with_its_records) {
  {
    auto keys = good(persistence::Environment::open(data() / "keys", {.map_bytes = std::size_t{1} << 30}));
    auto transaction = good(keys.write());
    good(transaction.clear());
    good(transaction.commit());
  }
  EXPECT_THAT(findings(), AllOf(found(Grade::Person, "keys", "the key of lot "),
                                found(Grade::Person, "keys", "the key of person 99 is gone (1 records)")));
  EXPECT_FALSE(examine().is_journal_whole);
}

TEST_F(DoctorTest, keys_that_are_not_there_at_all_are_named) {
  std::filesystem::remove_all(data() / "keys");
  EXPECT_THAT(findings(), found(Grade::Person, "keys", "keys"));
}

TEST_F(DoctorTest, keys_that_others_may_read_are_a_note) {
  std::filesystem::permissions(data() / "keys", std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_THAT(examine().findings, found(Grade::Note, "keys", "others on this machine"));
}

TEST_F(DoctorTest, a_directory_in_use_or_without_a_journal_cannot_be_looked_at) {
  EXPECT_THAT(why(persistence::examine(place / "none")), HasSubstr("no journal here"));
  auto const lock = good(persistence::DirectoryLock::take(data()));
  EXPECT_THAT(why(persistence::examine(data())), HasSubstr("in use"));
}

TEST(DoctorChildTest, what_kills_the_reader_is_an_answer) {
  auto const died = persistence::in_a_child([]() -> std::string {
    std::raise(SIGKILL);
    return "alive";
  });
  EXPECT_THAT(why(died), HasSubstr("kills the reader"));
}

TEST(DoctorChildTest, a_long_answer_comes_through) {
  std::string const answer(1'000'000, 'x');
  EXPECT_EQ(good(persistence::in_a_child([&] { return answer; })), answer);
}

TEST(DoctorChildTest, findings_come_through_as_bytes) {
  persistence::Findings const findings{{Grade::Mendable, "tables", "torn", "mend"}, {Grade::Note, ".", "", ""}};
  EXPECT_EQ(persistence::findings_from(persistence::bytes_of(findings)), findings);
}

}  // namespace
}  // namespace tests
