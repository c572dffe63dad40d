// See the header.
#include "bench/load/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace bench::load {
namespace {

constexpr double ns_a_ms = 1e6;
constexpr double same_within = 1.02;
constexpr std::array<std::pair<std::string_view, double>, 4> percents{
    {{"p50", 50}, {"p99", 99}, {"p99.9", 99.9}, {"max", 100}}};

std::vector<double> figures_of(std::vector<Outcome> const& runs, std::string_view name, double percent) {
  std::vector<double> figures;
  for (auto const& run : runs) {
    auto const* measure = run.find(name);
    if (measure == nullptr || measure->total.count() == 0) continue;
    auto const ns = percent >= 100 ? measure->total.max() : measure->total.percentile(percent);
    figures.push_back(static_cast<double>(ns) / ns_a_ms);
  }
  return figures;
}

Verdict judged(Compared const& row, bool is_single) {
  if (is_single) return Verdict::SingleRuns;
  bool const overlap = row.before.most >= row.after.least && row.after.most >= row.before.least;
  if (overlap || (row.ratio < same_within && row.ratio > 1 / same_within)) return Verdict::Same;
  return row.ratio > 1 ? Verdict::Worse : Verdict::Better;
}

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Same:
      return "same within noise";
    case Verdict::Better:
      return "better";
    case Verdict::Worse:
      return "worse";
    case Verdict::SingleRuns:
      break;
  }
  return "single runs: noise unknown";
}

std::string value_of(Outcome const& run, std::string_view name) {
  for (auto const& [key, text] : run.environment)
    if (key == name) return text;
  return {};
}

}  // namespace

Spread spread_of(std::vector<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  auto const half = values.size() / 2;
  auto const median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  return {median, values.front(), values.back()};
}

Comparison compare(std::vector<Outcome> const& before, std::vector<Outcome> const& after) {
  Comparison comparison{before.size(), after.size(), {}, {}};
  bool const is_single = before.size() < 2 || after.size() < 2;
  for (auto const name : measure_names) {
    for (auto const& [word, percent] : percents) {
      auto a = figures_of(before, name, percent), b = figures_of(after, name, percent);
      if (a.empty() || b.empty()) continue;
      Compared row{fmt::format("{} {}", name, word), spread_of(std::move(a)), spread_of(std::move(b))};
      row.ratio = row.before.median > 0 ? row.after.median / row.before.median : 1;
      row.verdict = judged(row, is_single);
      comparison.rows.push_back(row);
    }
  }
  for (auto const* name : {"cores", "cpu", "kernel", "harness_build", "auctions", "suppliers", "watchers"}) {
    auto const a = value_of(before.front(), name), b = value_of(after.front(), name);
    if (a != b) comparison.warnings.push_back(fmt::format("{} differs: {} and {}", name, a, b));
  }
  for (auto const* side : {&before, &after})
    for (auto const& run : *side)
      if (run.name != before.front().name) comparison.warnings.push_back("another scenario: " + run.name);
  return comparison;
}

std::string text_of(Comparison const& comparison) {
  auto out =
      fmt::format("{} runs before, {} runs after; medians in ms, ranges in brackets; a ratio above 1 is slower\n",
                  comparison.runs_before, comparison.runs_after);
  for (auto const& warning : comparison.warnings) out += "  NOTE " + warning + "\n";
  auto const shown = [](Spread const& spread) {
    return fmt::format("{:.3f} [{:.3f} {:.3f}]", spread.median, spread.least, spread.most);
  };
  for (auto const& row : comparison.rows)
    out += fmt::format("  {:<20} {:<30} {:<30} x {:<6.2f} {}\n", row.figure, shown(row.before), shown(row.after),
                       row.ratio, word_of(row.verdict));
  return out;
}

bool is_worse(Comparison const& comparison, double ratio) {
  return std::ranges::any_of(comparison.rows, [&](Compared const& row) {
    bool const is_gate =
        (row.figure.ends_with(" p50") || row.figure.ends_with(" p99")) && !row.figure.starts_with("lateness");
    bool const counts = row.verdict == Verdict::Worse || row.verdict == Verdict::SingleRuns;
    return is_gate && counts && row.ratio > ratio;
  });
}

}  // namespace bench::load
