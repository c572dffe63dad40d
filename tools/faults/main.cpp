// ebb-faults: the fault tests for as long as one has patience, each run from its seed.
//
//   ebb-faults crash --minutes 30            images of power cuts, opened and examined
//   ebb-faults harm  --count 10000           flipped bits, empty pages, files cut short
//   ebb-faults calls --seeds 3               every single call to the disk fails, in three ways
//
// Prints progress and a rate; what is wrong is said with the numbers that make it again, and ends the run with 1.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <thread>

#include "tests/faults/crash.h"
#include "tests/faults/damage.h"
#include "tests/faults/failing_disk.h"
#include "tests/faults/scratch.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Asked {
  std::uint64_t seeds = 1'000'000;
  std::uint64_t from = 1;
  std::int64_t minutes = 0;  // 0 = until all seeds are through
  unsigned children = std::max(1U, std::thread::hardware_concurrency());
  int rounds = 12;
  int images = 60;
  bool is_posix = false;
  std::size_t count = 10'000;
  std::string below;
};

class Run {
 public:
  explicit Run(Asked const& asked) : asked_(asked) {}

  // `once` gives the score of a seed and what to say of all of them so far.
  template <class Once, class Say>
  int all(Once const& once, Say const& say) {
    for (auto seed = asked_.from; seed < asked_.from + asked_.seeds && !is_out_of_time(); ++seed) {
      auto const score = once(seed);
      for (auto const& complaint : score.complaints) std::printf("seed %llu, %s\n", number(seed), complaint.c_str());
      for (auto const& death : score.deaths) std::printf("seed %llu, died: %s\n", number(seed), death.c_str());
      sum_.add(score);
      sum_.complaints.clear();
      sum_.deaths.clear();
      std::printf("%llu seeds, %llu s: ", number(seed - asked_.from + 1), number(seconds()));
      say(sum_);
      std::printf("; %llu wrong, %llu died\n", number(sum_.wrong), number(sum_.died));
      std::fflush(stdout);
      if (sum_.wrong > wrong_max) break;
    }
    return sum_.wrong == 0 ? 0 : 1;
  }
  std::uint64_t a_second(std::uint64_t count) const { return count / std::max<std::uint64_t>(1, seconds()); }
  static unsigned long long number(std::uint64_t count) { return count; }

 private:
  std::uint64_t seconds() const {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begun_).count());
  }
  bool is_out_of_time() const {
    return asked_.minutes > 0 && Clock::now() - begun_ >= std::chrono::minutes{asked_.minutes};
  }

  static constexpr std::uint64_t wrong_max = 100;  // after that more of them tell nothing new
  Asked const asked_;
  Clock::time_point const begun_ = Clock::now();
  faults::Score sum_;
};

faults::Score broken(engine::Failure const& why) {
  faults::Score score;
  score.wrong = 1;
  score.complaints.push_back(why.what);
  return score;
}

// Every second one makes snapshots on the way, every third one fills its journal ahead.
faults::Morning morning_of(Asked const& asked, std::uint64_t seed) {
  faults::Morning morning{.seed = seed, .rounds = asked.rounds};
  if (seed % 2 == 0) morning.snapshots = faults::Snapshots::Made;
  if (seed % 3 == 0) morning.ahead = faults::Ahead::Filled;
  return morning;
}

int crash(Asked const& asked) {
  using faults::Like;
  Run run{asked};
  return run.all(
      [&](std::uint64_t seed) {
        faults::Scratch const scratch;
        auto const recording = faults::record(scratch.path(), morning_of(asked, seed));
        if (!recording) return broken(recording.error());
        faults::Cuts cuts{.seed = seed, .images_a_step = asked.images, .children = asked.children};
        if (asked.is_posix) cuts.promise = faults::Promise::Posix;
        return faults::cut_power(**recording, scratch.path(), cuts);
      },
      [&](faults::Score const& sum) {
        auto const count = [&](Like like) { return Run::number(images(sum, like)); };
        std::printf(
            "%llu images, %llu a second; %llu with a frame nobody was told of, %llu with a follow-up owed, "
            "%llu with tables behind, %llu used further",
            count(Like::Any), Run::number(run.a_second(images(sum, Like::Any))), count(Like::Unacknowledged),
            count(Like::FollowUpOwed), count(Like::TablesBehind), count(Like::UsedFurther));
      });
}

int harm(Asked const& asked) {
  constexpr std::size_t of_one_directory = 1'000;
  auto one = asked;
  one.seeds = std::min<std::uint64_t>(asked.seeds, (asked.count + of_one_directory - 1) / of_one_directory);
  Run run{one};
  return run.all(
      [&](std::uint64_t seed) {
        faults::Scratch const scratch;
        auto const kept = faults::keep(scratch.path(), morning_of(asked, seed));
        if (!kept) return broken(kept.error());
        auto const count = std::min(of_one_directory, asked.count);
        return faults::harm(*kept, scratch.path(),
                            {.seed = seed, .count = count, .below = asked.below, .children = asked.children});
      },
      [&](faults::Score const& sum) {
        std::printf("%llu harmless, %llu named, %llu of the journal with all before it read",
                    Run::number(counted(sum, faults::Came::Harmless)), Run::number(counted(sum, faults::Came::Named)),
                    Run::number(counted(sum, faults::Came::KeptBefore)));
      });
}

int calls(Asked const& asked) {
  Run run{asked};
  return run.all(
      [&](std::uint64_t seed) {
        faults::Scratch const scratch;
        return faults::fail_every_call(scratch.path(),
                                       {.morning = morning_of(asked, seed), .children = asked.children});
      },
      [&](faults::Score const& sum) {
        std::printf(
            "%llu lives: %llu did not start, %llu halted, %llu unharmed",
            Run::number(counted(sum, faults::Ended::Tried)), Run::number(counted(sum, faults::Ended::NotStarted)),
            Run::number(counted(sum, faults::Ended::Halted)), Run::number(counted(sum, faults::Ended::Unharmed)));
      });
}

}  // namespace

int main(int count, char** words) {
  Asked asked;
  CLI::App app{"Power cuts, damage and failing disks against the real store and its replay."};
  app.require_subcommand(1);
  auto* const crashing = app.add_subcommand("crash", "the power goes at every place of a run");
  auto* const harming = app.add_subcommand("harm", "bits flip, pages come back empty, files are cut short");
  auto* const failing = app.add_subcommand("calls", "every single call to the disk fails");
  for (auto* const command : {crashing, harming, failing}) {
    command->add_option("--seeds", asked.seeds, "how many runs")->capture_default_str();
    command->add_option("--from", asked.from, "the first seed")->capture_default_str();
    command->add_option("--minutes", asked.minutes, "begin no run after so long; 0 = no limit")->capture_default_str();
    command->add_option("--children", asked.children, "side by side")->capture_default_str();
    command->add_option("--rounds", asked.rounds, "of bids in a run")->capture_default_str();
  }
  crashing->add_option("--images", asked.images, "at each step of a run")->capture_default_str();
  crashing->add_flag("--posix", asked.is_posix, "names are certain only when their directory was flushed");
  harming->add_option("--count", asked.count, "how many harms")->capture_default_str();
  harming->add_option("--below", asked.below, "only files whose path begins so: journal/, keys/, tables/");
  CLI11_PARSE(app, count, words);
  if (crashing->parsed()) return crash(asked);
  return harming->parsed() ? harm(asked) : calls(asked);
}
