// See the header.
#include "persistence/sideline.h"

#include <pthread.h>

#include <csignal>
#include <utility>

#include "engine/check.h"

namespace persistence {
namespace {

// A thread takes the mask of the one that makes it.
class NoSignals {
 public:
  NoSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  NoSignals(NoSignals const&) = delete;
  NoSignals& operator=(NoSignals const&) = delete;
  ~NoSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

}  // namespace

Sideline::~Sideline() {
  if (!thread_.joinable()) return;
  wait();
  state_.store(State::Ending, std::memory_order_release);
  state_.notify_one();
  thread_.join();
}

void Sideline::begin(std::function<void()> work) {
  CHECK(state_.load(std::memory_order_acquire) == State::Idle);
  work_ = std::move(work);
  state_.store(State::Busy, std::memory_order_release);
  state_.notify_one();
  if (!thread_.joinable()) {
    NoSignals const while_it_is_made;
    thread_ = std::thread{[this] { run(); }};
  }
}

void Sideline::wait() {
  state_.wait(State::Busy, std::memory_order_acquire);
}

void Sideline::run() {
  for (;;) {
    state_.wait(State::Idle, std::memory_order_acquire);
    if (state_.load(std::memory_order_acquire) == State::Ending) return;
    work_();
    state_.store(State::Idle, std::memory_order_release);
    state_.notify_one();
  }
}

}  // namespace persistence
