// The ring behind a stream. See stream.h.
#include "gateway/stream.h"

#include <utility>

#include "engine/check.h"
#include "engine/limits.h"

namespace gateway {

void Stream::append(Message message) {
  CHECK(open_);
  kept_.push_back(std::move(message));
  if (kept_.size() > engine::limits::stream_history_messages) kept_.pop_front();
  ++head_;
}

Message Stream::find(std::uint64_t offset) const {
  if (offset > head_ || offset < oldest_kept()) return nullptr;
  return kept_[static_cast<std::size_t>(offset - oldest_kept())];
}

}  // namespace gateway
