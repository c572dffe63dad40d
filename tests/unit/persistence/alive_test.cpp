// The heartbeat.
#include "persistence/alive.h"

#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

TEST(AliveTest, a_new_server_was_never_alive) {
  Directory const directory;
  EXPECT_EQ(good(persistence::Alive::open(directory / "ALIVE")).last(), std::nullopt);
}

TEST(AliveTest, the_last_beat_is_read_at_the_next_start) {
  Directory const directory;
  for (std::int64_t ms : {midnight_ms, midnight_ms + 1'000, midnight_ms + 2'000}) {
    auto alive = good(persistence::Alive::open(directory / "ALIVE"));
    good(alive.beat(engine::at_millis(ms)));
    EXPECT_EQ(good(persistence::Alive::open(directory / "ALIVE")).last(), engine::at_millis(ms));
  }
}

}  // namespace
}  // namespace tests
