// Server time against raw clocks that a test turns.
#include "gateway/server_clock.h"

#include <gtest/gtest.h>

#include <random>

namespace gateway {
namespace {

using namespace std::chrono_literals;
using engine::Duration;

constexpr std::int64_t start_ns = 1'800'000'000'000'000'000;

struct RawClocks {
  std::int64_t monotonic = 77;
  std::int64_t wall = start_ns;
  // Real time passes; the wall runs `drift_ppm` fast.
  void pass(std::chrono::nanoseconds span, std::int64_t drift_ppm = 0) {
    monotonic += span.count();
    wall += span.count() + span.count() / 1'000'000 * drift_ppm;
  }
  void step(std::chrono::nanoseconds by) { wall += by.count(); }
};

class ServerClockTest : public testing::Test {
 protected:
  RawClocks raw;
  ServerClock clock{[this] { return raw.monotonic; }, [this] { return raw.wall; }};
  engine::Instant const began = clock.now();
  Duration since() { return clock.now() - began; }
  Duration behind_wall() { return Duration{raw.wall / 1'000'000} - clock.now().time_since_epoch(); }
};

TEST_F(ServerClockTest, starts_at_the_wall_and_goes_with_real_time) {
  EXPECT_EQ(engine::in_millis(began), start_ns / 1'000'000);
  raw.pass(90s);
  EXPECT_EQ(since(), 90s);
  EXPECT_FALSE(clock.pending_step());
}

TEST_F(ServerClockTest, does_not_follow_a_forward_step_until_it_is_accepted) {
  raw.step(1h);
  raw.pass(10s);
  EXPECT_EQ(since(), 10s);
  EXPECT_EQ(clock.pending_step(), 1h);
  clock.accept_step();
  EXPECT_EQ(since(), 1h + 10s);
  EXPECT_FALSE(clock.pending_step());
}

TEST_F(ServerClockTest, works_off_an_accepted_backward_step_by_running_slow) {
  raw.step(-10s);
  EXPECT_EQ(since(), 0s);
  EXPECT_EQ(clock.pending_step(), -10s);
  clock.accept_step();
  EXPECT_EQ(since(), 0s);
  raw.pass(100s);
  EXPECT_EQ(since(), 95s);
  raw.pass(100s);
  EXPECT_EQ(since(), 190s);  // met
  EXPECT_EQ(behind_wall(), 0s);
  raw.pass(100s);
  EXPECT_EQ(since(), 290s);
}

TEST_F(ServerClockTest, forgets_a_step_that_was_taken_back) {
  raw.step(1min);
  EXPECT_TRUE(clock.pending_step());
  raw.step(-1min);
  EXPECT_FALSE(clock.pending_step());
  raw.pass(1s);
  EXPECT_EQ(since(), 1s);
}

TEST_F(ServerClockTest, slews_a_small_step_away) {
  raw.step(500ms);
  EXPECT_FALSE(clock.pending_step());
  EXPECT_EQ(since(), 0s);
  raw.pass(100s);
  EXPECT_EQ(since(), 100s + 50ms);  // 500 millionths
  raw.pass(1'000s);
  EXPECT_EQ(behind_wall(), 0s);
}

TEST_F(ServerClockTest, follows_the_drift_of_the_wall) {
  for (int i = 0; i < 3'600; ++i) {
    raw.pass(1s, 200);
    clock.now();
  }
  EXPECT_EQ(since(), 3'600s + 720ms);
  EXPECT_FALSE(clock.pending_step());
}

TEST_F(ServerClockTest, sees_a_second_step_while_the_first_is_worked_off) {
  raw.step(-10s);
  clock.accept_step();
  raw.pass(10s);
  clock.now();
  raw.step(-5s);
  EXPECT_EQ(clock.pending_step(), -5s);
  clock.accept_step();
  raw.pass(300s);
  EXPECT_EQ(behind_wall(), 0s);
}

TEST_F(ServerClockTest, jumps_over_what_is_left_of_a_retreat_when_the_wall_comes_back) {
  raw.step(-10s);
  clock.accept_step();
  raw.step(10s);
  ASSERT_EQ(clock.pending_step(), 10s);
  clock.accept_step();
  EXPECT_EQ(behind_wall(), 0s);
}

TEST_F(ServerClockTest, never_runs_backwards_whatever_the_wall_does) {
  std::uint64_t const seed = std::random_device{}();
  std::mt19937_64 random(seed);
  auto latest = began;
  for (int i = 0; i < 100'000; ++i) {
    switch (random() % 8) {
      case 0:
        raw.step(std::chrono::milliseconds{static_cast<std::int64_t>(random() % 20'000) - 10'000});
        break;
      case 1:
        raw.step(std::chrono::milliseconds{static_cast<std::int64_t>(random() % 1'000) - 500});
        break;
      case 2:
        clock.accept_step();
        break;
      case 3:
        clock.pending_step();
        break;
      default:
        raw.pass(std::chrono::microseconds{random() % 1'000'000}, static_cast<std::int64_t>(random() % 1'000) - 500);
    }
    auto const now = clock.now();
    ASSERT_GE(now, latest) << "seed " << seed << " step " << i;
    latest = now;
  }
}

TEST(MachineClocks, tell_a_time_after_this_was_written) {
  EXPECT_GT(ServerClock::machine_wall()(), 1'700'000'000'000'000'000);
  auto const monotonic = ServerClock::machine_monotonic();
  auto const first = monotonic();
  EXPECT_GE(monotonic(), first);
}

}  // namespace
}  // namespace gateway
