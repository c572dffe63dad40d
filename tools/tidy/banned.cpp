// Words that have no place where they stand.
#include <algorithm>
#include <array>
#include <cctype>
#include <span>

#include "tools/tidy/rules.h"

namespace tidy {
namespace {

using Words = std::span<std::string_view const>;

struct Excuse {
  std::string_view path;  // a file, or a folder with its '/'
  std::string_view reason;
};

// Words that mean the same fault, where they are one, and who is excused.
struct Ban {
  std::string_view what;
  Words words;
  bool (*applies)(Source const&);
  std::span<Excuse const> excuses;
};

bool is_room(Source const& file) {
  static constexpr std::array<std::string_view, 4> rooms{"engine/", "modules/", "persistence/", "gateway/"};
  return std::ranges::any_of(rooms, [&](std::string_view room) { return file.is_in(room); });
}
bool is_deterministic(Source const& file) {
  return file.is_in("engine/") || file.is_in("modules/");
}
bool is_test(Source const& file) {
  return file.is_in("tests/");
}
bool is_room_or_test(Source const& file) {
  return is_room(file) || is_test(file);
}
bool is_room_or_inner_test(Source const& file) {
  return is_room(file) || (is_test(file) && !file.is_in("tests/e2e/") && !file.is_in("tests/support/"));
}
bool is_near_money(Source const& file) {
  if (is_deterministic(file)) return true;
  return std::ranges::find(file.lines, "#include \"engine/money.h\"") != file.lines.end();
}
bool is_anywhere(Source const&) {
  return true;
}

constexpr std::array<std::string_view, 6> clock_words{"system_clock",  "steady_clock", "high_resolution_clock",
                                                      "clock_gettime", "gettimeofday", "std::time("};
constexpr std::array<std::string_view, 5> float_words{"double", "float", "strtod", "stod", "atof"};
constexpr std::array<std::string_view, 6> random_words{"random_device", "mt19937",   "rand()",
                                                       "srand",         "getrandom", "randombytes_buf"};
constexpr std::array<std::string_view, 5> sleep_words{"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep("};
constexpr std::array<std::string_view, 5> output_words{"std::cout", "std::cerr", "std::clog", "printf(", "puts("};
constexpr std::array<std::string_view, 1> catch_words{"catch ("};
constexpr std::array<std::string_view, 1> using_words{"using namespace std;"};

constexpr std::array clock_excuses{
    Excuse{"persistence/journal.", "measures what a commit takes; no decision looks at it"},
    Excuse{"persistence/tables.", "the age of an open snapshot; no decision looks at it"},
    Excuse{"persistence/checkpointer.", "measures what a snapshot takes; no decision looks at it"},
    Excuse{"gateway/server_clock.", "the clock itself"},
    Excuse{"engine/inbox.", "its wake-up is the loop's timer"},
    Excuse{"gateway/net.h", "deadlines of connections, which no rule sees"},
    Excuse{"tests/faults/preloaded.", "the wall clock of a server under test"},
};
constexpr std::array<Excuse, 0> no_excuses{};
constexpr std::array catch_excuses{
    Excuse{"gateway/", "what Beast and simdjson throw becomes a value where it is caught"},
    Excuse{"persistence/files.", "std::filesystem and allocation become a Failure"},
};

constexpr std::array bans{
    Ban{"a clock outside its places: time comes in with the command", clock_words, is_room_or_inner_test,
        clock_excuses},
    Ban{"floating point near money", float_words, is_near_money, no_excuses},
    Ban{"randomness where history must replay: it comes in with the command", random_words, is_deterministic,
        no_excuses},
    Ban{"sleeping: time is advanced, never slept (a wait for the outside says so: // wait: for what)", sleep_words,
        is_room_or_test, no_excuses},
    Ban{"output from a room: only main prints, the log is the gateway's", output_words, is_room, no_excuses},
    Ban{"exceptions do not cross rooms: only main and tools catch", catch_words, is_room, catch_excuses},
    Ban{"every name of std at once", using_words, is_anywhere, no_excuses},
};

bool is_excused(Ban const& ban, Source const& file) {
  return std::ranges::any_of(ban.excuses, [&](Excuse const& excuse) { return file.path.starts_with(excuse.path); });
}

// A wait for something outside (a socket, a process) is marked where it stands, with what it waits for.
bool is_marked_wait(Source const& file, std::size_t line) {
  return file.comments[line].find("// wait:") != std::string::npos ||
         (line > 0 && file.comments[line - 1].find("// wait:") != std::string::npos);
}

void hold_words(Ban const& ban, Source const& file, Findings& findings) {
  if (!ban.applies(file) || is_excused(ban, file)) return;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    if (file.code[i].starts_with("#include")) continue;
    for (auto const word : ban.words) {
      if (find_word(file.code[i], word) == std::string_view::npos) continue;
      if (ban.words.data() == sleep_words.data() && is_marked_wait(file, i)) continue;
      findings.push_back({file.path, i + 1, std::string{word} + ": " + std::string{ban.what}});
    }
  }
}

// "bool late" of "bool late = …"; a function type such as std::function<void(bool)> counts too.
bool is_bool_parameter(std::string_view parameter) {
  while (!parameter.empty() && (parameter.front() == ' ' || parameter.front() == '\n')) parameter.remove_prefix(1);
  if (parameter.starts_with("const ")) parameter.remove_prefix(6);
  if (!parameter.starts_with("bool")) return false;
  parameter.remove_prefix(4);
  return parameter.empty() || parameter.front() == ' ';
}

struct OpenParenthesis {
  std::size_t line;
  std::size_t bools = 0;
  std::string parameter{};
  void finish() {
    if (is_bool_parameter(parameter)) ++bools;
    parameter.clear();
  }
};

void hold_bool_parameters(Source const& file, Findings& findings) {
  std::size_t const allowed = is_room(file) ? 0 : 1;
  std::vector<OpenParenthesis> open;
  for (std::size_t i = 0; i < file.code.size(); ++i) {
    for (auto const c : file.code[i] + "\n") {
      if (c == '(') {
        open.push_back({i + 1});
      } else if (open.empty()) {
        continue;
      } else if (c == ')') {
        open.back().finish();
        if (open.back().bools > allowed) {
          findings.push_back({file.path, open.back().line,
                              "a bool parameter: at the call nobody knows what true means; take an enum"});
        }
        open.pop_back();
      } else if (c == ',') {
        open.back().finish();
      } else {
        open.back().parameter.push_back(c);
      }
    }
  }
}

void hold_unfinished(Source const& file, Findings& findings) {
  static constexpr std::array<std::string_view, 4> marks{"TODO", "FIXME", "XXX", "HACK"};
  auto const& lines = file.is_code() ? file.comments : file.lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (auto const mark : marks) {
      if (find_word(lines[i], mark) == std::string_view::npos) continue;
      findings.push_back({file.path, i + 1, "unfinished work: do it or say nothing"});
    }
  }
}

// A class that cannot be named after what it does is not done; a drawer for everything fills up.
void hold_names(Source const& file, Findings& findings) {
  static constexpr std::array<std::string_view, 5> drawers{"util", "utils", "helpers", "misc", "common"};
  auto path = std::string_view{file.path};
  while (!path.empty()) {
    auto const part = path.substr(0, path.find('/'));
    auto const stem = part.substr(0, part.find('.'));
    if (std::ranges::find(drawers, stem) != drawers.end()) {
      findings.push_back({file.path, 0, std::string{stem} + ": a drawer for everything; name it after what it does"});
    }
    path.remove_prefix(std::min(part.size() + 1, path.size()));
  }
}

}  // namespace

void hold_banned(Tree const& tree, Findings& findings) {
  for (auto const& file : tree.files) {
    hold_unfinished(file, findings);
    hold_names(file, findings);
    if (!file.is_code()) continue;
    for (auto const& ban : bans) hold_words(ban, file, findings);
    hold_bool_parameters(file, findings);
  }
}

}  // namespace tidy
