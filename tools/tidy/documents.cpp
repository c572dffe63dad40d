// What documents say is there: the map of folders, the links, the codes of the protocol.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>
#include <set>

#include "tools/tidy/rules.h"

namespace tidy {
namespace {

constexpr std::string_view map_begins = "<!-- folders -->";
constexpr std::string_view map_ends = "<!-- /folders -->";

std::set<std::string> folders_at_the_top(Tree const& tree) {
  std::set<std::string> folders;
  for (auto const& file : tree.files) {
    if (auto const room = file.room(); !room.empty()) folders.insert(room);
  }
  return folders;
}

// "engine" of "| `engine/` | decides | … |".
std::optional<std::string> folder_of_row(std::string_view row) {
  auto const open = row.find('`');
  auto const close = row.find('`', open + 1);
  if (!row.starts_with('|') || open == std::string_view::npos || close == std::string_view::npos) return std::nullopt;
  auto folder = row.substr(open + 1, close - open - 1);
  if (!folder.ends_with('/')) return std::nullopt;
  folder.remove_suffix(1);
  return std::string{folder};
}

void hold_map(Tree const& tree, Findings& findings) {
  auto const* readme = tree.find("README.md");
  if (readme == nullptr) return findings.push_back({"README.md", 0, "there is none"});
  auto const& lines = readme->lines;
  auto const begin = std::ranges::find(lines, map_begins);
  auto const end = std::find(begin, lines.end(), map_ends);
  if (end == lines.end()) {
    return findings.push_back(
        {"README.md", 0, "no map of folders between " + std::string{map_begins} + " and " + std::string{map_ends}});
  }
  std::set<std::string> mapped;
  for (auto row = begin; row != end; ++row) {
    auto const folder = folder_of_row(*row);
    if (!folder) continue;
    mapped.insert(*folder);
    if (tree.has_folder(*folder)) continue;
    findings.push_back(
        {"README.md", static_cast<std::size_t>(row - lines.begin()) + 1, *folder + "/: on the map, but not there"});
  }
  for (auto const& folder : folders_at_the_top(tree)) {
    if (!mapped.contains(folder)) findings.push_back({"README.md", 0, folder + "/: there, but not on the map"});
  }
}

bool exists(Tree const& tree, std::string const& path) {
  bool const is_picture = std::ranges::find(tree.pictures, path) != tree.pictures.end();
  return path.empty() || path == "." || tree.find(path) != nullptr || tree.has_folder(path) || is_picture;
}

void hold_link(Tree const& tree, Source const& page, std::size_t line, std::string target, Findings& findings) {
  if (target.find("://") != std::string::npos || target.starts_with("mailto:")) return;
  target = target.substr(0, target.find('#'));
  if (target.empty()) return;
  auto const folder = std::filesystem::path{page.path}.parent_path();
  auto path = (folder / target).lexically_normal().generic_string();
  if (path.ends_with('/')) path.pop_back();
  if (!exists(tree, path)) findings.push_back({page.path, line, "a link to nowhere: " + target});
}

// [text](target), as many as the line has; not inside `code`.
void hold_links(Tree const& tree, Source const& page, Findings& findings) {
  auto is_fenced = false;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    std::string_view line = page.lines[i];
    if (line.starts_with("```")) is_fenced = !is_fenced;
    if (is_fenced) continue;
    for (auto at = line.find("]("); at != std::string_view::npos; at = line.find("](", at + 1)) {
      if (std::ranges::count(line.substr(0, at), '`') % 2 != 0) continue;
      auto const end = line.find(')', at);
      if (end == std::string_view::npos) break;
      hold_link(tree, page, i + 1, std::string{line.substr(at + 2, end - at - 2)}, findings);
    }
  }
}

bool is_code_char(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Words in `ticks` such as ABOVE_CEILING: capitals with at least one underscore.
std::vector<std::string> codes_in(std::string_view line) {
  std::vector<std::string> codes;
  for (auto open = line.find('`'); open != std::string_view::npos;) {
    auto const close = line.find('`', open + 1);
    if (close == std::string_view::npos) break;
    auto const word = line.substr(open + 1, close - open - 1);
    auto const is_code = word.find('_') != std::string_view::npos && std::ranges::all_of(word, is_code_char);
    if (is_code) codes.emplace_back(word);
    open = line.find('`', close + 1);
  }
  return codes;
}

// 3008 and the like: four digits that stand alone in the first cell of a row.
std::vector<std::string> close_codes_in(std::string_view row) {
  std::vector<std::string> codes;
  if (!row.starts_with('|') || row.find("never used") != std::string_view::npos) return codes;
  auto const cell = row.substr(1, row.find('|', 1) - 1);
  for (std::size_t i = 0; i + 4 <= cell.size(); ++i) {
    auto const four = cell.substr(i, 4);
    auto const is_number = std::ranges::all_of(four, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number) codes.emplace_back(four);
  }
  return codes;
}

// Written by a room as the document names it: in a literal, or as a number.
bool is_in_a_room(Tree const& tree, std::string_view written) {
  return std::ranges::any_of(tree.files, [&](Source const& file) {
    auto const is_room = file.is_in("engine/") || file.is_in("modules/") || file.is_in("gateway/");
    if (!is_room || !file.is_code()) return false;
    return std::ranges::any_of(
        file.lines, [&](std::string const& line) { return find_word(line, written) != std::string_view::npos; });
  });
}

void hold_protocol(Tree const& tree, Findings& findings) {
  auto const* protocol = tree.find("gateway/PROTOCOL.md");
  if (protocol == nullptr) return;
  auto is_close_codes = false;
  for (std::size_t i = 0; i < protocol->lines.size(); ++i) {
    auto const& line = protocol->lines[i];
    if (line.starts_with("#")) is_close_codes = line.find("Close codes") != std::string::npos;
    for (auto const& code : codes_in(line)) {
      if (!is_in_a_room(tree, "\"" + code + "\""))
        findings.push_back({protocol->path, i + 1, code + ": no room has this code"});
    }
    if (!is_close_codes) continue;
    for (auto const& code : close_codes_in(line)) {
      if (!is_in_a_room(tree, code))
        findings.push_back({protocol->path, i + 1, code + ": no room closes with this code"});
    }
  }
}

}  // namespace

void hold_documents(Tree const& tree, Findings& findings) {
  hold_map(tree, findings);
  hold_protocol(tree, findings);
  for (auto const& file : tree.files) {
    if (file.path.ends_with(".md")) hold_links(tree, file, findings);
  }
}

}  // namespace tidy
