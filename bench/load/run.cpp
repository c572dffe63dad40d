// Lanes walk through their steps together; the main thread shows where they are.
#include "bench/load/run.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "bench/load/lane.h"
#include "bench/load/progress.h"
#include "bench/load/stage.h"

namespace bench::load {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t longest_ns = 600'000'000'000;

std::chrono::duration<double> cpu_used() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return std::chrono::duration<double>{seconds(usage.ru_utime) + seconds(usage.ru_stime)};
}

// Every client is a socket; the usual 1,024 are soon used up.
void allow_many_sockets() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

struct Timing {
  std::chrono::seconds to_connect;
  std::chrono::seconds to_answer;
  std::chrono::seconds duration;  // of the lots
  std::chrono::seconds to_close;
};

// Lots open when everybody can be there, and stay open until the schedule is through and every answer is in.
Timing timing(Options const& options) {
  auto const sockets = std::int64_t{options.auctions} * (options.suppliers + options.watchers);
  Timing timing{};
  timing.to_connect = std::chrono::seconds{5 + sockets / 500};
  timing.to_answer = options.restarts == Restarts::AreSurvived ? 90s : 30s;
  timing.duration = options.warmup + options.span + timing.to_connect + 2s;
  timing.to_close = timing.duration + timing.to_answer;
  return timing;
}

enum class Phase : std::uint8_t { Connecting, Bidding, Closing, Over };

// What the lanes and the main thread know together.
struct Course {
  Course(std::ptrdiff_t lanes, ebb_client::Steady::time_point opens) : gate(lanes, Gate{this}), not_before(opens) {}
  // Run by the last lane to arrive: everybody begins with the next phase at once.
  struct Gate {
    Course* course;
    void operator()() noexcept {
      auto const now = course->phase.load();
      if (now == Phase::Connecting) course->start = std::max(ebb_client::Steady::now(), course->not_before) + 200ms;
      course->phase.store(static_cast<Phase>(static_cast<std::uint8_t>(now) + 1));
    }
  };
  std::barrier<Gate> gate;
  ebb_client::Steady::time_point not_before;  // the lots are not open earlier
  ebb_client::Steady::time_point start{};     // of the schedule
  std::atomic<Phase> phase{Phase::Connecting};
  std::atomic<std::uint32_t> timed_out[3] = {};  // lanes, by phase
};

void walk(Lane& lane, Course& course, Timing const& times, std::chrono::seconds span) {
  auto const note = [&](Lane::Step step, Phase phase) {
    if (step == Lane::Step::TimedOut) ++course.timed_out[static_cast<std::size_t>(phase)];
    course.gate.arrive_and_wait();
  };
  note(lane.connect(times.to_connect + 30s), Phase::Connecting);
  bool const is_there = course.timed_out[0] == 0;
  note(is_there ? lane.bid(course.start, (course.start - ebb_client::Steady::now()) + span + times.to_answer)
                : Lane::Step::TimedOut,
       Phase::Bidding);
  note(is_there ? lane.watch_the_close(times.to_close) : Lane::Step::TimedOut, Phase::Closing);
}

void follow(Course const& course, Counters const& counters, Options const& options, Plan const& plan) {
  Progress progress{"ebb-load"};
  auto const everybody = std::uint64_t{options.auctions} * (options.suppliers + options.watchers);
  for (auto phase = course.phase.load(); phase != Phase::Over; phase = course.phase.load()) {
    switch (phase) {
      case Phase::Connecting:
        progress.show("connecting", counters.connected, everybody, "");
        break;
      case Phase::Bidding:
        progress.show("bidding", counters.answered, plan.bids.size(),
                      fmt::format("{} waiting, {} deliveries, {} lost connections", counters.sent - counters.answered,
                                  counters.delivered.load(), counters.lost.load()));
        break;
      case Phase::Closing:
        progress.show("closing", counters.over, options.auctions, "");
        break;
      case Phase::Over:
        break;
    }
    std::this_thread::sleep_for(100ms);
  }
  progress.finish();
}

void measure(Result& result, Plan const& plan, std::vector<Record> const& records, Options const& options,
             ebb_client::Steady::time_point start) {
  auto const to_wall =
      std::chrono::system_clock::now().time_since_epoch() - ebb_client::Steady::now().time_since_epoch();
  auto last = start;
  for (std::size_t number = 0; number < plan.bids.size(); ++number) {
    auto const& record = records[number];
    if (record.fate != Fate::Accepted && record.fate != Fate::Refused) continue;
    ++(record.fate == Fate::Accepted ? result.accepted : result.refused);
    last = std::max(last, record.answered_at);
    if (plan.bids[number].due < options.warmup) continue;
    ++result.measured;
    auto const due = start + plan.bids[number].due;
    result.receipt.record(std::chrono::nanoseconds{record.answered_at - due}.count());
    result.lateness.record(std::chrono::nanoseconds{record.sent_at - due}.count());
    if (!options.each_file.empty()) {
      result.each.push_back({due.time_since_epoch() + to_wall, record.answered_at - due});
    }
  }
  result.bidding = last - start;
}

engine::Result<void> compare(Result& result, Stage& stage, std::vector<std::unique_ptr<Lane>> const& lanes) {
  Progress progress{"ebb-load"};
  std::uint64_t compared = 0;
  auto const& lots = stage.staged().lots;
  for (auto const& lane : lanes) {
    for (auto const& [place, seen] : lane->seen()) {
      auto told = stage.told(lots[place]);
      if (!told) return std::unexpected(told.error());
      auto found = differences(seen, *told);
      result.differences.insert(result.differences.end(), found.begin(), found.end());
      progress.show("comparing", ++compared, lots.size(), "");
    }
  }
  progress.finish();
  return {};
}

}  // namespace

engine::Result<Result> run(Options const& options) {
  auto const plan = make_plan({options.auctions, options.suppliers, options.rate, options.warmup + options.span,
                               engine::Money::fen(100), options.seed});
  if (!plan) return std::unexpected(plan.error());
  allow_many_sockets();
  auto const times = timing(options);
  Stage stage{options};
  if (auto const made = stage.people(); !made) return std::unexpected(made.error());
  auto const preparing = std::chrono::seconds{2 + options.auctions / 50};
  auto const opens_at = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) + preparing;
  if (auto const made = stage.auctions(*plan, opens_at, times.duration); !made) return std::unexpected(made.error());

  Counters counters;
  std::vector<Record> records(plan->bids.size());
  auto const count = std::min(options.threads, options.auctions);
  std::vector<std::unique_ptr<Lane>> lanes;
  for (std::uint32_t number = 0; number < count; ++number)
    lanes.push_back(
        std::make_unique<Lane>(Lane::Work{options, *plan, stage.staged(), records, counters, number, count}));
  auto const cpu_before = cpu_used();
  Course course{static_cast<std::ptrdiff_t>(count),
                ebb_client::Steady::now() + (opens_at - std::chrono::system_clock::now())};
  std::vector<std::thread> threads;
  for (auto& lane : lanes)
    threads.emplace_back([&, lane = lane.get()] { walk(*lane, course, times, options.warmup + options.span); });
  follow(course, counters, options, *plan);
  for (auto& thread : threads) thread.join();

  Result result{longest_ns};
  result.harness_cpu = cpu_used() - cpu_before;
  result.planned = plan->bids.size();
  constexpr std::string_view phases[] = {"not everybody could connect", "not every bid was answered in time",
                                         "not every watcher saw the lots close in time"};
  for (std::size_t phase = 0; phase < std::size(phases); ++phase)
    if (course.timed_out[phase] != 0) result.differences.emplace_back(phases[phase]);
  measure(result, *plan, records, options, course.start);
  result.connections = counters.connected;
  result.delivered = counters.delivered;
  result.lost = counters.lost;
  for (auto const& lane : lanes) {
    lane->add_last_watcher(result.last_watcher, course.start);
    result.reconnects += lane->reconnects();
    result.resends += lane->resends();
    result.busy += lane->busy();
  }
  if (auto const compared = compare(result, stage, lanes); !compared) return std::unexpected(compared.error());
  return result;
}

}  // namespace bench::load
