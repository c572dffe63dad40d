// The source tree as tidy sees it: files as lines, code apart from comments.
//
// Rules read this and nothing else, so that a test can hand them a tree of three lines that lies on no disk.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

struct Source {
  std::string path;                   // from the root of the tree, with '/'
  std::vector<std::string> lines;     // as they stand
  std::vector<std::string> code;      // C++ only: comments and the insides of literals are blank, columns kept
  std::vector<std::string> comments;  // C++ only: what is blank in `code` for being a comment
  bool executable = false;
  bool ends_with_newline = true;

  bool is_header() const { return path.ends_with(".h"); }
  bool is_cpp() const { return path.ends_with(".cpp"); }
  bool is_code() const { return is_header() || is_cpp(); }
  bool is_in(std::string_view folder) const;  // "engine/", "tests/unit/"
  std::string room() const;                   // first folder; empty at the root
};

Source make_source(std::string path, std::string_view text);

struct Tree {
  std::vector<Source> files;            // by path
  std::vector<std::string> pictures{};  // paths of what is no text: links lead there, nothing is read

  Source const* find(std::string_view path) const;
  bool has_folder(std::string_view folder) const;  // without '/' at the end
};

// Everything under `root` that is text of ours: not .git, build/, var/ or node_modules/.
std::expected<Tree, std::string> read_tree(std::filesystem::path const& root);

// The column of `word` as a whole word, at or after `from`; npos if there is none.
std::size_t find_word(std::string_view line, std::string_view word, std::size_t from = 0);

}  // namespace tidy
