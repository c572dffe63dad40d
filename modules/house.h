// All modules together, as the engine's loop sees them: one participant.
//
// House finds the module of a command, answers repeated requests from what was kept, lets the module judge and then
// enter, and lets every module hear every event, in floor order. What a module causes is written as a row of the same
// transaction before the loop takes it, so that a crash between the two loses nothing:
//
//   publish is applied, its two OpenLot are rows    -> commit
//   OpenLot 1 is applied, its row goes              -> commit
//   power loss: pending() gives OpenLot 2, at publish's time
//
// Thread:  engine, except routes(), which is for the time before the threads start.
// Failure: commit() only, from the store.
#pragma once

#include <span>
#include <vector>

#include "engine/ports.h"
#include "modules/module.h"

namespace modules {

class House final : public engine::Participants {
 public:
  // All outlive the house. `modules` in floor order, lowest first.
  House(engine::TableStore& store, std::vector<Module*> modules);

  void decide(engine::Sequenced const& command, engine::Events& outcome) override;
  void hear(engine::Sequenced const& cause, engine::Event const& event) override;
  std::vector<engine::FollowUp> take_follow_ups() override;
  void settle(engine::Seq parent) override;
  std::vector<engine::FollowUp> pending() const override;
  engine::Result<void> commit(engine::Seq applied) override;
  engine::Seq applied() const override { return store_.applied(); }

  void routes(Routes& routes) const;

 private:
  class Causing;
  Module* find(std::uint16_t number) const;
  engine::ModuleAnswered answer(engine::Sequenced const& command, engine::ModuleCommand const& act);
  engine::RefusalKind const* kind(Module const& module, std::uint16_t number) const;

  engine::TableStore& store_;
  std::vector<Module*> const modules_;
  std::vector<engine::FollowUp> caused_;  // since they were last taken
  engine::Seq causing_;                   // whose follow-ups are being counted
  std::uint64_t places_ = 0;              // of causing_, so far
};

}  // namespace modules
