// The life of one WebSocket connection, top to bottom: accept, read, write, ping, close.
//
// Every exit names its close code. Whatever ends one coroutine ends the others: the reader by an error of its read, the
// writer by what is asked of it, the pinger by its timer. A kill timer cuts the socket when the peer does not answer a
// close, because Beast would wait for it for minutes.
#include "gateway/session.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/commands.h"
#include "gateway/deadline.h"
#include "gateway/frame_head.h"
#include "gateway/layer.h"
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

constexpr std::size_t messages_a_write = 32;  // two pieces each: as many as one sendmsg of Asio takes

class Session final : public Client, public Connection, public std::enable_shared_from_this<Session> {
 public:
  Session(Lobby& lobby, Connections& connections, Upgrade upgrade)
      : lobby_(lobby),
        connections_(connections),
        number_(lobby.next_number()),
        actor_(upgrade.identity ? std::optional(upgrade.identity->actor) : std::nullopt),
        token_digest_(upgrade.identity ? std::move(upgrade.identity->token_digest) : std::string{}),
        request_(std::move(upgrade.request)),
        ws_(Layer{std::move(upgrade.socket)}),
        outbox_(lobby.options.backlog_bytes_max),
        allowance_(lobby.options.requests_at_once, lobby.options.requests_a_second, Steady::now()),
        woken_(ws_.get_executor()),
        ping_(ws_.get_executor()),
        written_(ws_.get_executor(), [this] { finish(CloseCode::Slow); }),
        kill_(ws_.get_executor(), [this] { cut(); }) {}

  void start() {
    connections_.enter(number_, weak_from_this());
    asio::co_spawn(ws_.get_executor(), [self = shared_from_this()] { return self->live(); }, asio::detached);
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
    asio::post(ws_.get_executor(), [self = shared_from_this()] { self->take_delivered(); });
  }
  void close(CloseCode code) override {
    asio::post(ws_.get_executor(), [self = shared_from_this(), code] { self->finish(code); });
  }
  void stop() override {
    asio::post(ws_.get_executor(), [self = shared_from_this()] { self->cut(); });
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
      asio::co_spawn(ws_.get_executor(), [self = shared_from_this()] { return self->write_loop(); }, asio::detached);
      asio::co_spawn(ws_.get_executor(), [self = shared_from_this()] { return self->ping_loop(); }, asio::detached);
      co_await read_loop();
      lobby_.doors.hub.leave(number_);
      lobby_.figures.sessions.add(-1);
      lobby_.figures.connections.add(-1);
    }
    end();
    connections_.leave(number_);
  }

  net::Task<bool> accept() {
    // Without the timers of Beast: its idle timeout would surface in whatever operation is pending, and pings of the
    // peer do not count as life at this version. Ours are below.
    ws_.set_option(
        websocket::stream_base::timeout{websocket::stream_base::none(), websocket::stream_base::none(), false});
    ws_.read_message_max(engine::limits::websocket_message_bytes_max);
    ws_.auto_fragment(false);
    auto const offered = request_[http::field::sec_websocket_protocol];
    bool const named = http::token_list{offered}.exists(subprotocol);
    ws_.set_option(websocket::stream_base::decorator([named](websocket::response_type& response) {
      response.set(http::field::server, "ebb");
      if (named) response.set(http::field::sec_websocket_protocol, subprotocol);
    }));
    ws_.control_callback([this](websocket::frame_type kind, beast::string_view) {
      if (kind == websocket::frame_type::pong) pong_seen_ = true;
    });
    kill_.arm(weak_from_this(), lobby_.options.header_within);
    auto const [ec] = co_await ws_.async_accept(request_, net::tuple);
    kill_.disarm();
    request_ = {};
    co_return !ec;
  }

  net::Task<void> read_loop() {
    beast::flat_buffer buffer;
    while (true) {
      // Too big, not UTF-8 and broken framing are answered by Beast with their close codes, and end here.
      auto const [ec, bytes] = co_await ws_.async_read(buffer, net::tuple);
      if (ec) co_return;
      auto const read_at = Steady::now();
      lobby_.figures.messages_in.add();
      if (!ws_.got_text()) {
        finish(CloseCode::Binary);
      } else if (!closing_) {
        hear({static_cast<char const*>(buffer.data().data()), buffer.size()}, read_at);
      }
      buffer.consume(buffer.size());
    }
  }

  void take_delivered() {
    {
      std::lock_guard const hold{lock_};
      taken_.swap(delivered_);
      is_told_ = false;
    }
    for (auto& message : taken_) push(std::move(message));
    taken_.clear();
  }

  // Everything that waits, framed, in one go: a system call costs more than a message.
  net::Task<void> write_loop() {
    std::vector<Message> messages;
    std::array<FrameHead, messages_a_write> heads;
    std::vector<asio::const_buffer> frames;
    while (!ended_) {
      while (!outbox_.is_empty() && !ended_) {
        messages.clear();
        frames.clear();
        while (!outbox_.is_empty() && messages.size() < messages_a_write) {
          auto& head = heads[messages.size()];
          auto const& message = messages.emplace_back(outbox_.take());
          frames.push_back(asio::buffer(head.of(message->size())));
          frames.push_back(asio::buffer(*message));
        }
        write_began_ = Steady::now();
        auto const [ec, bytes] = co_await ws_.next_layer().async_write_frames(frames, net::tuple);
        write_began_ = Steady::time_point::max();
        if (ec) co_return cut();
        lobby_.figures.messages_out.add(messages.size());
      }
      if (closing_ && !ended_) {
        co_await ws_.async_close(static_cast<std::uint16_t>(*closing_), net::tuple);
        co_return cut();
      }
      if (ended_) co_return;
      woken_.expires_at(net::Timer::time_point::max());
      co_await woken_.async_wait(net::tuple);
    }
  }

  // What neither answers nor says goodbye is found out by this and by nothing else.
  net::Task<void> ping_loop() {
    while (!ended_ && !closing_) {
      ping_.expires_after(lobby_.options.ping_every);
      co_await ping_.async_wait(net::tuple);
      if (ended_ || closing_) co_return;
      if (!is_signed_in_still()) co_return finish(CloseCode::SessionEnded);
      pong_seen_ = false;
      // It stands behind whatever is being written: a peer that reads nothing is found out here too.
      written_.arm(weak_from_this(), lobby_.options.message_written_within);
      auto const [ec] = co_await ws_.async_ping({}, net::tuple);
      written_.disarm();
      if (ec || ended_ || closing_) co_return;
      ping_.expires_after(lobby_.options.pong_within);
      co_await ping_.async_wait(net::tuple);
      if (!pong_seen_ && !ended_) finish(CloseCode::NoPong);
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
    auto const offered = bid.signature ? lobby_.doors.inbox.offer(ticket, engine::PlaceSignedBid{asked, *bid.signature})
                                       : lobby_.doors.inbox.offer(ticket, asked);
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

  void push(Message message) {
    switch (outbox_.push(std::move(message))) {
      case Outbox::Pushed::Queued:
        // Asked here and not by a timer a message: a timer costs as much as the message.
        if (Steady::now() - write_began_ > lobby_.options.message_written_within) return finish(CloseCode::Slow);
        woken_.cancel();
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
    if (closing_ || ended_) return;
    closing_ = code;
    if (code == CloseCode::Slow) lobby_.figures.closed_slow.add();
    if (code == CloseCode::NoPong) lobby_.figures.closed_no_pong.add();
    if (code == CloseCode::Slow || code == CloseCode::NoPong) {
      outbox_.discard();
    } else {
      outbox_.close();
    }
    kill_.arm(weak_from_this(), lobby_.options.close_within);
    woken_.cancel();
    ping_.cancel();
  }

  void cut() {
    beast::error_code ec;
    beast::get_lowest_layer(ws_).close(ec);
  }

  // The reader has ended: nobody waits for anything any more.
  void end() {
    ended_ = true;
    outbox_.discard();
    kill_.disarm();
    written_.disarm();
    woken_.cancel();
    ping_.cancel();
    cut();
  }

  Lobby& lobby_;
  Connections& connections_;
  std::uint64_t const number_;
  std::optional<modules::Actor> const actor_;
  std::string const token_digest_;
  http::request<http::string_body> request_;  // until accepted
  websocket::stream<Layer> ws_;
  Outbox outbox_;
  Allowance allowance_;
  net::Timer woken_;  // never expires: cancelling it wakes the writer
  net::Timer ping_;
  Deadline written_;
  Deadline kill_;
  std::mutex lock_;  // guards what was delivered and not yet taken over by the strand
  std::vector<Message> delivered_;
  bool is_told_ = false;
  std::vector<Message> taken_;
  std::uint64_t last_request_ = 0;
  std::uint32_t malformed_in_a_row_ = 0;
  Steady::time_point write_began_ = Steady::time_point::max();  // of the message being written
  bool pong_seen_ = false;
  bool ended_ = false;                // the reader is gone
  std::optional<CloseCode> closing_;  // the goodbye was asked for
};

}  // namespace

void serve_session(Lobby& lobby, Connections& connections, Upgrade upgrade) {
  std::make_shared<Session>(lobby, connections, std::move(upgrade))->start();
}

}  // namespace gateway
