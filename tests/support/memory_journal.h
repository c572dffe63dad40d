// A journal in memory that keeps every frame as it was committed, so that a test can restart from it.
//
// Thread:  one.
// Failure: replay() fails where the outcomes differ from those that the first run bound, as recovery does.
#pragma once

#include <string>
#include <vector>

#include "engine/ports.h"

namespace support {

class MemoryJournal final : public engine::Journal {
 public:
  engine::Result<void> commit(std::span<engine::Sequenced const> frame, std::string_view outcomes) override;
  std::span<engine::Leaf const> leaves() const override { return leaves_; }
  static engine::Leaf leaf_of(engine::Seq seq);  // no hash here: a leaf that names its command

  using ApplyFrame = std::function<engine::Result<std::string>(std::span<engine::Sequenced const>)>;
  // Hands over every frame in order; what that decides is held against what each commit had bound. Afterwards commits
  // go on from there.
  engine::Result<void> replay(ApplyFrame const& apply_frame);

  struct Frame {
    std::vector<engine::Sequenced> commands;
    std::size_t outcome_bytes;  // of everything decided before it, from the start
    std::size_t outcome_hash;
  };
  std::vector<Frame> const& frames() const { return frames_; }
  // As if these people's keys had been destroyed: what was private under them is empty. How many commands that were.
  std::size_t forget(std::span<engine::PersonId const> keys);
  engine::Seq last_seq() const;

 private:
  std::vector<Frame> frames_;
  std::vector<engine::Leaf> leaves_;
  std::string outcomes_;  // all, from the start
};

}  // namespace support
