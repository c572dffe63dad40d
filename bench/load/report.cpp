// Latencies are shown in microseconds and kept in nanoseconds.
#include "bench/load/report.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "tools/client/message.h"

namespace bench::load {
namespace {

using ebb_client::json_text;

constexpr double percents[] = {50, 90, 99, 99.9, 99.99};
constexpr double ns_a_us = 1'000;

std::string line(std::string_view name, HdrHistogram const& histogram) {
  auto out = fmt::format("  {:<22}", name);
  if (histogram.count() == 0) return out + " none\n";
  for (auto const percent : percents)
    out += fmt::format(" p{:<5} {:>9.0f}", percent, static_cast<double>(histogram.percentile(percent)) / ns_a_us);
  return out +
         fmt::format(" max {:>9.0f} us  (n = {})\n", static_cast<double>(histogram.max()) / ns_a_us, histogram.count());
}

std::string json_of(HdrHistogram const& histogram) {
  auto out =
      fmt::format(R"({{"unit":"us","count":{},"clipped":{},"mean":{:.1f},"max":{:.1f})", histogram.count(),
                  histogram.clipped(), histogram.mean() / ns_a_us, static_cast<double>(histogram.max()) / ns_a_us);
  for (auto const percent : percents)
    out += fmt::format(R"(,"p{}":{:.1f})", percent, static_cast<double>(histogram.percentile(percent)) / ns_a_us);
  return out + fmt::format(R"(,"hdr_v2_unit":"ns","hdr_v2":{}}})", json_text(histogram.encode_v2()));
}

bool write(std::string const& file, std::string const& text) {
  std::ofstream out{file};
  out << text;
  return static_cast<bool>(out.flush());
}

std::string each(Result const& result) {
  std::string out;
  for (auto const& [planned, receipt] : result.each) {
    fmt::format_to(std::back_inserter(out), "{} {:.1f}\n",
                   std::chrono::duration_cast<std::chrono::milliseconds>(planned).count(),
                   static_cast<double>(receipt.count()) / ns_a_us);
  }
  return out;
}

}  // namespace

std::string summary(Options const& options, Result const& result) {
  auto out = fmt::format(
      "{} auctions x ({} suppliers + {} watchers), {} bids/s planned, {} s after {} s of warm-up, seed {}\n",
      options.auctions, options.suppliers, options.watchers, options.rate, options.span.count(), options.warmup.count(),
      options.seed);
  out += fmt::format(
      "  {} bids planned, {} accepted, {} refused as planned or by rule; {:.0f} answers/s; {} deliveries to watchers\n",
      result.planned, result.accepted, result.refused,
      static_cast<double>(result.accepted + result.refused) / std::max(result.bidding.count(), 0.001),
      result.delivered);
  if (result.lost + result.busy != 0)
    out += fmt::format("  {} connections lost or not made, {} came back, {} bids sent again, {} told busy\n",
                       result.lost, result.reconnects, result.resends, result.busy);
  out += line("bid to receipt", result.receipt);
  out += line("bid to last watcher", result.last_watcher);
  out += line("harness late by", result.lateness);
  out += "  measured from the moment in the plan, waiting included (no coordinated omission); warm-up not measured\n";
  if (result.differences.empty())
    return out +
           "  verified: every acknowledged bid is in the history once, in order, at its price; winners right; streams "
           "dense\n";
  out += fmt::format("  {} DIFFERENCES\n", result.differences.size());
  for (auto const& difference : result.differences) out += "    " + difference + "\n";
  return out;
}

std::string as_json(Options const& options, Result const& result) {
  auto out = fmt::format(
      R"({{"program":"ebb-load","auctions":{},"suppliers":{},"watchers":{},"rate":{},"seconds":{},"warmup":{},"seed":{},"threads":{},"cores":{},)",
      options.auctions, options.suppliers, options.watchers, options.rate, options.span.count(), options.warmup.count(),
      options.seed, options.threads, std::thread::hardware_concurrency());
  out +=
      R"("statement":"open loop: latencies count from the planned moment of the bid, so waiting is included; bids planned in the warm-up are sent and verified but not measured; harness and server share the machine",)";
  out += fmt::format(
      R"("planned":{},"accepted":{},"refused":{},"measured":{},"delivered":{},"connections":{},"lost":{},"reconnects":{},"resends":{},"busy":{},"bidding_s":{:.3f},"harness_cpu_s":{:.3f},)",
      result.planned, result.accepted, result.refused, result.measured, result.delivered, result.connections,
      result.lost, result.reconnects, result.resends, result.busy, result.bidding.count(), result.harness_cpu.count());
  out += fmt::format(R"("receipt":{},"last_watcher":{},"harness_late":{},"differences":[)", json_of(result.receipt),
                     json_of(result.last_watcher), json_of(result.lateness));
  for (std::size_t i = 0; i < result.differences.size(); ++i)
    out += (i == 0 ? "" : ",") + json_text(result.differences[i]);
  return out + "]}\n";
}

engine::Result<void> write_files(Options const& options, Result const& result) {
  if (!options.each_file.empty() && !write(options.each_file, each(result)))
    return std::unexpected(engine::Failure{options.each_file + ": cannot be written"});
  if (options.json_file.empty()) return {};
  if (!write(options.json_file, as_json(options, result)) ||
      !write(options.json_file + ".receipt.hgrm", result.receipt.hgrm(ns_a_us)) ||
      !write(options.json_file + ".watchers.hgrm", result.last_watcher.hgrm(ns_a_us)))
    return std::unexpected(engine::Failure{options.json_file + ": cannot be written"});
  return {};
}

}  // namespace bench::load
