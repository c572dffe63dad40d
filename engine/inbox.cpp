// One lock for stamp and place; the engine sleeps on its condition.
#include "engine/inbox.h"

#include <algorithm>
#include <utility>

#include "engine/check.h"

namespace engine {

Inbox::Inbox(Clock& clock, std::size_t commands_max) : clock_(clock), commands_max_(commands_max) {
  CHECK(commands_max > 0);
}

Offer Inbox::offer(Ticket ticket, Command command, Wake wake) {
  std::unique_lock lock(lock_);
  if (closed_) return Offer::Closed;
  if (entries_.size() >= commands_max_) return Offer::Busy;
  Instant const at = std::max(clock_.now(), last_at_);
  last_at_ = at;
  entries_.push_back({ticket, at, std::move(command)});
  bool const is_asleep = wake == Wake::Now && std::exchange(waiting_, false);  // one wake-up a batch, never one a bid
  lock.unlock();
  if (is_asleep) filled_.notify_one();
  return Offer::Taken;
}

void Inbox::wake() {
  std::unique_lock lock(lock_);
  bool const is_asleep = !entries_.empty() && std::exchange(waiting_, false);
  lock.unlock();
  if (is_asleep) filled_.notify_one();
}

void Inbox::close() {
  {
    std::lock_guard const lock(lock_);
    closed_ = true;
  }
  filled_.notify_all();
}

std::size_t Inbox::depth() const {
  std::lock_guard const lock(lock_);
  return entries_.size();
}

bool Inbox::is_closed() const {
  std::lock_guard const lock(lock_);
  return closed_;
}

void Inbox::drain(Batch& batch, std::size_t commands_max) {
  batch.entries.clear();
  std::lock_guard const lock(lock_);
  if (entries_.size() <= commands_max) {
    entries_.swap(batch.entries);
    batch.horizon = std::max(clock_.now(), last_at_);
    last_at_ = batch.horizon;
    return;
  }
  auto const cut = entries_.begin() + static_cast<std::ptrdiff_t>(commands_max);
  batch.entries.assign(std::make_move_iterator(entries_.begin()), std::make_move_iterator(cut));
  entries_.erase(entries_.begin(), cut);
  batch.horizon = entries_.front().at;  // the first that is still outside
}

void Inbox::wait(Instant due) {
  std::unique_lock lock(lock_);
  while (entries_.empty() && !closed_) {
    Instant const now = clock_.now();
    if (now >= due) return;
    waiting_ = true;
    // Server time and the waiting clock may drift apart by a slew; an hour bounds what that can cost.
    Duration const patience = std::min<Duration>(due - now, std::chrono::hours{1});
    filled_.wait_for(lock, patience);
    waiting_ = false;
  }
}

}  // namespace engine
