// People who were erased: their keys are destroyed behind the command and before its answer.
//
// The command is durable, the tables are forced to the disk, the keys go, the answer goes out: in this order. What a
// crash leaves undone is found in the tables, and done when the server begins. Deciding again needs no key of theirs.
//
// Thread:  main until the threads start, then the engine's. login_mark's result: any.
// Failure: begin() as the disk says; later it is told, the answers go out, and the next start tries again.
#pragma once

#include <functional>

#include "engine/ports.h"
#include "tools/ebb/core.h"

namespace ebb {

// How accounts recognises a login. `keys` outlive it.
modules::accounts::LoginMark login_mark(persistence::KeyStore const& keys);

class Erasures final : public engine::Outlet {
 public:
  using Tell = std::function<void(engine::Failure const&)>;
  Erasures(Core& core, engine::Outlet& next, Tell tell);  // all outlive this

  // Behind the replay, which destroys nothing: everybody's who was ever erased, where they are still there.
  engine::Result<void> begin();
  void publish(std::unique_ptr<engine::Turn const> turn) override;

 private:
  engine::Result<void> destroy(std::vector<engine::PersonId> const& keys);

  Core& core_;
  engine::Outlet& next_;
  Tell const tell_;
  enum class State : std::uint8_t { Replaying, Begun } state_ = State::Replaying;
};

}  // namespace ebb
