// The smallest module there can be: remarks, by whoever is signed in, and a list of them.
//
// It is quoted in modules/README.md as the pattern to copy; example_module_test.cpp holds the two equal.
#pragma once

#include "modules/module.h"

namespace example {

class Remarks final : public modules::Module {
 public:
  std::string_view name() const override { return "remarks"; }
  std::uint16_t number() const override { return 900; }  // in the journal, never reused
  std::optional<engine::Refusal> judge(engine::ModuleCommand const& command, engine::Instant at,
                                       engine::TableReader const& tables) const override;
  std::uint64_t enter(engine::ModuleCommand const& command, engine::Seq seq, engine::Instant at, engine::Tables& tables,
                      modules::FollowUps& follow_ups) override;
  void hear(engine::Event const&, engine::Seq, engine::Instant, engine::Tables&, modules::FollowUps&) override {}
  void routes(modules::Routes& routes) const override;
  engine::RefusalKind const* refusal(std::uint16_t number) const override;
};

}  // namespace example
