// The worker pool: bounded, and nothing taken is lost.
#include "gateway/workers.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace gateway {
namespace {

TEST(Workers, do_every_job_they_took_before_they_finish) {
  std::atomic<int> done{0};
  Workers workers(2, 1'000);
  for (int i = 0; i < 1'000; ++i) ASSERT_EQ(workers.offer([&] { ++done; }), Workers::Offer::Taken);
  workers.finish();
  EXPECT_EQ(done, 1'000);
}

TEST(Workers, say_busy_when_the_queue_is_full_and_finished_when_they_are) {
  std::promise<void> go, begun;
  Workers workers(1, 1);
  workers.offer([&] {
    begun.set_value();
    go.get_future().wait();
  });
  begun.get_future().wait();
  EXPECT_EQ(workers.offer([] {}), Workers::Offer::Taken);
  EXPECT_EQ(workers.offer([] {}), Workers::Offer::Busy);
  go.set_value();
  workers.finish();
  EXPECT_EQ(workers.offer([] {}), Workers::Offer::Finished);
}

}  // namespace
}  // namespace gateway
