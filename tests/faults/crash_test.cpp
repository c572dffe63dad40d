// The power goes at every place of a run, and what was acknowledged is there: once, whole, in order.
//
// Here a few images at every step of one morning; `ebb-faults crash` looks at as many as one has patience for.
#include "tests/faults/crash.h"

#include <gtest/gtest.h>

#include "tests/faults/scratch.h"

namespace {

using namespace faults;

class PowerCut : public testing::Test {
 protected:
  Scratch const scratch;
  std::unique_ptr<Recording> recording;

  void SetUp() override { live({.seed = 1, .rounds = 10}); }
  void live(Morning const& morning) {
    auto recorded = record(scratch.path(), morning);
    ASSERT_TRUE(recorded) << recorded.error().what;
    recording = *std::move(recorded);
  }
  // There were such images, and all of them were right.
  void expect_all_right(Cuts cuts, Like like, std::uint64_t at_least) {
    auto const score = cut_power(*recording, scratch.path(), cuts);
    for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
    for (auto const& death : score.deaths) ADD_FAILURE() << death;
    EXPECT_GE(images(score, like), at_least);
    EXPECT_EQ(score.wrong, 0U);
  }
};

TEST_F(PowerCut, at_every_step_what_was_acknowledged_is_there_once_whole_and_in_order) {
  expect_all_right({.images_a_step = 6}, Like::Any, 800);
}

TEST_F(PowerCut, on_a_file_system_that_promises_no_name_that_was_not_flushed_the_same) {
  expect_all_right({.promise = Promise::Posix, .seed = 7, .images_a_step = 6, .every = 4}, Like::Any, 200);
}

TEST_F(PowerCut, a_frame_that_nobody_was_told_of_is_there_whole_or_not_at_all) {
  auto const is_under_way = [](Belief const& belief) { return belief.begun > belief.durable; };
  expect_all_right({.seed = 2, .images_a_step = 5, .every = 4, .where = is_under_way}, Like::Unacknowledged, 10);
}

TEST_F(PowerCut, between_a_command_and_its_follow_up_the_next_start_does_it_at_the_same_time) {
  auto const is_owed = [this](Belief const& belief) { return recording->truth.parents.contains(belief.durable); };
  expect_all_right({.seed = 3, .images_a_step = 8, .where = is_owed}, Like::FollowUpOwed, 15);
}

TEST_F(PowerCut, between_the_journal_and_the_tables_the_rows_are_built_from_the_journal) {
  auto const is_behind = [](Belief const& belief) { return belief.durable > belief.tabled; };
  expect_all_right({.seed = 4, .images_a_step = 5, .every = 4, .where = is_behind}, Like::TablesBehind, 30);
}

TEST_F(PowerCut, between_the_tables_and_the_outlet_what_nobody_heard_is_there) {
  auto const is_untold = [](Belief const& belief) {
    return belief.tabled == belief.durable && belief.durable > belief.told;
  };
  expect_all_right({.seed = 5, .images_a_step = 6, .where = is_untold}, Like::Untold, 20);
}

TEST_F(PowerCut, the_transparency_log_keeps_every_head_that_was_shown) {
  std::filesystem::remove_all(scratch.path() / "run");
  live({.seed = 1, .rounds = 6, .log = Log::Grown});
  EXPECT_FALSE(recording->truth.roots.empty());
  expect_all_right({.seed = 8, .images_a_step = 5, .every = 4}, Like::Any, 200);
}

TEST_F(PowerCut, while_the_journal_is_filled_ahead_zeros_take_nothing_away) {
  std::filesystem::remove_all(scratch.path() / "run");
  live({.seed = 2, .rounds = 12, .ahead = Ahead::Filled});
  std::size_t filled = 0;
  for (auto const& step : recording->tape.steps()) {
    if (step.call.kind == Call::Kind::Write && step.call.bytes.find_first_not_of('\0') == std::string::npos) ++filled;
  }
  EXPECT_GE(filled, 2U);
  expect_all_right({.seed = 11, .images_a_step = 5, .every = 2}, Like::Any, 300);
  expect_all_right({.promise = Promise::Posix, .seed = 12, .images_a_step = 5, .every = 5}, Like::Any, 100);
}

TEST_F(PowerCut, while_snapshots_are_made_a_start_begins_with_a_whole_one_or_without) {
  std::filesystem::remove_all(scratch.path() / "run");
  live({.seed = 4, .rounds = 10, .snapshots = Snapshots::Made});
  expect_all_right({.seed = 9, .images_a_step = 5, .every = 2}, Like::FromSnapshot, 100);
  expect_all_right({.promise = Promise::Posix, .seed = 10, .images_a_step = 5, .every = 5}, Like::FromSnapshot, 20);
}

TEST_F(PowerCut, what_was_recovered_takes_further_commands_and_opens_again) {
  expect_all_right({.seed = 6, .images_a_step = 4, .every = 15, .go_on_percent = 100}, Like::UsedFurther, 30);
}

}  // namespace
