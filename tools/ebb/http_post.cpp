// See the header.
#include "tools/ebb/http_post.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

namespace ebb {
namespace {

using Clock = std::chrono::steady_clock;

std::unexpected<engine::Failure> failed(Url const& url, std::string_view what) {
  return std::unexpected(engine::Failure{fmt::format("http://{}:{}{}: {}", url.host, url.port, url.path, what)});
}
std::string reason() {
  return std::generic_category().message(errno);
}

// A socket that gives up at its deadline.
class Connection {
 public:
  explicit Connection(Clock::time_point deadline) : deadline_(deadline) {}
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;
  ~Connection() {
    if (socket_ >= 0) ::close(socket_);
  }

  bool open(addrinfo const& address) {
    if (socket_ >= 0) ::close(socket_);
    socket_ = ::socket(address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol);
    if (socket_ < 0) return false;
    if (::connect(socket_, address.ai_addr, address.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS || !is_ready(POLLOUT)) return false;
    int wrong = 0;
    socklen_t size = sizeof wrong;
    ::getsockopt(socket_, SOL_SOCKET, SO_ERROR, &wrong, &size);
    errno = wrong;
    return wrong == 0;
  }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!is_ready(POLLOUT)) return false;
      auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Until the line has ended, or nothing more comes.
  std::string first_line() {
    std::string line;
    char byte = 0;
    while (line.size() < 256 && is_ready(POLLIN) && ::recv(socket_, &byte, 1, 0) == 1 && byte != '\n') line += byte;
    return line;
  }

 private:
  bool is_ready(short what) {
    auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    pollfd asked{socket_, what, 0};
    int const found = left > 0 ? ::poll(&asked, 1, static_cast<int>(left)) : 0;
    if (found == 0) errno = ETIMEDOUT;
    return found > 0;
  }

  Clock::time_point const deadline_;
  int socket_ = -1;
};

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (!text.starts_with(scheme)) return std::nullopt;
  text.remove_prefix(scheme.size());
  auto const slash = std::min(text.find('/'), text.size());
  auto const authority = text.substr(0, slash);
  Url url{{}, "80", slash < text.size() ? std::string{text.substr(slash)} : "/"};
  auto rest = authority;
  if (authority.starts_with('[')) {
    auto const close = authority.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    url.host = authority.substr(1, close - 1);
    rest = authority.substr(close + 1);
  } else {
    auto const colon = std::min(authority.find(':'), authority.size());
    url.host = authority.substr(0, colon);
    rest = authority.substr(colon);
  }
  if (!rest.empty()) {
    if (!rest.starts_with(':') || rest.size() == 1) return std::nullopt;
    url.port = rest.substr(1);
  }
  auto const has_only = [](std::string_view part, std::string_view wrong) {
    return part.find_first_of(wrong) == std::string_view::npos;
  };
  bool const is_whole = !url.host.empty() && url.port.find_first_not_of("0123456789") == std::string::npos;
  if (!is_whole || !has_only(url.host, " @\r\n") || !has_only(url.path, " \r\n")) return std::nullopt;
  return url;
}

engine::Result<void> post_json(Url const& url, std::string_view body, std::chrono::milliseconds patience) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (int const code = ::getaddrinfo(url.host.c_str(), url.port.c_str(), &wanted, &found); code != 0) {
    return failed(url, ::gai_strerror(code));
  }
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const addresses{found, &::freeaddrinfo};
  Connection connection{Clock::now() + patience};
  bool is_open = false;
  for (auto const* address = found; address != nullptr && !is_open; address = address->ai_next) {
    is_open = connection.open(*address);
  }
  if (!is_open) return failed(url, "connect: " + reason());
  auto const host = url.host.find(':') == std::string::npos ? url.host : "[" + url.host + "]";
  auto const request = fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
      "Connection: close\r\n\r\n{}",
      url.path, host, url.port, body.size(), body);
  if (!connection.send(request)) return failed(url, "send: " + reason());
  auto const line = connection.first_line();
  auto const is_taken = line.starts_with("HTTP/1.") && line.size() > 9 && line[9] == '2';
  if (!is_taken) return failed(url, line.empty() ? "no answer" : "answered " + line.substr(0, line.find('\r')));
  return {};
}

}  // namespace ebb
