// A load run as a file: how many, which phases one after the other, and what must hold at the end.
//
//   [server]      address
//   [run]         auctions, suppliers, watchers, warmup_s, seed, threads, processes
//   [[phase]]     kind, name, seconds, rate, and what belongs to that kind
//   [thresholds]  receipt_p99_ms, errors, …
//
// Failure: a ScenarioFault says file, line, key, what was expected and what was found. An unknown key, a key of another
// kind of phase and a missing one are refused: a misspelt rate must not quietly measure something else.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bench::load {

enum class PhaseKind : std::uint8_t {
  Steady = 0,          // one rate
  Ramp = 1,            // from one rate to another
  BurstAtClose = 2,    // a heap of bids in the last second before the lots end; always the last phase
  HotLot = 3,          // most bids go to one lot
  ReconnectStorm = 4,  // all clients drop at once and come back
  SlowReaders = 5,     // some watchers stop reading, for a while or for good
  Mixed = 6,           // with reads over REST
  Churn = 7,           // further watchers join and leave
};

struct Phase {
  PhaseKind kind = PhaseKind::Steady;
  std::string name;
  std::chrono::seconds span{20};
  double rate = 200;      // bids a second over all lots
  double to_rate = 200;   // Ramp: at its end
  double hot_share = 0;   // HotLot: of the bids
  double bids = 0;        // BurstAtClose: besides the rate, in the last second
  double every_s = 0;     // ReconnectStorm: between two of them; the first comes after half of it
  double slow_share = 0;  // SlowReaders: of the watchers
  double stop_s = 0;      // SlowReaders: how long each stops; 0: for good
  double rest_rate = 0;   // Mixed: requests a second
  double joins_a_s = 0;   // Churn: further watchers a second
  double stay_s = 0;      // Churn: how long each stays
};

// A bound on one figure of the result, by its name in the file.
struct Threshold {
  std::string name;
  double bound = 0;
};

struct Scenario {
  std::string name = "steady";
  std::string server;  // empty: the command line says it
  std::uint32_t auctions = 10;
  std::uint32_t suppliers = 10;
  std::uint32_t watchers = 10;
  std::chrono::seconds warmup{5};  // before the first phase, at its rate: sent and checked but not measured
  std::optional<std::uint64_t> seed;
  std::uint32_t threads = 1;
  std::uint32_t processes = 1;
  std::vector<Phase> phases;
  std::vector<Threshold> thresholds;

  std::chrono::seconds span() const;  // of all phases
};

struct ScenarioFault {
  std::string where;
  std::uint32_t line = 0;  // 0: none
  std::string key;
  std::string expected;
  std::string found;

  std::string text() const;
};

std::string_view word_of(PhaseKind kind);
// `where` is for the words of a fault.
std::expected<Scenario, ScenarioFault> scenario_from(std::string_view toml, std::string const& where);
std::expected<Scenario, ScenarioFault> read_scenario(std::string const& file);
// What no single key can get wrong; also for a scenario that was made from flags.
std::optional<ScenarioFault> judge(Scenario const& scenario, std::string const& where);

}  // namespace bench::load
