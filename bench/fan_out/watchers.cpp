// See the header.
#include "bench/fan_out/watchers.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace bench::fan_out {
namespace {

constexpr int patience_ms = 10'000;
constexpr std::size_t buffer_bytes = 64 << 10;
constexpr unsigned char ping = 0x89, close_frame = 0x88;

std::unexpected<engine::Failure> failed(std::string const& what) {
  return std::unexpected(engine::Failure{"watchers: " + what});
}

}  // namespace

std::uint64_t FrameCount::take(std::string_view bytes, std::uint64_t& pings) {
  std::uint64_t messages = 0;
  while (!bytes.empty()) {
    if (!is_in_payload_) {
      head_[head_bytes_++] = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      auto const code = head_bytes_ < 2 ? 0U : head_[1] & 0x7fU;
      std::size_t const more = code == 127 ? 8 : code == 126 ? 2 : 0;
      if (head_bytes_ < 2 + more) continue;
      left_ = more == 0 ? code : 0;
      for (std::size_t i = 0; i < more; ++i) left_ = left_ << 8 | head_[2 + i];
      is_in_payload_ = true;
    }
    auto const piece = std::min<std::uint64_t>(left_, bytes.size());
    bytes.remove_prefix(piece);
    left_ -= piece;
    if (left_ > 0) break;
    ++(head_[0] == ping ? pings : messages);
    is_in_payload_ = false;
    head_bytes_ = 0;
  }
  return messages;
}

Watchers::Watchers() : poll_(::epoll_create1(EPOLL_CLOEXEC)), buffer_(buffer_bytes) {}
Watchers::~Watchers() {
  ::close(poll_);
}

void Watchers::add(int socket) {
  epoll_event event{.events = EPOLLIN, .data = {.u64 = seats_.size()}};
  ::epoll_ctl(poll_, EPOLL_CTL_ADD, socket, &event);
  seats_.push_back({socket, {}});
}

engine::Result<std::uint64_t> Watchers::read(Seat& seat) {
  auto const got = ::recv(seat.socket, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (got <= 0) return failed(got == 0 ? "a socket was closed" : std::strerror(errno));
  std::uint64_t pings = 0;
  auto const messages = seat.frames.take({buffer_.data(), static_cast<std::size_t>(got)}, pings);
  constexpr std::string_view pong{"\x8a\x80\0\0\0\0", 6};
  for (; pings > 0; --pings) ::send(seat.socket, pong.data(), pong.size(), MSG_NOSIGNAL);
  return messages;
}

engine::Result<Watchers::Round> Watchers::wait(std::uint64_t messages_each) {
  Round round{};
  auto missing = seats_.size();
  for (auto& seat : seats_) seat.had = 0;
  std::array<epoll_event, 256> events;
  while (missing > 0) {
    auto const found = ::epoll_wait(poll_, events.data(), events.size(), patience_ms);
    if (found == 0) return failed(std::to_string(missing) + " still wait for a message");
    for (int i = 0; i < found; ++i) {
      auto& seat = seats_[events[static_cast<std::size_t>(i)].data.u64];
      auto const messages = read(seat);
      if (!messages) return std::unexpected(messages.error());
      if (*messages == 0) continue;
      if (round.first == Steady::time_point{}) round.first = Steady::now();
      if (seat.had < messages_each && seat.had + *messages >= messages_each) --missing;
      seat.had += *messages;
    }
  }
  round.last = Steady::now();
  return round;
}

engine::Result<void> Watchers::drain(std::chrono::milliseconds quiet) {
  std::array<epoll_event, 256> events;
  while (auto const found = ::epoll_wait(poll_, events.data(), events.size(), static_cast<int>(quiet.count()))) {
    for (int i = 0; i < found; ++i) {
      auto const messages = read(seats_[events[static_cast<std::size_t>(i)].data.u64]);
      if (!messages) return std::unexpected(messages.error());
    }
  }
  return {};
}

}  // namespace bench::fan_out
