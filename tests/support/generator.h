// Generated commands for the engine: a seed gives the same stream for good. Small numbers on purpose, so that ties,
// edges of windows, exact steps and reused keys are common instead of rare.
#pragma once

#include <map>
#include <random>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"

namespace support {

class Generator {
 public:
  explicit Generator(std::uint64_t seed);

  // The next command. Times cluster around `now` and `next_due`.
  engine::Sequenced next(engine::Instant now, engine::Instant next_due);
  // What the stream so far led to: later prices aim at it.
  void observe(engine::Events const& events);

 private:
  std::int64_t between(std::int64_t lowest, std::int64_t highest);
  bool chance(int percent) { return between(1, 100) <= percent; }
  engine::Instant time(engine::Instant now, engine::Instant next_due);
  engine::LotId lot();
  engine::BidderId bidder();
  engine::PersonId person();
  std::string reason();
  engine::Command open();
  engine::Command award_command();
  engine::Command bid();
  engine::Command command(engine::Instant now);

  struct Level {
    engine::LotRules rules;
    std::int64_t best = 0;
    std::vector<std::int64_t> own = std::vector<std::int64_t>(8);
  };
  std::mt19937_64 random_;
  std::uint64_t seq_ = 0;
  std::uint64_t opened_ = 0;
  engine::Instant opens_at_{};
  std::vector<Level> levels_;
  std::vector<engine::PlaceBid> sent_;
  struct Wait {
    engine::LotState state;
    engine::BidderId bidder;
  };
  std::map<engine::LotId, Wait> awaiting_;  // lots past their close where somebody is to act
};

}  // namespace support
