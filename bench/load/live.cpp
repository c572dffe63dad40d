// See the header.
#include "bench/load/live.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace bench::load {
namespace {

using ebb_client::Steady;

double in_ms(std::int64_t ns) {
  return static_cast<double>(ns) / 1e6;
}

}  // namespace

Live::Live(Options const& options, Plan const& plan, Counters& counters, Scraper const& scraper)
    : options_(options),
      plan_(plan),
      counters_(counters),
      scraper_(scraper),
      is_screen_(isatty(STDOUT_FILENO) != 0 && isatty(STDERR_FILENO) != 0) {}

std::string Live::line() const {
  return fmt::format("{} waiting, {} deliveries, {} lost connections", counters_.sent - counters_.answered,
                     counters_.delivered.load(), counters_.lost.load());
}

std::string_view Live::phase_at(double at_s) const {
  double ends = static_cast<double>(options_.scenario.warmup.count());
  if (at_s < ends) return "warm-up";
  for (auto const& phase : options_.scenario.phases) {
    ends += static_cast<double>(phase.span.count());
    if (at_s < ends) return phase.name;
  }
  return "waiting for the last answers";
}

std::string Live::server_cpu() {
  auto const values = scraper_.newest();
  auto const cpu = values.find("process_cpu_s");
  if (cpu == values.end()) return "unknown";
  auto const before = std::exchange(cpu_before_, cpu->second);
  return before < 0 ? "…" : fmt::format("{:.0f} %", (cpu->second - before) * 100);
}

std::string Live::screen(double at_s) {
  auto const recent = counters_.recent.take();
  std::uint64_t offered = 0;
  for (; due_ < plan_.bids.size() && std::chrono::duration<double>(plan_.bids[due_].due).count() <= at_s; ++due_)
    ++offered;
  auto const answered = counters_.answered.load();
  auto const answered_now = answered - std::exchange(answered_before_, answered);
  std::string out = fmt::format("ebb-load  {}  seed {}\n\n", options_.scenario.name, options_.seed);
  out += fmt::format("  phase 阶段        {} ({:.0f} of {} s)\n", phase_at(at_s), at_s, options_.all_span().count());
  out += fmt::format("  bids/s 报价/秒     offered {}  answered {}  waiting {}\n", offered, answered_now,
                     counters_.sent.load() - answered);
  out += fmt::format("  receipt 回执 ms    p50 {:.2f}  p99 {:.2f}  max {:.2f}\n", in_ms(recent.receipt.percentile(50)),
                     in_ms(recent.receipt.percentile(99)), in_ms(recent.receipt.max()));
  out += fmt::format("  harness late 迟发  p50 {:.2f}  p99 {:.2f}  max {:.2f}\n", in_ms(recent.lateness.percentile(50)),
                     in_ms(recent.lateness.percentile(99)), in_ms(recent.lateness.max()));
  out += fmt::format("  errors 错误        {} unplanned answers, {} lost connections ({} dropped on purpose)\n",
                     counters_.unplanned.load(), counters_.lost.load(), counters_.dropped.load());
  return out + fmt::format("  server CPU 服务器  {}\n", server_cpu());
}

void Live::show(Steady::time_point start) {
  auto const now = Steady::now();
  if (now < start || now - drawn_ < std::chrono::seconds{1}) return;
  drawn_ = now;
  // Home, and everything below it anew.
  fmt::print("\x1b[H\x1b[2J{}", screen(std::chrono::duration<double>(now - start).count()));
  std::fflush(stdout);
}

}  // namespace bench::load
