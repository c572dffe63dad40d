// What a bid costs at the gate: its text read, its update written, and the update handed to a thousand clients.
//
//   wire_bench [google benchmark flags]
//
// The clients here only count: what a socket costs is fan_out's and ebb-load's business.
#include <benchmark/benchmark.h>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "gateway/board.h"
#include "gateway/hub.h"
#include "gateway/json_reader.h"
#include "gateway/wire.h"

namespace bench {
namespace {

using engine::Money;

auto const lot = engine::lot_id(engine::InquiryId{12}, 1);
auto const start = engine::at_millis(1'795'000'000'000);

engine::LotScheduled scheduled(std::uint64_t bidders) {
  engine::LotRules rules;
  rules.ceiling = Money::fen(engine::limits::money_fen_max);
  rules.decrement = Money::fen(1);
  engine::OpenLot open{lot, rules, start, {}, {}};
  for (std::uint64_t i = 1; i <= bidders; ++i) open.admitted.push_back({engine::BidderId{i}, {}});
  return {lot, std::move(open), start, start};
}

// The leader undercuts itself, fen by fen.
class Falling {
 public:
  engine::BidAccepted next() {
    ++bids_;
    auto const price = Money::fen(engine::limits::money_fen_max - static_cast<std::int64_t>(bids_));
    engine::Receipt const receipt{lot, engine::BidderId{1}, gateway::read_key("k").value(), engine::Seq{bids_}, start,
                                  0,   std::nullopt};
    return {receipt, {price, 1, static_cast<std::uint16_t>(bids_ == 1 ? 0 : 1), price, engine::BidderId{1}}};
  }

 private:
  std::uint64_t bids_ = 0;
};

class Counter final : public gateway::Client {
 public:
  explicit Counter(std::uint64_t number) : number_(number) {}
  std::uint64_t number() const override { return number_; }
  std::optional<modules::Actor> const& actor() const override { return nobody_; }
  void deliver(gateway::Message message) override { bytes_ += message->size(); }
  void close(gateway::CloseCode) override {}

 private:
  std::uint64_t number_;
  std::uint64_t bytes_ = 0;
  std::optional<modules::Actor> nobody_;
};

class NoTables final : public engine::TableReader, public engine::Snapshots {
 public:
  std::optional<std::string> get(std::string_view, std::string_view) const override { return std::nullopt; }
  void scan(std::string_view, std::string_view,
            std::function<Scan(std::string_view, std::string_view)> const&) const override {}
  void scan_back(std::string_view, std::string_view,
                 std::function<Scan(std::string_view, std::string_view)> const&) const override {}
  std::unique_ptr<engine::TableReader const> snapshot() const override { return std::make_unique<NoTables>(); }
};

class Open final : public modules::Sight {
 public:
  Side side(engine::InquiryId, modules::Actor const*, engine::TableReader const&) const override {
    return Side::Public;
  }
  std::vector<engine::LotId> lots(engine::InquiryId, engine::TableReader const&) const override { return {lot}; }
  std::string title(engine::LotId, engine::TableReader const&) const override { return "复印纸 A4"; }
  std::string name(engine::OrgId, engine::TableReader const&) const override { return "供应商"; }
  bool shows_bid(engine::LotId, engine::BidderId, engine::Seq, modules::Actor const&,
                 engine::TableReader const&) const override {
    return false;
  }
};

void decode_bid(benchmark::State& state) {
  gateway::Decoder decoder;
  std::string_view const text =
      R"({"type":"bid","lot":"12-1","price":"98000.00","key":"0190c5d2-7b1e-7cc3-98c4-dc0c0c07398f"})";
  for (auto _ : state) benchmark::DoNotOptimize(decoder.decode(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(decode_bid);

void parse_body(benchmark::State& state) {
  std::string_view const text =
      R"({"title":"复印纸","lots":[{"title":"A4","ceiling":"98000.00","rules":{"format":"reverse","decrement":"10.00"}}]})";
  for (auto _ : state) benchmark::DoNotOptimize(gateway::parse(text));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(parse_body);

void fold_and_encode_public_update(benchmark::State& state) {
  gateway::Picture picture{scheduled(10)};
  gateway::Board board{picture};
  board.open(gateway::Topic::View::Public);
  Falling falling;
  std::vector<gateway::Topic*> news;
  for (auto _ : state) {
    news.clear();
    picture.fold(falling.next());
    board.tell(start, {"复印纸 A4", ""}, news);
    picture.settle(start);
    benchmark::DoNotOptimize(news);
  }
}
BENCHMARK(fold_and_encode_public_update);

// A turn of one bid, from publish() to the last of the clients.
void turn_to_clients(benchmark::State& state) {
  auto const clients = static_cast<std::uint64_t>(state.range(0));
  std::deque<std::function<void()>> queue;
  auto const run = [&] {
    while (!queue.empty()) {
      auto const work = std::move(queue.front());
      queue.pop_front();
      work();
    }
  };
  Open const sight;
  NoTables const tables;
  gateway::Hub hub{[&](std::function<void()> work) { queue.push_back(std::move(work)); }, "e", sight, tables};
  auto const publish = [&](engine::Event event) {
    auto turn = std::make_unique<engine::Turn>();
    turn->events.push_back(std::move(event));
    turn->decided.push_back({engine::Seq{1}, {}, start, {}, 0, 1});
    hub.publish(std::move(turn));
    run();
  };
  publish(scheduled(10));
  for (std::uint64_t i = 1; i <= clients; ++i) {
    hub.join(std::make_shared<Counter>(i));
    hub.subscribe(i, "s", {engine::InquiryId{12}}, {});
  }
  run();
  Falling falling;
  for (auto _ : state) publish(falling.next());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(clients));
}
BENCHMARK(turn_to_clients)->Arg(1)->Arg(1'000)->Arg(10'000);

}  // namespace
}  // namespace bench

BENCHMARK_MAIN();
