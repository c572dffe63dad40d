// A store that skips its checksum: frames with a flipped bit are applied before the chain can say so, and the harms of
// damage_test.cpp must see that.
#include <gtest/gtest.h>

#include "tests/faults/damage.h"
#include "tests/faults/scratch.h"

namespace {

TEST(Planted, a_checksum_that_is_skipped_is_seen) {
  faults::Scratch const scratch;
  auto const kept = faults::keep(scratch.path(), {.seed = 3, .rounds = 12});
  ASSERT_TRUE(kept) << kept.error().what;
  auto const score = faults::harm(*kept, scratch.path(), {.seed = 1, .count = 120, .below = "journal/"});
  EXPECT_GT(score.wrong, 0U);
}

}  // namespace
