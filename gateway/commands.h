// Commands of REST: into the inbox, and back with the decision.
//
// The live connections of sessions that a command ended are dropped before the caller hears of it.
//
// The caller hears exactly once: done, or refused by the module, by a follow-up, or at the door because the inbox is
// full or closed. The decision comes through the hub and so from behind the gate: it is durable when it is heard.
//
// Thread: decide() from any; `then` on the caller's thread for a refusal at the door, otherwise on the hub's strand.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>

#include "engine/command.h"
#include "engine/event.h"
#include "engine/ports.h"
#include "gateway/lobby.h"

namespace gateway {

struct Done {
  engine::Seq seq;
  engine::Leaf leaf{};   // in the transparency log
  std::uint64_t id = 0;  // of what was made or changed
};
struct NotDone {
  engine::Refusal refusal;
  engine::Seq seq;  // nothing: refused at the door
  engine::Leaf leaf{};
};
using Verdict = std::expected<Done, NotDone>;

class Commands {
 public:
  explicit Commands(Lobby& lobby);  // outlives this
  void decide(engine::ModuleCommand command, std::function<void(Verdict)> then);
  // Of the engine's own: a bid that is no session's, a proxy.
  void act(engine::Command command, std::function<void(Verdict)> then);

 private:
  using Then = std::function<void(Verdict)>;
  Then dropping_sessions_of(engine::PersonId person, Then then) const;

  Lobby& lobby_;
  std::uint64_t const number_;  // the session of our tickets
  std::atomic<std::uint64_t> last_request_{0};
};

// What the events of one command and of its follow-ups amount to.
Verdict verdict_of(engine::Decided const& command, engine::Events const& events);

}  // namespace gateway
