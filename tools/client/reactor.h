// The thread of a client: sockets and timers of one thread, run by whoever owns it.
//
// It hides Asio, so that harness and tests compile in a second. A test runs it until something holds or time is out,
// which turns the asynchronous client into a blocking one.
//
// Thread: everything on the thread that runs it, except post() and stop().
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace ebb_client {

using Steady = std::chrono::steady_clock;

class Reactor {
 public:
  Reactor();
  ~Reactor();
  Reactor(Reactor const&) = delete;
  Reactor& operator=(Reactor const&) = delete;

  void run();                             // until stop()
  void stop();                            // thread: any
  void post(std::function<void()> work);  // thread: any
  void at(Steady::time_point when, std::function<void()> work);
  void after(Steady::duration wait, std::function<void()> work) { at(Steady::now() + wait, std::move(work)); }

  // Runs until `done` or until `limit` has passed; says which.
  enum class Waited : unsigned char { Done, TimedOut };
  Waited run_until(std::function<bool()> const& done, Steady::duration limit);

  struct Core;
  Core& core() { return *core_; }

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace ebb_client
