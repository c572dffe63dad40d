// Plain non-blocking sockets; waiting only where there is nothing else to do.
#include "bench/peers/pipe.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace bench::peers {
namespace {

constexpr int patience_ms = 10'000;
constexpr std::size_t room = 64 << 10;

std::unexpected<engine::Failure> failed(std::string what) {
  return std::unexpected(engine::Failure{what + ": " + std::strerror(errno)});
}

}  // namespace

Pipe::Pipe(int socket) : socket_(socket), in_(2 * room) {}
Pipe::~Pipe() {
  if (socket_ >= 0) ::close(socket_);
}
Pipe::Pipe(Pipe&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      out_(std::move(other.out_)),
      in_(std::move(other.in_)),
      begin_(other.begin_),
      end_(other.end_) {}

engine::Result<Pipe> Pipe::to_loopback(std::uint16_t port) {
  Pipe pipe{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(pipe.socket_, reinterpret_cast<sockaddr const*>(&where), sizeof where) != 0)
    return failed("connect to port " + std::to_string(port));
  int const now = 1;
  ::setsockopt(pipe.socket_, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
  return pipe;
}

engine::Result<Pipe> Pipe::to_path(std::string const& path) {
  Pipe pipe{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_un where{};
  where.sun_family = AF_UNIX;
  if (path.size() >= sizeof where.sun_path) return std::unexpected(engine::Failure{path + ": too long for a socket"});
  std::memcpy(where.sun_path, path.c_str(), path.size() + 1);
  if (::connect(pipe.socket_, reinterpret_cast<sockaddr const*>(&where), sizeof where) != 0)
    return failed("connect to " + path);
  return pipe;
}

engine::Result<void> Pipe::wait_for(short events) {
  pollfd what{socket_, events, 0};
  auto const ready = ::poll(&what, 1, patience_ms);
  if (ready < 0 && errno != EINTR) return failed("poll");
  if (ready == 0) return std::unexpected(engine::Failure{"the peer was silent for ten seconds"});
  return {};
}

engine::Result<void> Pipe::send() {
  std::size_t sent = 0;
  while (sent < out_.size()) {
    auto const bytes = ::send(socket_, out_.data() + sent, out_.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (bytes > 0) {
      sent += static_cast<std::size_t>(bytes);
    } else if (errno == EAGAIN) {
      if (auto waited = wait_for(POLLOUT); !waited) return waited;
    } else if (errno != EINTR) {
      return failed("send");
    }
  }
  out_.clear();
  return {};
}

engine::Result<void> Pipe::receive() {
  if (begin_ > 0) {
    std::memmove(in_.data(), in_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  // A read that fills the room has left something behind.
  for (auto is_full = true; is_full;) {
    if (in_.size() - end_ < room) in_.resize(2 * in_.size());
    auto const space = in_.size() - end_;
    auto const bytes = ::recv(socket_, in_.data() + end_, space, MSG_DONTWAIT);
    if (bytes == 0) return std::unexpected(engine::Failure{"the peer closed the connection"});
    if (bytes < 0) {
      if (errno == EAGAIN || errno == EINTR) return {};
      return failed("receive");
    }
    end_ += static_cast<std::size_t>(bytes);
    is_full = static_cast<std::size_t>(bytes) == space;
  }
  return {};
}

engine::Result<void> Pipe::wait_and_receive() {
  if (auto waited = wait_for(POLLIN); !waited) return waited;
  return receive();
}

}  // namespace bench::peers
