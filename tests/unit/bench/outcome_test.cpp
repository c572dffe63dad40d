// What becomes of a run's values: added over processes, written and read, judged, compared, drawn.
#include "bench/load/outcome.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bench/load/compare.h"
#include "bench/load/page.h"
#include "bench/load/search.h"
#include "bench/load/soak.h"
#include "bench/load/thresholds.h"
#include "bench/load/together.h"

namespace {

using namespace bench::load;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A hundred values from 1 to 100 times `unit`, ten a second, behind a warm-up of one second.
Outcome some(std::chrono::nanoseconds unit) {
  std::vector<Sample> samples;
  for (int i = 1; i <= 100; ++i) samples.push_back({1s + i * 99ms, i * unit});
  samples.push_back({500ms, 10s});  // in the warm-up
  Outcome outcome;
  outcome.name = "some";
  outcome.bands = {{"warm-up", "warmup", 0, 1}, {"calm", "steady", 1, 6}, {"<rest>", "steady", 6, 11}};
  outcome.measures = {measure_of("receipt", samples, 1s)};
  outcome.counts = {{"planned", 101}, {"accepted", 100}, {"refused", 1}};
  outcome.offered = {1, 10, 10};
  outcome.answered = {1, 10, 9};
  outcome.server = {{0, {{"process_cpu_s", 1}}}, {1, {{"process_cpu_s", 1.5}}}};
  outcome.environment = {{"cores", "2"}};
  return outcome;
}

std::vector<Reading> course(double fds_a_second, double heap_a_second) {
  std::vector<Reading> readings;
  for (int i = 0; i < 60; ++i)
    readings.push_back({i * 1.0,
                        {{"process_fds", 40 + fds_a_second * i + i % 3},
                         {"process_threads", 9},
                         {"process_heap_bytes", 5e7 + heap_a_second * i},
                         {"ebb_journal_commands_total", i * 100.0}}});
  return readings;
}

}  // namespace

TEST(Outcome, leaves_the_warm_up_out_and_keeps_it_by_second) {
  auto const outcome = some(1ms);
  auto const& receipt = outcome.measures[0];
  EXPECT_EQ(receipt.total.count(), 100);
  EXPECT_LT(receipt.total.max(), 101'000'000);
  EXPECT_EQ(part_of(receipt, 0, 1).count(), 1);
  EXPECT_EQ(part_of(receipt, 1, 11).count(), 100);
  EXPECT_EQ(part_of(receipt, 1, 11), receipt.total);
}

TEST(Outcome, adds_processes_as_if_one_had_measured_all) {
  auto all = some(1ms);
  add(all, some(3ms));
  bench::HdrHistogram both{longest_ns};
  for (int i = 1; i <= 100; ++i) {
    both.record(i * 1'000'000);
    both.record(i * 3'000'000);
  }
  EXPECT_EQ(all.measures[0].total, both);
  EXPECT_EQ(part_of(all.measures[0], 1, 11), both);
  EXPECT_EQ(all.of("accepted"), 200u);
  EXPECT_THAT(all.answered, ElementsAre(2, 20, 18));
  auto joined = some(1ms);
  joined.measures[0].name = "join";
  joined.differences = {"lost"};
  add(all, joined);
  EXPECT_EQ(all.measures.size(), 2u);
  EXPECT_THAT(all.differences, ElementsAre("lost"));
}

TEST(Outcome, is_the_same_after_writing_and_reading) {
  auto outcome = some(1ms);
  outcome.differences = {"a \"difference\""};
  outcome.missed = {"m"};
  outcome.thresholds = {{"errors", 0}};
  auto const again = from_json(to_json(outcome));
  ASSERT_TRUE(again) << again.error().what;
  EXPECT_EQ(again->measures[0].total, outcome.measures[0].total);
  EXPECT_EQ(again->measures[0].seconds, outcome.measures[0].seconds);
  // The V2 form keeps the largest value to three digits, as all others; written once, nothing moves any more.
  EXPECT_NEAR(static_cast<double>(again->measures[0].total.max()), static_cast<double>(outcome.measures[0].total.max()),
              1e5);
  auto const written = to_json(*again);
  auto const third = from_json(written);
  ASSERT_TRUE(third) << third.error().what;
  EXPECT_EQ(to_json(*third), written);
  EXPECT_EQ(again->counts, outcome.counts);
  EXPECT_EQ(again->offered, outcome.offered);
  EXPECT_EQ(again->answered, outcome.answered);
  EXPECT_EQ(again->environment, outcome.environment);
  EXPECT_EQ(again->differences, outcome.differences);
  EXPECT_EQ(again->missed, outcome.missed);
  EXPECT_FALSE(from_json("{}"));
  EXPECT_FALSE(from_json("nonsense"));
  EXPECT_FALSE(from_json(R"({"format":"ebb-load/2"})"));
}

TEST(Together, takes_the_latest_proposal_and_adds_what_every_process_gives) {
  auto const parts = in_processes(3, 2, [](std::uint32_t number, Together const& together) -> engine::Result<Outcome> {
    auto outcome = some(std::chrono::milliseconds{number + 1});
    outcome.counts["agreed"] = static_cast<std::uint64_t>(together.latest(100 + number));
    outcome.counts["again"] = static_cast<std::uint64_t>(together.latest(10 - static_cast<std::int64_t>(number)));
    return outcome;
  });
  ASSERT_TRUE(parts) << parts.error().what;
  ASSERT_EQ(parts->size(), 3u);
  for (auto const& part : *parts) {
    EXPECT_EQ(part.of("agreed"), 102u);
    EXPECT_EQ(part.of("again"), 10u);
  }
  EXPECT_GT((*parts)[2].measures[0].total.max(), (*parts)[0].measures[0].total.max());
}

TEST(Together, leaves_nobody_waiting_for_one_who_died) {
  auto const parts = in_processes(2, 1, [](std::uint32_t number, Together const& together) -> engine::Result<Outcome> {
    if (number == 1) _exit(7);
    if (together.latest(5) == 0) return std::unexpected(engine::Failure{"another is gone"});
    return Outcome{};
  });
  ASSERT_FALSE(parts);
}

TEST(Thresholds, tell_which_was_missed_and_by_what) {
  auto const outcome = some(1ms);
  EXPECT_THAT(missed(outcome, {{"receipt_p99_ms", 100}, {"errors", 0}, {"answered_share", 1}}), IsEmpty());
  auto const found = missed(outcome, {{"receipt_p50_ms", 49}, {"last_watcher_p99_ms", 1e6}});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].text(), HasSubstr("receipt_p50_ms = 49, measured 50.0"));
  EXPECT_THAT(found[1].text(), HasSubstr("measured nothing"));
  auto broken = outcome;
  broken.counts["lost"] = 1;
  EXPECT_EQ(missed(broken, {{"errors", 0}}).size(), 1u);
  EXPECT_TRUE(is_threshold("comeback_p99_9_ms"));
  EXPECT_FALSE(is_threshold("receipt_p98_ms"));
  EXPECT_FALSE(is_threshold("nothing_p99_ms"));
}

TEST(Compare, calls_overlapping_ranges_noise) {
  auto const noisy = compare({some(10ms), some(14ms)}, {some(12ms), some(16ms)});
  for (auto const& row : noisy.rows) EXPECT_EQ(row.verdict, Verdict::Same) << row.figure;
  EXPECT_FALSE(is_worse(noisy, 1.10));
}

TEST(Compare, finds_worse_and_better_beyond_the_ranges) {
  auto const worse = compare({some(10ms), some(11ms)}, {some(15ms), some(16ms)});
  EXPECT_EQ(worse.rows[0].verdict, Verdict::Worse);
  EXPECT_NEAR(worse.rows[0].ratio, 15.5 / 10.5, 0.01);
  EXPECT_TRUE(is_worse(worse, 1.10));
  EXPECT_FALSE(is_worse(worse, 2));
  auto const better = compare({some(15ms), some(16ms)}, {some(10ms), some(11ms)});
  EXPECT_EQ(better.rows[0].verdict, Verdict::Better);
  EXPECT_FALSE(is_worse(better, 1.10));
}

TEST(Compare, says_that_single_runs_know_no_noise_and_what_is_unlike) {
  auto other = some(20ms);
  other.environment = {{"cores", "8"}};
  auto const single = compare({some(10ms)}, {other});
  EXPECT_EQ(single.rows[0].verdict, Verdict::SingleRuns);
  EXPECT_THAT(text_of(single), testing::AllOf(HasSubstr("single runs"), HasSubstr("cores differs: 2 and 8")));
  EXPECT_TRUE(is_worse(single, 1.10));
}

TEST(Page, has_figures_verdict_and_nothing_from_elsewhere) {
  auto outcome = some(1ms);
  auto const page = page_of(outcome);
  EXPECT_THAT(page, testing::AllOf(HasSubstr("压测报告"), HasSubstr("<td>50.0"), HasSubstr("核对一致"),
                                   HasSubstr("&lt;rest&gt;")));
  EXPECT_THAT(
      page, testing::Not(testing::AnyOf(HasSubstr("<script"), HasSubstr("http"), HasSubstr("nan"), HasSubstr("inf,"))));
  outcome.differences = {"lost: <seq 5>"};
  outcome.missed = {"threshold missed: x"};
  EXPECT_THAT(page_of(outcome), testing::AllOf(HasSubstr("lost: &lt;seq 5&gt;"), HasSubstr("threshold missed: x"),
                                               testing::Not(HasSubstr("核对一致"))));
  EXPECT_THAT(page_of(Outcome{}), HasSubstr("无数据"));
}

TEST(Search, comes_close_to_the_limit_in_a_bounded_number_of_runs) {
  Search search{100, 12};
  int runs = 0;
  while (auto const rate = search.next()) {
    ++runs;
    search.told(*rate, *rate <= 1'730);
  }
  EXPECT_LE(runs, 12);
  ASSERT_TRUE(search.best());
  EXPECT_LE(*search.best(), 1'730);
  EXPECT_GE(*search.best(), 1'730 / 1.06);
}

TEST(Search, goes_down_where_the_first_rate_is_too_high_and_ends_where_none_is_kept) {
  Search search{1'000, 30};
  while (auto const rate = search.next()) search.told(*rate, *rate <= 90);
  EXPECT_NEAR(*search.best(), 88, 4);
  Search hopeless{100, 30};
  while (auto const rate = hopeless.next()) hopeless.told(*rate, false);
  EXPECT_FALSE(hopeless.best());
}

TEST(Soak, passes_what_stays_and_catches_what_leaks) {
  SoakBounds const bounds{.warmup_s = 10};
  EXPECT_THAT(soak_findings(course(0, 1'000), bounds), IsEmpty());
  EXPECT_THAT(soak_findings(course(0.5, 0), bounds), ElementsAre(HasSubstr("file descriptors: grew by 2")));
  EXPECT_THAT(soak_findings(course(0, 5e6), bounds), ElementsAre(HasSubstr("heap bytes: grew")));
  EXPECT_THAT(soak_findings({}, bounds), ElementsAre(HasSubstr("0 readings")));
}
