// Frames one behind the other, as they go into a backup and come out of it: each is whole, dense, and hashes the one
// before. What walk.h asks of a journal, for frames that lie elsewhere or come without their end.
//
// Thread:  one. Failure: the first frame that does not follow; the chain then stands before it.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/ports.h"
#include "persistence/anchor.h"
#include "persistence/frame.h"
#include "persistence/manifest.h"

namespace persistence {

class BackupChain {
 public:
  // The frames that follow lie in this segment.
  void begin(std::uint32_t segment);
  // Without looking: what `segment` says was checked elsewhere, and frames follow behind it, in it or in the next.
  void trust(SealedSegment const& segment);
  engine::Result<FrameHeader> follow(std::string_view frame);

  Tail const& tail() const { return tail_; }
  SealedSegment const& segment() const { return segment_; }  // that was begun, so far
  std::uint64_t frames() const { return frames_; }           // followed here
  std::uint64_t commands() const { return commands_; }

 private:
  Tail tail_;
  std::uint32_t epoch_ = 0;
  SealedSegment segment_;
  std::uint64_t frames_ = 0;
  std::uint64_t commands_ = 0;
  Hasher hasher_;
};

}  // namespace persistence
