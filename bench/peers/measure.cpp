// epoll over all sockets; what came in one turn is answered with new bids in the same turn.
#include "bench/peers/measure.h"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <random>

#include "bench/peers/processor.h"

namespace bench::peers {
namespace {

using engine::Failure;
using engine::Result;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds patience{10};

class Sockets {
 public:
  Sockets() : epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
  ~Sockets() { ::close(epoll_); }
  Sockets(Sockets const&) = delete;
  Sockets& operator=(Sockets const&) = delete;
  void add(int socket, std::uint32_t mark) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = mark;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  }
  // Marks of those that have something to read; none after `wait` in vain.
  std::vector<std::uint32_t> const& ready(std::chrono::milliseconds wait) {
    std::array<epoll_event, 256> events;
    auto const count = ::epoll_wait(epoll_, events.data(), events.size(), static_cast<int>(wait.count()));
    ready_.clear();
    for (int i = 0; i < count; ++i) ready_.push_back(events[static_cast<std::size_t>(i)].data.u32);
    return ready_;
  }

 private:
  int epoll_;
  std::vector<std::uint32_t> ready_;
};

struct Client {
  std::unique_ptr<Line> line;
  std::deque<Steady::time_point> waiting;  // since when each bid without an answer is under way
  std::uint32_t made = 0;                  // in this run
};

class Run {
 public:
  Run(Peer& peer, Memory& memory, Lots lots, Course const& course, int server)
      : peer_(peer), memory_(memory), lots_(lots), course_(course), server_(server) {}

  Result<Figures> go() {
    if (auto there = connect(); !there) return std::unexpected(there.error());
    for (auto& client : clients_)
      if (auto begun = bid(client, Steady::now()); !begun) return std::unexpected(begun.error());
    auto const begin = Steady::now();
    auto const measured = begin + course_.warmup, end = measured + course_.span;
    if (auto warm = until(measured); !warm) return std::unexpected(warm.error());
    auto const from = Steady::now();
    auto const client_before = own_processor_seconds(), server_before = processor_seconds(server_);
    is_measuring_ = true;
    if (auto done = until(end); !done) return std::unexpected(done.error());
    is_measuring_ = false;
    figures_.seconds = std::chrono::duration<double>(Steady::now() - from).count();
    figures_.client_cpu = own_processor_seconds() - client_before;
    figures_.server_cpu = processor_seconds(server_) - server_before;
    is_over_ = true;
    if (auto answered = drain(); !answered) return std::unexpected(answered.error());
    return std::move(figures_);
  }

 private:
  Result<void> connect() {
    memory_.next_number.resize(std::max<std::size_t>(memory_.next_number.size(), course_.clients));
    memory_.next_fen.resize(std::max<std::size_t>(memory_.next_fen.size(), lots_.first + lots_.count),
                            ceiling_fen - step_fen);
    auto listener = peer_.listener(lots_);
    if (!listener) return std::unexpected(listener.error());
    listener_ = std::move(*listener);
    sockets_.add(listener_->socket(), course_.clients);
    for (std::uint32_t i = 0; i < course_.clients; ++i) {
      auto line = peer_.line(i);
      if (!line) return std::unexpected(line.error());
      sockets_.add((*line)->socket(), i);
      clients_.push_back({std::move(*line), {}, 0});
    }
    return {};
  }

  // As many bids as the client may have under way.
  Result<void> bid(Client& client, Steady::time_point now) {
    if (is_over_) return {};
    auto& number = memory_.next_number[static_cast<std::size_t>(&client - clients_.data())];
    auto const before = client.waiting.size();
    while (client.waiting.size() < course_.in_flight) {
      auto const lot = next_lot(client);
      if (!lot) break;
      client.line->bid({*lot, number++, memory_.next_fen[*lot]});
      memory_.next_fen[*lot] -= step_fen;
      client.waiting.push_back(now);
    }
    under_way_ += client.waiting.size() - before;
    return client.line->send();
  }

  std::optional<std::uint32_t> next_lot(Client& client) {
    if (course_.where == Where::ManyLots)
      return lots_.first + std::uniform_int_distribution<std::uint32_t>{0, lots_.count - 1}(random_);
    auto const place = client.made++ / attempts_in_a_hot_lot;
    if (place >= lots_.count) return std::nullopt;
    return lots_.first + place;
  }

  Result<void> until(Steady::time_point end) {
    auto last = Steady::now();
    for (auto now = last; now < end; now = Steady::now()) {
      using std::chrono::milliseconds;
      auto const left = std::chrono::ceil<milliseconds>(end - now);
      auto const heard = turn(std::min<milliseconds>(left, milliseconds{100}));
      if (!heard) return std::unexpected(heard.error());
      if (*heard) last = now;
      if (under_way_ == 0) return std::unexpected(Failure{"the hot lots are used up: take less time"});
      if (now - last > patience) return silent();
    }
    return {};
  }

  Result<void> drain() {
    auto const limit = Steady::now() + patience;
    while (under_way_ > 0) {
      if (Steady::now() > limit) return silent();
      if (auto heard = turn(std::chrono::milliseconds{100}); !heard) return std::unexpected(heard.error());
    }
    return {};
  }

  std::unexpected<Failure> silent() const {
    return std::unexpected(
        Failure{fmt::format("{}: {} bids without an answer for ten seconds", peer_.name(), under_way_)});
  }

  // Whether anything came.
  Result<bool> turn(std::chrono::milliseconds wait) {
    auto const& ready = sockets_.ready(wait);
    for (auto const mark : ready) {
      if (mark == course_.clients) {
        auto const heard = listener_->receive();
        if (!heard) return std::unexpected(heard.error());
        figures_.heard += *heard;
      } else if (auto answered = hear(clients_[mark]); !answered) {
        return std::unexpected(answered.error());
      }
    }
    return !ready.empty();
  }

  Result<void> hear(Client& client) {
    answers_.clear();
    if (auto read = client.line->receive(answers_); !read) return read;
    if (answers_.size() > client.waiting.size()) return std::unexpected(Failure{"more answers than bids"});
    auto const now = Steady::now();
    for (auto const answer : answers_) {
      if (answer == Outcome::Accepted) ++memory_.accepted;
      if (is_measuring_) {
        ++(answer == Outcome::Accepted ? figures_.accepted : figures_.refused);
        figures_.latency.record(std::chrono::nanoseconds{now - client.waiting.front()}.count());
      }
      client.waiting.pop_front();
    }
    under_way_ -= answers_.size();
    return bid(client, now);
  }

  Peer& peer_;
  Memory& memory_;
  Lots lots_;
  Course const& course_;
  int server_;
  Sockets sockets_;
  std::unique_ptr<Listener> listener_;
  std::vector<Client> clients_;
  std::vector<Outcome> answers_;
  std::size_t under_way_ = 0;
  bool is_measuring_ = false;
  bool is_over_ = false;
  std::minstd_rand random_{1};
  Figures figures_;
};

}  // namespace

Result<Figures> run(Peer& peer, Memory& memory, Lots lots, Course const& course, int server) {
  return Run{peer, memory, lots, course, server}.go();
}

}  // namespace bench::peers
