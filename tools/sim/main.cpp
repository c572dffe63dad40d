// ebb-sim: as many days of the simulated market as one has patience for, each from its seed.
//
//   ebb-sim --seeds 1000000 --threads --minutes 30
//
// Prints progress and a rate; a broken promise is said with its seed and ends the run with 1. An abort of the engine
// says the seed too (market.h); `EBB_SEED=<n> simulation_market_test` lives that day again when the steps are the same.
#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/simulation/market.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Asked {
  std::uint64_t seeds = 1'000;
  std::uint64_t from = 1;
  bool threads = false;
  std::int64_t minutes = 0;  // 0 = until all seeds are through
  std::size_t steps = 300;
};

class Run {
 public:
  explicit Run(Asked const& asked) : asked_(asked), begun_(Clock::now()), said_(begun_) {}

  void work() {
    for (;;) {
      auto const day = next_.fetch_add(1);
      if (day >= asked_.seeds || stopped_ || is_out_of_time()) return;
      auto const seed = asked_.from + day;
      hear(seed, simulation::live_a_day(seed, asked_.steps));
    }
  }

  void say_progress() const {
    auto const millis = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_).count() + 1;
    auto const each_second = [millis](std::uint64_t count) {
      return count * 1'000 / static_cast<std::uint64_t>(millis);
    };
    std::printf("%llu days, %llu commands in %lld s: %llu days/s, %llu commands/s; %llu crashes, %llu replayed\n",
                days_, number(reached_.commands), static_cast<long long>(millis / 1'000), number(each_second(days_)),
                number(each_second(reached_.commands)), number(reached_.crashes), number(reached_.replayed));
    std::fflush(stdout);
  }
  bool is_broken() const { return broken_ > 0; }

 private:
  static unsigned long long number(std::uint64_t count) { return count; }
  bool is_out_of_time() const {
    return asked_.minutes > 0 && Clock::now() - begun_ >= std::chrono::minutes{asked_.minutes};
  }
  void hear(std::uint64_t seed, simulation::DayReport const& day) {
    std::lock_guard const hold{lock_};
    ++days_;
    reached_.add(day.reached);
    for (auto const& what : day.broken) std::printf("EBB_SEED=%llu: %s\n", number(seed), what.c_str());
    if (!day.broken.empty() && ++broken_ >= broken_max) stopped_ = true;
    if (Clock::now() - said_ < std::chrono::seconds{10}) return;
    said_ = Clock::now();
    say_progress();
  }

  static constexpr std::uint64_t broken_max = 10;  // days; after that more of them tell nothing new
  Asked const asked_;
  Clock::time_point const begun_;
  std::atomic<std::uint64_t> next_ = 0;
  std::atomic<bool> stopped_ = false;
  std::mutex lock_;  // guards all below
  Clock::time_point said_;
  unsigned long long days_ = 0;
  std::uint64_t broken_ = 0;
  simulation::Reached reached_;
};

}  // namespace

int main(int count, char** words) {
  Asked asked;
  CLI::App app{"Days of a simulated market around the engine: crashes, clock jumps, rude bidders, every promise held."};
  app.add_option("--seeds", asked.seeds, "how many days")->capture_default_str();
  app.add_option("--from", asked.from, "the first seed")->capture_default_str();
  app.add_flag("--threads", asked.threads, "a day on every core at once");
  app.add_option("--minutes", asked.minutes, "begin no day after so long; 0 = no limit")->capture_default_str();
  app.add_option("--steps", asked.steps, "of a day; the tests live the default")->capture_default_str();
  CLI11_PARSE(app, count, words);
  simulation::say_the_seed_on_abort();

  Run run{asked};
  {
    std::vector<std::jthread> workers;
    auto const cores = asked.threads ? std::thread::hardware_concurrency() : 1;
    for (unsigned i = 1; i < cores; ++i) workers.emplace_back([&run] { run.work(); });
    run.work();
  }
  run.say_progress();
  return run.is_broken() ? 1 : 0;
}
