// How many decisions a second does the engine alone make? One thread, Hall::apply of bids, no journal, no socket.
//
// Measured: finding the lot, the key and the bidder, the whole ladder of refusals, keeping the attempt, ranks of all,
// and the event written into a vector that is emptied every 1,024 bids, as a turn of the loop does. Not measured:
// making the bids, opening the lots (outside the timed part).
//
// `hot/S` is one lot with S bidders at a time: a hundred bids a bidder, then the next lot. `zipf/N` is N lots of 20
// bidders each, of which a few get most bids. Nine of ten bids improve the bidder's own last by the step and are
// accepted; the tenth repeats its price and is refused. `null` is the same loop around nothing: what the measuring
// itself costs. The counter `outcome` is a digest of the final state folded to 32 bits: a faster wrong answer shows.
//
//   build/<dir>/bench/ebb-engine-bench --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <random>
#include <vector>

#include "engine/hall.h"

namespace {

using namespace engine;

constexpr Instant start = at_millis(1'800'000'000'000);
constexpr std::int64_t ceiling_fen = 100'000'000;
constexpr std::size_t bids_a_turn = 1'024;

// A seeded stream of bids to `lots` lots with `bidders` bidders each, and the command that opens each lot.
struct Workload {
  std::vector<OpenLot> openings;
  std::vector<PlaceBid> bids;
};

OpenLot opening(LotId lot, std::size_t bidders, std::uint32_t attempts) {
  OpenLot open;
  open.lot = lot;
  open.rules.ceiling = Money::fen(ceiling_fen);
  open.rules.decrement = Money::fen(100);
  open.rules.slip_below = BasisPoints{1};
  open.rules.duration = open.rules.hard_cap = std::chrono::hours{24};
  open.rules.attempts_max = attempts;
  open.opens_at = start;
  for (std::size_t i = 1; i <= bidders; ++i) open.admitted.push_back({BidderId{i * 1'000'003}, {}});
  return open;
}

// Zipf with exponent one: lot k gets a share of 1/k.
class Popularity {
 public:
  explicit Popularity(std::size_t lots) {
    double sum = 0;
    for (std::size_t k = 1; k <= lots; ++k) shares_.push_back(sum += 1.0 / static_cast<double>(k));
  }
  std::size_t pick(std::mt19937_64& random) const {
    auto const at = static_cast<double>(random() >> 11) * 0x1p-53 * shares_.back();
    return static_cast<std::size_t>(std::lower_bound(shares_.begin(), shares_.end(), at) - shares_.begin());
  }

 private:
  std::vector<double> shares_;
};

enum class Spread { OneAfterTheOther, Zipf };

Workload workload(std::size_t lots, std::size_t bidders, std::size_t bids, Spread spread) {
  std::mt19937_64 random(42);
  Popularity const popularity(lots);
  std::vector<std::size_t> order(lots);
  for (std::size_t i = 0; i < lots; ++i) order[i] = i;
  for (std::size_t i = lots; i > 1; --i) std::swap(order[i - 1], order[random() % i]);  // fame is not where memory is

  std::vector<std::vector<std::int64_t>> last(lots, std::vector<std::int64_t>(bidders, ceiling_fen - 100'000));
  std::vector<std::vector<std::uint32_t>> made(lots, std::vector<std::uint32_t>(bidders));
  Workload work;
  for (std::size_t i = 0; i < bids; ++i) {
    auto const lot = spread == Spread::Zipf ? order[popularity.pick(random)] : i * lots / bids;
    auto const bidder = random() % bidders;
    if (random() % 10 != 0) last[lot][bidder] -= 100 + static_cast<std::int64_t>(random() % 400);
    ++made[lot][bidder];
    PlaceBid bid{.lot = lot_id(InquiryId{lot + 1}, 1),
                 .bidder = BidderId{(bidder + 1) * 1'000'003},
                 .by = PersonId{1},
                 .price = Money::fen(last[lot][bidder]),
                 .key = {}};
    std::snprintf(bid.key.text.data(), bid.key.text.size(), "%016llx-%08x", static_cast<unsigned long long>(random()),
                  static_cast<unsigned>(i));
    work.bids.push_back(bid);
  }
  for (std::size_t i = 0; i < lots; ++i) {
    auto const attempts = std::max(limits::attempts_a_bidder_default, std::ranges::max(made[i]));
    work.openings.push_back(opening(lot_id(InquiryId{i + 1}, 1), bidders, attempts));
  }
  return work;
}

// Processor time, not the wall's: the machine may be shared.
void count_bids(benchmark::State& state, std::size_t bids) {
  auto const total = static_cast<double>(bids) * static_cast<double>(state.iterations());
  state.counters["a_bid"] = benchmark::Counter(total, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void play(benchmark::State& state, std::size_t lots, std::size_t bidders, std::size_t bids, Spread spread) {
  auto const work = workload(lots, bidders, bids, spread);
  Events events;
  events.reserve(bids_a_turn);
  std::vector<Sequenced> turn;
  turn.reserve(bids_a_turn);
  std::uint64_t digest = 0;
  std::int64_t accepted = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto hall = std::make_unique<Hall>();
    std::uint64_t seq = 0;
    for (auto const& open : work.openings) {
      hall->apply({Seq{++seq}, Seq{}, start, std::nullopt, {}, open}, events);
      events.clear();
    }
    accepted = 0;
    for (std::size_t from = 0; from < work.bids.size(); from += bids_a_turn) {
      turn.clear();
      auto const to = std::min(from + bids_a_turn, work.bids.size());
      for (auto i = from; i < to; ++i) {
        turn.push_back({Seq{++seq}, Seq{}, start + Duration{1}, std::nullopt, {}, work.bids[i]});
      }
      events.clear();
      state.ResumeTiming();
      for (auto const& bid : turn) hall->apply(bid, events);
      benchmark::DoNotOptimize(events.data());
      benchmark::ClobberMemory();
      state.PauseTiming();
      for (auto const& event : events) accepted += std::holds_alternative<BidAccepted>(event) ? 1 : 0;
    }
    digest = hall->digest();
    hall.reset();
    state.ResumeTiming();
  }
  count_bids(state, work.bids.size());
  state.counters["outcome"] = static_cast<double>((digest >> 32) ^ (digest & 0xffffffff));
  state.counters["accepted"] = static_cast<double>(accepted) / static_cast<double>(work.bids.size());
}

constexpr std::size_t bids_a_run = 400'000;

void hot(benchmark::State& state) {
  auto const bidders = static_cast<std::size_t>(state.range(0));
  play(state, bids_a_run / (bidders * 100), bidders, bids_a_run, Spread::OneAfterTheOther);
}
void zipf(benchmark::State& state) {
  play(state, static_cast<std::size_t>(state.range(0)), 20, bids_a_run, Spread::Zipf);
}

void null(benchmark::State& state) {
  auto const work = workload(1, 20, bids_a_run, Spread::OneAfterTheOther);
  for (auto _ : state) {
    for (auto const& bid : work.bids) benchmark::DoNotOptimize(&bid);
  }
  count_bids(state, work.bids.size());
}

BENCHMARK(null);
BENCHMARK(hot)->Arg(8)->Arg(20)->Arg(50)->Arg(256)->Unit(benchmark::kMillisecond);
BENCHMARK(zipf)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
