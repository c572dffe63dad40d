// See the header. Non-blocking, with poll() as the only place that waits.
#include "tests/support/e2e_wire.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace support {

Wire::Wire(std::uint16_t port, Tape tape, Pocket pocket) : tape_(std::move(tape)) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) throw Broken("socket: " + std::string{std::strerror(errno)});
  if (pocket == Pocket::Tiny) {
    int const size = 4096;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(port);
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr const*>(&where), sizeof where) != 0) {
    auto const why = std::string{std::strerror(errno)};
    ::close(std::exchange(socket_, -1));
    throw Broken("connect to port " + std::to_string(port) + ": " + why);
  }
  int const yes = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL, 0) | O_NONBLOCK);
}

Wire::~Wire() {
  if (socket_ >= 0) ::close(socket_);
}

Wire::Sent Wire::send(std::string_view bytes, Patience patience) {
  Deadline const deadline{patience};
  while (!bytes.empty()) {
    auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return Sent::PeerGone;
    if (deadline.is_over()) return Sent::WouldBlock;
    pollfd ready{socket_, POLLOUT, 0};
    ::poll(&ready, 1, deadline.left_ms());
  }
  return Sent::All;
}

Wire::Got Wire::receive(Deadline const& deadline) {
  std::array<char, 16 << 10> chunk;
  for (;;) {
    auto const got = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (got > 0) {
      buffer_.append(chunk.data(), static_cast<std::size_t>(got));
      if (tape_) tape_->append(chunk.data(), static_cast<std::size_t>(got));
      return Got::Bytes;
    }
    if (got == 0) return Got::End;
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return Got::End;  // a reset is an end too
    if (deadline.is_over()) return Got::Nothing;
    pollfd ready{socket_, POLLIN, 0};
    ::poll(&ready, 1, deadline.left_ms());
  }
}

void Wire::cut() {
  if (socket_ < 0) return;
  linger const at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(socket_, -1));
}

}  // namespace support
