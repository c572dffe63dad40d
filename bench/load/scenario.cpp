// One table a section says every key; toml++ throws for what is no TOML, and that ends here.
#include "bench/load/scenario.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

#include "bench/load/thresholds.h"

namespace bench::load {
namespace {

using Wrong = std::optional<ScenarioFault>;

constexpr std::array<std::string_view, 8> words{"steady",          "ramp",         "burst_at_close", "hot_lot",
                                                "reconnect_storm", "slow_readers", "mixed",          "churn"};

struct RunKey {
  std::string_view name;
  std::uint32_t Scenario::* field;
  std::int64_t least, most;
};
constexpr std::array run_keys{
    RunKey{"auctions", &Scenario::auctions, 1, 10'000}, RunKey{"suppliers", &Scenario::suppliers, 3, 256},
    RunKey{"watchers", &Scenario::watchers, 0, 10'000}, RunKey{"threads", &Scenario::threads, 1, 64},
    RunKey{"processes", &Scenario::processes, 1, 64},
};

// A number of a phase: whose it is, and whether that kind cannot do without.
struct PhaseKey {
  std::string_view name;
  double Phase::* field;
  double least, most;
  std::optional<PhaseKind> only;  // nullopt: of every kind
};
constexpr std::array phase_keys{
    PhaseKey{"rate", &Phase::rate, 0.1, 1e6, std::nullopt},
    PhaseKey{"to_rate", &Phase::to_rate, 0.1, 1e6, PhaseKind::Ramp},
    PhaseKey{"bids", &Phase::bids, 1, 1e6, PhaseKind::BurstAtClose},
    PhaseKey{"hot_share", &Phase::hot_share, 0.01, 1, PhaseKind::HotLot},
    PhaseKey{"every_s", &Phase::every_s, 0.5, 3'600, PhaseKind::ReconnectStorm},
    PhaseKey{"slow_share", &Phase::slow_share, 0.01, 1, PhaseKind::SlowReaders},
    PhaseKey{"stop_s", &Phase::stop_s, 0, 3'600, PhaseKind::SlowReaders},
    PhaseKey{"rest_rate", &Phase::rest_rate, 0.1, 1e5, PhaseKind::Mixed},
    PhaseKey{"joins_a_s", &Phase::joins_a_s, 0.1, 1e4, PhaseKind::Churn},
    PhaseKey{"stay_s", &Phase::stay_s, 0.1, 3'600, PhaseKind::Churn},
};

std::string shown(toml::node const& node) {
  if (auto const* text = node.as_string()) return fmt::format("\"{}\"", text->get());
  if (auto const* whole = node.as_integer()) return fmt::format("{}", whole->get());
  if (auto const* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  return node.is_boolean() ? "true or false" : "a date or time";
}

ScenarioFault fault(toml::node const& at, std::string key, std::string expected, std::string found) {
  return {{}, at.source().begin.line, std::move(key), std::move(expected), std::move(found)};
}

Wrong take_whole(toml::node const& node, std::string const& key, std::int64_t least, std::int64_t most,
                 std::int64_t& out) {
  auto const* number = node.as_integer();
  if (number == nullptr || number->get() < least || number->get() > most)
    return fault(node, key, fmt::format("a whole number from {} to {}", least, most), shown(node));
  out = number->get();
  return std::nullopt;
}

Wrong take_number(toml::node const& node, std::string const& key, double least, double most, double& out) {
  auto const number = node.value<double>();
  if (!node.is_number() || !number || !std::isfinite(*number) || *number < least || *number > most)
    return fault(node, key, fmt::format("a number from {} to {}", least, most), shown(node));
  out = *number;
  return std::nullopt;
}

Wrong take_text(toml::node const& node, std::string const& key, std::string& out) {
  auto const* text = node.as_string();
  if (text == nullptr || text->get().empty()) return fault(node, key, "a text", shown(node));
  out = text->get();
  return std::nullopt;
}

Wrong read_run(toml::table const& rows, Scenario& scenario) {
  for (auto const& [name, node] : rows) {
    auto const key = fmt::format("run.{}", name.str());
    std::int64_t whole = 0;
    if (name.str() == "warmup_s") {
      if (auto wrong = take_whole(node, key, 0, 600, whole)) return wrong;
      scenario.warmup = std::chrono::seconds{whole};
    } else if (name.str() == "seed") {
      if (auto wrong = take_whole(node, key, 0, INT64_MAX, whole)) return wrong;
      scenario.seed = static_cast<std::uint64_t>(whole);
    } else {
      auto const known = std::ranges::find(run_keys, name.str(), &RunKey::name);
      if (known == run_keys.end())
        return fault(node, key, "auctions, suppliers, watchers, warmup_s, seed, threads or processes",
                     "an unknown key");
      if (auto wrong = take_whole(node, key, known->least, known->most, whole)) return wrong;
      scenario.*known->field = static_cast<std::uint32_t>(whole);
    }
  }
  return std::nullopt;
}

std::string keys_of(PhaseKind kind) {
  std::string all = "kind, name, seconds";
  for (auto const& key : phase_keys)
    if (!key.only || *key.only == kind) all += fmt::format(", {}", key.name);
  return all;
}

Wrong read_kind(toml::table const& rows, std::string const& key, Phase& phase) {
  auto const* node = rows.get("kind");
  if (node == nullptr) return fault(rows, key + ".kind", fmt::format("one of: {}", fmt::join(words, " ")), "nothing");
  std::string word;
  if (auto wrong = take_text(*node, key + ".kind", word)) return wrong;
  auto const found = std::ranges::find(words, word);
  if (found == words.end())
    return fault(*node, key + ".kind", fmt::format("one of: {}", fmt::join(words, " ")), shown(*node));
  phase.kind = static_cast<PhaseKind>(found - words.begin());
  phase.name = word;
  return std::nullopt;
}

Wrong read_phase(toml::table const& rows, std::string const& place, Phase& phase) {
  if (auto wrong = read_kind(rows, place, phase)) return wrong;
  for (auto const& [name, node] : rows) {
    auto const key = fmt::format("{}.{}", place, name.str());
    if (name.str() == "kind") continue;
    if (name.str() == "name") {
      if (auto wrong = take_text(node, key, phase.name)) return wrong;
      continue;
    }
    if (name.str() == "seconds") {
      std::int64_t whole = 0;
      if (auto wrong = take_whole(node, key, 1, 3'600, whole)) return wrong;
      phase.span = std::chrono::seconds{whole};
      continue;
    }
    auto const known = std::ranges::find(phase_keys, name.str(), &PhaseKey::name);
    if (known == phase_keys.end() || (known->only && *known->only != phase.kind))
      return fault(node, key, fmt::format("of a phase {}: {}", word_of(phase.kind), keys_of(phase.kind)),
                   known == phase_keys.end() ? "an unknown key" : "a key of another kind");
    if (auto wrong = take_number(node, key, known->least, known->most, phase.*known->field)) return wrong;
  }
  for (auto const& known : phase_keys) {
    bool const is_due = !known.only || *known.only == phase.kind;
    if (is_due && !rows.contains(known.name))
      return fault(rows, fmt::format("{}.{}", place, known.name),
                   fmt::format("a number from {} to {}", known.least, known.most), "nothing");
  }
  if (!rows.contains("seconds")) return fault(rows, place + ".seconds", "a whole number from 1 to 3600", "nothing");
  return std::nullopt;
}

Wrong read_phases(toml::node const& node, Scenario& scenario) {
  auto const* list = node.as_array();
  if (list == nullptr) return fault(node, "phase", "[[phase]], one or more", shown(node));
  for (auto const& each : *list) {
    auto const place = fmt::format("phase[{}]", scenario.phases.size() + 1);
    auto const* rows = each.as_table();
    if (rows == nullptr) return fault(each, place, "a table", shown(each));
    if (auto wrong = read_phase(*rows, place, scenario.phases.emplace_back())) return wrong;
  }
  return std::nullopt;
}

Wrong read_thresholds(toml::table const& rows, Scenario& scenario) {
  for (auto const& [name, node] : rows) {
    auto const key = fmt::format("thresholds.{}", name.str());
    if (!is_threshold(name.str())) return fault(node, key, threshold_names(), "an unknown key");
    auto& threshold = scenario.thresholds.emplace_back(Threshold{std::string{name.str()}, 0});
    if (auto wrong = take_number(node, key, 0, 1e9, threshold.bound)) return wrong;
  }
  return std::nullopt;
}

Wrong read_section(std::string_view name, toml::node const& node, Scenario& scenario) {
  if (name == "name") return take_text(node, "name", scenario.name);
  if (name == "phase") return read_phases(node, scenario);
  if (name != "server" && name != "run" && name != "thresholds")
    return fault(node, std::string{name}, "name, [server], [run], [[phase]] or [thresholds]", "an unknown key");
  auto const* rows = node.as_table();
  if (rows == nullptr) return fault(node, std::string{name}, "a table", shown(node));
  if (name == "run") return read_run(*rows, scenario);
  if (name == "thresholds") return read_thresholds(*rows, scenario);
  for (auto const& [key, value] : *rows) {
    if (key.str() != "address") return fault(value, fmt::format("server.{}", key.str()), "address", "an unknown key");
    if (auto wrong = take_text(value, "server.address", scenario.server)) return wrong;
  }
  return std::nullopt;
}

}  // namespace

std::string_view word_of(PhaseKind kind) {
  return words[static_cast<std::size_t>(kind)];
}

std::chrono::seconds Scenario::span() const {
  std::chrono::seconds all{0};
  for (auto const& phase : phases) all += phase.span;
  return all;
}

std::string ScenarioFault::text() const {
  auto const at = line == 0 ? where : fmt::format("{}:{}", where, line);
  return fmt::format("{}: {}{}expected {}, found {}", at, key, key.empty() ? "" : ": ", expected, found);
}

std::expected<Scenario, ScenarioFault> scenario_from(std::string_view toml, std::string const& where) {
  Scenario scenario;
  try {
    auto const parsed = toml::parse(toml);
    for (auto const& [name, node] : parsed) {
      auto wrong = read_section(name.str(), node, scenario);
      if (!wrong) continue;
      wrong->where = where;
      return std::unexpected{*wrong};
    }
  } catch (toml::parse_error const& error) {
    return std::unexpected{ScenarioFault{where, error.source().begin.line, "", "a readable file in TOML",
                                         std::string{error.description()}}};
  }
  if (auto wrong = judge(scenario, where)) return std::unexpected{*wrong};
  return scenario;
}

std::expected<Scenario, ScenarioFault> read_scenario(std::string const& file) {
  std::ifstream in{file};
  if (!in) return std::unexpected{ScenarioFault{file, 0, "", "a readable file", "none"}};
  return scenario_from(std::string{std::istreambuf_iterator<char>{in}, {}}, file);
}

Wrong judge(Scenario const& scenario, std::string const& where) {
  if (scenario.phases.empty()) return ScenarioFault{where, 0, "phase", "one or more [[phase]]", "none"};
  for (std::size_t i = 0; i + 1 < scenario.phases.size(); ++i)
    if (scenario.phases[i].kind == PhaseKind::BurstAtClose)
      return ScenarioFault{where, 0, fmt::format("phase[{}].kind", i + 1),
                           "burst_at_close as the last phase, since the lots end with it", "a phase behind it"};
  if (scenario.span() > std::chrono::hours{12})
    return ScenarioFault{where, 0, "phase", "12 hours at most, all together",
                         fmt::format("{} s", scenario.span().count())};
  for (auto const& phase : scenario.phases)
    if (phase.kind == PhaseKind::SlowReaders && phase.slow_share >= 1 && scenario.watchers == 0)
      return ScenarioFault{where, 0, "run.watchers", "watchers that can be slow", "0"};
  return std::nullopt;
}

}  // namespace bench::load
