// One thread that does one piece of work beside its owner: what is hashed while the disk is waited for.
//
// It begins with the first piece, so that whoever never has a large one has no thread either. It takes no signals.
//
// Thread:  begin() and wait() from the owner's; the work runs on the other.
// Failure: none; work does not throw.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

namespace persistence {

class Sideline {
 public:
  Sideline() = default;
  Sideline(Sideline const&) = delete;
  Sideline& operator=(Sideline const&) = delete;
  ~Sideline();

  // What `work` touches belongs to it until wait() has returned; the work before is over.
  void begin(std::function<void()> work);
  void wait();
  bool is_busy() const { return state_.load(std::memory_order_acquire) == State::Busy; }

 private:
  void run();

  enum class State : std::uint32_t { Idle, Busy, Ending };
  std::atomic<State> state_ = State::Idle;
  std::function<void()> work_;
  std::thread thread_;
};

}  // namespace persistence
