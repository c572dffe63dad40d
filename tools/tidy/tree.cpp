// Reads the tree and takes C++ apart into code and comments, just far enough for rules that look for words.
#include "tools/tidy/tree.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>
#include <system_error>

namespace tidy {
namespace {

namespace fs = std::filesystem;

bool is_word_char(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    auto const end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// Walks C++ text once and writes two copies of the same shape: one with only code, one with only comments.
class Peeler {
 public:
  explicit Peeler(std::string_view text) : text_(text), code_(blank(text)), comments_(code_) {}

  void run() {
    while (at_ < text_.size()) {
      if (starts("//")) {
        comment_until(std::min(text_.find('\n', at_), text_.size()));
      } else if (starts("/*")) {
        auto const end = text_.find("*/", at_ + 2);
        comment_until(end == std::string_view::npos ? text_.size() : end + 2);
      } else if (starts("R\"") && !follows_word()) {
        raw_literal();
      } else if (text_[at_] == '"' || (text_[at_] == '\'' && !follows_word())) {
        literal(text_[at_]);
      } else {
        keep();
      }
    }
  }
  std::vector<std::string> code() const { return split(code_); }
  std::vector<std::string> comments() const { return split(comments_); }

 private:
  static std::string blank(std::string_view text) {
    std::string shape(text.size(), ' ');
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') shape[i] = '\n';
    }
    return shape;
  }
  bool starts(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  bool follows_word() const { return at_ > 0 && is_word_char(text_[at_ - 1]); }  // 10'000 is a number, not a literal
  void keep() {
    code_[at_] = text_[at_];
    ++at_;
  }
  void comment_until(std::size_t end) {
    for (; at_ < end; ++at_) comments_[at_] = text_[at_];
  }
  void literal(char quote) {
    keep();
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') at_ += text_[at_] == '\\' ? 2U : 1U;
    if (at_ < text_.size()) keep();
  }
  void raw_literal() {
    keep();
    auto const open = text_.find('(', at_);
    if (open == std::string_view::npos) return;
    auto const closing = ")" + std::string{text_.substr(at_ + 1, open - at_ - 1)} + "\"";
    auto const end = text_.find(closing, open);
    at_ = end == std::string_view::npos ? text_.size() : end + closing.size();
  }

  std::string_view text_;
  std::string code_;
  std::string comments_;
  std::size_t at_ = 0;
};

// `corpus`: inputs that a fuzzer wrote, for no reader.
bool is_ours(fs::path const& name) {
  static constexpr std::array not_ours{".git",         "build",  "dist",    "var",  "corpus",
                                       "node_modules", ".cache", ".vscode", ".idea"};
  return std::ranges::find(not_ours, name.string()) == not_ours.end();
}

std::string read_whole(fs::path const& file) {
  std::ostringstream text;
  text << std::ifstream{file, std::ios::binary}.rdbuf();
  return text.str();
}

}  // namespace

bool Source::is_in(std::string_view folder) const {
  return path.starts_with(folder);
}

std::string Source::room() const {
  auto const slash = path.find('/');
  return slash == std::string::npos ? std::string{} : path.substr(0, slash);
}

Source make_source(std::string path, std::string_view text) {
  Source source{.path = std::move(path), .lines = split(text), .code = {}, .comments = {}};
  source.ends_with_newline = text.empty() || text.ends_with('\n');
  if (source.is_code()) {
    Peeler peeler{text};
    peeler.run();
    source.code = peeler.code();
    source.comments = peeler.comments();
  }
  return source;
}

Source const* Tree::find(std::string_view path) const {
  auto const found = std::ranges::lower_bound(files, path, {}, &Source::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

bool Tree::has_folder(std::string_view folder) const {
  auto const inside = std::string{folder} + "/";
  return std::ranges::any_of(files, [&](Source const& file) { return file.is_in(inside); });
}

std::expected<Tree, std::string> read_tree(fs::path const& root) {
  Tree tree;
  std::error_code wrong;
  auto entry = fs::recursive_directory_iterator{root, wrong};
  for (; !wrong && entry != fs::recursive_directory_iterator{}; entry.increment(wrong)) {
    if (!is_ours(entry->path().filename())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      auto const text = read_whole(entry->path());
      auto path = fs::relative(entry->path(), root).generic_string();
      if (text.find('\0') != std::string::npos) {
        tree.pictures.push_back(std::move(path));
        continue;
      }
      auto source = make_source(std::move(path), text);
      source.executable = (entry->status().permissions() & fs::perms::owner_exec) != fs::perms::none;
      tree.files.push_back(std::move(source));
    }
  }
  if (wrong) return std::unexpected{root.string() + ": " + wrong.message()};
  std::ranges::sort(tree.files, {}, &Source::path);
  return tree;
}

std::size_t find_word(std::string_view line, std::string_view word, std::size_t from) {
  for (auto at = line.find(word, from); at != std::string_view::npos; at = line.find(word, at + 1)) {
    auto const end = at + word.size();
    auto const starts = at == 0 || !is_word_char(line[at - 1]) || !is_word_char(word.front());
    auto const ends = end == line.size() || !is_word_char(line[end]) || !is_word_char(word.back());
    if (starts && ends) return at;
  }
  return std::string_view::npos;
}

}  // namespace tidy
