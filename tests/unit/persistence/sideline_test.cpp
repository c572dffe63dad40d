// Work beside its owner: done when waited for, one piece at a time, over when the sideline goes.
#include "persistence/sideline.h"

#include <gtest/gtest.h>
#include <pthread.h>

#include <csignal>

namespace tests {
namespace {

TEST(SidelineTest, what_was_begun_is_done_when_it_was_waited_for) {
  persistence::Sideline sideline;
  std::uint64_t sum = 0;  // no atomic: begin() hands it over, wait() hands it back
  for (std::uint64_t i = 1; i <= 10'000; ++i) {
    sideline.begin([&sum, i] { sum += i; });
    sideline.wait();
    ASSERT_EQ(sum, i * (i + 1) / 2);
  }
}

TEST(SidelineTest, it_works_on_another_thread) {
  persistence::Sideline sideline;
  std::thread::id there;
  sideline.begin([&] { there = std::this_thread::get_id(); });
  sideline.wait();
  EXPECT_NE(there, std::thread::id{});
  EXPECT_NE(there, std::this_thread::get_id());
}

TEST(SidelineTest, it_is_busy_until_the_work_is_done) {
  persistence::Sideline sideline;
  EXPECT_FALSE(sideline.is_busy());
  std::atomic<bool> may_end = false;
  sideline.begin([&] { may_end.wait(false); });
  EXPECT_TRUE(sideline.is_busy());
  may_end = true;
  may_end.notify_one();
  sideline.wait();
  EXPECT_FALSE(sideline.is_busy());
}

TEST(SidelineTest, waiting_for_nothing_is_over_at_once) {
  persistence::Sideline sideline;
  sideline.wait();
  sideline.begin([] {});
  sideline.wait();
  sideline.wait();
}

TEST(SidelineTest, it_finishes_its_work_before_it_goes) {
  bool is_done = false;
  {
    persistence::Sideline sideline;
    sideline.begin([&] { is_done = true; });
  }
  EXPECT_TRUE(is_done);
}

TEST(SidelineTest, it_takes_no_signals_and_leaves_those_of_its_owner_alone) {
  sigset_t before{};
  ::pthread_sigmask(SIG_SETMASK, nullptr, &before);
  persistence::Sideline sideline;
  int is_blocked = 0;
  sideline.begin([&] {
    sigset_t there{};
    ::pthread_sigmask(SIG_SETMASK, nullptr, &there);
    is_blocked = ::sigismember(&there, SIGTERM);
  });
  sideline.wait();
  sigset_t after{};
  ::pthread_sigmask(SIG_SETMASK, nullptr, &after);
  EXPECT_EQ(is_blocked, 1);
  EXPECT_EQ(::sigismember(&after, SIGTERM), ::sigismember(&before, SIGTERM));
}

}  // namespace
}  // namespace tests
