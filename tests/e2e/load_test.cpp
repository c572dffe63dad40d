// ebb-load against the real server: every example scenario in a tiny form, and what becomes of its result.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

#include "tests/support/server_process.h"

namespace {

using namespace support;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string text_in(fs::path const& file) {
  std::ifstream in{file};
  return {std::istreambuf_iterator<char>{in}, {}};
}

void write(fs::path const& file, std::string const& text) {
  std::ofstream{file} << text;
}

// The same scenario in two lots and seconds.
std::string tiny(std::string text) {
  auto const with = [&](char const* pattern, char const* now) {
    text = std::regex_replace(text, std::regex{pattern}, now);
  };
  with("warmup_s = .*", "warmup_s = 1");
  with("auctions = .*", "auctions = 2");
  with("suppliers = .*", "suppliers = 3");
  with("watchers = .*", "watchers = 4");
  with("seconds = .*", "seconds = 2");
  with("rate = .*", "rate = 20");
  with("bids = .*", "bids = 20");
  with("every_s = .*", "every_s = 1");
  with("joins_a_s = .*", "joins_a_s = 5");
  with("stay_s = .*", "stay_s = 1");
  with("stop_s = [1-9].*", "stop_s = 1");
  with("comeback_p99_ms = .*", "comeback_p99_ms = 60000");  // says what is missing, not how fast this machine is
  return text;
}

class load : public testing::Test {
 protected:
  load()
      : server_{{{"rules.notice_min_s", "0"},
                 {"rules.duration_min_s", "1"},
                 {"rules.extension_min_s", "1"},
                 {"rules.quoting_min_s", "1"},
                 {"rules.confirm_min_s", "1"},
                 {"rules.resume_floor_s", "1"}}} {
    server_.start();
    write(place_.path() / "admin", "admin\n" + server_.one_time_password() + "\n");
  }
  Finished run(std::vector<std::string> words) {
    words.insert(words.begin(), EBB_LOAD);
    return run_program(words, place_.path());
  }
  std::vector<std::string> with_server(std::vector<std::string> words) {
    words.insert(words.end(), {"--server", "127.0.0.1:" + std::to_string(server_.port()), "--admin-file",
                               (place_.path() / "admin").string(), "--seed", "1"});
    return words;
  }
  std::string file(std::string const& name) const { return (place_.path() / name).string(); }

  ServerProcess server_;
  TemporaryDirectory place_;
};

TEST_F(load, every_example_scenario_runs_and_finds_everything_true) {
  for (auto const& example : fs::directory_iterator{EBB_SCENARIOS}) {
    write(place_.path() / "tiny.toml", tiny(text_in(example.path())));
    auto const done = run(with_server({"run", file("tiny.toml")}));
    EXPECT_EQ(done.code, 0) << example.path() << '\n' << done.output << done.errors;
    EXPECT_THAT(done.output, HasSubstr("verified:"));
  }
}

TEST_F(load, two_processes_make_one_result_a_page_and_a_comparison) {
  write(place_.path() / "tiny.toml", tiny(text_in(fs::path{EBB_SCENARIOS} / "mixed.toml")));
  auto const done = run(with_server({"run", file("tiny.toml"), "--processes", "2", "--json", file("result.json"),
                                     "--intervals", file("result.log")}));
  ASSERT_EQ(done.code, 0) << done.output << done.errors;
  EXPECT_THAT(text_in(file("result.log")), testing::AllOf(HasSubstr("#[Histogram log format version 1.3]"),
                                                          HasSubstr("Tag=receipt,"), HasSubstr("Tag=rest,")));
  EXPECT_THAT(text_in(file("result.json.receipt.hgrm")), HasSubstr("Percentile"));

  auto const page = run({"report", file("result.json"), "-o", file("report.html")});
  ASSERT_EQ(page.code, 0) << page.errors;
  EXPECT_THAT(text_in(file("report.html")), testing::AllOf(HasSubstr("核对一致"), HasSubstr("提交 commit")));

  auto const same = run({"compare", file("result.json"), file("result.json"), "--fail-above", "1.10"});
  EXPECT_EQ(same.code, 0) << same.output;
  EXPECT_THAT(same.output, HasSubstr("single runs"));
}

TEST_F(load, a_missed_threshold_is_3_and_a_wrong_scenario_2) {
  auto scenario = tiny(text_in(fs::path{EBB_SCENARIOS} / "steady.toml"));
  write(place_.path() / "missed.toml", scenario + "receipt_p50_ms = 0.0001\n");
  auto const missed = run(with_server({"run", file("missed.toml")}));
  EXPECT_EQ(missed.code, 3) << missed.output << missed.errors;
  EXPECT_THAT(missed.output, HasSubstr("threshold missed: receipt_p50_ms = 0.0001"));

  write(place_.path() / "wrong.toml", scenario + "colour = 1\n");
  auto const wrong = run(with_server({"run", file("wrong.toml")}));
  EXPECT_EQ(wrong.code, 2);
  EXPECT_THAT(wrong.errors, HasSubstr("thresholds.colour"));
}

}  // namespace
