// How many decisions a second does the engine alone make? One thread, Hall::apply of bids, no journal, no socket.
//
// Measured: finding the lot, the key and the bidder, the whole ladder of refusals, keeping the attempt, ranks of all,
// and the event written into a vector that is emptied every 256 bids, as a turn of the loop does. Not measured: making
// the bids, opening the lots.
//
// Everything runs in rounds, one after the other in each, and the median of the rounds is told: a neighbour on the
// machine slows all of a round. `in turns` asks for sixteen bids ahead (Hall::prefetch), as the loop does. `null` is
// the loop around nothing. `outcome` is the digest of the final state: a faster wrong answer shows.
//
//   ebb-engine-bench [--rounds N] [--bids N] [--only NAME]
//   ebb-engine-bench --count NAME     one round in count_from_here(), for bench/instructions.sh
#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "bench/bid_stream.h"
#include "bench/book_peers.h"
#include "engine/hall.h"

namespace {

using namespace engine;

constexpr std::size_t bids_a_turn = 256;

std::vector<bench::Shape> shapes() {
  return {{"hot 8", 500, 8, 8, true},
          {"hot 20", 200, 20, 20, true},
          {"hot 50", 80, 50, 50, true},
          {"hot 1000", 4, 1'000, 1'000, true},
          {"zipf 1000", 1'000, 3, 50, false},
          {"zipf 10000", 10'000, 3, 50, false},
          {"zipf 100000", 100'000, 3, 50, false}};
}

template <class T>
void keep(T const& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

// Processor time of this thread, not the wall's: the machine may be shared.
double seconds_now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

struct Round {
  double nanoseconds = 0;  // a bid
  std::uint64_t outcome = 0;
  double accepted = 0;
};

enum class Ahead : bool { Nothing, Turns };

// The timed part, and all of it.
extern "C" [[gnu::noinline]] void count_from_here(Hall& hall, std::span<Sequenced const> turn, Events& events,
                                                  Ahead ahead) {
  for (std::size_t at = 0; at < turn.size(); ++at) {
    if (ahead == Ahead::Turns && at % Hall::prefetched_at_once == 0) hall.prefetch(turn.subspan(at));
    hall.apply(turn[at], events);
  }
  keep(*events.data());
}

std::unique_ptr<Hall> opened(bench::Stream const& stream) {
  auto hall = std::make_unique<Hall>();
  Events events;
  for (auto const& open : stream.openings) {
    events.clear();
    hall->apply(open, events);
  }
  return hall;
}

Round engine_round(bench::Stream const& stream, Ahead ahead) {
  auto const hall = opened(stream);
  Events events;
  events.reserve(2 * bids_a_turn);
  std::vector<Sequenced> turn;
  std::size_t accepted = 0;
  double spent = 0;
  std::span<Sequenced const> rest(stream.bids);
  while (!rest.empty()) {
    auto const next = rest.first(std::min(bids_a_turn, rest.size()));
    turn.assign(next.begin(), next.end());  // as the loop has just written its frame
    rest = rest.subspan(turn.size());
    events.clear();
    auto const from = seconds_now();
    count_from_here(*hall, turn, events, ahead);
    spent += seconds_now() - from;
    accepted += static_cast<std::size_t>(
        std::ranges::count_if(events, [](Event const& event) { return std::holds_alternative<BidAccepted>(event); }));
  }
  auto const bids = static_cast<double>(stream.bids.size());
  return {spent * 1e9 / bids, hall->digest(), static_cast<double>(accepted) / bids};
}

template <class Book>
Round peer_round(bench::Stream const& stream) {
  std::vector<Book> books;
  books.reserve(stream.bidders.size());
  for (auto const bidders : stream.bidders) books.emplace_back(bidders);
  std::vector<bench::Told> told(bids_a_turn);
  std::size_t accepted = 0;
  std::vector<Sequenced> turn;
  double spent = 0;
  std::span<Sequenced const> rest(stream.bids);
  while (!rest.empty()) {
    auto const next = rest.first(std::min(bids_a_turn, rest.size()));
    turn.assign(next.begin(), next.end());
    rest = rest.subspan(turn.size());
    auto const from = seconds_now();
    for (std::size_t at = 0; at < turn.size(); ++at) {
      auto const& bid = std::get<PlaceBid>(turn[at].command);
      told[at] = books[stream.lot_of(bid)].bid(stream.slot_of(bid), bid.price.in_fen(), turn[at].seq.number());
      accepted += told[at].accepted ? 1U : 0U;
      keep(told[at]);
    }
    spent += seconds_now() - from;
  }
  auto const bids = static_cast<double>(stream.bids.size());
  return {spent * 1e9 / bids, 0, static_cast<double>(accepted) / bids};
}

Round null_round(bench::Stream const& stream) {
  auto const from = seconds_now();
  for (auto const& bid : stream.bids) keep(bid);
  return {(seconds_now() - from) * 1e9 / static_cast<double>(stream.bids.size())};
}

// Every bid by the clock of the processor, in turns as above. The clock's own time is in it.
void tell_tail(bench::Stream const& stream) {
  auto const hall = opened(stream);
  Events events;
  events.reserve(2 * bids_a_turn);
  std::vector<double> each;
  each.reserve(stream.bids.size());
  std::vector<Sequenced> turn;
  for (std::size_t at = 0; at < stream.bids.size(); ++at) {
    if (at % bids_a_turn == 0) {
      auto const next = std::span(stream.bids).subspan(at, std::min(bids_a_turn, stream.bids.size() - at));
      turn.assign(next.begin(), next.end());
      events.clear();
    }
    auto const place = at % bids_a_turn;
    if (place % Hall::prefetched_at_once == 0) hall->prefetch(std::span(turn).subspan(place));
    auto const from = std::chrono::steady_clock::now();
    hall->apply(turn[place], events);
    each.push_back(std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - from).count());
  }
  std::ranges::sort(each);
  auto const share = [&](double part) {
    return each[static_cast<std::size_t>(part * static_cast<double>(each.size()))];
  };
  fmt::print("  one bid, clock included, in turns: p50 {:.0f} ns, p99 {:.0f}, p99.9 {:.0f}\n", share(0.5), share(0.99),
             share(0.999));
}

// What the lots asked for, and what the heap grew by besides (containers of what is rare). The heads that find attempts
// are in it; what is promised to attempts is address space.
void tell_memory(bench::Stream const& stream) {
  auto const before = mallinfo2();
  auto const hall = opened(stream);
  auto const after = mallinfo2();
  std::size_t bidders = 0;
  for (auto const each : stream.bidders) bidders += each;
  auto const lots = static_cast<double>(stream.openings.size());
  auto const memory = hall->memory();
  fmt::print("  memory: {:.0f} bytes a lot with {:.1f} bidders, {:.0f} on the heap; promised to attempts: {:.0f}\n",
             static_cast<double>(memory.lots) / lots, static_cast<double>(bidders) / lots,
             static_cast<double>(after.uordblks - before.uordblks) / lots, static_cast<double>(memory.promised) / lots);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

struct Options {
  std::size_t rounds = 5;
  std::size_t bids = 400'000;
  std::string only;
  std::string count;
};

Options options_of(std::span<char*> arguments) {
  Options options;
  for (std::size_t at = 1; at + 1 < arguments.size(); at += 2) {
    std::string_view const name = arguments[at];
    std::string const value = arguments[at + 1];
    if (name == "--rounds") options.rounds = std::stoul(value);
    if (name == "--bids") options.bids = std::stoul(value);
    if (name == "--only") options.only = value;
    if (name == "--count") options.count = value;
  }
  return options;
}

void run(bench::Shape const& shape, Options const& options) {
  auto const stream = bench::make_stream(shape, options.bids);
  using Lane = std::pair<char const*, std::function<Round()>>;
  std::vector<Lane> lanes{{"engine", [&] { return engine_round(stream, Ahead::Nothing); }},
                          {"engine, in turns", [&] { return engine_round(stream, Ahead::Turns); }},
                          {"bare array, no rules", [&] { return peer_round<bench::BareArray>(stream); }},
                          {"std::set", [&] { return peer_round<bench::SetBook>(stream); }},
                          {"null", [&] { return null_round(stream); }}};
  if (shape.is_hot && shape.bidders_most <= 50) {
    lanes.push_back({"naive", [&] { return peer_round<bench::NaiveBook>(stream); }});
  }
  std::vector<std::vector<double>> times(lanes.size());
  std::vector<Round> last(lanes.size());
  for (std::size_t round = 0; round < options.rounds; ++round) {
    for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
      last[lane] = lanes[lane].second();
      times[lane].push_back(last[lane].nanoseconds);
    }
  }
  fmt::print("{}\n", shape.name);
  for (std::size_t lane = 0; lane < lanes.size(); ++lane) {
    fmt::print("  {:22} {:9.1f} ns a bid (best {:.1f})", lanes[lane].first, median(times[lane]),
               std::ranges::min(times[lane]));
    if (last[lane].outcome != 0) {
      fmt::print("   accepted {:.4f}  outcome {:016x}", last[lane].accepted, last[lane].outcome);
    }
    fmt::print("\n");
  }
  if (!shape.is_hot) tell_tail(stream);
  tell_memory(stream);
}

}  // namespace

int main(int argc, char** argv) {
  mallopt(M_MMAP_THRESHOLD, 1 << 20);  // fixed, so that the blocks of attempts are told apart (tell_memory)
  auto const options = options_of({argv, static_cast<std::size_t>(argc)});
  for (auto const& shape : shapes()) {
    if (shape.name == options.count) {
      auto const round = engine_round(bench::make_stream(shape, options.bids), Ahead::Nothing);
      fmt::print("{} bids, accepted {:.4f}, outcome {:016x}\n", options.bids, round.accepted, round.outcome);
    } else if (options.count.empty() && (options.only.empty() || shape.name == options.only)) {
      run(shape, options);
    }
  }
  return 0;
}
