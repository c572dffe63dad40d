// Generated commands for the engine: a seed gives the same stream for good. Small numbers on purpose, so that ties,
// edges of windows, buffers, grids and levels, exact steps and reused keys are common instead of rare.
//
// Thread: none of its own. Failure: none. Memory: what it saw of each lot, and every bid it sent.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"

namespace support {

class Generator {
 public:
  // With a format nearly every lot is of it; without, all of them are mixed.
  explicit Generator(std::uint64_t seed, std::optional<engine::Format> format = std::nullopt);

  // The next command. Times cluster around `now` and `next_due`.
  engine::Sequenced next(engine::Instant now, engine::Instant next_due);
  // What the stream so far led to: later prices aim at it.
  void observe(engine::Events const& events);

 private:
  static constexpr std::uint64_t lots_max = 24;
  static constexpr std::size_t bidders = 8;  // numbered below; 1-5 are admitted, mostly

  // What the stream knows of a lot.
  struct Seen {
    engine::LotRules rules;
    std::array<engine::Evaluation, bidders> evaluation{};
    std::array<std::int64_t, bidders> own{};
    std::array<engine::Seq, bidders> last{};
    std::vector<engine::Seq> unverified;  // bids that bear a signature
    std::int64_t best = 0;
    engine::BidderId leader;
    engine::Stage stage;
  };
  // A lot past its close where somebody is to act.
  struct Wait {
    engine::LotState state;
    engine::BidderId bidder;
  };

  std::int64_t between(std::int64_t lowest, std::int64_t highest);
  bool chance(int percent) { return between(1, 100) <= percent; }
  engine::Duration span(std::int64_t lowest, std::int64_t highest) {
    return engine::Duration{between(lowest, highest)};
  }
  engine::Instant time(engine::Instant now, engine::Instant next_due);
  engine::LotId numbered(std::uint64_t place) const;
  engine::LotId lot();
  engine::BidderId bidder();
  engine::PersonId person();
  std::string reason();

  // What a lot is opened with (generator_rules.cpp).
  engine::Command open();
  void choose_steps(engine::LotRules& rules);
  void choose_ending(engine::LotRules& rules);
  void choose_stages(engine::LotRules& rules);
  void choose_award(engine::LotRules& rules);
  void spoil(engine::LotRules& rules);
  engine::Evaluation evaluation();

  // Where prices are worth trying (generator.cpp).
  std::int64_t decrement(Seen const& seen, std::int64_t reference) const;
  std::int64_t reference(Seen const& seen, engine::BidderId bidder) const;
  std::int64_t price_at_an_edge(Seen const& seen, engine::BidderId bidder);
  engine::PlaceBid new_bid();
  engine::Command bid();
  engine::Command signed_or_not(engine::PlaceBid const& bid);
  engine::Command note_signatures();
  engine::Command surrogate_bid();
  engine::Command proxy_command();
  engine::Command act_on_bid();
  engine::Command award_command();
  engine::Command command(engine::Instant now);
  void observe(engine::Receipt const& receipt, std::int64_t price);
  void observe(engine::Placed const& placed, Seen& seen, engine::BidderId bidder, engine::Seq seq);

  std::mt19937_64 random_;
  std::optional<engine::Format> format_;
  std::uint64_t seq_ = 0;
  std::uint64_t opened_ = 0;
  engine::Instant opens_at_{};
  std::vector<Seen> seen_;
  std::vector<engine::PlaceBid> sent_;
  std::vector<engine::SetProxy> proxies_;
  std::set<engine::LotId> live_;
  std::map<engine::LotId, Wait> awaiting_;
};

}  // namespace support
