// The bounded queue to one client; the policy stands in the header.
#include "gateway/outbox.h"

#include <utility>

#include "engine/check.h"

namespace gateway {
namespace {

// A queue of empty messages must be bounded too.
constexpr std::size_t overhead_a_message = 64;
// So many places that were taken are given back at once: a queue that never gets empty does not grow for ever.
constexpr std::size_t places_a_move = 256;

std::size_t cost(Message const& message) {
  return message->size() + overhead_a_message;
}

}  // namespace

Outbox::Outbox(std::size_t bytes_max) : bytes_max_(bytes_max) {}

Outbox::Pushed Outbox::push(Message message, Opcode as) {
  CHECK(message != nullptr);
  if (closed_) return Pushed::Dropped;
  if (bytes_ + cost(message) > bytes_max_) {
    discard();
    return Pushed::Slow;
  }
  bytes_ += cost(message);
  queue_.push_back({std::move(message), as});
  return Pushed::Queued;
}

Outbox::Waiting Outbox::take() {
  CHECK(!is_empty());
  auto oldest = std::move(queue_[first_++]);
  bytes_ -= cost(oldest.message);
  if (is_empty()) {
    if (queue_.capacity() > places_a_move)
      queue_ = {};
    else
      queue_.clear();
    first_ = 0;
  } else if (first_ == places_a_move) {
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  return oldest;
}

void Outbox::close() {
  closed_ = true;
}

void Outbox::discard() {
  closed_ = true;
  queue_ = {};
  first_ = 0;
  bytes_ = 0;
}

}  // namespace gateway
