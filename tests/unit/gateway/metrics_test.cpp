// Figures as Prometheus reads them.
#include "gateway/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gateway {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(Metrics, writes_a_family_once_however_many_labels_it_has) {
  Metrics metrics;
  metrics.counter("ebb_bids_total", "Bids", "result=\"taken\"").add(2);
  metrics.counter("ebb_bids_total", "Bids", "result=\"busy\"").add();
  EXPECT_EQ(metrics.text(),
            "# HELP ebb_bids_total Bids\n# TYPE ebb_bids_total counter\n"
            "ebb_bids_total{result=\"taken\"} 2\nebb_bids_total{result=\"busy\"} 1\n");
}

TEST(Metrics, writes_gauges_kept_and_asked) {
  Metrics metrics;
  auto& kept = metrics.gauge("ebb_sessions", "Sessions");
  kept.add(3);
  kept.add(-1);
  std::int64_t depth = 7;
  metrics.gauge("ebb_inbox_depth", "Depth", [&] { return depth; });
  EXPECT_THAT(metrics.text(), HasSubstr("\nebb_sessions 2\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("\nebb_inbox_depth 7\n"));
}

TEST(Metrics, counts_spans_in_buckets_that_add_up) {
  Metrics metrics;
  auto& span = metrics.histogram("ebb_wait_seconds", "Waiting");
  span.observe(10us);
  span.observe(11us);
  span.observe(20s);
  auto const text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE ebb_wait_seconds histogram\n"));
  EXPECT_THAT(text, HasSubstr("ebb_wait_seconds_bucket{le=\"0.00001\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("ebb_wait_seconds_bucket{le=\"0.000025\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("ebb_wait_seconds_bucket{le=\"10\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("ebb_wait_seconds_bucket{le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("ebb_wait_seconds_sum 20.000021\n"));
  EXPECT_THAT(text, HasSubstr("ebb_wait_seconds_count 3\n"));
}

}  // namespace
}  // namespace gateway
