// What a crash takes away: everything that lives in memory only.
#pragma once

#include "tests/simulation/world.h"

namespace simulation {

// Hears nothing: for a replay that only wants to know what comes of it.
class Deaf final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const>) override {}
};

// Stands before the hub, so that the world knows what was decided before anybody is told.
class World::Tap final : public engine::Outlet {
 public:
  explicit Tap(World& world, gateway::Hub& hub) : world_(world), hub_(hub) {}
  void publish(std::unique_ptr<engine::Turn const> turn) override {
    world_.hear_turn(*turn);
    hub_.publish(std::move(turn));
  }

 private:
  World& world_;
  gateway::Hub& hub_;
};

struct World::Life {
  explicit Life(World& world)
      : journal(world.journal_),
        inbox(world.clock_, engine::limits::inbox_commands_max),
        house(world.tables_, {&world.accounts_, &world.inquiry_}),
        hub([&world](std::function<void()> work) { world.queue_.push_back(std::move(work)); },
            "life" + std::to_string(++world.lives_), world.inquiry_, world.tables_),
        tap(world, hub),
        loop(inbox, journal, hall, house, tap) {}

  support::FaultyJournal journal;
  engine::Inbox inbox;
  engine::Hall hall;
  modules::House house;
  gateway::Hub hub;
  Tap tap;
  engine::Loop loop;
};

}  // namespace simulation
