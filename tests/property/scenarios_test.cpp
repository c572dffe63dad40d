// Every scenario holds against the Hall, also with a restart at any line: the Hall is thrown away and rebuilt from
// the bytes of all commands so far, or from what it saved.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/codec.h"
#include "engine/hall.h"
#include "tests/support/scenario.h"

namespace {

using namespace engine;
namespace fs = std::filesystem;

// A Hall with the journal a real one would have: the bytes of every command.
class World {
 public:
  Events apply(Instant at, Command const& command) {
    auto const privacy = Privacy::Private;  // the harder of the two ways through the codec
    auto const [open, secret] = encode(command, privacy);
    journal_.push_back({at, open, secret});
    return play(hall_, journal_.size() - 1);
  }
  void restart() {
    Hall rebuilt;
    for (std::size_t i = 0; i < journal_.size(); ++i) play(rebuilt, i);
    EXPECT_EQ(rebuilt.digest(), hall_.digest());
    EXPECT_EQ(rebuilt.next_due(), hall_.next_due());
    hall_ = std::move(rebuilt);
  }
  void restart_from_saved() {
    Hall loaded;
    hall_.save([&](std::string_view piece) { EXPECT_TRUE(loaded.load(piece)); });
    EXPECT_EQ(loaded.digest(), hall_.digest());
    hall_ = std::move(loaded);
  }

 private:
  struct Record {
    Instant at;
    std::string open, secret;
  };
  Events play(Hall& hall, std::size_t place) {
    auto const& record = journal_[place];
    auto command = decode_command(record.open, record.secret);
    EXPECT_TRUE(command);
    Events events;
    hall.apply({Seq{place + 1}, Seq{}, record.at, std::nullopt, {}, *command}, events);
    return events;
  }

  Hall hall_;
  std::vector<Record> journal_;
};

std::vector<std::string> scenario_files() {
  auto const* const source = std::getenv("EBB_SOURCE_DIR");
  std::set<std::string> files;
  for (auto const& entry : fs::directory_iterator(fs::path(source ? source : ".") / "tests/scenarios")) {
    if (entry.path().extension() == ".txt") files.insert(entry.path().string());
  }
  return {files.begin(), files.end()};
}

// Plays all steps, with one restart more before the step numbered `restart_before`.
enum class From : std::uint8_t { Journal, Saved };
void play(std::vector<support::ScenarioStep> const& steps, std::size_t restart_before, From from) {
  World world;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i == restart_before || !steps[i].command) from == From::Saved ? world.restart_from_saved() : world.restart();
    if (!steps[i].command) continue;
    auto const wrong = support::mismatch(steps[i], world.apply(steps[i].at, *steps[i].command));
    ASSERT_TRUE(wrong.empty()) << wrong;
  }
  world.restart();
}

TEST(Scenarios, all_hold_with_a_restart_at_every_line) {
  auto const files = scenario_files();
  ASSERT_GE(files.size(), 3u);
  for (auto const& file : files) {
    SCOPED_TRACE(file);
    auto const steps = support::read_scenario(file);
    ASSERT_FALSE(steps.empty());
    for (std::size_t restart_before = 0; restart_before <= steps.size(); ++restart_before) {
      for (auto const from : {From::Journal, From::Saved}) {
        play(steps, restart_before, from);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST(Scenarios, a_surprising_event_and_a_missing_phrase_both_fail_a_step) {
  support::ScenarioStep step{.line = 1, .text = "", .at = {}, .command = Tick{}, .expected = {}};
  Events const started{LotStarted{lot_id(InquiryId{1}, 1), at_millis(0)}};
  EXPECT_FALSE(support::mismatch(step, started).empty());
  step.expected = {"A:started"};
  EXPECT_TRUE(support::mismatch(step, started).empty());
  step.expected = {"started", "accepted"};
  EXPECT_FALSE(support::mismatch(step, started).empty());
  step.expected = {"nothing"};
  EXPECT_TRUE(support::mismatch(step, {}).empty());
  EXPECT_FALSE(support::mismatch(step, started).empty());
}

}  // namespace
