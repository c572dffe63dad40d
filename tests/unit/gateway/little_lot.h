// One lot between the real engine and its picture: three bidders, time that moves when the test says so.
//
// Thread: one. Failure: none of its own.
#pragma once

#include <optional>
#include <string>

#include "engine/hall.h"
#include "gateway/picture.h"
#include "tests/support/hub_world.h"

namespace hub_test {

inline LotId const little_lot = engine::lot_id(InquiryId{12}, 1);
inline BidderId const ann{1}, bob{2}, cyd{3};

class LittleLot {
 public:
  explicit LittleLot(engine::LotRules const& rules, std::vector<engine::Evaluation> const& evaluations = {{}, {}, {}}) {
    engine::OpenLot open{little_lot, rules, now_, {}, {}};
    for (std::size_t i = 0; i < 3; ++i) open.admitted.push_back({BidderId{i + 1}, evaluations[i]});
    say(std::move(open));
  }
  engine::Events bid(BidderId bidder, std::int64_t yuans, std::string name = {}) {
    if (name.empty()) name = "k" + std::to_string(seq_.number());
    return say(
        engine::PlaceBid{little_lot, bidder, engine::PersonId{1}, yuan(yuans), key(name), engine::Consent::Given});
  }
  engine::Events say(engine::Command command) {
    seq_ = engine::next(seq_);
    engine::Events events;
    hall_.apply({seq_, {}, now_, std::nullopt, {}, std::move(command)}, events);
    for (auto const& event : events) {
      if (auto const* scheduled = std::get_if<engine::LotScheduled>(&event))
        picture.emplace(*scheduled);
      else
        picture->fold(event);
    }
    return events;
  }
  void later(engine::Duration span) {
    now_ += span;
    say(engine::Tick{});
  }
  gateway::Bidder const& of(BidderId bidder) const { return picture->bidders()[picture->index_of(bidder)]; }
  engine::Seq seq() const { return seq_; }

  std::optional<gateway::Picture> picture;

 private:
  engine::Hall hall_;
  engine::Seq seq_;
  engine::Instant now_ = engine::at_millis(1'795'000'000'000);
};

inline engine::LotRules signed_rules() {
  auto rules = reverse_rules();
  rules.signed_bids = true;
  return rules;
}
inline engine::LotRules rounds_rules() {
  auto rules = reverse_rules();
  rules.format = engine::Format::Rounds;
  rules.duration = std::chrono::minutes{10};
  rules.rounds = 2;
  rules.first_pause = rules.pause = std::chrono::minutes{1};
  rules.turn = std::chrono::minutes{2};
  return rules;
}
inline engine::LotRules dutch_rules() {
  auto rules = reverse_rules();
  rules.format = engine::Format::Dutch;
  rules.first_level = yuan(10'000);
  rules.last_level = yuan(100'000);
  rules.level_step = yuan(10'000);
  rules.turn = std::chrono::minutes{1};
  rules.sealed_for = std::chrono::minutes{5};
  rules.best_bid_for = std::chrono::minutes{5};
  return rules;
}
inline engine::LotRules japanese_rules() {
  auto rules = dutch_rules();
  rules.format = engine::Format::Japanese;
  rules.first_level = yuan(100'000);
  rules.last_level = yuan(10'000);
  rules.sealed_for = rules.best_bid_for = {};
  return rules;
}

}  // namespace hub_test
