// One bid, or sixteen in one turn, to many watchers: Ebb beside a bare loop of send(), round by round in turns.
//
//   bench/fan_out/run                     1,000 watchers; starts and pins everything
//   bench/fan_out/run -- --watchers 10000
//
// Of each round: when the first and the last watcher had the news, from the moment the bid was sent; of all of them:
// what the server computed for a delivery, journal and engine included.
#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <functional>

#include "bench/fan_out/raw_server.h"
#include "bench/fan_out/watchers.h"
#include "bench/peers/ebb_peer.h"
#include "bench/peers/processor.h"

namespace bench::fan_out {
namespace {

using peers::Line;

struct Options {
  std::string ebb;
  int process = 0;
  std::size_t watchers = 1'000;
  std::uint32_t rounds = 300;
  std::uint32_t burst = 16;
  int server_processor = -1;
};

template <class T>
T must(engine::Result<T> result) {
  if (!result) {
    fmt::print(stderr, "fan_out: {}\n", result.error().what);
    std::exit(2);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Figure {
  std::vector<double> first_us, last_us;
  double processor_us = 0;  // of the server
  std::uint64_t deliveries = 0;

  static double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
  }
};

// One server under measurement.
struct Side {
  std::string_view name;
  int process;
  Watchers& watchers;
  std::function<void(std::uint32_t messages)> cause;
};

void play(Side const& side, std::uint32_t messages, Figure& figure) {
  auto const before = peers::processor_seconds(side.process);
  auto const begun = Steady::now();
  side.cause(messages);
  auto const round = must(side.watchers.wait(messages));
  auto const us = [&](Steady::time_point at) { return std::chrono::duration<double, std::micro>(at - begun).count(); };
  figure.first_us.push_back(us(round.first));
  figure.last_us.push_back(us(round.last));
  figure.processor_us += (peers::processor_seconds(side.process) - before) * 1e6;
  figure.deliveries += messages * side.watchers.count();
}

void measure(std::string_view what, std::vector<Side> const& sides, std::uint32_t messages, std::uint32_t rounds) {
  std::vector<Figure> figures(sides.size());
  std::vector<Figure> warm_up(sides.size());
  for (std::uint32_t round = 0; round < rounds + rounds / 10; ++round) {
    for (std::size_t i = 0; i < sides.size(); ++i)
      play(sides[i], messages, (round < rounds / 10 ? warm_up : figures)[i]);
  }
  auto const of_raw = [&](double value, double raw) { return value / raw; };
  auto const raw_last = Figure::median(figures[0].last_us);
  auto const raw_each = figures[0].processor_us / static_cast<double>(figures[0].deliveries);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    auto const last = Figure::median(figures[i].last_us);
    auto const each = figures[i].processor_us / static_cast<double>(figures[i].deliveries);
    auto const rate = static_cast<double>(messages * sides[i].watchers.count()) / last;
    fmt::print("{:<10} {:<5} {:>10.1f} {:>10.1f} {:>8.2f} {:>12.3f} {:>12.3f} {:>8.2f}\n", what, sides[i].name,
               Figure::median(figures[i].first_us), last, of_raw(last, raw_last), rate, each, of_raw(each, raw_each));
  }
}

Options read(int count, char** arguments) {
  Options options;
  CLI::App app{"Fan-out of Ebb beside a bare loop of send(); bench/fan_out/run starts it", "fan_out"};
  app.add_option("--ebb", options.ebb, "HOST:PORT of ebb, loopback only")->required();
  app.add_option("--process", options.process, "of ebb, to tell its processor time")->required();
  app.add_option("--watchers", options.watchers, "sockets that hear of every bid")->check(CLI::Range(1, 12'000));
  app.add_option("--rounds", options.rounds, "each of one turn")->check(CLI::Range(10, 5'000));
  app.add_option("--burst", options.burst, "bids in one turn")->check(CLI::Range(2, 32));
  app.add_option("--server-processor", options.server_processor, "on which the bare loop runs; default any");
  try {
    app.parse(count, arguments);
  } catch (CLI::ParseError const& error) {
    std::exit(app.exit(error) == 0 ? 0 : 2);
  }
  return options;
}

int run(int count, char** arguments) {
  auto const options = read(count, arguments);
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  auto const from = [](char const* name) { return std::string{std::getenv(name) == nullptr ? "" : std::getenv(name)}; };
  auto peer = must(peers::EbbPeer::connect(must(ebb_client::Address::parse(options.ebb)),
                                           {from("EBB_ADMIN_LOGIN"), from("EBB_ADMIN_PASSWORD")}, 1));
  auto const lots = must(peer->open(options.burst, 1, 10'000));
  auto line = must(peer->line(0));
  Watchers ebb_watchers;
  std::vector<std::unique_ptr<peers::Listener>> listeners;
  for (std::size_t i = 0; i < options.watchers; ++i) {
    listeners.push_back(must(peer->listener(lots)));
    ebb_watchers.add(listeners.back()->socket());
  }
  must(ebb_watchers.drain(std::chrono::milliseconds{300}));

  constexpr std::size_t payload = 128;
  auto const raw = must(RawServer::start(
      options.watchers, payload,
      options.server_processor < 0 ? std::nullopt : std::optional{static_cast<unsigned>(options.server_processor)}));
  Watchers raw_watchers;
  for (auto const socket : raw.sockets()) raw_watchers.add(socket);

  std::uint32_t number = 0;
  std::int64_t fen = peers::ceiling_fen;
  std::vector<peers::Outcome> answers;
  auto const bid = [&](std::uint32_t bids) {
    fen -= peers::step_fen;
    must(line->receive(answers));
    for (std::uint32_t i = 0; i < bids; ++i) line->bid({lots.first + i, ++number, fen});
    must(line->send());
  };
  std::vector<Side> const sides{{"raw", raw.process(), raw_watchers,
                                 [&](std::uint32_t messages) { raw.send(static_cast<std::uint8_t>(messages)); }},
                                {"ebb", options.process, ebb_watchers, bid}};
  fmt::print("{} watchers, medians of {} rounds\n", options.watchers, options.rounds);
  fmt::print("{:<10} {:<5} {:>10} {:>10} {:>8} {:>12} {:>12} {:>8}\n", "bids", "", "first us", "last us", "of raw",
             "M deliv./s", "server us", "of raw");
  measure("1", sides, 1, options.rounds);
  measure(std::to_string(options.burst), sides, options.burst, options.rounds);
  return 0;
}

}  // namespace
}  // namespace bench::fan_out

int main(int count, char** arguments) {
  return bench::fan_out::run(count, arguments);
}
