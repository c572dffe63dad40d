// Scenarios are read strictly: every wrong line is refused with its place, its key and what was expected.
#include "bench/load/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "bench/load/acts.h"

namespace {

using namespace bench::load;
using testing::HasSubstr;

std::string refusal_of(std::string const& toml) {
  auto const read = scenario_from(toml, "s.toml");
  return read ? "taken" : read.error().text();
}

constexpr auto plain = "[[phase]]\nkind = \"steady\"\nseconds = 2\nrate = 10\n";

}  // namespace

TEST(Scenario, reads_what_it_says) {
  auto const read = scenario_from(
      "name = \"two\"\n[server]\naddress = \"127.0.0.1:1\"\n[run]\nauctions = 3\nwarmup_s = 1\nseed = 7\n"
      "[[phase]]\nkind = \"ramp\"\nseconds = 4\nrate = 1.5\nto_rate = 9\n"
      "[[phase]]\nkind = \"steady\"\nname = \"calm\"\nseconds = 2\nrate = 10\n[thresholds]\nreceipt_p99_ms = "
      "10\nerrors = 0\n",
      "s.toml");
  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->auctions, 3u);
  EXPECT_EQ(read->seed, 7u);
  EXPECT_EQ(read->span(), std::chrono::seconds{6});
  EXPECT_EQ(read->phases[0].to_rate, 9);
  EXPECT_EQ(read->phases[1].name, "calm");
  EXPECT_EQ(read->thresholds.size(), 2u);
}

TEST(Scenario, names_line_and_key_of_what_is_wrong) {
  EXPECT_EQ(refusal_of(plain), "taken");
  EXPECT_THAT(refusal_of("[run]\nauctons = 3\n" + std::string{plain}),
              testing::AllOf(HasSubstr("s.toml:2: run.auctons: expected"), HasSubstr("an unknown key")));
  EXPECT_THAT(refusal_of("[run]\nauctions = 0\n" + std::string{plain}),
              HasSubstr("s.toml:2: run.auctions: expected a whole number from 1 to 10000, found 0"));
  EXPECT_THAT(refusal_of("[run]\nauctions = \"3\"\n" + std::string{plain}), HasSubstr("found \"3\""));
  EXPECT_THAT(refusal_of("[[phase]]\nkind = \"steady\"\nseconds = 2\n"), HasSubstr("phase[1].rate: expected"));
  EXPECT_THAT(refusal_of("[[phase]]\nkind = \"steady\"\nseconds = 2\nrate = 10\nbids = 4\n"),
              testing::AllOf(HasSubstr("s.toml:5: phase[1].bids"), HasSubstr("a key of another kind")));
  EXPECT_THAT(refusal_of("[[phase]]\nkind = \"stedy\"\nseconds = 2\nrate = 10\n"),
              HasSubstr("s.toml:2: phase[1].kind: expected one of: steady ramp"));
  EXPECT_THAT(refusal_of("[[phase]]\nkind = \"churn\"\nseconds = 2\nrate = 10\njoins_a_s = 1\n"),
              HasSubstr("phase[1].stay_s"));
  EXPECT_THAT(refusal_of("[[phase]]\nkind = \"steady\"\nseconds = 2\nrate = inf\n"), HasSubstr("phase[1].rate"));
  EXPECT_THAT(refusal_of(plain + std::string{"[thresholds]\nreceipt_p98_ms = 1\n"}),
              HasSubstr("s.toml:6: thresholds.receipt_p98_ms"));
  EXPECT_THAT(refusal_of("[servers]\n" + std::string{plain}), HasSubstr("servers: expected"));
  EXPECT_THAT(refusal_of("[run]\nauctions = 3\n"), HasSubstr("phase: expected one or more [[phase]]"));
  EXPECT_THAT(refusal_of("[run\n"), HasSubstr("s.toml:1: expected a readable file in TOML"));
}

TEST(Scenario, ends_with_the_burst_where_it_has_one) {
  EXPECT_THAT(
      refusal_of("[[phase]]\nkind = \"burst_at_close\"\nseconds = 2\nrate = 10\nbids = 5\n" + std::string{plain}),
      HasSubstr("burst_at_close as the last phase"));
}

TEST(Scenario, every_example_is_read_and_all_kinds_have_one) {
  std::set<PhaseKind> kinds;
  for (auto const& file : std::filesystem::directory_iterator{EBB_SCENARIOS}) {
    auto const read = read_scenario(file.path().string());
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_FALSE(read->thresholds.empty()) << file.path();
    for (auto const& phase : read->phases) kinds.insert(phase.kind);
  }
  EXPECT_EQ(kinds.size(), 8u);
}

TEST(Acts, happen_in_their_phase_and_in_order) {
  Phase calm, storm, churn;
  calm.span = storm.span = churn.span = std::chrono::seconds{10};
  storm.kind = PhaseKind::ReconnectStorm;
  storm.every_s = 5;
  churn.kind = PhaseKind::Churn;
  churn.joins_a_s = 20;
  churn.stay_s = 2;
  auto const acts = acts_of({calm, storm, churn}, 4, 1);
  ASSERT_GT(acts.size(), 2u);
  EXPECT_EQ(acts[0].deed, Deed::Storm);
  EXPECT_EQ(acts[0].due, std::chrono::milliseconds{12'500});
  EXPECT_EQ(acts[1].due, std::chrono::milliseconds{17'500});
  EXPECT_NEAR(static_cast<double>(acts.size() - 2), 200, 70);
  for (std::size_t i = 2; i < acts.size(); ++i) {
    EXPECT_EQ(acts[i].deed, Deed::Join);
    EXPECT_GE(acts[i].due, acts[i - 1].due);
    EXPECT_LT(acts[i].lot, 4u);
    EXPECT_EQ(acts[i].lasts, std::chrono::seconds{2});
  }
}

TEST(Acts, know_who_is_slow_and_who_for_good) {
  Phase a, b;
  a.kind = b.kind = PhaseKind::SlowReaders;
  a.slow_share = 0.3;
  a.stop_s = 5;
  b.slow_share = 0.1;
  b.stop_s = 0;
  auto const slow = slow_watchers({a, b}, 20);
  EXPECT_EQ(slow.ever, 6u);
  EXPECT_EQ(slow.for_good, 2u);
}
