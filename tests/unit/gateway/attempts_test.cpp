// How a guesser is slowed down.
#include "gateway/attempts.h"

#include <gtest/gtest.h>

namespace gateway {
namespace {

using namespace std::chrono_literals;

class AttemptsTest : public testing::Test {
 protected:
  bool may(std::string_view login, std::string_view from = "a") { return !attempts.begin(login, from, now); }
  void fail(std::string_view login, int times) {
    for (int i = 0; i < times; ++i) {
      EXPECT_TRUE(may(login));
      EXPECT_EQ(attempts.failed(login), Attempts::Verdict::Carry);
    }
  }
  AttemptRules rules;
  Attempts attempts{rules};
  engine::Instant now = engine::at_millis(1'800'000'000'000);
};

TEST_F(AttemptsTest, lets_five_failures_pass_and_then_asks_to_wait) {
  fail("chen", 5);
  EXPECT_EQ(attempts.begin("chen", "a", now), 30s);
  EXPECT_TRUE(may("dora"));
  now += 29'999ms;
  EXPECT_EQ(attempts.begin("chen", "a", now), 1s);
  now += 1ms;
  EXPECT_TRUE(may("chen"));
}

TEST_F(AttemptsTest, locks_with_the_tenth) {
  fail("chen", 5);
  for (int i = 6; i <= 10; ++i) {
    now += 30s;
    ASSERT_TRUE(may("chen"));
    EXPECT_EQ(attempts.failed("chen"), i == 10 ? Attempts::Verdict::Lock : Attempts::Verdict::Carry);
  }
}

TEST_F(AttemptsTest, forgets_after_a_quarter_of_an_hour_and_after_a_success) {
  fail("chen", 5);
  now += 15min + 1ms;
  fail("chen", 5);
  fail("dora", 4);
  EXPECT_TRUE(may("dora"));
  attempts.succeeded("dora", "a");
  fail("dora", 5);
}

TEST_F(AttemptsTest, counts_attempts_that_have_not_ended_yet) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(may("chen"));
  EXPECT_FALSE(may("chen"));
}

TEST_F(AttemptsTest, slows_an_address_that_tries_many_logins) {
  for (std::uint32_t i = 0; i < rules.address_burst; ++i) ASSERT_TRUE(may("login" + std::to_string(i), "rude"));
  EXPECT_EQ(attempts.begin("other", "rude", now), rules.address_refill);
  EXPECT_TRUE(may("other", "polite"));
  now += rules.address_refill;
  EXPECT_TRUE(may("other", "rude"));
  EXPECT_FALSE(may("another", "rude"));
}

TEST_F(AttemptsTest, does_not_slow_an_address_that_succeeds) {
  for (int i = 0; i < 1'000; ++i) {
    auto const login = "login" + std::to_string(i);
    ASSERT_TRUE(may(login, "office"));
    attempts.succeeded(login, "office");
  }
}

TEST(AttemptsBound, forgets_the_oldest_when_full) {
  AttemptRules rules;
  rules.entries_max = 2;
  Attempts attempts(rules);
  auto const now = engine::at_millis(0);
  for (int i = 0; i < 5; ++i) attempts.begin("first", "a", now);
  EXPECT_TRUE(attempts.begin("first", "a", now));
  attempts.begin("second", "a", now);
  attempts.begin("third", "a", now);
  EXPECT_FALSE(attempts.begin("first", "a", now));
}

}  // namespace
}  // namespace gateway
