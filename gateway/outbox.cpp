// The bounded queue to one client; the policy stands in the header.
#include "gateway/outbox.h"

#include <utility>

#include "engine/check.h"

namespace gateway {
namespace {

// A queue of empty messages must be bounded too.
constexpr std::size_t overhead_a_message = 64;

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
  CHECK(!queue_.empty());
  auto oldest = std::move(queue_.front());
  queue_.pop_front();
  bytes_ -= cost(oldest.message);
  return oldest;
}

void Outbox::close() {
  closed_ = true;
}

void Outbox::discard() {
  closed_ = true;
  queue_.clear();
  bytes_ = 0;
}

}  // namespace gateway
