// A few hundred harms to a closed data directory; `ebb-faults harm` does as many as one has patience for.
#include "tests/faults/damage.h"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/faults/scratch.h"

namespace {

using namespace faults;

class Damage : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto made = keep(scratch().path(), {.seed = 3, .rounds = 12});
    ASSERT_TRUE(made) << made.error().what;
    kept = new Kept(*std::move(made));
  }
  static void TearDownTestSuite() { delete kept; }
  static Scratch& scratch() {
    static Scratch made;
    return made;
  }
  // Whatever was harmed below, nothing wrong was answered.
  Score try_harms(std::string const& below, std::size_t count) {
    auto const score = harm(*kept, scratch().path(), {.seed = 1, .count = count, .below = below});
    for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
    for (auto const& death : score.deaths) std::cout << "LMDB ended the reader: " << death << "\n";
    EXPECT_EQ(score.wrong, 0U);
    EXPECT_EQ(counted(score, Came::Harmless) + counted(score, Came::Named) + score.died, count);
    return score;
  }
  static Kept* kept;
};
Kept* Damage::kept = nullptr;

TEST_F(Damage, in_the_journal_is_named_and_what_lies_before_it_is_read) {
  auto const score = try_harms("journal/0", 200);
  EXPECT_GT(counted(score, Came::Named), 50U);
  EXPECT_GT(counted(score, Came::KeptBefore), 100U);
}

TEST_F(Damage, of_the_list_of_segments_is_named) {
  auto const score = try_harms("journal/MANIFEST", 40);
  EXPECT_EQ(counted(score, Came::Named), 40U);
}

TEST_F(Damage, of_keys_is_named) {
  auto const score = try_harms("keys/", 100);
  EXPECT_GT(counted(score, Came::Named), 10U);
}

// A head that was signed is never denied by what the tree says now; of its last commit, the newest head may be gone.
TEST_F(Damage, of_the_transparency_log_is_named) {
  Scratch const place;
  auto const grown = keep(place.path(), {.seed = 3, .rounds = 6, .log = Log::Grown});
  ASSERT_TRUE(grown) << grown.error().what;
  auto const score = harm(*grown, place.path(), {.seed = 1, .count = 80, .below = "tree/"});
  for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(score.wrong, 0U);
  EXPECT_GT(counted(score, Came::Named), 10U);
}

// The start takes the one before, or the whole journal.
TEST_F(Damage, of_snapshots_costs_a_longer_replay_and_nothing_else) {
  Scratch const place;
  auto const made = keep(place.path(), {.seed = 5, .rounds = 9, .snapshots = Snapshots::Made});
  ASSERT_TRUE(made) << made.error().what;
  auto const score = harm(*made, place.path(), {.seed = 1, .count = 150, .below = "snapshots/"});
  for (auto const& complaint : score.complaints) ADD_FAILURE() << complaint;
  EXPECT_EQ(score.died, 0U);
  EXPECT_EQ(counted(score, Came::Harmless), 150U);
}

// What is damaged in them is built again from the journal.
TEST_F(Damage, of_tables_is_never_told) {
  try_harms("tables/", 150);
}

// Of two records one is enough.
TEST_F(Damage, of_the_anchor_or_the_heartbeat_hides_nothing) {
  try_harms("A", 60);
}

}  // namespace
