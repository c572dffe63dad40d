// The durable journal beside what it stands on: raw LMDB frames of the same bytes, and the disk's own floor (append
// 4 KiB, fdatasync), all in one run on one disk, because no figure of a disk means anything alone.
//
//   journal_bench [directory] [google benchmark flags]     the directory must be on the disk that is meant
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "persistence/files.h"
#include "persistence/journal.h"
#include "persistence/recovery.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
using Nanos = std::chrono::nanoseconds;

template <class T>
T good(engine::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().what.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A directory for one benchmark, gone afterwards.
class Place {
 public:
  Place(fs::path const& parent, std::string const& name) : path_(parent / ("journal-bench-" + name)) {
    fs::remove_all(path_);
    good(persistence::make_directory(path_));
  }
  Place(Place const&) = delete;
  Place& operator=(Place const&) = delete;
  ~Place() { fs::remove_all(path_); }
  fs::path const& path() const { return path_; }

 private:
  fs::path path_;
};

struct Figure {
  std::int64_t p50_ns = 0;
  std::int64_t p99_ns = 0;
};
using Figures = std::map<std::pair<std::string, std::int64_t>, Figure>;

// Times each turn of the loop by itself, so that there is a median.
template <class Turn>
void measure(benchmark::State& state, Figure& figure, std::int64_t records_a_turn, Turn const& turn) {
  std::vector<std::int64_t> nanos;
  for ([[maybe_unused]] auto _ : state) {
    auto const begun = std::chrono::steady_clock::now();
    turn();
    auto const took = std::chrono::duration_cast<Nanos>(std::chrono::steady_clock::now() - begun).count();
    nanos.push_back(took);
    state.SetIterationTime(static_cast<double>(took) * 1e-9);
  }
  std::ranges::sort(nanos);
  figure = {nanos[nanos.size() / 2], nanos[nanos.size() * 99 / 100]};
  state.counters["p50_us"] = static_cast<double>(figure.p50_ns) * 1e-3;
  state.counters["p99_us"] = static_cast<double>(figure.p99_ns) * 1e-3;
  state.SetItemsProcessed(state.iterations() * records_a_turn);
}

engine::Sequenced bid(std::uint64_t seq) {
  engine::PlaceBid bid{};
  bid.lot = engine::lot_id(engine::InquiryId{1 + seq % 100}, 1);
  bid.bidder = engine::BidderId{1 + seq % 17};
  bid.price = engine::Money::fen(static_cast<std::int64_t>(10'000'000 - seq % 9'999'999));
  std::ranges::copy("0190f5c6-7e1d-7c3a-9b43-" + std::to_string(100'000'000'000 + seq), bid.key.text.begin());
  return {engine::Seq{seq}, {}, engine::at_millis(1'700'000'000'000 + static_cast<std::int64_t>(seq)), {}, {}, bid};
}

// `aside_from_bytes`: from where on hashes and leaves are computed by another thread while the disk is waited for.
void commits(benchmark::State& state, fs::path const& parent, Figure& figure, std::size_t aside_from_bytes) {
  auto const batch = static_cast<std::uint64_t>(state.range(0));
  Place const place{parent, "journal"};
  auto keys = good(persistence::KeyStore::open(place.path() / "keys", persistence::Access::ReadWrite));
  auto const journal = good(persistence::Journal::open(
      {.directory = place.path() / "journal", .anchor = place.path() / "ANCHOR", .aside_from_bytes = aside_from_bytes},
      keys));
  good(persistence::recover(*journal, [](auto) -> engine::Result<std::string> { return ""; }, [](auto const&) {}));
  std::string const outcomes(batch * 120, 'o');
  std::vector<engine::Sequenced> frame;
  std::uint64_t seq = 0;
  std::string_view decided;  // nothing before the first commit
  measure(state, figure, state.range(0), [&] {
    if (frame.empty()) {
      for (std::uint64_t i = 0; i < batch; ++i) frame.push_back(bid(++seq));
    } else {
      for (auto& command : frame) command.seq = engine::Seq{++seq};
    }
    good(journal->commit(frame, decided));
    decided = outcomes;
  });
}
void journal(benchmark::State& state, fs::path const& parent, Figure& figure) {
  commits(state, parent, figure, persistence::JournalOptions{}.aside_from_bytes);
}
void journal_inline(benchmark::State& state, fs::path const& parent, Figure& figure) {
  commits(state, parent, figure, std::numeric_limits<std::size_t>::max());
}

// The same bytes through the same environment, and nothing else: no encoding, checksum, chain or anchor.
void raw_frames(benchmark::State& state, fs::path const& parent, Figure& figure) {
  auto const batch = static_cast<std::uint64_t>(state.range(0));
  Place const place{parent, "raw"};
  auto environment = good(persistence::Environment::open(
      place.path(), {.map_bytes = std::size_t{8} << 30, .order = persistence::KeyOrder::Numbers}));
  constexpr std::size_t record_bytes = 108;  // a bid's
  std::string const value(persistence::frame_header_bytes + batch * record_bytes, 'v');
  std::uint64_t seq = 1;
  measure(state, figure, state.range(0), [&] {
    auto transaction = good(environment.write());
    good(transaction.append(seq, {value}));
    good(transaction.commit());
    seq += batch;
  });
}

void disk_floor(benchmark::State& state, fs::path const& parent, Figure& figure) {
  Place const place{parent, "floor"};
  auto file = good(persistence::File::open(place.path() / "data", O_CREAT | O_RDWR));
  std::string const page(4'096, 'p');
  std::uint64_t offset = 0;
  measure(state, figure, 1, [&] {
    good(file.write_at(offset, page));
    if (::fdatasync(file.descriptor()) != 0) std::abort();
    offset += page.size();
  });
}

void register_all(fs::path const& parent, Figures& figures) {
  auto const add = [&](std::string const& name, auto run, std::int64_t batch, int turns) {
    auto& figure = figures[{name, batch}];
    benchmark::RegisterBenchmark(name.c_str(), [run, &parent, &figure](benchmark::State& s) { run(s, parent, figure); })
        ->Arg(batch)
        ->Iterations(turns)
        ->UseManualTime()
        ->Unit(benchmark::kMicrosecond);
  };
  for (auto const& [batch, turns] : {std::pair{1, 1'000}, {8, 1'000}, {64, 800}, {512, 500}, {4'096, 200}}) {
    add("floor", disk_floor, batch, 500);
    add("raw_frames", raw_frames, batch, turns);
    add("journal", journal, batch, turns);
    add("journal_inline", journal_inline, batch, turns);
  }
}

void print_ratios(Figures const& figures) {
  std::printf("\n%8s %14s %12s %12s %14s %16s\n", "batch", "journal rec/s", "p50 us", "x floor p50", "x raw (speed)",
              "x inline (speed)");
  for (auto const& [which, figure] : figures) {
    auto const& [name, batch] = which;
    if (name != "journal" || figure.p50_ns == 0) continue;
    auto const p50 = static_cast<double>(figure.p50_ns);
    auto const floor = static_cast<double>(figures.at({"floor", batch}).p50_ns);
    auto const raw = static_cast<double>(figures.at({"raw_frames", batch}).p50_ns);
    auto const inlined = static_cast<double>(figures.at({"journal_inline", batch}).p50_ns);
    std::printf("%8ld %14.0f %12.1f %12.2f %14.2f %16.2f\n", batch, static_cast<double>(batch) * 1e9 / p50, p50 * 1e-3,
                p50 / floor, raw / p50, inlined / p50);
  }
}

}  // namespace
}  // namespace bench

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  std::filesystem::path const parent = count > 1 ? arguments[1] : ".";
  bench::Figures figures;
  bench::register_all(parent, figures);
  benchmark::RunSpecifiedBenchmarks();
  bench::print_ratios(figures);
  benchmark::Shutdown();
  return 0;
}
