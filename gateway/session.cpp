// The life of one WebSocket connection, top to bottom: accept, read, write, ping, close.
//
// Beast shakes hands; from then on the socket is ours, and one system call reads everything that is there or writes
// everything that waits. Reading and writing begin when the socket has something or somebody has something to say, and
// never wait. Every exit names its close code. A kill timer cuts the socket when the peer does not answer a close.
#include "gateway/session.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <cerrno>
#include <mutex>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "engine/check.h"
#include "gateway/arrivals.h"
#include "gateway/commands.h"
#include "gateway/deadline.h"
#include "gateway/frame_head.h"
#include "gateway/frames.h"
#include "gateway/messages.h"
#include "gateway/outbox.h"
#include "gateway/refusals.h"
#include "gateway/upgrade.h"
#include "gateway/wire.h"

namespace gateway {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;
using net::Steady;

constexpr std::string_view subprotocol = "ebb.v1.json";

template <class... Cases>
struct Match : Cases... {
  using Cases::operator()...;
};

// So many at once, so many a second in the long run.
class Allowance {
 public:
  Allowance(std::uint32_t at_once, std::uint32_t a_second, Steady::time_point now)
      : at_once_(at_once),
        each_(std::chrono::nanoseconds(std::chrono::seconds(1)) / a_second),
        left_(at_once),
        at_(now) {}
  enum class Answer : std::uint8_t { Granted, Denied };
  Answer take(Steady::time_point now) {
    auto const refill = (now - at_) / each_;
    if (refill > 0) {
      left_ = static_cast<std::uint32_t>(std::min<std::int64_t>(at_once_, left_ + refill));
      at_ += refill * each_;
    }
    if (left_ == 0) return Answer::Denied;
    --left_;
    return Answer::Granted;
  }

 private:
  std::uint32_t const at_once_;
  std::chrono::nanoseconds const each_;
  std::uint32_t left_;
  Steady::time_point at_;
};

// On the stack: what is there is read, and what waits is written, in pieces of that size.
constexpr std::size_t bytes_a_read = 32 << 10;
constexpr std::size_t bytes_a_write = 64 << 10;

class Session final : public Client, public Connection, public Watcher, public std::enable_shared_from_this<Session> {
 public:
  Session(Lobby& lobby, Connections& connections, Upgrade upgrade)
      : lobby_(lobby),
        connections_(connections),
        number_(lobby.next_number()),
        actor_(upgrade.identity ? std::optional(upgrade.identity->actor) : std::nullopt),
        token_digest_(upgrade.identity ? std::move(upgrade.identity->token_digest) : std::string{}),
        request_(std::move(upgrade.request)),
        strand_(upgrade.socket.get_executor()),
        handshake_(std::in_place, std::move(upgrade.socket)),
        arrivals_(lobby.arrivals),
        frames_(engine::limits::websocket_message_bytes_max),
        outbox_(lobby.options.backlog_bytes_max),
        allowance_(lobby.options.requests_at_once, lobby.options.requests_a_second, Steady::now()),
        over_(strand_, net::Timer::time_point::max()),
        ping_(strand_),
        kill_(strand_, [this] { cut(); }) {}
  ~Session() override { close_socket(); }

  void start() {
    connections_.enter(number_, weak_from_this());
    asio::co_spawn(strand_, [self = shared_from_this()] { return self->live(); }, asio::detached);
  }

  // Client and Connection: from any thread.
  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return actor_; }
  // What comes before the strand gets round to it goes over together.
  void deliver(Message message) override {
    {
      std::lock_guard const hold{lock_};
      delivered_.push_back(std::move(message));
      if (std::exchange(is_told_, true)) return;
    }
    asio::post(strand_, [self = shared_from_this()] { self->take_delivered(); });
  }
  void close(CloseCode code) override {
    asio::post(strand_, [self = shared_from_this(), code] { self->finish(code); });
  }
  void stop() override {
    asio::post(strand_, [self = shared_from_this()] { self->cut(); });
  }
  // Watcher: from the look. At once where the strand is free.
  void arrived(What what) override {
    asio::dispatch(strand_, [self = shared_from_this(), what] { self->move(what); });
  }

 private:
  net::Task<void> live() {
    if (co_await accept()) {
      lobby_.figures.connections.add(1);
      lobby_.figures.sessions.add(1);
      // `hello` is inside before the hub knows of us, so it is the first message.
      push(hello());
      lobby_.doors.hub.join(shared_from_this());
      // The sign-in may have ended since it was looked at, and before the hub could tell us.
      if (!is_signed_in_still()) finish(CloseCode::SessionEnded);
      if (lobby_.figures.sessions.value() > static_cast<std::int64_t>(lobby_.options.sessions_max)) {
        finish(CloseCode::TooManySessions);
      }
      flush();
      asio::co_spawn(strand_, [self = shared_from_this()] { return self->ping_loop(); }, asio::detached);
      place_ = arrivals_->watch(socket_, weak_from_this());
      if (!place_) cut();
      while (!is_over_) co_await over_.async_wait(net::tuple);
      lobby_.doors.hub.leave(number_);
      lobby_.figures.sessions.add(-1);
      lobby_.figures.connections.add(-1);
    }
    end();
    connections_.leave(number_);
  }

  net::Task<bool> accept() {
    auto& ws = *handshake_;
    ws.set_option(
        websocket::stream_base::timeout{websocket::stream_base::none(), websocket::stream_base::none(), false});
    auto const offered = request_[http::field::sec_websocket_protocol];
    bool const named = http::token_list{offered}.exists(subprotocol);
    ws.set_option(websocket::stream_base::decorator([named](websocket::response_type& response) {
      response.set(http::field::server, "ebb");
      if (named) response.set(http::field::sec_websocket_protocol, subprotocol);
    }));
    kill_.arm(weak_from_this(), lobby_.options.header_within);
    auto const [ec] = co_await ws.async_accept(request_, net::tuple);
    kill_.disarm();
    request_ = {};
    if (ec || is_over_) co_return false;
    // Away from Asio: it would be told of every byte that comes as well.
    beast::error_code kept;
    socket_ = ws.next_layer().release(kept);
    handshake_.reset();
    co_return !kept;
  }

  // ---- Reading ------------------------------------------------------------------------------------------------

  void move(What what) {
    if (is_blocked_) go_on_writing();
    read(what);
    if (!arrivals_->is_looking_here()) lobby_.doors.inbox.wake();
  }

  // Less than there was room for: the next that comes is told. Behind the end nothing is told any more.
  void read(What what) {
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

  void hear_all(std::span<char> bytes, Steady::time_point read_at) {
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

  void hear_frame(FrameReader::Heard const& frame, Steady::time_point read_at) {
    switch (frame.opcode) {
      case Opcode::Text:
        lobby_.figures.messages_in.add();
        if (!closing_) hear(frame.payload, read_at);
        return;
      case Opcode::Binary:
        lobby_.figures.messages_in.add();
        return finish(CloseCode::Binary);
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

  // ---- Writing ------------------------------------------------------------------------------------------------

  void take_delivered() {
    {
      std::lock_guard const hold{lock_};
      taken_.swap(delivered_);
      is_told_ = false;
    }
    for (auto& message : taken_) push(std::move(message));
    taken_.clear();
    flush();
  }

  // Everything that waits, framed, in one go: a system call costs more than a message.
  void flush() {
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
  void go_on_writing() {
    auto const sent = send(rest_);
    if (!sent) return cut();
    rest_.erase(0, *sent);
    if (!rest_.empty()) return;
    is_blocked_ = false;
    flush();
  }

  // Frames of what waits, as many as fit; one that fits in no piece becomes the rest of one. The goodbye is the last.
  std::size_t pack(std::span<char> piece) {
    std::size_t size = 0;
    while (!outbox_.is_empty()) {
      auto const& [message, as] = outbox_.front();
      FrameHead head;
      auto const opening = head.of(message->size(), as);
      if (opening.size() + message->size() > piece.size() - size) {
        if (size == 0) rest_.append(opening).append(*message), note_packed(outbox_.take());
        return size;
      }
      size += opening.copy(piece.data() + size, opening.size());
      size += message->copy(piece.data() + size, message->size());
      note_packed(outbox_.take());
    }
    constexpr std::size_t goodbye_bytes = 4;
    if (!closing_ || said_goodbye_ || piece.size() - size < goodbye_bytes) return size;
    said_goodbye_ = true;
    auto const code = static_cast<unsigned>(*closing_);
    for (auto const byte : {0x88U, 2U, code >> 8, code & 0xff}) piece[size++] = static_cast<char>(byte);
    return size;
  }

  void note_packed(Outbox::Waiting const& packed) {
    lobby_.figures.messages_out.add();
    if (packed.as != Opcode::Ping) return;
    is_ping_out_ = true;
    ping_.cancel();
  }

  // How much the kernel took; nothing: the connection is gone.
  std::optional<std::size_t> send(std::string_view bytes) const {
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
  net::Task<void> ping_loop() {
    while (!is_over_ && !closing_) {
      ping_.expires_after(lobby_.options.ping_every);
      co_await ping_.async_wait(net::tuple);
      if (is_over_ || closing_) co_return;
      if (!is_signed_in_still()) co_return finish(CloseCode::SessionEnded);
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

  // Sessions also end by time; nobody tells us of that.
  bool is_signed_in_still() const {
    if (!actor_) return true;
    auto const now = lobby_.doors.clock.now();
    return lobby_.doors.sign_in.actor(token_digest_, now, *lobby_.doors.snapshots.snapshot()).has_value();
  }

  void hear(std::string_view text, Steady::time_point read_at) {
    // A decoder keeps its buffers; one a thread is enough, because nothing in here suspends.
    thread_local Decoder decoder;
    auto incoming = decoder.decode(text);
    if (allowance_.take(read_at) == Allowance::Answer::Denied) return say_limit(incoming);
    if (!incoming) return hear_malformed(incoming.error());
    malformed_in_a_row_ = 0;
    std::visit(Match{[&](Bid& bid) { hear_bid(bid, read_at); },
                     [&](Ask& ask) { lobby_.doors.hub.ask(number_, ask.lot, ask.key); },
                     [&](Withdraw& wish) {
                       hear_act(wish.id, [&](modules::Actor const& me) {
                         return engine::WithdrawBid{wish.lot, me.org, me.person};
                       });
                     },
                     [&](SetProxy& wish) {
                       hear_act(wish.id, [&](modules::Actor const& me) {
                         return engine::SetProxy{wish.lot, me.org, me.person, wish.limit, wish.step};
                       });
                     },
                     [&](CancelProxy& wish) {
                       hear_act(wish.id, [&](modules::Actor const& me) {
                         return engine::CancelProxy{wish.lot, me.org, me.person};
                       });
                     },
                     [&](TimeProbe& probe) { hear_probe(probe); },
                     [&](Subscribe& wish) {
                       lobby_.doors.hub.subscribe(number_, std::move(wish.id), std::move(wish.inquiries),
                                                  std::move(wish.resume));
                     },
                     [&](Unsubscribe& wish) {
                       lobby_.doors.hub.unsubscribe(number_, std::move(wish.id), std::move(wish.inquiries));
                     }},
               *incoming);
  }

  // The stamp is taken inside offer(): nothing comes between it and the read that could be done later.
  void hear_bid(Bid const& bid, Steady::time_point read_at) {
    auto const key = text_of(bid.key);
    if (!actor_) return say({&refusals::sign_in_required}, {}, key);
    if (actor_->role != modules::Role::Supplier) return say({&refusals::wrong_role}, {}, key);
    if (lobby_.stage != Stage::Serving) return say({&refusals::shutting_down}, {}, key);
    if (lobby_.takes == Takes::Nothing) return say({&refusals::unavailable}, {}, key);
    engine::PlaceBid const asked{bid.lot, actor_->org, actor_->person, bid.price, bid.key, bid.consent};
    engine::Ticket const ticket{number_, ++last_request_};
    auto const offered = bid.signature ? lobby_.doors.inbox.offer(ticket, engine::PlaceSignedBid{asked, *bid.signature},
                                                                  engine::Wake::Later)
                                       : lobby_.doors.inbox.offer(ticket, asked, engine::Wake::Later);
    lobby_.figures.read_to_stamp.observe(Steady::now() - read_at);
    switch (offered) {
      case engine::Offer::Taken:
        return lobby_.figures.bids_taken.add();
      case engine::Offer::Busy:
        lobby_.figures.bids_busy.add();
        return say({&refusals::overloaded}, {}, key);
      case engine::Offer::Closed:
        return say({&refusals::shutting_down}, {}, key);
    }
  }

  // What a supplier does in a lot besides bidding. The answer comes from behind the gate, under the client's own id.
  template <class Make>
  void hear_act(std::string const& id, Make make) {
    if (!actor_) return say({&refusals::sign_in_required}, id, {});
    if (actor_->role != modules::Role::Supplier) return say({&refusals::wrong_role}, id, {});
    if (lobby_.stage != Stage::Serving) return say({&refusals::shutting_down}, id, {});
    if (lobby_.takes == Takes::Nothing) return say({&refusals::unavailable}, id, {});
    engine::Ticket const ticket{number_, ++last_request_};
    // Before the offer: the engine may have decided before offer() returns.
    lobby_.doors.hub.expect(
        ticket, [self = weak_from_this(), id](engine::Decided const& command, std::vector<engine::Event> events) {
          auto const here = self.lock();
          if (!here) return;
          auto const verdict = verdict_of(command, events);
          here->deliver(std::make_shared<std::string const>(
              verdict ? done(id, command.seq, command.leaf) : problem_message(id, {}, verdict.error().refusal)));
        });
    auto const offered = lobby_.doors.inbox.offer(ticket, make(*actor_));
    if (offered == engine::Offer::Taken) return;
    lobby_.doors.hub.forget(ticket);
    say({offered == engine::Offer::Busy ? &refusals::overloaded : &refusals::shutting_down}, id, {});
  }

  void hear_probe(TimeProbe const& probe) {
    auto const received = lobby_.doors.clock.now();
    push(std::make_shared<std::string const>(time_answer(probe.t0, received, lobby_.doors.clock.now())));
  }

  void hear_malformed(Rejected const& why) {
    lobby_.figures.malformed.add();
    push(std::make_shared<std::string const>(problem_message(why)));
    if (++malformed_in_a_row_ >= lobby_.options.malformed_in_a_row) finish(CloseCode::Malformed);
  }

  void say_limit(std::expected<Incoming, Rejected> const& incoming) {
    auto const* bid = incoming ? std::get_if<Bid>(&*incoming) : nullptr;
    say({&refusals::too_many_requests, {}, {engine::Figure::Unit::Count, lobby_.options.requests_at_once}}, {},
        bid != nullptr ? text_of(bid->key) : std::string_view{});
  }

  void say(engine::Refusal refusal, std::string_view id, std::string_view key) {
    push(std::make_shared<std::string const>(problem_message(id, key, refusal)));
  }

  Message hello() const {
    return std::make_shared<std::string const>(
        gateway::hello(lobby_.doors.clock.now(), number_, actor_ ? &*actor_ : nullptr));
  }

  void push(Message message, Opcode as = Opcode::Text) {
    switch (outbox_.push(std::move(message), as)) {
      case Outbox::Pushed::Queued:
        // Asked here and not by a timer a message: a timer costs as much as the message.
        if (is_blocked_ && Steady::now() - write_began_ > lobby_.options.message_written_within)
          finish(CloseCode::Slow);
        break;
      case Outbox::Pushed::Slow:
        finish(CloseCode::Slow);
        break;
      case Outbox::Pushed::Dropped:
        break;
    }
  }

  // The goodbye: what is queued is still written, unless the client is not reading anyway.
  void finish(CloseCode code) {
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
  void cut() {
    if (std::exchange(is_over_, true)) return;
    close_socket();
    over_.cancel();
  }

  void close_socket() {
    if (place_) arrivals_->forget(*std::exchange(place_, std::nullopt));
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
    beast::error_code ignored;
    if (handshake_) handshake_->next_layer().close(ignored);
  }

  // Nobody waits for anything any more.
  void end() {
    cut();
    outbox_.discard();
    kill_.disarm();
    ping_.cancel();
  }

  Lobby& lobby_;
  Connections& connections_;
  std::uint64_t const number_;
  std::optional<modules::Actor> const actor_;
  std::string const token_digest_;
  http::request<http::string_body> request_;  // until accepted
  net::Executor const strand_;
  std::optional<websocket::stream<net::Socket, false>> handshake_;  // until accepted: it has the socket
  int socket_ = -1;                                                 // from then on, while it is open
  std::shared_ptr<Arrivals> const arrivals_;
  std::optional<Arrivals::Place> place_;
  FrameReader frames_;
  Outbox outbox_;
  Allowance allowance_;
  net::Timer over_;  // never expires: cancelling it ends live()
  net::Timer ping_;
  Deadline kill_;
  std::mutex lock_;  // guards what was delivered and not yet taken over by the strand
  std::vector<Message> delivered_;
  bool is_told_ = false;
  std::vector<Message> taken_;
  std::uint64_t last_request_ = 0;
  std::uint32_t malformed_in_a_row_ = 0;
  std::string rest_;                // of a piece that the kernel took only in part
  bool is_blocked_ = false;         // by that: the kernel tells when it has room
  Steady::time_point write_began_;  // of the rest
  bool is_ping_out_ = false;
  bool pong_seen_ = false;
  std::optional<CloseCode> closing_;  // the goodbye was asked for
  bool said_goodbye_ = false;         // and is written, or with what is being written
  bool is_answered_ = false;          // the peer has said its own
  bool is_deaf_ = false;              // what comes is thrown away: behind a goodbye or a fault
  bool is_over_ = false;              // the connection is gone
};

}  // namespace

void serve_session(Lobby& lobby, Connections& connections, Upgrade upgrade) {
  std::make_shared<Session>(lobby, connections, std::move(upgrade))->start();
}

}  // namespace gateway
