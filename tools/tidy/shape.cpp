// The outside of a file: how it opens, how long it is, whether its whitespace and its run bit are clean.
#include <algorithm>
#include <array>
#include <optional>

#include "tools/tidy/rules.h"

namespace tidy {
namespace {

constexpr std::size_t header_lines_max = 300;
constexpr std::size_t source_lines_max = 600;
constexpr std::size_t function_lines_max = 100;

void hold_opening(Source const& file, Findings& findings) {
  if (file.lines.empty() || !file.lines.front().starts_with("//")) {
    findings.push_back({file.path, 1, "a file opens with a comment: what it is, why it exists"});
  }
  if (!file.is_header()) return;
  if (std::ranges::find(file.code, "#pragma once") == file.code.end()) {
    findings.push_back({file.path, 1, "a header without #pragma once"});
  }
}

void hold_length(Source const& file, Findings& findings) {
  auto const most = file.is_header() ? header_lines_max : source_lines_max;
  if (file.lines.size() <= most) return;
  findings.push_back(
      {file.path, 0, std::to_string(file.lines.size()) + " lines: a reader gives up after " + std::to_string(most)});
}

// What stands before a brace says whether it opens a function: "Money half(Money m) const ", not "namespace x ".
bool opens_function(std::string_view before) {
  if (before.find('(') == std::string_view::npos) return false;
  static constexpr std::array<std::string_view, 7> others{"namespace", "class",  "struct",  "enum",
                                                          "union",     "extern", "requires"};
  auto const start = before.find_first_not_of(" \n\t");
  if (start == std::string_view::npos) return false;
  before.remove_prefix(start);
  return std::ranges::none_of(
      others, [&](std::string_view word) { return before.starts_with(word) && find_word(before, word) == 0; });
}

// Follows the braces of a file; functions inside functions (lambdas, loops) belong to the outer one.
void hold_functions(Source const& file, Findings& findings) {
  std::string before;
  std::size_t depth = 0;
  struct Body {
    std::size_t line;
    std::size_t depth;
  };
  std::optional<Body> body;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    if (file.code[i].starts_with('#')) continue;
    for (auto const c : file.code[i] + "\n") {
      if (c == '{') {
        if (!body && opens_function(before)) body = Body{i + 1, depth};
        ++depth;
      } else if (c == '}' && depth > 0) {
        --depth;
        if (body && body->depth == depth) {
          auto const lines = i + 2 - body->line;
          if (lines > function_lines_max) {
            findings.push_back(
                {file.path, body->line, "a function of " + std::to_string(lines) + " lines: it should fit a screen"});
          }
          body.reset();
        }
      }
      if (c == '{' || c == '}' || c == ';') {
        before.clear();
      } else {
        before.push_back(c);
      }
    }
  }
}

void hold_whitespace(Source const& file, Findings& findings) {
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    auto const& line = file.lines[i];
    if (line.find('\t') != std::string::npos) findings.push_back({file.path, i + 1, "a tab"});
    if (line.ends_with(' ')) findings.push_back({file.path, i + 1, "space at the end of the line"});
    if (line.ends_with('\r')) findings.push_back({file.path, i + 1, "a carriage return"});
  }
  if (!file.ends_with_newline) findings.push_back({file.path, file.lines.size(), "no newline at the end"});
}

void hold_run_bit(Source const& file, Findings& findings) {
  auto const is_script = !file.lines.empty() && file.lines.front().starts_with("#!");
  if (is_script && !file.executable) findings.push_back({file.path, 1, "a script without its run bit: chmod +x"});
  if (!is_script && file.executable) findings.push_back({file.path, 0, "a run bit on what is no script"});
}

}  // namespace

void hold_shape(Tree const& tree, Findings& findings) {
  for (auto const& file : tree.files) {
    hold_whitespace(file, findings);
    hold_run_bit(file, findings);
    if (!file.is_code()) continue;
    hold_opening(file, findings);
    hold_length(file, findings);
    hold_functions(file, findings);
  }
}

}  // namespace tidy
