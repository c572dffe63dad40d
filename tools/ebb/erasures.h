// People who were erased: their keys are destroyed behind the command and before its answer.
//
// The command is durable, the tables are forced to the disk, the keys go, the answer goes out: in this order. What a
// crash leaves undone is found in the tables, and done when the server begins. Deciding again needs no key of theirs.
//
// The bytes of the keys are looked for in a file that grows with every lot, so that a thread of its own does it, and
// the answer to an erasure comes behind what was decided meanwhile. It tells nobody but who asked.
//
// Thread:  main until the threads start, then the engine's. finish(): main. login_mark's result: any.
// Failure: begin() as the disk says; later it is told, the answers go out, and the next start tries again.
// Memory:  the answers to erasures that are under way.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/ports.h"
#include "tools/ebb/core.h"

namespace ebb {

// How accounts recognises a login. `keys` outlive it.
modules::accounts::LoginMark login_mark(persistence::KeyStore const& keys);

class Erasures final : public engine::Outlet {
 public:
  using Tell = std::function<void(engine::Failure const&)>;
  Erasures(Core& core, engine::Outlet& next, Tell tell);  // all outlive this; `tell` is called from any thread
  ~Erasures() override;

  // Behind the replay, which destroys nothing: everybody's who was ever erased, where they are still there.
  engine::Result<void> begin();
  void publish(std::unique_ptr<engine::Turn const> turn) override;
  // Every answer has gone out. Nothing is published any more.
  void finish();

 private:
  using Owners = std::vector<engine::SecretOf>;
  Owners keys_of_erased(engine::Turn const& turn) const;
  void answer_behind_the_keys(std::unique_ptr<engine::Turn const> turn);
  void run();

  Core& core_;
  engine::Outlet& next_;
  Tell const tell_;
  enum class State : std::uint8_t { Replaying, Begun } state_ = State::Replaying;

  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::vector<std::unique_ptr<engine::Turn const>> waiting_;
  bool is_finishing_ = false;

  std::thread thread_;  // from the first erasure on
};

}  // namespace ebb
