// What /metrics says of the transparency log.
#include "gateway/tree_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/manual_clock.h"
#include "tests/support/small_log.h"

namespace gateway {
namespace {

using testing::HasSubstr;

struct TreeFiguresTest : testing::Test {
  Metrics metrics;
  support::SmallLog log;
  support::ManualClock clock;
  TreeFigures figures{metrics, log, clock};

  void sign(std::uint64_t size) { log.newest = engine::TreeHead{size, {}, clock.now(), {}}; }
  std::string line(std::string_view name) {
    auto const text = metrics.text();
    auto const at = text.find("\n" + std::string(name) + " ");
    return at == std::string::npos ? "" : text.substr(at + 1, text.find('\n', at + 1) - at - 1);
  }
};

TEST_F(TreeFiguresTest, before_the_first_head_only_what_waits_for_one_is_counted) {
  figures.committed(engine::Seq{3});
  EXPECT_EQ(line("ebb_tree_head_size"), "ebb_tree_head_size 0");
  EXPECT_EQ(line("ebb_tree_head_age_ms"), "ebb_tree_head_age_ms 0");
  EXPECT_EQ(line("ebb_tree_commands_without_head"), "ebb_tree_commands_without_head 3");
}

TEST_F(TreeFiguresTest, a_head_has_a_size_and_gets_older_until_the_next) {
  figures.committed(engine::Seq{10});
  sign(7);
  clock.advance(std::chrono::milliseconds{250});
  EXPECT_EQ(line("ebb_tree_head_size"), "ebb_tree_head_size 7");
  EXPECT_EQ(line("ebb_tree_head_age_ms"), "ebb_tree_head_age_ms 250");
  EXPECT_EQ(line("ebb_tree_commands_without_head"), "ebb_tree_commands_without_head 3");
  sign(10);
  EXPECT_EQ(line("ebb_tree_head_age_ms"), "ebb_tree_head_age_ms 0");
  EXPECT_EQ(line("ebb_tree_commands_without_head"), "ebb_tree_commands_without_head 0");
}

TEST_F(TreeFiguresTest, a_head_from_before_the_first_commit_of_this_life_leaves_nothing_open) {
  sign(7);
  EXPECT_EQ(line("ebb_tree_commands_without_head"), "ebb_tree_commands_without_head 0");
}

TEST_F(TreeFiguresTest, failures_are_counted_each_by_its_kind) {
  figures.not_signed();
  figures.not_published();
  figures.not_published();
  EXPECT_THAT(metrics.text(), HasSubstr("\nebb_tree_failures_total 1\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("\nebb_tree_publish_failures_total 2\n"));
}

}  // namespace
}  // namespace gateway
