// The look. See arrivals.h.
#include "gateway/arrivals.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <span>
#include <string>
#include <utility>

namespace gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// So that what else the io threads have to do waits for no more than so many reads.
constexpr std::size_t sockets_a_look = 64;

constexpr std::uint32_t ends = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

}  // namespace

engine::Result<std::shared_ptr<Arrivals>> Arrivals::open(asio::io_context& context, std::function<void()> looked) {
  int const epoll = ::epoll_create1(EPOLL_CLOEXEC);
  if (epoll < 0) return std::unexpected(engine::Failure{std::string("epoll: ") + std::strerror(errno)});
  return std::shared_ptr<Arrivals>(new Arrivals(context, epoll, std::move(looked)));
}

Arrivals::Arrivals(asio::io_context& context, int epoll, std::function<void()> looked)
    : epoll_(asio::make_strand(context), epoll), number_(epoll), looked_(std::move(looked)) {}

void Arrivals::start() {
  asio::post(epoll_.get_executor(), [self = shared_from_this()] { self->wait(); });
}

void Arrivals::stop() {
  asio::post(epoll_.get_executor(), [self = shared_from_this()] {
    self->is_stopped_ = true;
    error_code ignored;
    self->epoll_.cancel(ignored);
  });
}

void Arrivals::wait() {
  if (is_stopped_) return;
  epoll_.async_wait(Descriptor::wait_read, [self = shared_from_this()](error_code const& error) {
    if (error) return;
    // Others get their turn before the next look in any case.
    if (self->look())
      self->start();
    else
      self->wait();
  });
}

bool Arrivals::look() {
  std::array<epoll_event, sockets_a_look> events;
  auto const found = ::epoll_wait(number_, events.data(), events.size(), 0);
  if (found <= 0) return false;
  looking_ = std::this_thread::get_id();
  for (auto const& event : std::span(events).first(static_cast<std::size_t>(found))) {
    auto const seat = static_cast<std::uint32_t>(event.data.u64),
               life = static_cast<std::uint32_t>(event.data.u64 >> 32);
    std::shared_ptr<Watcher> watcher;
    {
      std::lock_guard const hold{lock_};
      if (seats_[seat].life == life) watcher = seats_[seat].watcher.lock();
    }
    if (watcher) watcher->arrived((event.events & ends) != 0 ? Watcher::What::End : Watcher::What::Bytes);
  }
  looking_ = std::thread::id{};
  looked_();
  return found == static_cast<int>(sockets_a_look);
}

std::optional<Arrivals::Place> Arrivals::watch(int socket, std::weak_ptr<Watcher> watcher) {
  std::lock_guard const hold{lock_};
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(seats_.size()));
    seats_.emplace_back();
  }
  auto& seat = seats_[free_.back()];
  auto const place = Place{++seat.life} << 32 | free_.back();
  epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data = {.u64 = place}};
  if (::epoll_ctl(number_, EPOLL_CTL_ADD, socket, &event) != 0) return std::nullopt;
  seat.watcher = std::move(watcher);
  seat.socket = socket;
  free_.pop_back();
  return place;
}

void Arrivals::forget(Place place) {
  std::lock_guard const hold{lock_};
  auto const at = static_cast<std::uint32_t>(place);
  auto& seat = seats_[at];
  if (seat.life != static_cast<std::uint32_t>(place >> 32) || seat.socket < 0) return;
  ::epoll_ctl(number_, EPOLL_CTL_DEL, std::exchange(seat.socket, -1), nullptr);
  seat.watcher.reset();
  ++seat.life;
  free_.push_back(at);
}

}  // namespace gateway
