// What lies below a WebSocket: the socket, with one order of writing for two writers.
//
// Beast owns the socket once it is a WebSocket, and answers pings and closes when it likes; a session hands over many
// messages at once, already framed, which Beast cannot do. Both write through here, one after the other and each whole,
// so their bytes never mix. After a close frame nothing of the session's follows (RFC 6455 §5.5.1).
//
// Thread:  the connection's strand. Failure: as error codes of the operation.
// Memory:  none of the messages; who writes keeps its buffers until it is told.
#pragma once

#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <deque>
#include <functional>
#include <utility>

#include "gateway/net.h"

namespace gateway {

class Layer {
 public:
  using executor_type = net::Executor;
  using Error = boost::system::error_code;

  explicit Layer(net::Socket socket) : socket_(std::move(socket)) {}
  executor_type get_executor() { return socket_.get_executor(); }
  net::Socket& socket() { return socket_; }
  void close(Error& error) { socket_.close(error); }

  // Beast reads.
  template <class Buffers, class Token>
  auto async_read_some(Buffers const& buffers, Token&& token) {
    return socket_.async_read_some(buffers, std::forward<Token>(token));
  }
  // Beast writes: the handshake, pongs, pings, closes.
  template <class Buffers, class Token>
  auto async_write_some(Buffers const& buffers, Token&& token) {
    return write(Whose::Beast, buffers, std::forward<Token>(token));
  }
  // The session writes: frames, whole ones.
  template <class Buffers, class Token>
  auto async_write_frames(Buffers const& frames, Token&& token) {
    return write(Whose::Session, frames, std::forward<Token>(token));
  }

 private:
  enum class Whose : std::uint8_t { Beast, Session };

  template <class Buffers, class Token>
  auto write(Whose whose, Buffers const& all, Token&& token) {
    return net::asio::async_initiate<Token, void(Error, std::size_t)>(
        [this, whose](auto handler, Buffers buffers) {
          auto begin = [this, whose, handler = std::move(handler), buffers = std::move(buffers)]() mutable {
            begin_write(whose, std::move(buffers), std::move(handler));
          };
          if (std::exchange(is_writing_, true))
            waiting_.emplace_back(std::move(begin));
          else
            begin();
        },
        token, all);
  }

  template <class Buffers, class Handler>
  void begin_write(Whose whose, Buffers buffers, Handler handler) {
    if (whose == Whose::Session && said_goodbye_) {
      net::asio::post(get_executor(), [this, handler = std::move(handler)]() mutable {
        go_on();
        std::move(handler)(net::asio::error::operation_aborted, 0);
      });
      return;
    }
    if (whose == Whose::Beast && is_goodbye(buffers)) said_goodbye_ = true;
    net::asio::async_write(socket_, buffers,
                           [this, handler = std::move(handler)](Error error, std::size_t bytes) mutable {
                             go_on();
                             std::move(handler)(error, bytes);
                           });
  }

  void go_on() {
    is_writing_ = false;
    if (waiting_.empty()) return;
    auto next = std::move(waiting_.front());
    waiting_.pop_front();
    is_writing_ = true;
    next();
  }

  // A final frame with the opcode of a close; the handshake begins with an 'H'.
  template <class Buffers>
  static bool is_goodbye(Buffers const& buffers) {
    unsigned char first = 0;
    return net::asio::buffer_copy(net::asio::buffer(&first, 1), buffers) == 1 && (first & 0x8f) == 0x88;
  }

  net::Socket socket_;
  bool is_writing_ = false;
  bool said_goodbye_ = false;
  std::deque<std::move_only_function<void()>> waiting_;
};

// What Beast asks of a stream that is not its own.
inline void beast_close_socket(Layer& layer) {
  Layer::Error ignored;
  layer.close(ignored);
}
inline void teardown(boost::beast::role_type role, Layer& layer, Layer::Error& error) {
  boost::beast::websocket::teardown(role, layer.socket(), error);
}
template <class Handler>
void async_teardown(boost::beast::role_type role, Layer& layer, Handler&& handler) {
  boost::beast::websocket::async_teardown(role, layer.socket(), std::forward<Handler>(handler));
}

}  // namespace gateway
