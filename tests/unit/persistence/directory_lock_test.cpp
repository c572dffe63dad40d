// One process per data directory.
#include "persistence/directory_lock.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

TEST(DirectoryLockTest, a_second_server_is_refused_and_told_who_holds_it) {
  Directory const directory;
  auto const first = good(persistence::DirectoryLock::take(directory.path()));
  auto const second = persistence::DirectoryLock::take(directory.path());
  EXPECT_THAT(why(second), testing::AllOf(testing::HasSubstr("in use by another server"),
                                          testing::HasSubstr(std::to_string(::getpid()))));
}

TEST(DirectoryLockTest, it_is_free_again_when_the_holder_is_gone) {
  Directory const directory;
  { auto const first = good(persistence::DirectoryLock::take(directory.path())); }
  EXPECT_TRUE(persistence::DirectoryLock::take(directory.path()));
}

}  // namespace
}  // namespace tests
