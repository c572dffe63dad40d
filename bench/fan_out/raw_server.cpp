// See the header.
#include "bench/fan_out/raw_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>
#include <utility>

namespace bench::fan_out {
namespace {

std::unexpected<engine::Failure> failed(char const* what) {
  return std::unexpected(engine::Failure{std::string{"raw server: "} + what + ": " + std::strerror(errno)});
}

// An unmasked text frame, as a server sends it.
std::string frame_of(std::size_t payload) {
  std::string frame = "\x81";
  if (payload < 126) {
    frame += static_cast<char>(payload);
  } else {
    frame += '\x7e';
    frame += static_cast<char>(payload >> 8);
    frame += static_cast<char>(payload & 0xff);
  }
  return frame + std::string(payload, 'x');
}

[[noreturn]] void serve(std::vector<int> const& sockets, int order, std::string const& frame) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::uint8_t frames = 0;
  while (::read(order, &frames, 1) == 1) {
    for (; frames > 0; --frames) {
      for (auto const socket : sockets) {
        if (::send(socket, frame.data(), frame.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(frame.size())) ::_exit(2);
      }
    }
  }
  ::_exit(0);
}

}  // namespace

engine::Result<RawServer> RawServer::start(std::size_t sockets, std::size_t bytes, std::optional<unsigned> processor) {
  RawServer raw;
  std::vector<int> theirs;
  auto const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 128) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    return failed("listen");
  }
  for (std::size_t i = 0; i < sockets; ++i) {
    auto const near = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(near, reinterpret_cast<sockaddr*>(&address), size) != 0) return failed("connect");
    raw.sockets_.push_back(near);
    auto const far = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (far < 0) return failed("accept");
    int const yes = 1;
    ::setsockopt(far, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    theirs.push_back(far);
  }
  ::close(listener);
  int order[2];
  if (::pipe(order) != 0) return failed("pipe");
  raw.process_ = ::fork();
  if (raw.process_ < 0) return failed("fork");
  if (raw.process_ == 0) {
    ::close(order[1]);
    for (auto const near : raw.sockets_) ::close(near);
    if (processor) {
      cpu_set_t set;
      CPU_ZERO(&set);
      CPU_SET(*processor, &set);
      ::sched_setaffinity(0, sizeof set, &set);
    }
    serve(theirs, order[0], frame_of(bytes));
  }
  ::close(order[0]);
  raw.order_ = order[1];
  for (auto const far : theirs) ::close(far);
  return raw;
}

RawServer::RawServer(RawServer&& other) noexcept
    : sockets_(std::exchange(other.sockets_, {})),
      order_(std::exchange(other.order_, -1)),
      process_(std::exchange(other.process_, 0)) {}

RawServer::~RawServer() {
  if (order_ >= 0) ::close(order_);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
  for (auto const near : sockets_) ::close(near);
}

void RawServer::send(std::uint8_t frames_each) const {
  [[maybe_unused]] auto const written = ::write(order_, &frames_each, 1);
}

}  // namespace bench::fan_out
