// See the header.
#include "bench/load/soak_run.h"

#include <fmt/format.h>

#include <cstdio>
#include <thread>

#include "bench/load/run.h"
#include "bench/load/scraper.h"

namespace bench::load {
namespace {

using namespace std::chrono_literals;

constexpr int readings_a_rest = 3;

}  // namespace

engine::Result<Soaked> soak(Options options) {
  Soaked soaked;
  auto const start = ebb_client::Steady::now();
  auto const until = start + std::chrono::minutes{options.minutes};
  while (ebb_client::Steady::now() < until) {
    ++options.seed;
    auto const done = run(options);
    if (!done) return std::unexpected(done.error());
    ++soaked.rounds;
    auto const& outcome = done->outcome;
    soaked.bids += outcome.of("accepted") + outcome.of("refused");
    soaked.differences.insert(soaked.differences.end(), outcome.differences.begin(), outcome.differences.end());
    for (int i = 0; i < readings_a_rest; ++i) {
      std::this_thread::sleep_for(500ms);
      auto const at = std::chrono::duration<double>(ebb_client::Steady::now() - start).count();
      auto values = ask(options.server);
      if (!values.empty()) soaked.readings.push_back({at, std::move(values)});
    }
    if (soaked.readings.empty()) continue;
    auto const& values = soaked.readings.back().values;
    auto const figure = [&](std::string_view name) {
      auto const found = values.find(name);
      return found == values.end() ? 0 : found->second;
    };
    constexpr double mib = 1 << 20;
    fmt::print(
        "  round {:>3} at {:>5.0f} s: {} bids, rss {:.1f} MiB, heap {:.1f} MiB, {:.0f} descriptors, {:.0f} threads\n",
        soaked.rounds, soaked.readings.back().at_s, soaked.bids, figure("process_rss_bytes") / mib,
        figure("process_heap_bytes") / mib, figure("process_fds"), figure("process_threads"));
    std::fflush(stdout);
  }
  return soaked;
}

}  // namespace bench::load
