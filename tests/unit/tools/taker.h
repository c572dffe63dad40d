// A machine that takes posts on loopback, one after the other, and answers as it is told to.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

namespace tests {

class Taker {
 public:
  Taker() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0) std::abort();
    ::getsockname(listener_, any, &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread{[this] { run(); }};
  }
  Taker(Taker const&) = delete;
  Taker& operator=(Taker const&) = delete;
  ~Taker() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  std::string port() const { return std::to_string(port_); }
  std::string url() const { return "http://127.0.0.1:" + port() + "/heads"; }
  void answer(std::string text) {
    std::scoped_lock const held{mutex_};
    answer_ = std::move(text);
  }
  std::size_t taken() {
    std::scoped_lock const held{mutex_};
    return taken_;
  }
  std::string last_request() {
    std::scoped_lock const held{mutex_};
    return request_;
  }
  std::string last_body() {
    auto const request = last_request();
    auto const at = request.find("\r\n\r\n");
    return at == std::string::npos ? std::string{} : request.substr(at + 4);
  }

 private:
  void run() {
    for (;;) {
      int const peer = ::accept(listener_, nullptr, nullptr);
      if (peer < 0) return;
      auto const request = read(peer);
      std::string text;
      {
        std::scoped_lock const held{mutex_};
        request_ = request;
        ++taken_;
        text = answer_;
      }
      ::send(peer, text.data(), text.size(), MSG_NOSIGNAL);
      ::close(peer);
    }
  }
  // Head and body, by its Content-Length.
  static std::string read(int peer) {
    constexpr std::string_view length = "Content-Length: ";
    std::string request;
    char bytes[4096];
    for (;;) {
      auto const end = request.find("\r\n\r\n");
      auto const at = request.find(length);
      if (end != std::string::npos && at != std::string::npos &&
          request.size() >= end + 4 + std::stoul(request.substr(at + length.size()))) {
        return request;
      }
      auto const got = ::recv(peer, bytes, sizeof bytes, 0);
      if (got <= 0) return request;
      request.append(bytes, static_cast<std::size_t>(got));
    }
  }

  int const listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::string answer_ = "HTTP/1.1 200 OK\r\n\r\n";
  std::string request_;
  std::size_t taken_ = 0;
  std::thread thread_;
};

}  // namespace tests
