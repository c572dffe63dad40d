// A deadline of one connection: armed before a step, disarmed after it, and what it does when it is missed.
//
// Asio's timer may already have queued its handler when it is set anew; so the handler looks at the expiry again and a
// deadline that was met can never strike late. Thread: the connection's strand.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

#include "gateway/net.h"

namespace gateway {

class Deadline {
 public:
  // `missed` is dropped with the owner: it is called only while `owner` lives.
  Deadline(net::Executor const& executor, std::function<void()> missed)
      : timer_(executor), missed_(std::move(missed)) {}

  void arm(std::weak_ptr<void> owner, std::chrono::milliseconds within) {
    timer_.expires_after(within);
    timer_.async_wait([this, owner = std::move(owner)](boost::system::error_code const& ec) {
      if (ec) return;
      auto const alive = owner.lock();
      if (alive && timer_.expiry() <= net::Steady::now()) missed_();
    });
  }
  void disarm() { timer_.expires_at(net::Timer::time_point::max()); }

 private:
  net::Timer timer_;
  std::function<void()> missed_;
};

}  // namespace gateway
