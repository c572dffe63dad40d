// ebb-load: the load harness as a program. Wiring only.
#include <fmt/format.h>

#include "bench/load/compare.h"
#include "bench/load/options.h"
#include "bench/load/page.h"
#include "bench/load/report.h"
#include "bench/load/run.h"
#include "bench/load/search.h"
#include "bench/load/soak.h"
#include "bench/load/soak_run.h"

namespace {

using namespace bench::load;

constexpr int found_difference = 1, cannot_run = 2, missed_threshold = 3;

int failed(engine::Failure const& failure) {
  fmt::print(stderr, "ebb-load: {}\n", failure.what);
  return cannot_run;
}

int run_once(Options const& options) {
  fmt::print(stderr, "ebb-load seed {}\n", options.seed);
  auto const done = run(options);
  if (!done) return failed(done.error());
  fmt::print("{}", summary(options, done->outcome));
  if (auto const written = write_files(options, *done); !written) return failed(written.error());
  if (!done->outcome.differences.empty()) return found_difference;
  return done->outcome.missed.empty() ? 0 : missed_threshold;
}

int find_rate(Options options) {
  constexpr double ns_a_ms = 1e6;
  auto& phase = options.scenario.phases.front();
  Search search{phase.rate, options.runs_max};
  while (auto const rate = search.next()) {
    phase.rate = *rate;
    auto const done = run(options);
    if (!done) {
      // Above what a lot allows nothing can be shown; below it that is a failure.
      if (!search.best()) return failed(done.error());
      fmt::print("  {:.0f} bids/s cannot be run: {}\n", *rate, done.error().what);
      search.told(*rate, false);
      continue;
    }
    auto const& outcome = done->outcome;
    if (!outcome.differences.empty()) {
      fmt::print("{}", summary(options, outcome));
      return found_difference;
    }
    auto const p99 = static_cast<double>(outcome.find("receipt")->total.percentile(99)) / ns_a_ms;
    auto const late = static_cast<double>(outcome.find("lateness")->total.percentile(99)) / ns_a_ms;
    bool const is_kept = p99 <= options.p99_ms && outcome.errors() == 0;
    fmt::print("  {:.0f} bids/s: p99 {:.2f} ms, harness late p99 {:.2f} ms, {} errors: {}\n", *rate, p99, late,
               outcome.errors(), is_kept ? "kept" : "missed");
    search.told(*rate, is_kept);
  }
  if (!search.best()) {
    fmt::print("no rate kept p99 <= {} ms\n", options.p99_ms);
    return missed_threshold;
  }
  fmt::print("highest rate with p99 <= {} ms: {:.0f} bids/s{}\n", options.p99_ms, *search.best(),
             search.limit() ? fmt::format(" ({:.0f} missed it)", *search.limit()) : " (the limit was not reached)");
  return 0;
}

int soak_it(Options const& options) {
  auto const soaked = soak(options);
  if (!soaked) return failed(soaked.error());
  constexpr double seconds_a_minute = 60;
  // A quarter of the time caches fill, pools grow and the allocator finds its size.
  SoakBounds const bounds{.warmup_s = options.minutes * seconds_a_minute / 4};
  auto findings = soak_findings(soaked->readings, bounds);
  findings.insert(findings.end(), soaked->differences.begin(), soaked->differences.end());
  fmt::print("{} rounds, {} bids\n", soaked->rounds, soaked->bids);
  for (auto const& finding : findings) fmt::print("  FOUND {}\n", finding);
  if (findings.empty()) fmt::print("  the server stayed what it was, and every bid was true\n");
  return findings.empty() ? 0 : found_difference;
}

int report(Options const& options) {
  auto const outcome = read_outcome(options.before.front());
  if (!outcome) return failed(outcome.error());
  auto const written = write_file(options.report_file, page_of(*outcome));
  return written ? 0 : failed(written.error());
}

engine::Result<std::vector<Outcome>> read_all(std::vector<std::string> const& files) {
  std::vector<Outcome> all;
  for (auto const& file : files) {
    auto outcome = read_outcome(file);
    if (!outcome) return std::unexpected(outcome.error());
    all.push_back(std::move(*outcome));
  }
  return all;
}

int compare(Options const& options) {
  auto const before = read_all(options.before);
  if (!before) return failed(before.error());
  auto const after = read_all(options.after);
  if (!after) return failed(after.error());
  auto const comparison = compare(*before, *after);
  fmt::print("{}", text_of(comparison));
  if (!options.report_file.empty())
    if (auto const written = write_file(options.report_file, page_of(comparison, *before, *after)); !written)
      return failed(written.error());
  return options.fail_above > 0 && is_worse(comparison, options.fail_above) ? missed_threshold : 0;
}

}  // namespace

int main(int argc, char** argv) {
  auto const options = read_options(argc, argv);
  if (!options) return options.error();
  switch (options->command) {
    case Command::Run:
      return run_once(*options);
    case Command::Search:
      return find_rate(*options);
    case Command::Soak:
      return soak_it(*options);
    case Command::Report:
      return report(*options);
    case Command::Compare:
      return compare(*options);
  }
  return cannot_run;
}
