// Threads, stages and the composition of the door.
#include "gateway/server.h"

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "engine/check.h"
#include "gateway/api.h"
#include "gateway/connections.h"
#include "gateway/http.h"
#include "gateway/listener.h"
#include "gateway/net.h"
#include "gateway/workers.h"

namespace gateway {
namespace {

namespace asio = boost::asio;
using net::Steady;

constexpr std::chrono::milliseconds lag_every{100};
constexpr std::chrono::milliseconds look_every{5};

// How late an io thread gets round to a timer: no bid waits longer for its read than what this shows.
class LagProbe : public std::enable_shared_from_this<LagProbe> {
 public:
  LagProbe(asio::io_context& context, Histogram& lag) : timer_(asio::make_strand(context)), lag_(lag) {}
  void start() {
    timer_.expires_after(lag_every);
    timer_.async_wait([self = shared_from_this()](boost::system::error_code const& ec) {
      if (ec) return;
      self->lag_.observe(Steady::now() - self->timer_.expiry());
      self->start();
    });
  }
  void stop() {
    asio::post(timer_.get_executor(), [self = shared_from_this()] { self->timer_.cancel(); });
  }

 private:
  net::Timer timer_;
  Histogram& lag_;
};

bool is_folder(std::filesystem::path const& path) {
  std::error_code ec;
  return std::filesystem::is_directory(path, ec);
}

bool is_loopback(std::string const& address) {
  boost::system::error_code ec;
  auto const parsed = asio::ip::make_address(address, ec);
  return !ec && parsed.is_loopback();
}

}  // namespace

// In order of construction; the context goes last, when everything that ran on it has ended.
struct Server::State {
  explicit State(Options options_) : options(std::move(options_)) {}

  Options const options;
  std::shared_ptr<asio::io_context> context = std::make_shared<asio::io_context>();
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work{context->get_executor()};
  std::shared_ptr<std::atomic<bool>> ended = std::make_shared<std::atomic<bool>>(false);
  Connections connections;
  std::optional<Lobby> lobby;
  std::optional<Workers> workers;
  std::optional<Api> api;
  std::shared_ptr<PortListener> listener;
  std::shared_ptr<LagProbe> lag;
  std::vector<std::thread> threads;
};

Server::Server(Options options) : state_(std::make_unique<State>(std::move(options))) {}

Server::~Server() {
  stop();
}

Hub::Later Server::strand() {
  // Shares the context: the hub may outlive the server. What comes after the end is dropped: it would hold the hub, the
  // hub holds the context, and nothing would ever be freed.
  return [context = state_->context, ended = state_->ended,
          strand = asio::make_strand(*state_->context)](std::function<void()> piece) {
    if (!*ended) asio::post(strand, std::move(piece));
  };
}

engine::Result<std::uint16_t> Server::open(Doors doors) {
  auto& s = *state_;
  CHECK(!s.lobby);
  if (s.options.is_echoing && !is_loopback(s.options.address)) {
    return std::unexpected(
        engine::Failure{"server.echo: only on loopback, and server.address is " + s.options.address});
  }
  if (auto const& root = s.options.web_root; !root.empty() && !is_folder(root)) {
    return std::unexpected(engine::Failure{"server.web_root: no folder: " + root});
  }
  // Bids are offered by the read, and the engine is woken once for all that one look has read.
  auto arrivals = Arrivals::open(*s.context, [&inbox = doors.inbox] { inbox.wake(); });
  if (!arrivals) return std::unexpected(arrivals.error());
  s.lobby.emplace(std::move(doors), s.options, std::move(*arrivals), std::make_shared<Departures>(*s.context));
  s.workers.emplace(s.options.worker_threads, s.options.worker_jobs_max);
  s.api.emplace(*s.lobby, *s.workers);
  auto const room = s.options.sessions_max + s.options.http_connections_max;
  s.listener = std::make_shared<PortListener>(*s.context, [&s, room](net::Socket socket) {
    if (s.connections.count() >= room) return PortListener::Taken::No;
    serve_http(*s.lobby, *s.api, s.connections, std::move(socket));
    return PortListener::Taken::Yes;
  });
  auto const port = s.listener->open(s.options.address, s.options.port);
  if (!port) return port;
  s.lag = std::make_shared<LagProbe>(*s.context, s.lobby->figures.loop_lag);
  s.lag->start();
  s.lobby->arrivals->start();
  if (s.options.is_echoing) {
    s.lobby->doors.log.say(Log::Level::Warning, "for development: /echo gives back what anybody says (server.echo)",
                           {});
  }
  for (std::size_t i = 0; i < s.options.io_threads; ++i) {
    s.threads.emplace_back([&s] {
      if (s.options.io_threads == 1) s.lobby->departures->settle();
      s.context->run();
    });
  }
  return port;
}

void Server::serve() {
  state_->lobby->stage = Stage::Serving;
}

void Server::take(Takes takes) {
  if (state_->lobby) state_->lobby->takes = takes;
}

void Server::refuse_commands() {
  auto& s = *state_;
  if (!s.lobby) return;
  s.lobby->stage = Stage::Draining;
  if (s.listener) s.listener->stop();
}

void Server::close_sessions(std::chrono::milliseconds within) {
  auto& s = *state_;
  if (!s.lobby) return;
  s.lobby->doors.hub.close_all(CloseCode::Restart);
  auto const until = Steady::now() + within;
  // wait: for the peers' goodbyes
  while (s.lobby->figures.sessions.value() > 0 && Steady::now() < until) std::this_thread::sleep_for(look_every);
}

void Server::stop() {
  auto& s = *state_;
  if (s.threads.empty()) return;
  refuse_commands();
  s.workers->finish();
  s.lag->stop();
  s.connections.stop_all();
  auto const until = Steady::now() + s.options.close_within;
  // wait: for connections to end by themselves
  while (s.connections.count() > 0 && Steady::now() < until) std::this_thread::sleep_for(look_every);
  s.lobby->arrivals->stop();
  s.work.reset();
  s.context->stop();
  for (auto& thread : s.threads) thread.join();
  s.threads.clear();
  // What was posted at the last moment, to the hub mostly, holds what holds the context: it runs, or nothing is freed.
  *s.ended = true;
  s.context->restart();
  s.context->poll();
}

Router const& Server::router() const {
  return state_->api->router();
}

std::size_t Server::connections() const {
  return state_->connections.count();
}

}  // namespace gateway
