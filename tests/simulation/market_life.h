// What a crash takes away: everything that lives in memory only.
#pragma once

#include <deque>
#include <map>

#include "tests/simulation/market.h"

namespace simulation {

// Answers a module's command once, and causes nothing: the market has no modules.
class NoModules final : public engine::Participants {
 public:
  void decide(engine::Sequenced const& command, engine::Events& outcome) override {
    auto const& asked = std::get<engine::ModuleCommand>(command.command);
    outcome.push_back(engine::ModuleAnswered{asked.module, asked.verb, asked.actor, 0, false, std::nullopt});
  }
  void hear(engine::Sequenced const&, engine::Event const&) override {}
  std::vector<engine::FollowUp> take_follow_ups() override { return {}; }
  void settle(engine::Seq) override {}
  std::vector<engine::FollowUp> pending() const override { return {}; }
  engine::Result<void> commit(engine::Seq) override { return {}; }
  engine::Seq applied() const override { return {}; }
};

// Hears what was published, and keeps what is to be verified; after a restart the hall tells it again.
class Market::Tap final : public engine::Outlet {
 public:
  using Unverified = std::map<engine::LotId, std::deque<engine::BidSigned>>;
  explicit Tap(Witness& witness) : witness_(witness) {}
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    witness_.published(*turn);
    if (is_verifying_) take(turn->events);
  }
  void begin(engine::Hall const& hall) {
    is_verifying_ = true;
    engine::Events events;
    hall.tell_unverified(events);
    take(events);
  }
  Unverified& unverified() { return unverified_; }

 private:
  void take(engine::Events const& events) {
    for (auto const& event : events) {
      if (auto const* bid = std::get_if<engine::BidSigned>(&event)) unverified_[bid->bid.lot].push_back(*bid);
    }
  }

  Witness& witness_;
  bool is_verifying_ = false;
  Unverified unverified_;
};

struct Market::Life {
  Life(engine::Clock& clock, engine::Journal& durable, Witness& witness)
      : journal(durable), inbox(clock, inbox_max), tap(witness), loop(inbox, journal, hall, modules, tap) {}

  static constexpr std::size_t inbox_max = 64;  // small, so that it is full now and then
  support::FaultyJournal journal;
  engine::Inbox inbox;
  engine::Hall hall;
  NoModules modules;
  Tap tap;
  engine::Loop loop;
};

}  // namespace simulation
