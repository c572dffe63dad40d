// The lines, written from the front. See departures.h.
#include "gateway/departures.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "gateway/net.h"

namespace gateway {
namespace {

// No read waits longer than this for those who write, or than one of them.
constexpr std::chrono::microseconds at_a_time{250};
// A look at the clock costs a hundredth of so many writes.
constexpr std::size_t between_looks = 8;

}  // namespace

void Departures::note(std::shared_ptr<Departing> who, Line line) {
  (line == Line::Bidders ? bidders_ : watchers_).push_back(std::move(who));
  if (!std::exchange(is_scheduled_, true)) schedule();
}

void Departures::schedule() {
  boost::asio::post(context_, [self = shared_from_this()] { self->step(); });
}

void Departures::step() {
  auto const until = net::Steady::now() + at_a_time;
  for (std::size_t written = 1;; ++written) {
    auto& line = bidders_.empty() ? watchers_ : bidders_;
    if (line.empty()) {
      is_scheduled_ = false;
      return;
    }
    auto const first = std::move(line.front());
    line.pop_front();
    first->depart();
    if (written % between_looks == 0 && net::Steady::now() >= until) return schedule();
  }
}

}  // namespace gateway
