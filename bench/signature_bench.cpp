// What the supplier's own signature costs: verifying one, and a signed bid beside an ordinary one in the engine and in
// the journal.
//
//   signature_bench [google benchmark flags]       the journal lies in the working directory: the disk that is meant
//
// With --benchmark_enable_random_interleaving=true --benchmark_repetitions=N the ways take turns, so that a neighbour's
// noise falls on all of them. Times of the engine and of verifying are processor time of the thread. A signed bid of
// the engine has its share of the note that follows, one for 512 bids, as the notary makes them; the journal has one
// there, too. Verifying itself is beside the engine, on a thread of its own.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/hall.h"
#include "gateway/signature.h"
#include "persistence/recovery.h"
#include "tools/client/signer.h"

namespace bench {
namespace {

using ebb_client::Signer;

auto const start = engine::at_millis(1'795'000'000'000);
std::string const house(64, 'a');
constexpr std::uint64_t bids_a_note = 512;
constexpr std::uint64_t bidders = 20;
constexpr std::uint64_t lots = 64;

template <class T>
T good(engine::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().what.c_str());
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

double seconds_now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

engine::LotId lot(std::uint64_t number) {
  return engine::lot_id(engine::InquiryId{1 + number % lots}, 1);
}

// Each falls below the one before it.
engine::PlaceBid bid(std::uint64_t number) {
  engine::PlaceBid bid;
  bid.lot = lot(number);
  bid.bidder = engine::BidderId{1 + number / lots % bidders};
  bid.by = engine::PersonId{100 + bid.bidder.number()};
  bid.price = engine::Money::fen(900'000'000 - static_cast<std::int64_t>(number));
  std::ranges::copy("0190c5d2-7b1e-7cc3-" + std::to_string(100'000'000 + number), bid.key.text.begin());
  return bid;
}

// ---- Verifying ---------------------------------------------------------------------------------------------------

void verify(benchmark::State& state, Signer::Algorithm algorithm) {
  auto const signer = good(Signer::make(algorithm));
  gateway::RegisteredKey const key{engine::OrgId{1}, static_cast<gateway::SigningAlgorithm>(algorithm),
                                   signer.public_key(), engine::Seq{1}, engine::Seq{}};
  engine::BidSigned told{bid(0), engine::Seq{2}, start, {}};
  std::ranges::copy(good(signer.sign(gateway::signed_text(house, told.bid))), told.signature.bytes.begin());
  for (auto _ : state) {
    if (gateway::judge(house, told, key) != gateway::SignatureVerdict::Holds) state.SkipWithError("it does not hold");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK_CAPTURE(verify, ecdsa_p256, Signer::Algorithm::EcdsaP256);
BENCHMARK_CAPTURE(verify, sm2, Signer::Algorithm::Sm2);

// ---- The engine --------------------------------------------------------------------------------------------------

enum class Kind : bool { Ordinary, Signed };

std::unique_ptr<engine::Hall> opened(Kind kind) {
  auto hall = std::make_unique<engine::Hall>();
  engine::Events events;
  for (std::uint64_t i = 0; i < lots; ++i) {
    engine::OpenLot open;
    open.lot = lot(i);
    open.rules.ceiling = engine::Money::fen(1'000'000'000);
    open.rules.decrement = engine::Money::fen(1);
    open.rules.attempts_max = 1'000;
    open.rules.signed_bids = kind == Kind::Signed;
    open.rules.version = engine::version_of(open.rules);
    open.opens_at = start;
    for (std::uint64_t bidder = 1; bidder <= bidders; ++bidder) open.admitted.push_back({engine::BidderId{bidder}, {}});
    hall->apply({engine::Seq{i + 1}, {}, start, {}, {}, open}, events);
  }
  return hall;
}

// So many bids over all lots, each lot noted whenever as many waited as the notary takes at once.
std::vector<engine::Sequenced> stream(Kind kind, std::uint64_t bids) {
  std::vector<engine::Sequenced> commands;
  std::vector<engine::Seq> last(lots);
  auto const next = [&] { return engine::Seq{lots + commands.size() + 1}; };
  for (std::uint64_t i = 0; i < bids; ++i) {
    last[i % lots] = next();
    if (kind == Kind::Ordinary) {
      commands.push_back({next(), {}, start, {}, {}, bid(i)});
      continue;
    }
    commands.push_back({next(), {}, start, {}, {}, engine::PlaceSignedBid{bid(i), {engine::SigningKeyId{1}, {}}}});
    if ((i + 1) % (bids_a_note * lots) != 0) continue;
    for (std::uint64_t each = 0; each < lots; ++each) {
      commands.push_back({next(), {}, start, {}, {}, engine::NoteSignatures{lot(each), last[each], {}}});
    }
  }
  return commands;
}

void decide(benchmark::State& state, Kind kind) {
  constexpr std::uint64_t bids = 2 * bids_a_note * lots;
  auto const commands = stream(kind, bids);
  engine::Events events;
  for (auto _ : state) {
    auto const hall = opened(kind);
    auto const begun = seconds_now();
    for (std::size_t at = 0; at < commands.size(); ++at) {
      if (at % engine::Hall::prefetched_at_once == 0) hall->prefetch(std::span{commands}.subspan(at));
      if (at % 256 == 0) events.clear();
      hall->apply(commands[at], events);
    }
    state.SetIterationTime(seconds_now() - begun);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(bids));
}
BENCHMARK_CAPTURE(decide, ordinary, Kind::Ordinary)->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(decide, signed, Kind::Signed)->UseManualTime()->Unit(benchmark::kMillisecond);

// ---- The journal -------------------------------------------------------------------------------------------------

class Written {
 public:
  explicit Written(std::string const& name) : path_("signature-bench-" + name) {
    std::filesystem::remove_all(path_);
    store_ = good(persistence::open_store({.directory = path_, .tables = {}}));
    good(persistence::recover(
        *store_->journal, [](auto) -> engine::Result<std::string> { return ""; }, [](auto const&) {}));
    store_->journal->measure([this](persistence::Measured const& of) { bytes_ = of.bytes; });
  }
  Written(Written const&) = delete;
  Written& operator=(Written const&) = delete;
  ~Written() {
    store_.reset();
    std::filesystem::remove_all(path_);
  }
  void commit(std::span<engine::Sequenced const> frame) { good(store_->journal->commit(frame, {})); }
  std::size_t bytes() const { return bytes_; }  // of the last frame

 private:
  std::filesystem::path const path_;
  std::optional<persistence::Store> store_;
  std::size_t bytes_ = 0;
};

void commit(benchmark::State& state, Kind kind) {
  auto const bids = static_cast<std::uint64_t>(state.range(0));
  Written journal{kind == Kind::Ordinary ? "ordinary" : "signed"};
  std::vector<engine::Sequenced> frame;
  for (std::uint64_t i = 0; i < bids; ++i) {
    engine::Signature signature{engine::SigningKeyId{1}, {}};
    signature.bytes.fill(static_cast<char>(i));
    engine::Sequenced command{engine::Seq{i + 1}, {}, start, {}, {}, bid(i)};
    if (kind == Kind::Signed) command.command = engine::PlaceSignedBid{bid(i), signature};
    frame.push_back(std::move(command));
  }
  if (kind == Kind::Signed && bids > 1) frame.back().command = engine::NoteSignatures{lot(0), frame.front().seq, {}};
  for (auto _ : state) {
    journal.commit(frame);
    for (auto& command : frame) command.seq = engine::Seq{command.seq.number() + bids};
  }
  state.counters["bytes_a_bid"] = static_cast<double>(journal.bytes()) / static_cast<double>(bids);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(commit, ordinary, Kind::Ordinary)->Arg(1)->Arg(256)->UseRealTime()->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(commit, signed, Kind::Signed)->Arg(1)->Arg(256)->UseRealTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace bench

BENCHMARK_MAIN();
