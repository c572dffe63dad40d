// The worker pool: a mutex around a queue, because a job takes milliseconds and the lock does not.
#include "gateway/workers.h"

#include <utility>

namespace gateway {

Workers::Workers(std::size_t threads, std::size_t jobs_max) : jobs_max_(jobs_max) {
  threads_.reserve(threads);
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
  finish();
}

Workers::Offer Workers::offer(Job job) {
  {
    std::lock_guard const guard(lock_);
    if (finishing_) return Offer::Finished;
    if (jobs_.size() >= jobs_max_) return Offer::Busy;
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
  return Offer::Taken;
}

void Workers::finish() {
  {
    std::lock_guard const guard(lock_);
    finishing_ = true;
  }
  changed_.notify_all();
  for (auto& thread : threads_) thread.join();
  threads_.clear();
}

void Workers::work() {
  std::unique_lock guard(lock_);
  while (true) {
    changed_.wait(guard, [this] { return finishing_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    guard.unlock();
    job();
    job = nullptr;  // what it owns goes outside the lock
    guard.lock();
  }
}

}  // namespace gateway
