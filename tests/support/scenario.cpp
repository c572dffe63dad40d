// Reads scenario files, line by line. How a line becomes a command is in scenario_commands.cpp, how events speak in
// scenario_phrases.cpp.
//
// Thread: any. Failure: a file that cannot be understood stops the test program with its line. Memory: the steps.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/support/scenario_line.h"

namespace support {
namespace {

using namespace engine;

class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  std::vector<ScenarioStep> read() {
    std::ifstream in(path_);
    if (!in) {
      std::cerr << path_ << ": cannot be read\n";
      std::exit(2);
    }
    int number = 0;
    for (std::string text; std::getline(in, text);) read_line(++number, text.substr(0, text.find('#')));
    return std::move(steps_);
  }

 private:
  void read_line(int number, std::string const& text) {
    auto const arrow = text.find("->");
    Line line(path_, number, text.substr(0, arrow));
    if (line.is_done()) return;
    if (line.peek() == "lot" || line.peek() == "admit") return read_rules(line, told_);
    ScenarioStep step{.line = number, .text = text, .at = at_, .command = {}, .expected = {}};
    if (line.peek() != "restart") {
      step.at = at_ = line.time();
      step.command = read_command(line, told_);
    }
    if (arrow != std::string::npos) step.expected = read_expected(text.substr(arrow + 2));
    steps_.push_back(std::move(step));
  }

  static std::vector<std::string> read_expected(std::string const& text) {
    std::vector<std::string> expected;
    std::istringstream in(text);
    for (std::string phrase; std::getline(in, phrase, ',');) {
      auto const first = phrase.find_first_not_of(' ');
      if (first == std::string::npos) continue;
      expected.push_back(phrase.substr(first, phrase.find_last_not_of(' ') - first + 1));
    }
    return expected;
  }

  std::string path_;
  Instant at_ = at_millis(first_day * 86'400'000);
  Told told_;
  std::vector<ScenarioStep> steps_;
};

}  // namespace

std::vector<ScenarioStep> read_scenario(std::string const& path) {
  return Reader(path).read();
}

std::string time_text(Instant at) {
  auto millis = in_millis(at) - first_day * 86'400'000;
  auto const day = millis / 86'400'000;
  millis %= 86'400'000;
  char text[48];
  std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(millis / 3'600'000),
                static_cast<int>(millis / 60'000 % 60), static_cast<int>(millis / 1'000 % 60));
  std::string shown = text;
  if (day != 0) shown = std::to_string(day) + "+" + shown;
  if (millis % 1'000 != 0) {
    std::snprintf(text, sizeof text, ".%03d", static_cast<int>(millis % 1'000));
    shown += text;
  }
  return shown;
}

}  // namespace support
