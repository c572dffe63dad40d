// ebb-peers: Ebb, PostgreSQL and Redis under the same bids, in turns. Wiring only.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bench/peers/ebb_peer.h"
#include "bench/peers/measure.h"
#include "bench/peers/options.h"
#include "bench/peers/postgres_peer.h"
#include "bench/peers/redis_peer.h"
#include "bench/peers/report.h"

namespace {

using namespace bench::peers;
using engine::Result;

struct Contender {
  std::unique_ptr<Peer> peer;
  int process;
  std::vector<std::uint32_t> in_flight;  // one row each
  Memory memory{};
  Lots many{};
};

std::string text_of(std::filesystem::path const& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

Result<std::vector<Contender>> contenders(Options const& options) {
  std::vector<Contender> all;
  std::vector<std::uint32_t> depths{1};
  if (options.in_flight > 1) depths.push_back(options.in_flight);
  auto const clients = std::ranges::max(options.clients);
  std::filesystem::path const folder{options.folder};
  if (!options.postgres.empty()) {
    auto peer = PostgresPeer::connect(options.postgres, text_of(folder / "postgres.sql"));
    if (!peer) return std::unexpected(peer.error());
    all.push_back({std::move(*peer), options.postgres_process, {1}});
  }
  if (!options.redis.empty()) {
    auto peer = RedisPeer::connect(options.redis, text_of(folder / "redis.lua"));
    if (!peer) return std::unexpected(peer.error());
    all.push_back({std::move(*peer), options.redis_process, depths});
  }
  if (options.ebb) {
    auto peer = EbbPeer::connect(*options.ebb, options.administrator, clients);
    if (!peer) return std::unexpected(peer.error());
    all.push_back({std::move(*peer), options.ebb_process, depths});
  }
  constexpr std::uint32_t attempts_in_many = 2'000;
  for (auto& one : all) {
    auto lots = one.peer->open(options.lots, clients, attempts_in_many);
    if (!lots) return std::unexpected(lots.error());
    one.many = *lots;
  }
  return all;
}

Result<Figures> measure(Contender& one, Course const& course) {
  auto lots = one.many;
  if (course.where == Where::HotLot) {
    // Few clients use up what one lot allows them, and go on with the next.
    constexpr std::uint64_t bids_a_second_max = 200'000;
    auto const milliseconds = static_cast<std::uint64_t>((course.warmup + course.span).count());
    auto const a_lot = std::uint64_t{attempts_in_a_hot_lot} * course.clients;
    auto const count = static_cast<std::uint32_t>(1 + bids_a_second_max * milliseconds / 1'000 / a_lot);
    auto opened = one.peer->open(count, course.clients, attempts_in_a_hot_lot);
    if (!opened) return std::unexpected(opened.error());
    lots = *opened;
  }
  return run(*one.peer, one.memory, lots, course, one.process);
}

// Rounds in turns: whatever the machine does meanwhile, it does to all.
Result<void> measure_all(Options const& options, std::vector<Contender>& all, std::vector<Row>& rows) {
  for (auto const& where : options.where) {
    for (auto const clients : options.clients) {
      auto const first = rows.size();
      for (std::uint32_t round = 0; round < options.rounds; ++round) {
        auto row = first;
        for (auto& one : all) {
          for (auto const in_flight : one.in_flight) {
            Course const course{where == "many" ? Where::ManyLots : Where::HotLot, clients, in_flight, options.warmup,
                                options.span};
            auto figures = measure(one, course);
            if (!figures) return std::unexpected(figures.error());
            if (round == 0) rows.push_back({std::string{one.peer->name()}, course, {}});
            rows[row++].rounds.push_back(std::move(*figures));
          }
        }
      }
      for (auto row = first; row < rows.size(); ++row) fmt::print("{}", line_of(rows[row]));
      std::fflush(stdout);
    }
  }
  return {};
}

// Whether each peer has kept what it acknowledged.
Result<bool> counts_agree(std::vector<Contender>& all) {
  bool agree = true;
  for (auto& one : all) {
    auto const kept = one.peer->kept();
    if (!kept) return std::unexpected(kept.error());
    fmt::print("{}: {} bids acknowledged, {} kept by its own count\n", one.peer->name(), one.memory.accepted, *kept);
    agree = agree && *kept >= one.memory.accepted;
  }
  return agree;
}

}  // namespace

int main(int argc, char** argv) {
  auto const options = read_options(argc, argv);
  if (!options) return options.error();
  auto const stop = [](engine::Failure const& why) {
    fmt::print(stderr, "ebb-peers: {}\n", why.what);
    return 2;
  };
  auto all = contenders(*options);
  if (!all) return stop(all.error());
  std::vector<Row> rows;
  if (auto measured = measure_all(*options, *all, rows); !measured) return stop(measured.error());
  auto const agree = counts_agree(*all);
  if (!agree) return stop(agree.error());
  fmt::print("\n{}", table(rows));
  if (!options->json_file.empty())
    if (auto written = write_json(options->json_file, rows); !written) return stop(written.error());
  return *agree ? 0 : 1;
}
