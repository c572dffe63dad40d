// One io_context, one thread.
#include "tools/client/reactor.h"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "tools/client/reactor_core.h"

namespace ebb_client {

namespace asio = boost::asio;

Reactor::Reactor() : core_(std::make_unique<Core>()) {}
Reactor::~Reactor() = default;

void Reactor::run() {
  core_->io.restart();
  core_->io.run();
}

void Reactor::stop() {
  core_->io.stop();
}

void Reactor::post(std::function<void()> work) {
  asio::post(core_->io, std::move(work));
}

void Reactor::at(Steady::time_point when, std::function<void()> work) {
  auto timer = std::make_shared<asio::steady_timer>(core_->io, when);
  timer->async_wait([timer, work = std::move(work)](boost::system::error_code error) {
    if (!error) work();
  });
}

Reactor::Waited Reactor::run_until(std::function<bool()> const& done, Steady::duration limit) {
  auto const until = Steady::now() + limit;
  core_->io.restart();
  while (!done()) {
    auto const now = Steady::now();
    if (now >= until) return Waited::TimedOut;
    core_->io.run_one_for(until - now);
  }
  return Waited::Done;
}

}  // namespace ebb_client
