// See the header.
#include "persistence/sideline.h"

#include <utility>

#include "engine/check.h"
#include "persistence/no_signals.h"

namespace persistence {

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
