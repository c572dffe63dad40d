// Latencies are shown in microseconds and kept in nanoseconds.
#include "bench/load/report.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace bench::load {
namespace {

constexpr double percents[] = {50, 90, 99, 99.9, 99.99};
constexpr double ns_a_us = 1'000;
constexpr double ns_a_ms = 1e6;

std::string line(std::string_view name, HdrHistogram const& histogram) {
  auto out = fmt::format("  {:<22}", name);
  if (histogram.count() == 0) return out + " none\n";
  for (auto const percent : percents)
    out += fmt::format(" p{:<5} {:>9.0f}", percent, static_cast<double>(histogram.percentile(percent)) / ns_a_us);
  return out +
         fmt::format(" max {:>9.0f} us  (n = {})\n", static_cast<double>(histogram.max()) / ns_a_us, histogram.count());
}

std::string_view said(std::string_view measure) {
  if (measure == "receipt") return "bid to receipt";
  if (measure == "last_watcher") return "bid to last watcher";
  if (measure == "lateness") return "harness late by";
  if (measure == "rest") return "read over REST";
  if (measure == "join") return "watcher joins";
  return "back after a storm";
}

std::string each(Run const& run) {
  std::string out;
  for (auto const& [planned, receipt] : run.each) {
    fmt::format_to(std::back_inserter(out), "{} {:.1f}\n",
                   std::chrono::duration_cast<std::chrono::milliseconds>(planned).count(),
                   static_cast<double>(receipt.count()) / ns_a_us);
  }
  return out;
}

std::string phases(Outcome const& outcome) {
  std::string out;
  auto const* receipt = outcome.find("receipt");
  if (receipt == nullptr || outcome.bands.size() < 2) return out;
  for (auto const& band : outcome.bands) out += line("  " + band.name, part_of(*receipt, band.from_s, band.to_s));
  return "  bid to receipt by phase\n" + out;
}

}  // namespace

std::string summary(Options const& options, Outcome const& outcome) {
  auto const& scenario = options.scenario;
  auto out = fmt::format("{}: {} auctions x ({} suppliers + {} watchers), {} s after {} s of warm-up, seed {}\n",
                         scenario.name, scenario.auctions * scenario.processes, scenario.suppliers, scenario.watchers,
                         scenario.span().count(), scenario.warmup.count(), options.seed);
  out += fmt::format(
      "  {} bids planned, {} accepted, {} refused as planned or by rule; {:.0f} answers/s; {} deliveries to watchers\n",
      outcome.of("planned"), outcome.of("accepted"), outcome.of("refused"), outcome.answers_a_second(),
      outcome.of("delivered"));
  if (outcome.of("lost") + outcome.of("busy") + outcome.of("dropped") + outcome.of("closed_slow") != 0)
    out += fmt::format(
        "  {} connections lost, {} dropped on purpose, {} closed as slow, {} came back; {} bids sent again, {} told "
        "busy\n",
        outcome.of("lost"), outcome.of("dropped"), outcome.of("closed_slow"), outcome.of("reconnects"),
        outcome.of("resends"), outcome.of("busy"));
  for (auto const name : measure_names) {
    auto const* measure = outcome.find(name);
    if (measure != nullptr) out += line(said(name), measure->total);
  }
  out += phases(outcome);
  out += "  measured from the moment in the plan, waiting included (no coordinated omission); warm-up not measured\n";
  for (auto const& miss : outcome.missed) out += "  " + miss + "\n";
  if (outcome.differences.empty())
    return out +
           "  verified: every acknowledged bid is in the history once, in order, at its price; winners right; streams "
           "dense\n";
  out += fmt::format("  {} DIFFERENCES\n", outcome.differences.size());
  for (auto const& difference : outcome.differences) out += "    " + difference + "\n";
  return out;
}

std::string interval_log(Outcome const& outcome) {
  auto out = fmt::format(
      "#[Histogram log format version 1.3]\n#[StartTime: {:.3f} (seconds since epoch), {}]\n"
      "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n",
      static_cast<double>(outcome.started_ms) / 1e3, outcome.started);
  std::size_t seconds = 0;
  for (auto const& measure : outcome.measures) seconds = std::max(seconds, measure.seconds.size());
  for (std::size_t second = 0; second < seconds; ++second) {
    for (auto const& measure : outcome.measures) {
      if (second >= measure.seconds.size() || measure.seconds[second].empty()) continue;
      auto const here = HdrHistogram::decode_v2(measure.seconds[second]);
      if (!here) continue;
      out += fmt::format("Tag={},{:.3f},{:.3f},{:.3f},{}\n", measure.name,
                         static_cast<double>(outcome.started_ms) / 1e3 + static_cast<double>(second), 1.0,
                         static_cast<double>(here->max()) / ns_a_ms, measure.seconds[second]);
    }
  }
  return out;
}

engine::Result<void> write_file(std::string const& file, std::string const& text) {
  std::ofstream out{file};
  out << text;
  if (!out.flush()) return std::unexpected(engine::Failure{file + ": cannot be written"});
  return {};
}

engine::Result<void> write_files(Options const& options, Run const& run) {
  auto const& outcome = run.outcome;
  if (!options.each_file.empty())
    if (auto const written = write_file(options.each_file, each(run)); !written) return written;
  if (!options.interval_log.empty())
    if (auto const written = write_file(options.interval_log, interval_log(outcome)); !written) return written;
  if (options.json_file.empty()) return {};
  for (auto const& measure : outcome.measures) {
    auto const file = fmt::format("{}.{}.hgrm", options.json_file, measure.name);
    if (auto const written = write_file(file, measure.total.hgrm(ns_a_us)); !written) return written;
  }
  return write_file(options.json_file, to_json(outcome));
}

}  // namespace bench::load
