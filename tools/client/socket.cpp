// Beast's WebSocket stream over a plain socket with a concrete executor. One read and one write are under way at most.
#include "tools/client/socket.h"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <utility>

#include "tools/client/reactor_core.h"

namespace ebb_client {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;
using Plain = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;
using Error = boost::system::error_code;

struct Socket::State : std::enable_shared_from_this<Socket::State> {
  State(Reactor& reactor, Address where, std::string bearer, Listener& heard)
      : stream(reactor.core().io.get_executor()),
        address(std::move(where)),
        token(std::move(bearer)),
        listener(&heard) {}

  websocket::stream<Plain> stream;
  Address address;
  std::string token;
  Listener* listener;  // nullptr: the socket object is gone
  websocket::response_type answer;
  beast::flat_buffer incoming;
  std::deque<std::string> outgoing;  // the front is being written
  bool is_open = false;
  bool is_over = false;
  bool is_reading = false;
  bool is_stopped = false;  // asked not to read

  void connect();
  void upgrade();
  void read();
  void write();
  void over(Error error);
};

void Socket::State::connect() {
  Error wrong;
  auto const host = asio::ip::make_address(address.host(), wrong);
  if (wrong) return over(wrong);
  stream.next_layer().async_connect({host, address.port()}, [self = shared_from_this()](Error error) {
    if (error) return self->over(error);
    self->stream.next_layer().set_option(tcp::no_delay{true}, error);
    self->upgrade();
  });
}

void Socket::State::upgrade() {
  stream.set_option(websocket::stream_base::decorator([bearer = token](websocket::request_type& request) {
    request.set(beast::http::field::sec_websocket_protocol, "ebb.v1.json");
    request.set(beast::http::field::user_agent, "ebb-client");
    if (!bearer.empty()) request.set(beast::http::field::authorization, "Bearer " + bearer);
  }));
  stream.auto_fragment(false);
  // Masks defend proxies against scripts in browsers; here neither is in the way, so the cheap generator will do.
  stream.secure_prng(false);
  stream.read_message_max(16 << 20);
  stream.async_handshake(answer, address.text(), "/api/v1/live", [self = shared_from_this()](Error error) {
    if (error) return self->over(error);
    self->is_open = true;
    self->read();
    if (self->listener != nullptr) self->listener->on_open();
    if (!self->outgoing.empty()) self->write();
  });
}

void Socket::State::read() {
  if (is_stopped) return;
  is_reading = true;
  stream.async_read(incoming, [self = shared_from_this()](Error error, std::size_t) {
    auto const read_at = Steady::now();
    self->is_reading = false;
    if (error) return self->over(error);
    auto const bytes = self->incoming.cdata();
    if (self->listener != nullptr)
      self->listener->on_message({static_cast<char const*>(bytes.data()), bytes.size()}, read_at);
    self->incoming.consume(bytes.size());
    self->read();
  });
}

void Socket::State::write() {
  stream.async_write(asio::buffer(outgoing.front()), [self = shared_from_this()](Error error, std::size_t) {
    if (error) return self->over(error);
    self->outgoing.pop_front();
    if (!self->outgoing.empty()) self->write();
  });
}

void Socket::State::over(Error error) {
  if (is_over) return;
  is_over = true;
  is_open = false;
  auto why = error.message();
  if (error == websocket::error::upgrade_declined) why += " (" + std::to_string(answer.result_int()) + ")";
  auto const code = error == websocket::error::closed ? stream.reason().code : std::uint16_t{0};
  Error ignored;
  stream.next_layer().close(ignored);
  if (listener != nullptr) listener->on_closed(code, std::move(why));
}

Socket::Socket(Reactor& reactor, Address address, std::string token, Listener& listener)
    : state_(std::make_shared<State>(reactor, std::move(address), std::move(token), listener)) {}

Socket::~Socket() {
  state_->listener = nullptr;
  state_->is_over = true;
  Error ignored;
  state_->stream.next_layer().close(ignored);
}

void Socket::open() {
  state_->connect();
}

void Socket::send(std::string text) {
  if (state_->is_over) return;
  state_->outgoing.push_back(std::move(text));
  if (state_->is_open && state_->outgoing.size() == 1) state_->write();
}

void Socket::close() {
  if (state_->is_over || !state_->is_open) return;
  state_->stream.async_close(websocket::close_code::normal, [self = state_](Error) {});
}

void Socket::drop() {
  state_->over(asio::error::connection_aborted);
}

void Socket::stop_reading() {
  constexpr int little_room = 4'096;
  Error ignored;
  state_->stream.next_layer().set_option(asio::socket_base::receive_buffer_size{little_room}, ignored);
  state_->is_stopped = true;
}

void Socket::go_on_reading() {
  state_->is_stopped = false;
  if (state_->is_open && !state_->is_reading) state_->read();
}

}  // namespace ebb_client
