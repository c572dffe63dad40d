// The result of a run as values: what every process of it measured, added up, and what stands in the result file.
//
// Everything is kept by the second of its planned moment, as encoded histograms, so that phases, curves over time and
// the sum over processes are all additions of histograms; a percentile is computed last and never averaged.
//
// Failure: a file that is none of ours, as engine::Failure in words.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/hdr_histogram.h"
#include "bench/load/scenario.h"

namespace bench::load {

// Ten minutes: what takes longer is counted there, and said to be.
inline constexpr std::int64_t longest_ns = 600'000'000'000;

// receipt       moment in the plan -> the bidder has read the receipt
// last_watcher  moment in the plan -> the last reading watcher has read that price or a lower one
// lateness      moment in the plan -> the bid given to the socket: the harness's own part
// rest          moment in the plan -> the answer of a read over REST
// join          moment in the plan -> the first picture of a watcher who joins
// comeback      a storm -> the client it dropped has its picture again
inline constexpr std::array<std::string_view, 6> measure_names{"receipt", "last_watcher", "lateness",
                                                               "rest",    "join",         "comeback"};

// One value, with its planned moment since the start of the schedule.
struct Sample {
  std::chrono::nanoseconds due;
  std::chrono::nanoseconds took;
};

struct Measure {
  std::string name;
  HdrHistogram total{longest_ns};    // behind the warm-up
  std::vector<std::string> seconds;  // V2 by second since the start, the warm-up among them; empty: no value
};
Measure measure_of(std::string_view name, std::vector<Sample> samples, std::chrono::seconds warmup);
// Of the seconds from `from` to before `to`.
HdrHistogram part_of(Measure const& measure, std::size_t from, std::size_t to);

struct Band {
  std::string name;
  std::string kind;
  std::uint64_t from_s = 0, to_s = 0;
};
// The warm-up, where there is one, and the phases.
std::vector<Band> bands_of(Scenario const& scenario);

struct Reading {
  double at_s = 0;  // since the start
  std::map<std::string, double, std::less<>> values;
};

struct Outcome {
  std::string name;
  std::string started;           // UTC
  std::uint64_t started_ms = 0;  // of the schedule, since 1970
  std::vector<Band> bands;
  std::vector<Measure> measures;  // those that have values
  std::map<std::string, std::uint64_t, std::less<>> counts;
  double bidding_s = 0;                          // from the start to the last answer
  double harness_cpu_s = 0;                      // of all processes
  std::vector<std::uint64_t> offered, answered;  // bids by second since the start
  std::vector<Reading> server;                   // what the server said of itself each second
  std::map<std::string, double, std::less<>> server_before, server_after;
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<std::string> differences;
  std::vector<Threshold> thresholds;
  std::vector<std::string> missed;  // of them, in words

  Measure const* find(std::string_view measure) const;
  std::uint64_t of(std::string_view count) const;  // 0: not counted
  std::uint64_t errors() const;
  double answers_a_second() const;
};

// Another process of the same run.
void add(Outcome& all, Outcome const& other);

std::string to_json(Outcome const& outcome);
engine::Result<Outcome> from_json(std::string_view text);
engine::Result<Outcome> read_outcome(std::string const& file);

}  // namespace bench::load
