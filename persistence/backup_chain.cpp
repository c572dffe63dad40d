// See the header.
#include "persistence/backup_chain.h"

#include "persistence/failure.h"

namespace persistence {

void BackupChain::begin(std::uint32_t segment) {
  segment_ = SealedSegment{segment, {}, {}, 0, tail_.head};
}

void BackupChain::trust(SealedSegment const& segment) {
  segment_ = segment;
  tail_ = {segment.last, segment.head};
}

engine::Result<FrameHeader> BackupChain::follow(std::string_view frame) {
  auto const header = decode_header(frame);
  if (!header) return header;
  auto const expected = engine::next(tail_.last);
  if (header->first != expected) {
    return failed("seq " + std::to_string(expected.number()) + " belongs where " +
                  std::to_string(header->first.number()) + " stands");
  }
  if (header->previous != tail_.head) return failed("the chain is broken: a frame does not follow the one before");
  if (header->epoch < epoch_) return failed("a frame of an epoch that was over: " + std::to_string(header->epoch));
  epoch_ = header->epoch;
  tail_ = {header->last(), hasher_.of({frame})};
  if (segment_.frames++ == 0) segment_.first = header->first;
  segment_.last = tail_.last;
  segment_.head = tail_.head;
  ++frames_;
  commands_ += header->count;
  return header;
}

}  // namespace persistence
