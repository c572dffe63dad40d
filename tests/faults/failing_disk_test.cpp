// The Nth call to the disk fails: here for a choice of N, in three ways each; `ebb-faults calls` tries every one.
#include "tests/faults/failing_disk.h"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/faults/scratch.h"

namespace {

using namespace faults;

TEST(FailingDisk, any_call_that_fails_halts_with_one_line_and_a_restart_recovers) {
  Scratch const scratch;
  auto const score = fail_every_call(scratch.path(), {.morning = {.seed = 2, .rounds = 6}, .first = 1, .every = 5});
  for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
  for (auto const& death : score.deaths) ADD_FAILURE() << death;
  std::cout << counted(score, Ended::Tried) << " lives: " << counted(score, Ended::NotStarted) << " did not start, "
            << counted(score, Ended::Halted) << " halted, " << counted(score, Ended::Unharmed) << " unharmed\n";
  EXPECT_EQ(score.wrong, 0U);
  EXPECT_GT(counted(score, Ended::NotStarted), 0U);
  EXPECT_GT(counted(score, Ended::Halted), 0U);
}

TEST(FailingDisk, any_call_that_fails_while_snapshots_are_made_halts_or_costs_a_snapshot) {
  Scratch const scratch;
  auto const score = fail_every_call(
      scratch.path(), {.morning = {.seed = 2, .rounds = 6, .snapshots = Snapshots::Made}, .first = 2, .every = 7});
  for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
  for (auto const& death : score.deaths) ADD_FAILURE() << death;
  EXPECT_EQ(score.wrong, 0U);
  EXPECT_GT(counted(score, Ended::Halted), 0U);
}

TEST(FailingDisk, any_call_that_fails_while_the_journal_is_filled_ahead_halts_or_ends_the_filling) {
  Scratch const scratch;
  auto const score = fail_every_call(
      scratch.path(), {.morning = {.seed = 2, .rounds = 8, .ahead = Ahead::Filled}, .first = 3, .every = 7});
  for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
  for (auto const& death : score.deaths) ADD_FAILURE() << death;
  EXPECT_EQ(score.wrong, 0U);
  EXPECT_GT(counted(score, Ended::Halted), 0U);
}

}  // namespace
