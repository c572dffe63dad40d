// Lanes walk through their steps together; the main thread shows where they are.
#include "bench/load/run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <thread>

#include "bench/load/acts.h"
#include "bench/load/lane.h"
#include "bench/load/live.h"
#include "bench/load/machine.h"
#include "bench/load/progress.h"
#include "bench/load/reads.h"
#include "bench/load/scraper.h"
#include "bench/load/stage.h"
#include "bench/load/thresholds.h"
#include "bench/load/together.h"

namespace bench::load {
namespace {

using namespace std::chrono_literals;
using ebb_client::Steady;

constexpr std::uint32_t agreements = 2;  // when the lots open, when the schedule starts

double cpu_used() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
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
  auto const sockets =
      std::int64_t{options.scenario.auctions} * (options.scenario.suppliers + options.scenario.watchers);
  Timing timing{};
  timing.to_connect = std::chrono::seconds{5 + sockets / 500};
  timing.to_answer = options.restarts == Restarts::AreSurvived ? 90s : 30s;
  timing.duration = options.all_span() + timing.to_connect + 2s;
  timing.to_close = timing.duration + timing.to_answer;
  return timing;
}

enum class Step : std::uint8_t { Connecting, Bidding, Closing, Over };

// What the lanes and the main thread know together.
struct Course {
  Course(std::ptrdiff_t lanes, Steady::time_point opens, Together const& others)
      : gate(lanes, Gate{this}), not_before(opens), together(others) {}
  // Run by the last lane to arrive: everybody begins with the next phase at once.
  struct Gate {
    Course* course;
    void operator()() noexcept {
      auto const now = course->phase.load();
      if (now == Step::Connecting) {
        auto const mine = std::max(Steady::now(), course->not_before) + 200ms;
        course->start = Steady::time_point{Steady::duration{course->together.latest(mine.time_since_epoch().count())}};
      }
      course->phase.store(static_cast<Step>(static_cast<std::uint8_t>(now) + 1));
    }
  };
  std::barrier<Gate> gate;
  Steady::time_point not_before;  // the lots are not open earlier
  Together const& together;
  Steady::time_point start{};                // of the schedule
  std::optional<Steady::time_point> closes;  // the lots, where bids may come too late
  std::atomic<Step> phase{Step::Connecting};
  std::atomic<std::uint32_t> timed_out[3] = {};  // lanes, by phase
};

void walk(Lane& lane, Course& course, Timing const& times, std::chrono::seconds span) {
  auto const note = [&](Lane::Step step, Step phase) {
    if (step == Lane::Step::TimedOut) ++course.timed_out[static_cast<std::size_t>(phase)];
    course.gate.arrive_and_wait();
  };
  note(lane.connect(times.to_connect + 30s), Step::Connecting);
  bool const is_there = course.timed_out[0] == 0 && course.start != Steady::time_point{};
  note(is_there ? lane.bid(course.start, course.closes, (course.start - Steady::now()) + span + times.to_answer)
                : Lane::Step::TimedOut,
       Step::Bidding);
  note(is_there ? lane.watch_the_close(times.to_close) : Lane::Step::TimedOut, Step::Closing);
}

// One process is the eyes of all of them; its figures are its own.
void follow(Course const& course, Counters& counters, Options const& options, Plan const& plan, Scraper& scraper) {
  if (options.process != 0) {
    while (course.phase.load() != Step::Over) std::this_thread::sleep_for(100ms);
    return;
  }
  Progress progress{"ebb-load"};
  Live live{options, plan, counters, scraper};
  auto const everybody =
      std::uint64_t{options.scenario.auctions} * (options.scenario.suppliers + options.scenario.watchers);
  for (auto phase = course.phase.load(); phase != Step::Over; phase = course.phase.load()) {
    switch (phase) {
      case Step::Connecting:
        progress.show("connecting", counters.connected, everybody, "");
        break;
      case Step::Bidding:
        if (live.is_screen())
          live.show(course.start);
        else
          progress.show("bidding", counters.answered, plan.bids.size(), live.line());
        break;
      case Step::Closing:
        progress.show("closing", counters.over, options.scenario.auctions, "");
        break;
      case Step::Over:
        break;
    }
    std::this_thread::sleep_for(100ms);
  }
  progress.finish();
}

// Everything that the records say.
void measure(Run& run, Plan const& plan, std::vector<Record> const& records, Options const& options,
             Steady::time_point start) {
  auto& outcome = run.outcome;
  auto const to_wall = std::chrono::system_clock::now().time_since_epoch() - Steady::now().time_since_epoch();
  outcome.started_ms = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(start.time_since_epoch() + to_wall).count());
  auto last = start;
  std::vector<Sample> receipt, lateness;
  auto const count = [](std::vector<std::uint64_t>& seconds, std::chrono::nanoseconds at) {
    auto const second = static_cast<std::size_t>(std::max<std::int64_t>(0, at.count() / 1'000'000'000));
    if (seconds.size() <= second) seconds.resize(second + 1);
    ++seconds[second];
  };
  for (std::size_t number = 0; number < plan.bids.size(); ++number) {
    auto const& record = records[number];
    auto const due = plan.bids[number].due;
    count(outcome.offered, due);
    if (record.fate != Fate::Accepted && record.fate != Fate::Refused) {
      ++outcome.counts["unanswered"];
      continue;
    }
    ++outcome.counts[record.fate == Fate::Accepted ? "accepted" : "refused"];
    count(outcome.answered, record.answered_at - start);
    last = std::max(last, record.answered_at);
    receipt.push_back({due, record.answered_at - (start + due)});
    lateness.push_back({due, record.sent_at - (start + due)});
    if (due < options.scenario.warmup) continue;
    ++outcome.counts["measured"];
    if (!options.each_file.empty())
      run.each.push_back({(start + due).time_since_epoch() + to_wall, record.answered_at - (start + due)});
  }
  outcome.measures.push_back(measure_of("receipt", std::move(receipt), options.scenario.warmup));
  outcome.measures.push_back(measure_of("lateness", std::move(lateness), options.scenario.warmup));
  outcome.bidding_s = std::chrono::duration<double>(last - start).count();
}

void add_samples(Outcome& outcome, std::string_view name, std::vector<Sample> samples, Options const& options) {
  if (!samples.empty()) outcome.measures.push_back(measure_of(name, std::move(samples), options.scenario.warmup));
}

void gather(Outcome& outcome, std::vector<std::unique_ptr<Lane>> const& lanes, Reads const& reads,
            Counters const& counters, Options const& options) {
  std::vector<Sample> last_watcher, joins, comebacks;
  auto const append = [](std::vector<Sample>& all, std::vector<Sample> const& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  for (auto const& lane : lanes) {
    append(last_watcher, lane->last_watcher());
    append(joins, lane->joins());
    append(comebacks, lane->comebacks());
    outcome.counts["reconnects"] += lane->reconnects();
    outcome.counts["resends"] += lane->resends();
    outcome.counts["busy"] += lane->busy();
  }
  outcome.counts["joins"] = joins.size();
  outcome.counts["reads"] = reads.samples().size();
  add_samples(outcome, "last_watcher", std::move(last_watcher), options);
  add_samples(outcome, "rest", reads.samples(), options);
  add_samples(outcome, "join", std::move(joins), options);
  add_samples(outcome, "comeback", std::move(comebacks), options);
  outcome.counts["rest_failed"] = reads.failed();
  outcome.counts["connections"] = counters.connected;
  outcome.counts["delivered"] = counters.delivered;
  outcome.counts["lost"] = counters.lost;
  outcome.counts["dropped"] = counters.dropped;
  outcome.counts["closed_slow"] = counters.closed_slow;
  outcome.counts["unplanned"] = counters.unplanned;
}

engine::Result<void> compare(Outcome& outcome, Stage& stage, std::vector<std::unique_ptr<Lane>> const& lanes) {
  Progress progress{"ebb-load"};
  std::uint64_t compared = 0;
  auto const& lots = stage.staged().lots;
  for (auto const& lane : lanes) {
    for (auto const& [place, seen] : lane->seen()) {
      auto told = stage.told(lots[place]);
      if (!told) return std::unexpected(told.error());
      auto found = differences(seen, *told);
      outcome.differences.insert(outcome.differences.end(), found.begin(), found.end());
      progress.show("comparing", ++compared, lots.size(), "");
    }
  }
  progress.finish();
  return {};
}

// When the lots open: late enough for all processes to have published theirs.
engine::Result<std::chrono::sys_seconds> opening(Options const& options, Together const& together) {
  auto const preparing = std::chrono::seconds{2 + options.scenario.auctions / 50};
  auto const mine = std::chrono::ceil<std::chrono::seconds>(std::chrono::system_clock::now()) + preparing;
  auto const seconds = together.latest(mine.time_since_epoch().count());
  if (seconds == 0) return std::unexpected(engine::Failure{"another process of the run has failed"});
  return std::chrono::sys_seconds{std::chrono::seconds{seconds}};
}

bool ends_with_a_burst(Options const& options) {
  return options.scenario.phases.back().kind == PhaseKind::BurstAtClose;
}

// The part of one process.
engine::Result<Run> run_part(Options const& options, Together const& together) {
  auto const& scenario = options.scenario;
  auto const phases = options.all_phases();
  auto const plan = make_plan({scenario.auctions, scenario.suppliers, phases, engine::Money::fen(100), options.seed});
  if (!plan) return std::unexpected(plan.error());
  auto const acts = acts_of(phases, scenario.auctions, options.seed);
  auto const times = timing(options);
  Stage stage{options};
  if (auto const made = stage.people(); !made) return std::unexpected(made.error());
  auto const opens_at = opening(options, together);
  if (!opens_at) return std::unexpected(opens_at.error());
  if (auto const made = stage.auctions(*plan, *opens_at, times.duration); !made) return std::unexpected(made.error());

  Counters counters;
  std::vector<Record> records(plan->bids.size());
  auto const count = std::min(scenario.threads, scenario.auctions);
  std::vector<std::unique_ptr<Lane>> lanes;
  for (std::uint32_t number = 0; number < count; ++number)
    lanes.push_back(
        std::make_unique<Lane>(Lane::Work{options, *plan, acts, stage.staged(), records, counters, number, count}));
  auto const cpu_before = cpu_used();
  auto const opens = Steady::now() + (*opens_at - std::chrono::system_clock::now());
  Course course{static_cast<std::ptrdiff_t>(count), opens, together};
  if (ends_with_a_burst(options)) {
    course.closes = opens + times.duration;
    course.not_before = *course.closes - options.all_span() - 200ms;
  }
  Run run;
  if (options.process == 0) run.outcome.server_before = ask(options.server);
  Scraper scraper{options.server};
  std::vector<std::thread> threads;
  for (auto& lane : lanes)
    threads.emplace_back([&, lane = lane.get()] { walk(*lane, course, times, options.all_span()); });
  while (course.phase.load() == Step::Connecting && !acts.empty()) std::this_thread::sleep_for(10ms);
  Reads reads{options.server, acts, stage.staged(), course.start};
  follow(course, counters, options, *plan, scraper);
  for (auto& thread : threads) thread.join();
  reads.finish();

  auto& outcome = run.outcome;
  outcome.harness_cpu_s = cpu_used() - cpu_before;
  outcome.counts["planned"] = plan->bids.size();
  constexpr std::string_view steps[] = {"not everybody could connect", "not every bid was answered in time",
                                        "not every watcher saw the lots close in time"};
  for (std::size_t step = 0; step < std::size(steps); ++step)
    if (course.timed_out[step] != 0) outcome.differences.emplace_back(steps[step]);
  measure(run, *plan, records, options, course.start);
  gather(outcome, lanes, reads, counters, options);
  if (options.process == 0) {
    outcome.server = scraper.readings(course.start);
    outcome.server_after = ask(options.server);
  }
  if (auto const compared = compare(outcome, stage, lanes); !compared) return std::unexpected(compared.error());
  return run;
}

engine::Result<Run> run_parts(Options const& options) {
  if (options.scenario.processes <= 1) return run_part(options, Together{});
  auto const parts = in_processes(options.scenario.processes, agreements,
                                  [&](std::uint32_t number, Together const& together) -> engine::Result<Outcome> {
                                    auto part = options;
                                    part.process = number;
                                    part.seed = options.seed + number * std::uint64_t{1'000'000'007};
                                    for (auto& phase : part.scenario.phases) share(phase, options.scenario.processes);
                                    auto done = run_part(part, together);
                                    if (!done) return std::unexpected(done.error());
                                    return std::move(done->outcome);
                                  });
  if (!parts) return std::unexpected(parts.error());
  Run run;
  run.outcome = parts->front();
  for (std::size_t i = 1; i < parts->size(); ++i) add(run.outcome, (*parts)[i]);
  return run;
}

}  // namespace

void share(Phase& phase, std::uint32_t processes) {
  for (auto const field : {&Phase::rate, &Phase::to_rate, &Phase::bids, &Phase::rest_rate, &Phase::joins_a_s})
    phase.*field /= processes;
}

engine::Result<Run> run(Options const& options) {
  allow_many_sockets();
  auto const before = load_average();
  auto const started = std::chrono::system_clock::now();
  auto done = run_parts(options);
  if (!done) return done;
  auto& outcome = done->outcome;
  outcome.name = options.scenario.name;
  outcome.started = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(started)));
  outcome.bands = bands_of(options.scenario);
  outcome.environment = machine();
  outcome.environment.insert(outcome.environment.end(),
                             {{"load_average_before", before},
                              {"load_average_after", load_average()},
                              {"auctions", fmt::format("{}", options.scenario.auctions * options.scenario.processes)},
                              {"suppliers", fmt::format("{}", options.scenario.suppliers)},
                              {"watchers", fmt::format("{}", options.scenario.watchers)},
                              {"seed", fmt::format("{}", options.seed)},
                              {"threads", fmt::format("{}", options.scenario.threads)},
                              {"processes", fmt::format("{}", options.scenario.processes)}});
  outcome.thresholds = options.scenario.thresholds;
  for (auto const& miss : missed(outcome, outcome.thresholds)) outcome.missed.push_back(miss.text());
  return done;
}

}  // namespace bench::load
