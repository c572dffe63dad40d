// See the header.
#include "bench/load/soak.h"

#include <fmt/format.h>

namespace bench::load {
namespace {

double figure_of(Reading const& reading, std::string_view name) {
  auto const found = reading.values.find(name);
  return found == reading.values.end() ? 0 : found->second;
}

constexpr std::size_t readings_min = 4;

}  // namespace

double slope(std::vector<Reading> const& readings, std::string_view figure) {
  auto const count = static_cast<double>(readings.size());
  double x = 0, y = 0, xx = 0, xy = 0;
  for (auto const& reading : readings) {
    auto const value = figure_of(reading, figure);
    x += reading.at_s;
    y += value;
    xx += reading.at_s * reading.at_s;
    xy += reading.at_s * value;
  }
  auto const spread = count * xx - x * x;
  return spread <= 0 ? 0 : (count * xy - x * y) / spread;
}

std::vector<std::string> soak_findings(std::vector<Reading> const& readings, SoakBounds const& bounds) {
  std::vector<Reading> settled;
  for (auto const& reading : readings)
    if (reading.at_s >= bounds.warmup_s) settled.push_back(reading);
  if (settled.size() < readings_min)
    return {fmt::format("{} readings behind the warm-up, {} are needed", settled.size(), readings_min)};
  std::vector<std::string> findings;
  auto const span = settled.back().at_s - settled.front().at_s;
  auto const hold = [&](std::string_view figure, std::string_view what, double bound) {
    auto const grown = slope(settled, figure) * span;
    if (figure_of(settled.back(), figure) <= 0)
      findings.push_back(fmt::format("{}: not read", what));
    else if (grown > bound)
      findings.push_back(fmt::format("{}: grew by {:.0f} in {:.0f} s, {:.0f} is the bound", what, grown, span, bound));
  };
  auto const commands = figure_of(settled.back(), "ebb_journal_commands_total") -
                        figure_of(settled.front(), "ebb_journal_commands_total");
  hold("process_fds", "file descriptors", bounds.fds);
  hold("process_threads", "threads", bounds.threads);
  hold("process_heap_bytes", "heap bytes", bounds.heap_bytes + bounds.heap_bytes_a_command * commands);
  return findings;
}

}  // namespace bench::load
