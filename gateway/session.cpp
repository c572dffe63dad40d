// What one client says over its live connection, and what it is told: bids, subscriptions, time probes, refusals.
//
// Reading, writing, pings and closing are the link's (link.h).
#include "gateway/session.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <mutex>
#include <utility>
#include <variant>
#include <vector>

#include "engine/check.h"
#include "gateway/commands.h"
#include "gateway/link.h"
#include "gateway/messages.h"
#include "gateway/refusals.h"
#include "gateway/upgrade.h"
#include "gateway/wire.h"

namespace gateway {
namespace {

namespace asio = boost::asio;
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

class Session final : public Link, public Client {
 public:
  Session(Lobby& lobby, Connections& connections, Upgrade upgrade)
      : Link(lobby, connections, upgrade,
             {subprotocol, engine::limits::websocket_message_bytes_max, lobby.options.backlog_bytes_max}),
        actor_(upgrade.identity ? std::optional(upgrade.identity->actor) : std::nullopt),
        token_digest_(upgrade.identity ? std::move(upgrade.identity->token_digest) : std::string{}),
        allowance_(lobby.options.requests_at_once, lobby.options.requests_a_second, Steady::now()) {}

  // From any thread.
  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return actor_; }
  // What comes before the socket is written goes over together.
  void deliver(Message message) override {
    if (is_at_departures()) {
      push(std::move(message));
      return flush_soon(bids() ? Departures::Line::Bidders : Departures::Line::Watchers);
    }
    {
      std::lock_guard const hold{lock_};
      delivered_.push_back(std::move(message));
      if (std::exchange(is_told_, true)) return;
    }
    asio::post(strand_, [self = mine()] { self->take_delivered(); });
  }
  void close(CloseCode code) override {
    asio::post(strand_, [self = mine(), code] { self->finish(code); });
  }

 private:
  std::shared_ptr<Session> mine() { return std::static_pointer_cast<Session>(shared_from_this()); }

  void begin() override {
    lobby_.figures.sessions.add(1);
    // `hello` is inside before the hub knows of us, so it is the first message.
    push(hello());
    lobby_.doors.hub.join(mine());
    // The sign-in may have ended since it was looked at, and before the hub could tell us.
    if (!is_welcome_still()) finish(CloseCode::SessionEnded);
    if (lobby_.figures.sessions.value() > static_cast<std::int64_t>(lobby_.options.sessions_max)) {
      finish(CloseCode::TooManySessions);
    }
  }

  void leave() override {
    lobby_.doors.hub.leave(number_);
    lobby_.figures.sessions.add(-1);
  }

  bool bids() const { return actor_ && actor_->role == modules::Role::Supplier; }

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

  // Sessions also end by time; nobody tells us of that.
  bool is_welcome_still() const override {
    if (!actor_) return true;
    auto const now = lobby_.doors.clock.now();
    return lobby_.doors.sign_in.actor(token_digest_, now, *lobby_.doors.snapshots.snapshot()).has_value();
  }

  void hear(Opcode kind, std::string_view text, Steady::time_point read_at) override {
    if (kind == Opcode::Binary) return finish(CloseCode::Binary);
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
        ticket, [self = std::weak_ptr(mine()), id](engine::Decided const& command, std::vector<engine::Event> events) {
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

  std::optional<modules::Actor> const actor_;
  std::string const token_digest_;
  Allowance allowance_;
  std::mutex lock_;  // guards what was delivered and not yet taken over by the strand
  std::vector<Message> delivered_;
  bool is_told_ = false;
  std::vector<Message> taken_;
  std::uint64_t last_request_ = 0;
  std::uint32_t malformed_in_a_row_ = 0;
};

}  // namespace

void serve_session(Lobby& lobby, Connections& connections, Upgrade upgrade) {
  std::make_shared<Session>(lobby, connections, std::move(upgrade))->start();
}

}  // namespace gateway
