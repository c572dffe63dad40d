// Accept, read, write, ping, close. See link.h.
#include "gateway/link.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cerrno>
#include <cstring>
#include <utility>
#include <variant>

#include "engine/check.h"
#include "gateway/frame_head.h"
#include "gateway/upgrade.h"

namespace gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;
using net::Steady;

// On the stack: what is there is read, and what waits is written, in pieces of that size.
constexpr std::size_t bytes_a_read = 32 << 10;
constexpr std::size_t bytes_a_write = 64 << 10;

}  // namespace

struct Link::Handshake {
  websocket::stream<net::Socket, false> ws;
  http::request<http::string_body> request;
};

Link::Link(Lobby& lobby, Connections& connections, Upgrade& upgrade, Terms terms)
    : lobby_(lobby),
      number_(lobby.next_number()),
      strand_(upgrade.socket.get_executor()),
      connections_(connections),
      terms_(terms),
      handshake_(std::make_unique<Handshake>(websocket::stream<net::Socket, false>(std::move(upgrade.socket)),
                                             std::move(upgrade.request))),
      arrivals_(lobby.arrivals),
      departures_(lobby.departures),
      frames_(terms.message_bytes_max),
      outbox_(terms.backlog_bytes_max),
      over_(strand_, net::Timer::time_point::max()),
      ping_(strand_),
      kill_(strand_, [this] { cut(); }) {}

Link::~Link() {
  close_socket();
}

void Link::start() {
  connections_.enter(number_, weak_from_this());
  asio::co_spawn(strand_, [self = shared_from_this()] { return self->live(); }, asio::detached);
}

void Link::stop() {
  asio::post(strand_, [self = shared_from_this()] { self->cut(); });
}

// From the look. At once where the strand is free.
void Link::arrived(What what) {
  asio::dispatch(strand_, [self = shared_from_this(), what] { self->move(what); });
}

net::Task<void> Link::live() {
  if (co_await accept()) {
    lobby_.figures.connections.add(1);
    begin();
    flush();
    asio::co_spawn(strand_, [self = shared_from_this()] { return self->ping_loop(); }, asio::detached);
    place_ = arrivals_->watch(socket_, weak_from_this());
    if (!place_) cut();
    while (!is_over_) co_await over_.async_wait(net::tuple);
    leave();
    lobby_.figures.connections.add(-1);
  }
  end();
  connections_.leave(number_);
}

net::Task<bool> Link::accept() {
  auto& [ws, request] = *handshake_;
  ws.set_option(websocket::stream_base::timeout{websocket::stream_base::none(), websocket::stream_base::none(), false});
  auto const offered = request[http::field::sec_websocket_protocol];
  bool const named = !terms_.subprotocol.empty() && http::token_list{offered}.exists(terms_.subprotocol);
  ws.set_option(websocket::stream_base::decorator([named, this](websocket::response_type& response) {
    response.set(http::field::server, "ebb");
    if (named) response.set(http::field::sec_websocket_protocol, terms_.subprotocol);
  }));
  kill_.arm(weak_from_this(), lobby_.options.header_within);
  auto const [ec] = co_await ws.async_accept(request, net::tuple);
  kill_.disarm();
  if (ec || is_over_) co_return false;
  // Away from Asio: it would be told of every byte that comes as well.
  beast::error_code kept;
  socket_ = ws.next_layer().release(kept);
  handshake_.reset();
  co_return !kept;
}

// ---- Reading --------------------------------------------------------------------------------------------------------

void Link::move(What what) {
  if (is_blocked_) go_on_writing();
  read(what);
  if (!arrivals_->is_looking_here()) lobby_.doors.inbox.wake();
}

// Less than there was room for: the next that comes is told. Behind the end nothing is told any more.
void Link::read(What what) {
  if (is_over_) return;
  std::array<char, bytes_a_read> bytes;
  auto const got = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return cut();
  hear_all(std::span(bytes).first(static_cast<std::size_t>(got)), Steady::now());
  flush();
  if (is_over_) return;
  if (what == What::End || got == static_cast<ssize_t>(bytes.size())) {
    asio::post(strand_, [self = shared_from_this(), what] { self->move(what); });
  }
}

void Link::hear_all(std::span<char> bytes, Steady::time_point read_at) {
  while (!is_deaf_ && !is_over_) {
    auto const step = frames_.next(bytes);
    if (std::holds_alternative<FrameReader::NeedsMore>(step)) return;
    if (auto const* fault = std::get_if<CloseCode>(&step)) {
      is_deaf_ = true;
      return finish(*fault);
    }
    hear_frame(std::get<FrameReader::Heard>(step), read_at);
  }
}

void Link::hear_frame(FrameReader::Heard const& frame, Steady::time_point read_at) {
  switch (frame.opcode) {
    case Opcode::Text:
    case Opcode::Binary:
      lobby_.figures.messages_in.add();
      if (!closing_) hear(frame.opcode, frame.payload, read_at);
      return;
    case Opcode::Ping:
      if (!closing_) push(std::make_shared<std::string const>(frame.payload), Opcode::Pong);
      return;
    case Opcode::Pong:
      pong_seen_ = true;
      return;
    case Opcode::Close:
      is_deaf_ = true;
      is_answered_ = true;
      if (said_goodbye_) return cut();
      if (!closing_) outbox_.discard();
      return finish(answer_to_goodbye(frame.payload));
    case Opcode::Continuation:
      break;
  }
  UNREACHABLE();
}

// ---- Writing --------------------------------------------------------------------------------------------------------

void Link::push(Message message, Opcode as) {
  switch (outbox_.push(std::move(message), as)) {
    case Outbox::Pushed::Queued:
      // Asked here and not by a timer a message: a timer costs as much as the message.
      if (is_blocked_ && Steady::now() - write_began_ > lobby_.options.message_written_within) finish(CloseCode::Slow);
      break;
    case Outbox::Pushed::Slow:
      finish(CloseCode::Slow);
      break;
    case Outbox::Pushed::Dropped:
      break;
  }
}

void Link::flush_soon(Departures::Line line) {
  if (!std::exchange(is_departing_, true)) departures_->note(shared_from_this(), line);
}

void Link::depart() {
  is_departing_ = false;
  flush();
}

// Everything that waits, framed, in one go: a system call costs more than a message.
void Link::flush() {
  if (is_blocked_ || is_over_ || socket_ < 0) return;
  std::array<char, bytes_a_write> piece;
  while (true) {
    auto const size = pack(piece);
    if (size == 0 && rest_.empty()) break;
    if (rest_.empty()) {
      auto const sent = send({piece.data(), size});
      if (!sent) return cut();
      rest_.assign(piece.data() + *sent, size - *sent);
    } else if (auto const sent = send(rest_)) {
      rest_.erase(0, *sent);
    } else {
      return cut();
    }
    if (rest_.empty()) continue;
    is_blocked_ = true;
    write_began_ = Steady::now();
    return;
  }
  if (!said_goodbye_) return;
  if (is_answered_) return cut();
  if (is_deaf_) ::shutdown(socket_, SHUT_WR);  // its answer would not be understood
}

// There may be room again.
void Link::go_on_writing() {
  auto const sent = send(rest_);
  if (!sent) return cut();
  rest_.erase(0, *sent);
  if (!rest_.empty()) return;
  is_blocked_ = false;
  flush();
}

// Frames of what waits, as many as fit; one that fits in no piece becomes the rest of one. The goodbye is the last.
std::size_t Link::pack(std::span<char> piece) {
  std::size_t size = 0;
  std::uint64_t packed = 0;
  for (; !outbox_.is_empty() && rest_.empty(); ++packed) {
    auto const& [message, as] = outbox_.front();
    FrameHead head;
    auto const opening = head.of(message->size(), as);
    if (opening.size() + message->size() <= piece.size() - size) {
      std::memcpy(piece.data() + size, opening.data(), opening.size());
      std::memcpy(piece.data() + size + opening.size(), message->data(), message->size());
      size += opening.size() + message->size();
    } else if (size == 0) {
      rest_.append(opening).append(*message);
    } else {
      break;
    }
    if (as == Opcode::Ping) note_ping_out();
    outbox_.take();
  }
  lobby_.figures.messages_out.add(packed);
  return outbox_.is_empty() && rest_.empty() ? pack_goodbye(piece, size) : size;
}

std::size_t Link::pack_goodbye(std::span<char> piece, std::size_t size) {
  constexpr std::size_t goodbye_bytes = 4;
  if (!closing_ || said_goodbye_ || piece.size() - size < goodbye_bytes) return size;
  said_goodbye_ = true;
  auto const code = static_cast<unsigned>(*closing_);
  for (auto const byte : {0x88U, 2U, code >> 8, code & 0xff}) piece[size++] = static_cast<char>(byte);
  return size;
}

void Link::note_ping_out() {
  is_ping_out_ = true;
  ping_.cancel();
}

// How much the kernel took; nothing: the connection is gone.
std::optional<std::size_t> Link::send(std::string_view bytes) const {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    auto const now = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (now >= 0)
      sent += static_cast<std::size_t>(now);
    else if (errno == EAGAIN)
      return sent;
    else if (errno != EINTR)
      return std::nullopt;
  }
  return sent;
}

// What neither answers nor says goodbye is found out by this and by nothing else.
net::Task<void> Link::ping_loop() {
  while (!is_over_ && !closing_) {
    ping_.expires_after(lobby_.options.ping_every);
    co_await ping_.async_wait(net::tuple);
    if (is_over_ || closing_) co_return;
    if (!is_welcome_still()) co_return finish(CloseCode::SessionEnded);
    pong_seen_ = false;
    is_ping_out_ = false;
    // It stands behind whatever is being written: a peer that reads nothing is found out here too.
    push(std::make_shared<std::string const>(), Opcode::Ping);
    flush();
    if (!is_ping_out_ && !closing_) {
      ping_.expires_after(lobby_.options.message_written_within);
      co_await ping_.async_wait(net::tuple);
    }
    if (is_over_ || closing_) co_return;
    if (!is_ping_out_) co_return finish(CloseCode::Slow);
    ping_.expires_after(lobby_.options.pong_within);
    co_await ping_.async_wait(net::tuple);
    if (!pong_seen_ && !is_over_) finish(CloseCode::NoPong);
  }
}

// ---- The end --------------------------------------------------------------------------------------------------------

// The goodbye: what is queued is still written, unless the client is not reading anyway.
void Link::finish(CloseCode code) {
  if (closing_ || is_over_) return;
  closing_ = code;
  if (code == CloseCode::Slow) lobby_.figures.closed_slow.add();
  if (code == CloseCode::NoPong) lobby_.figures.closed_no_pong.add();
  if (code == CloseCode::Slow || code == CloseCode::NoPong) {
    outbox_.discard();
  } else {
    outbox_.close();
  }
  kill_.arm(weak_from_this(), lobby_.options.close_within);
  ping_.cancel();
  // Behind what is being done: it may be in the middle of a batch.
  asio::post(strand_, [self = shared_from_this()] { self->flush(); });
}

// Nothing is read or written any more; live() does the rest.
void Link::cut() {
  if (std::exchange(is_over_, true)) return;
  close_socket();
  over_.cancel();
}

void Link::close_socket() {
  if (place_) arrivals_->forget(*std::exchange(place_, std::nullopt));
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  beast::error_code ignored;
  if (handshake_) handshake_->ws.next_layer().close(ignored);
}

// Nobody waits for anything any more.
void Link::end() {
  cut();
  outbox_.discard();
  kill_.disarm();
  ping_.cancel();
}

}  // namespace gateway
