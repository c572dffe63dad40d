// Blocking Beast on one thread, one connection after the other: enough for one client.
#include "tests/unit/tools/client/fake_server.h"

#include <sys/socket.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <mutex>
#include <thread>

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

struct FakeServer::State {
  asio::io_context io;
  tcp::acceptor acceptor{io, {asio::ip::make_address("127.0.0.1"), 0}};
  Script script;
  mutable std::mutex lock;  // guards heard and current
  std::vector<std::string> heard;
  int current = -1;  // of the connection being served
  std::atomic<bool> is_over{false};
  std::thread thread;

  bool say(beast::websocket::stream<tcp::socket>& stream, std::vector<std::string> const& answers) {
    Error error;
    for (auto const& text : answers) {
      if (text.empty()) return false;
      stream.write(asio::buffer(text), error);
      if (error) return false;
    }
    return true;
  }

  void serve(int connection, tcp::socket socket) {
    Error error;
    beast::websocket::stream<tcp::socket> stream{std::move(socket)};
    stream.accept(error);
    if (error || !say(stream, script(connection, "connect"))) return;
    for (beast::flat_buffer buffer;; buffer.clear()) {
      stream.read(buffer, error);
      if (error) return;
      std::string const message{static_cast<char const*>(buffer.cdata().data()), buffer.size()};
      {
        std::lock_guard const hold{lock};
        heard.push_back(message);
      }
      if (!say(stream, script(connection, message))) return;
    }
  }

  void run() {
    for (int connection = 1; !is_over; ++connection) {
      Error error;
      tcp::socket socket{io};
      acceptor.accept(socket, error);
      if (error || is_over) return;
      {
        std::lock_guard const hold{lock};
        current = socket.native_handle();
      }
      serve(connection, std::move(socket));
      std::lock_guard const hold{lock};
      current = -1;
    }
  }
};

FakeServer::FakeServer(Script script) : state_(std::make_unique<State>()) {
  state_->script = std::move(script);
  state_->thread = std::thread{[state = state_.get()] { state->run(); }};
}

FakeServer::~FakeServer() {
  state_->is_over = true;
  {
    std::lock_guard const hold{state_->lock};
    if (state_->current >= 0) ::shutdown(state_->current, SHUT_RDWR);
  }
  ::shutdown(state_->acceptor.native_handle(), SHUT_RDWR);
  state_->thread.join();
}

std::string FakeServer::address() const {
  return "127.0.0.1:" + std::to_string(state_->acceptor.local_endpoint().port());
}

std::vector<std::string> FakeServer::heard() const {
  std::lock_guard const hold{state_->lock};
  return state_->heard;
}
