// See the header. Tickets are dropped: the real journal does not keep them.
#include "tests/support/memory_journal.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "engine/check.h"

namespace support {

engine::Result<void> MemoryJournal::commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) {
  CHECK(!frame.empty());
  auto expected = engine::next(last_seq());
  outcomes_ += outcomes;
  auto& kept =
      frames_.emplace_back(Frame{{frame.begin(), frame.end()}, outcomes_.size(), std::hash<std::string>{}(outcomes_)});
  leaves_.clear();
  for (auto& command : kept.commands) {
    CHECK(command.seq == expected);
    leaves_.push_back(leaf_of(command.seq));
    expected = engine::next(expected);
    command.ticket = {};
  }
  return {};
}

engine::Leaf MemoryJournal::leaf_of(engine::Seq seq) {
  engine::Leaf leaf;
  leaf.fill('L');
  auto const number = seq.number();
  std::memcpy(leaf.data(), &number, sizeof number);
  return leaf;
}

engine::Result<void> MemoryJournal::replay(ApplyFrame const& apply_frame) {
  outcomes_.clear();
  for (auto const& frame : frames_) {
    if (outcomes_.size() != frame.outcome_bytes || std::hash<std::string>{}(outcomes_) != frame.outcome_hash) {
      return std::unexpected(engine::Failure{"journal: other outcomes than the first time before seq " +
                                             std::to_string(frame.commands.front().seq.number())});
    }
    auto applied = apply_frame(frame.commands);
    if (!applied) return std::unexpected(applied.error());
    outcomes_ += *applied;
  }
  return {};
}

engine::Seq MemoryJournal::last_seq() const {
  return frames_.empty() ? engine::Seq{} : frames_.back().commands.back().seq;
}

std::size_t MemoryJournal::forget(std::span<engine::PersonId const> keys) {
  std::size_t forgotten = 0;
  for (auto& frame : frames_) {
    for (auto& command : frame.commands) {
      auto* act = std::get_if<engine::ModuleCommand>(&command.command);
      if (act == nullptr || act->secret.empty() || std::ranges::find(keys, act->secret_of) == keys.end()) continue;
      act->secret.clear();
      ++forgotten;
    }
  }
  return forgotten;
}

}  // namespace support
