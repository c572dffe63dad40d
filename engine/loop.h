// The engine thread's work: drain, commit, apply, publish. The gate rule holds by reading order: no byte that depends
// on a command leaves the process before that command's frame is durable.
//
// A batch is cut behind every ModuleCommand, because its follow-ups come before whatever was stamped later.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/ports.h"

namespace engine {

class Loop {
 public:
  // All outlive the loop.
  Loop(Inbox& inbox, Journal& journal, Hall& hall, Participants& participants, Outlet& outlet);

  // Recovery: apply one frame as it was committed, and give the canonical bytes of its outcomes. Participants hear
  // only what their tables have not applied yet. Everything is published, so that the hub's pictures are rebuilt.
  Result<std::string> replay(std::span<Sequenced const> frame);
  // After the last frame: what the tables still owe (follow-ups whose parent was applied before the crash).
  Result<void> resume();

  enum class Did : std::uint8_t { Worked, Idle };
  // One turn. A Failure means halt: memory and disk may differ, restart recovers.
  Result<Did> turn();
  // Turns until the inbox is closed and empty.
  Result<void> run();

  Seq last_seq() const { return last_seq_; }

 private:
  Result<void> decide(std::vector<Entry>& batch, std::size_t from, std::size_t to);
  Result<void> commit_and_apply(std::vector<Sequenced>& frame);
  Result<void> run_follow_ups();
  void apply(Sequenced const& command);
  void publish();

  Inbox& inbox_;
  Journal& journal_;
  Hall& hall_;
  Participants& participants_;
  Outlet& outlet_;
  Seq last_seq_;
  Inbox::Batch batch_;
  std::vector<Sequenced> frame_;
  std::unique_ptr<Turn> turn_;
  std::string outcomes_;  // of everything applied since the last commit
};

}  // namespace engine
