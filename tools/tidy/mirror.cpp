// Tests stand apart but mirrored, so that nobody has to search: <room>/x.cpp, tests/unit/<room>/x_test.cpp.
#include <algorithm>
#include <array>
#include <map>

#include "tools/tidy/rules.h"

namespace tidy {
namespace {

constexpr std::array<std::string_view, 4> rooms{"engine/", "modules/", "persistence/", "gateway/"};

bool is_of_a_room(Source const& file) {
  return std::ranges::any_of(rooms, [&](std::string_view room) { return file.is_in(room); });
}

std::string stem(std::string_view path) {
  return std::string{path.substr(0, path.rfind('.'))};
}

// path -> reason, of lines "path: reason"; '#' begins a comment.
std::map<std::string, std::string, std::less<>> excuses(std::vector<std::string> const& lines) {
  std::map<std::string, std::string, std::less<>> excused;
  for (auto const& line : lines) {
    auto const colon = line.find(": ");
    if (line.starts_with('#') || colon == std::string::npos) continue;
    excused[line.substr(0, colon)] = line.substr(colon + 2);
  }
  return excused;
}

}  // namespace

void hold_mirror(Tree const& tree, std::vector<std::string> const& excused, Findings& findings) {
  auto left = excuses(excused);
  for (auto const& file : tree.files) {
    if (file.is_cpp() && is_of_a_room(file)) {
      auto const test = "tests/unit/" + stem(file.path) + "_test.cpp";
      if (tree.find(test) != nullptr || left.erase(file.path) > 0) continue;
      findings.push_back({file.path, 0, "no test of its own: " + test});
    }
    constexpr std::string_view unit = "tests/unit/";
    if (!file.is_in(unit) || !file.path.ends_with("_test.cpp")) continue;
    auto const mirrored = file.path.substr(unit.size(), file.path.size() - unit.size() - 9);
    auto const is_room_test =
        std::ranges::any_of(rooms, [&](std::string_view room) { return mirrored.starts_with(room); });
    if (!is_room_test || tree.find(mirrored + ".cpp") != nullptr || tree.find(mirrored + ".h") != nullptr) continue;
    if (left.erase(file.path) == 0)
      findings.push_back({file.path, 0, "the test of a file that is not there: " + mirrored + ".cpp"});
  }
  for (auto const& [path, reason] : left) {
    findings.push_back({"tools/tidy/mirror.txt", 0, path + ": excused (" + reason + ") for nothing"});
  }
}

}  // namespace tidy
