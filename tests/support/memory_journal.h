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

  using ApplyFrame = std::function<engine::Result<std::string>(std::span<engine::Sequenced const>)>;
  // Hands over every frame in order; what it returns is held against what the next commit had carried.
  engine::Result<void> replay(ApplyFrame const& apply_frame) const;

  struct Frame {
    std::vector<engine::Sequenced> commands;
    std::string outcomes_before;  // of everything decided since the frame before it
  };
  std::vector<Frame> const& frames() const { return frames_; }
  engine::Seq last_seq() const;

 private:
  std::vector<Frame> frames_;
};

}  // namespace support
