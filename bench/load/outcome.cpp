// Additions.
#include "bench/load/outcome.h"

#include <algorithm>

namespace bench::load {
namespace {

// Of two processes, second by second.
std::string sum_of(std::string const& a, std::string const& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  auto one = HdrHistogram::decode_v2(a);
  auto const other = HdrHistogram::decode_v2(b);
  if (!one || !other) return {};
  one->add(*other);
  return one->encode_v2();
}

void add(std::vector<std::uint64_t>& all, std::vector<std::uint64_t> const& other) {
  all.resize(std::max(all.size(), other.size()));
  for (std::size_t i = 0; i < other.size(); ++i) all[i] += other[i];
}

void add(Measure& all, Measure const& other) {
  all.total.add(other.total);
  all.seconds.resize(std::max(all.seconds.size(), other.seconds.size()));
  for (std::size_t i = 0; i < other.seconds.size(); ++i) all.seconds[i] = sum_of(all.seconds[i], other.seconds[i]);
}

}  // namespace

Measure measure_of(std::string_view name, std::vector<Sample> samples, std::chrono::seconds warmup) {
  Measure measure{std::string{name}, HdrHistogram{longest_ns}, {}};
  std::ranges::sort(samples, {}, &Sample::due);
  auto const second_of = [](Sample const& sample) {
    return static_cast<std::size_t>(
        std::max<std::int64_t>(0, std::chrono::floor<std::chrono::seconds>(sample.due).count()));
  };
  for (auto at = samples.begin(); at != samples.end();) {
    auto const second = second_of(*at);
    HdrHistogram here{longest_ns};
    for (; at != samples.end() && second_of(*at) == second; ++at) here.record(at->took.count());
    measure.seconds.resize(second + 1);
    measure.seconds[second] = here.encode_v2();
    if (second >= static_cast<std::size_t>(warmup.count())) measure.total.add(here);
  }
  return measure;
}

HdrHistogram part_of(Measure const& measure, std::size_t from, std::size_t to) {
  HdrHistogram part{longest_ns};
  for (auto second = from; second < std::min(to, measure.seconds.size()); ++second) {
    if (measure.seconds[second].empty()) continue;
    if (auto const here = HdrHistogram::decode_v2(measure.seconds[second])) part.add(*here);
  }
  return part;
}

std::vector<Band> bands_of(Scenario const& scenario) {
  std::vector<Band> bands;
  std::uint64_t at = 0;
  auto const band = [&](std::string name, std::string_view kind, std::chrono::seconds span) {
    auto const until = at + static_cast<std::uint64_t>(span.count());
    bands.push_back({std::move(name), std::string{kind}, at, until});
    at = until;
  };
  if (scenario.warmup.count() != 0) band("warm-up", "warmup", scenario.warmup);
  for (auto const& phase : scenario.phases) band(phase.name, word_of(phase.kind), phase.span);
  return bands;
}

Measure const* Outcome::find(std::string_view measure) const {
  auto const found = std::ranges::find(measures, measure, &Measure::name);
  return found == measures.end() ? nullptr : &*found;
}

std::uint64_t Outcome::of(std::string_view count) const {
  auto const found = counts.find(count);
  return found == counts.end() ? 0 : found->second;
}

std::uint64_t Outcome::errors() const {
  return of("unplanned") + of("busy") + of("lost") + of("rest_failed") + of("unanswered");
}

double Outcome::answers_a_second() const {
  return static_cast<double>(of("accepted") + of("refused")) / std::max(bidding_s, 0.001);
}

void add(Outcome& all, Outcome const& other) {
  for (auto const& measure : other.measures) {
    auto const mine = std::ranges::find(all.measures, measure.name, &Measure::name);
    if (mine == all.measures.end())
      all.measures.push_back(measure);
    else
      add(*mine, measure);
  }
  for (auto const& [name, count] : other.counts) all.counts[name] += count;
  all.bidding_s = std::max(all.bidding_s, other.bidding_s);
  all.harness_cpu_s += other.harness_cpu_s;
  add(all.offered, other.offered);
  add(all.answered, other.answered);
  all.differences.insert(all.differences.end(), other.differences.begin(), other.differences.end());
}

}  // namespace bench::load
