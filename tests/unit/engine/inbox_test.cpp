// The fairness rule: stamp and place under one lock, in order of time, and nothing earlier than a horizon outside.
#include "engine/inbox.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "tests/support/manual_clock.h"

namespace {

using namespace engine;
using namespace std::chrono_literals;

struct InboxTest : testing::Test {
  support::ManualClock clock;
  Inbox inbox{clock, 8};
  Inbox::Batch batch;

  Offer offer(std::uint64_t request) { return inbox.offer({1, request}, Tick{}); }
  std::vector<std::uint64_t> drain(std::size_t commands_max = 100) {
    inbox.drain(batch, commands_max);
    std::vector<std::uint64_t> requests;
    for (auto const& entry : batch.entries) requests.push_back(entry.ticket.request);
    return requests;
  }
};

TEST_F(InboxTest, gives_back_what_came_in_in_order_with_the_time_of_entry) {
  auto const start = clock.now();
  offer(1);
  clock.advance(5ms);
  offer(2);
  clock.advance(1h);  // the engine is late; the stamps are not
  EXPECT_EQ(drain(), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(batch.entries[0].at, start);
  EXPECT_EQ(batch.entries[1].at, start + 5ms);
  EXPECT_EQ(batch.horizon, start + 5ms + 1h);
}

TEST_F(InboxTest, horizon_of_a_partial_drain_is_the_first_still_outside) {
  for (std::uint64_t request = 1; request <= 3; ++request) {
    offer(request);
    clock.advance(10ms);
  }
  auto const third_at = clock.now() - 10ms;
  EXPECT_EQ(drain(2), (std::vector<std::uint64_t>{1, 2}));
  EXPECT_EQ(batch.horizon, third_at);
  EXPECT_EQ(drain(2), (std::vector<std::uint64_t>{3}));
}

TEST_F(InboxTest, nothing_after_a_drain_is_stamped_before_its_horizon_even_if_the_clock_were_to_step_back) {
  drain();
  auto const horizon = batch.horizon;
  clock.advance(-1h);
  offer(1);
  drain();
  EXPECT_GE(batch.entries[0].at, horizon);
}

TEST_F(InboxTest, a_full_inbox_says_busy_at_once_and_takes_again_when_drained) {
  for (std::uint64_t request = 1; request <= 8; ++request) EXPECT_EQ(offer(request), Offer::Taken);
  EXPECT_EQ(offer(9), Offer::Busy);
  EXPECT_EQ(inbox.depth(), 8U);
  drain();
  EXPECT_EQ(offer(10), Offer::Taken);
}

TEST_F(InboxTest, a_closed_inbox_takes_nothing_but_gives_what_it_holds) {
  offer(1);
  inbox.close();
  EXPECT_EQ(offer(2), Offer::Closed);
  EXPECT_TRUE(inbox.is_closed());
  EXPECT_EQ(drain(), (std::vector<std::uint64_t>{1}));
}

TEST_F(InboxTest, wait_returns_when_the_time_has_come_when_something_is_inside_and_when_closed) {
  inbox.wait(clock.now());
  offer(1);
  inbox.wait(never);
  drain();
  inbox.close();
  inbox.wait(never);
}

TEST_F(InboxTest, an_offer_wakes_the_sleeping_engine) {
  std::thread engine([this] { inbox.wait(never); });
  offer(1);
  engine.join();
  EXPECT_EQ(inbox.depth(), 1U);
}

TEST_F(InboxTest, a_wake_wakes_the_sleeping_engine_for_offers_that_did_not) {
  std::thread engine([this] { inbox.wait(never); });
  inbox.offer({1, 1}, Tick{}, Wake::Later);
  inbox.offer({1, 2}, Tick{}, Wake::Later);
  inbox.wake();
  engine.join();
  EXPECT_EQ(drain(), (std::vector<std::uint64_t>{1, 2}));
  inbox.wake();  // of nobody, for nothing
}

TEST(InboxOfMany, keeps_the_order_of_every_producer_and_loses_nothing) {
  support::ManualClock clock;
  Inbox inbox(clock, 100'000);
  constexpr std::uint64_t producers = 4;
  constexpr std::uint64_t each = 2'000;
  std::vector<std::thread> threads;
  for (std::uint64_t producer = 1; producer <= producers; ++producer) {
    threads.emplace_back([&inbox, &clock, producer] {
      for (std::uint64_t request = 1; request <= each; ++request) {
        clock.advance(1ms);
        inbox.offer({producer, request}, Tick{});
      }
    });
  }
  std::vector<std::uint64_t> seen(producers + 1, 0);
  std::uint64_t total = 0;
  Instant last = Instant::min();
  Inbox::Batch batch;
  while (total < producers * each) {
    inbox.drain(batch, 64);
    for (auto const& entry : batch.entries) {
      EXPECT_EQ(entry.ticket.request, ++seen[entry.ticket.session]);
      EXPECT_GE(entry.at, last);
      last = entry.at;
      ++total;
    }
    EXPECT_GE(batch.horizon, last);
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
