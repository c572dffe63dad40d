// The engine thread's work: drain, commit, apply, publish. The gate rule holds by reading order: no byte that depends
// on a command leaves the process before that command's frame is durable.
//
// A batch is cut behind every ModuleCommand, because its follow-ups come before whatever was stamped later.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/bytes.h"
#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/ports.h"

namespace engine {

class Loop {
 public:
  // All outlive the loop.
  Loop(Inbox& inbox, Journal& journal, Hall& hall, Participants& participants, Outlet& outlet);

  // Recovery: apply one frame as it was committed, and give the canonical bytes of its outcomes: what the Hall decided.
  // (What modules decide is bound by the follow-ups in the journal and by their tables, which may be ahead of the
  // replay.) Participants hear only what their tables have not applied yet; the follow-ups they cause again must be
  // those that the journal holds. Everything is published, so that the hub's pictures are rebuilt.
  Result<std::string> replay(std::span<Sequenced const> frame);
  // A snapshot at that seq stands for everything up to it. Before the first replay().
  void continue_after(Seq seq);
  // After the last frame: the follow-ups that a crash left undone, at their parents' times.
  Result<void> resume();

  enum class Did : std::uint8_t { Worked, Idle };
  // One turn. A Failure means halt: memory and disk may differ, restart recovers.
  Result<Did> turn();
  // Turns until the inbox is closed and empty.
  Result<void> run();

  // The last command that was committed. Thread: engine, or before it starts.
  Seq last_seq() const { return last_seq_; }

 private:
  Result<void> decide(std::span<Entry> entries);
  Result<void> commit_and_apply();
  Result<void> run(std::vector<FollowUp> follow_ups);
  void apply(Sequenced const& command);
  Result<void> match_follow_up(Sequenced const& command);
  void publish();
  std::optional<SecretOf> secret_of(Command const& command) const;

  Inbox& inbox_;
  Journal& journal_;
  Hall& hall_;
  Participants& participants_;
  Outlet& outlet_;
  Seq last_seq_;
  Inbox::Batch batch_;
  std::vector<Sequenced> frame_;
  std::unique_ptr<Turn> turn_;
  ByteWriter outcomes_;  // canonical bytes of what the Hall decided since the last commit
  std::uint64_t committed_in_replay_ = 0;
  std::deque<FollowUp> expected_;  // replay: follow-ups that the next frames must hold, in order
};

}  // namespace engine
