// A name is a measure, a percentile and its unit: "receipt" + "p99" + "ms".
#include "bench/load/thresholds.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace bench::load {
namespace {

constexpr double ns_a_ms = 1e6;
constexpr std::array<std::pair<std::string_view, double>, 6> percents{
    {{"_p50_ms", 50}, {"_p90_ms", 90}, {"_p99_ms", 99}, {"_p99_9_ms", 99.9}, {"_p99_99_ms", 99.99}, {"_max_ms", 100}}};

struct Percentile {
  std::string_view measure;
  double percent;
};

std::optional<Percentile> percentile_of(std::string_view name) {
  for (auto const& [ending, percent] : percents) {
    if (!name.ends_with(ending)) continue;
    auto const measure = name.substr(0, name.size() - ending.size());
    for (auto const known : measure_names)
      if (measure == known) return Percentile{known, percent};
  }
  return std::nullopt;
}

}  // namespace

bool is_threshold(std::string_view name) {
  return name == "errors" || name == "answered_share" || percentile_of(name).has_value();
}

std::string threshold_names() {
  return fmt::format(
      "errors, answered_share, or one of {} with _p50_ms, _p90_ms, _p99_ms, _p99_9_ms, _p99_99_ms or _max_ms",
      fmt::join(measure_names, ", "));
}

std::string Missed::text() const {
  return fmt::format("threshold missed: {} = {}, measured {}", name, bound, actual);
}

std::vector<Missed> missed(Outcome const& outcome, std::vector<Threshold> const& thresholds) {
  std::vector<Missed> all;
  for (auto const& [name, bound] : thresholds) {
    if (name == "errors") {
      auto const errors = static_cast<double>(outcome.errors());
      if (errors > bound) all.push_back({name, bound, fmt::format("{}", errors)});
    } else if (name == "answered_share") {
      auto const planned = static_cast<double>(outcome.of("planned"));
      auto const share =
          planned > 0 ? static_cast<double>(outcome.of("accepted") + outcome.of("refused")) / planned : 0;
      if (share < bound) all.push_back({name, bound, fmt::format("{:.4f}", share)});
    } else if (auto const wanted = percentile_of(name)) {
      auto const* measure = outcome.find(wanted->measure);
      if (measure == nullptr || measure->total.count() == 0) {
        all.push_back({name, bound, "nothing"});
        continue;
      }
      auto const ns = wanted->percent >= 100 ? measure->total.max() : measure->total.percentile(wanted->percent);
      auto const ms = static_cast<double>(ns) / ns_a_ms;
      if (ms > bound) all.push_back({name, bound, fmt::format("{:.3f}", ms)});
    }
  }
  return all;
}

}  // namespace bench::load
