// Recovery: everything is opened or nothing is, and a program that decides otherwise than before does not start.
#include "persistence/recovery.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

struct RecoveryTest : testing::Test {
  Directory directory;
  Disk disk{directory.path()};
};

TEST_F(RecoveryTest, a_program_that_decides_otherwise_is_stopped_with_both_digests) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  good(disk.commit(ticks(6, 5)));
  good(disk.commit(ticks(11, 5)));
  disk.decides_otherwise_at(6);
  EXPECT_THAT(why(disk.start()),
              testing::AllOf(testing::HasSubstr("everything before seq 11 was decided differently than now"),
                             testing::ContainsRegex("[0-9a-f]{64} in the journal, [0-9a-f]{64} now")));
}

TEST_F(RecoveryTest, outcomes_of_the_last_frame_are_bound_by_the_first_one_after_the_restart) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  good(disk.start());
  good(disk.commit(ticks(6, 5)));
  good(disk.start());
  disk.decides_otherwise_at(1);
  EXPECT_THAT(why(disk.start()), testing::HasSubstr("everything before seq 6"));
}

TEST_F(RecoveryTest, what_the_applier_cannot_take_stops_the_start_with_its_place) {
  good(disk.start());
  good(disk.commit(ticks(1, 5)));
  disk.stop();
  auto keys = good(persistence::KeyStore::open(directory / "keys", persistence::Access::ReadWrite));
  auto journal =
      good(persistence::Journal::open({.directory = directory / "journal", .anchor = directory / "ANCHOR"}, keys));
  auto const refuse = [](auto) -> engine::Result<std::string> { return std::unexpected(engine::Failure{"no"}); };
  EXPECT_THAT(why(persistence::recover(*journal, refuse, [](auto const&) {})),
              testing::HasSubstr("segment 00000001, frame 1: no"));
}

TEST_F(RecoveryTest, progress_is_reported_on_the_way_and_at_the_end) {
  good(disk.start());
  for (std::uint64_t seq = 1; seq <= 120'000; seq += 4'000) good(disk.commit(ticks(seq, 4'000)));
  good(disk.start());
  ASSERT_EQ(disk.progress().size(), 3U);  // one for the empty start
  EXPECT_EQ(disk.progress()[1].commands, persistence::commands_a_progress);
  EXPECT_EQ(disk.progress()[2].seq, engine::Seq{120'000});
  EXPECT_EQ(disk.progress()[2].goal, engine::Seq{116'001});
}

TEST_F(RecoveryTest, the_store_opens_everything_and_refuses_a_second_server) {
  auto const store = good(persistence::open_store({.directory = directory / "var", .tables = {}}));
  EXPECT_EQ(store.tables->applied(), engine::Seq{});
  EXPECT_EQ(store.alive.last(), std::nullopt);
  EXPECT_THAT(why(persistence::open_store({.directory = directory / "var", .tables = {}})),
              testing::HasSubstr("in use by another server"));
}

TEST_F(RecoveryTest, a_closed_store_opens_again_with_what_it_had) {
  {
    auto store = good(persistence::open_store({.directory = directory / "var", .tables = {}}));
    store.tables->put("t", "a", "x");
    good(store.tables->commit(engine::Seq{3}));
    good(store.alive.beat(engine::at_millis(midnight_ms)));
  }
  auto const store = good(persistence::open_store({.directory = directory / "var", .tables = {}}));
  EXPECT_EQ(store.tables->get("t", "a"), "x");
  EXPECT_EQ(store.alive.last(), engine::at_millis(midnight_ms));
}

}  // namespace
}  // namespace tests
