// The estimate against clocks whose true offset is known.
#include "tools/client/clock_offset.h"

#include <gtest/gtest.h>

namespace {

using ebb_client::ClockOffset;
using Micros = ClockOffset::Micros;

// A probe through a network with these delays to a server whose clock is ahead by `offset`.
ClockOffset::Probe probe(std::int64_t offset, std::int64_t there, std::int64_t inside, std::int64_t back) {
  return {Micros{1'000}, Micros{1'000 + there + offset}, Micros{1'000 + there + inside + offset},
          Micros{1'000 + there + inside + back}};
}

}  // namespace

TEST(ClockOffset, is_exact_when_both_ways_take_the_same) {
  ClockOffset clock;
  clock.add(probe(-7'000, 150, 40, 150));
  EXPECT_EQ(clock.best()->offset, Micros{-7'000});
  EXPECT_EQ(clock.best()->round_trip, Micros{300});
}

TEST(ClockOffset, is_within_its_stated_error_however_the_ways_differ) {
  for (std::int64_t there = 0; there <= 1'000; there += 50) {
    ClockOffset clock;
    clock.add(probe(5'000, there, 10, 1'000 - there));
    auto const off = clock.best()->offset - Micros{5'000};
    EXPECT_LE(off < Micros{0} ? -off : off, clock.best()->error) << there;
  }
}

TEST(ClockOffset, keeps_the_probe_with_the_shortest_round_trip) {
  ClockOffset clock;
  clock.add(probe(100, 900, 10, 20));
  clock.add(probe(100, 30, 10, 30));
  clock.add(probe(100, 10, 10, 800));
  EXPECT_EQ(clock.best()->round_trip, Micros{60});
  EXPECT_EQ(clock.best()->offset, Micros{100});
  EXPECT_EQ(clock.best()->probes, 3u);
}

TEST(ClockOffset, does_not_believe_an_answer_from_before_the_question) {
  ClockOffset clock;
  clock.add({Micros{100}, Micros{500}, Micros{900}, Micros{200}});
  EXPECT_FALSE(clock.best());
}
