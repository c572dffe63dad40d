// The arrows between rooms: engine <- modules <- {persistence, gateway} <- main, and web <- main. Told apart by what a
// file includes.
#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "tools/tidy/rules.h"

namespace tidy {
namespace {

struct Include {
  std::size_t line;
  std::string name;
  bool quoted;
};

using Names = std::span<std::string_view const>;

// What of the engine is vocabulary: everybody above may speak it. The rest is how the engine works.
constexpr std::array<std::string_view, 14> vocabulary{
    "engine/bytes.h",        "engine/check.h",   "engine/codec.h",  "engine/command.h", "engine/event.h",
    "engine/figure.h",       "engine/ids.h",     "engine/limits.h", "engine/money.h",   "engine/ports.h",
    "engine/transparency.h", "engine/refusal.h", "engine/rules.h",  "engine/time.h"};
constexpr std::array<std::string_view, 3> rooms_above{"tools/", "tests/", "bench/"};
constexpr std::array<std::string_view, 2> sockets{"boost/beast", "boost/asio"};
constexpr std::array<std::string_view, 5> json{"boost/json", "simdjson", "nlohmann", "rapidjson",
                                               "boost/property_tree"};
constexpr std::array<std::string_view, 1> store{"lmdb"};
// Floors of the modules, lowest first; a module includes the public header of a lower floor, never upwards.
constexpr std::array<std::string_view, 3> floor_0{"accounts", "registries", "planning"};
constexpr std::array<std::string_view, 4> floor_1{"inquiry", "mall", "framework", "tendering"};
constexpr std::array<std::string_view, 1> floor_2{"contracts"};
constexpr std::array<std::string_view, 2> floor_3{"supervision", "disclosure"};
constexpr std::array<Names, 4> floors{Names{floor_0}, Names{floor_1}, Names{floor_2}, Names{floor_3}};

bool is_one_of(Names names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool starts_with_any(Names beginnings, std::string_view name) {
  return std::ranges::any_of(beginnings, [&](std::string_view beginning) { return name.starts_with(beginning); });
}

std::vector<Include> includes(Source const& file) {
  std::vector<Include> found;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    std::string_view line = file.lines[i];
    if (!line.starts_with("#include ")) continue;
    auto const open = line.find_first_of("\"<");
    auto const close = line.find_first_of("\">", open + 1);
    if (open == std::string_view::npos || close == std::string_view::npos) continue;
    found.push_back({i + 1, std::string{line.substr(open + 1, close - open - 1)}, line[open] == '"'});
  }
  return found;
}

// "inquiry" of "modules/inquiry/draft.h"; empty for what lies in modules/ itself.
std::string_view module_of(std::string_view path) {
  if (!path.starts_with("modules/")) return {};
  path.remove_prefix(8);
  auto const slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::optional<std::size_t> floor_of(std::string_view module) {
  for (std::size_t i = 0; i < floors.size(); ++i) {
    if (is_one_of(floors[i], module)) return i;
  }
  return std::nullopt;
}

using Verdict = std::optional<std::string>;

Verdict judge_engine(Source const& file, Include const& include) {
  auto const& name = include.name;
  if (include.quoted) {
    if (!name.starts_with("engine/")) return "the engine includes nothing but itself and the standard library";
    return std::nullopt;
  }
  // The processor's own vectors come with the compiler, like the standard library; large pages are advice to the
  // system.
  auto const is_vectors = name == "immintrin.h" && file.path == "engine/tally.cpp";
  auto const is_pages = name == "sys/mman.h" && file.path == "engine/pages.cpp";
  if (name.find_first_of("/.") != std::string::npos && !is_vectors && !is_pages) {
    return "the engine includes only the standard library";
  }
  if (name == "iostream") return "the engine neither prints nor reads";
  static constexpr std::array<std::string_view, 7> threads{"thread", "mutex",        "condition_variable", "atomic",
                                                           "future", "shared_mutex", "semaphore"};
  auto const is_inbox = file.path.starts_with("engine/inbox.");
  if (is_one_of(threads, name) && !is_inbox) return "only the engine's inbox knows that there are threads";
  return std::nullopt;
}

Verdict judge_module(Source const& file, Include const& include) {
  auto const& name = include.name;
  if (starts_with_any(sockets, name)) return "a module sees no socket";
  if (starts_with_any(store, name)) return "a module sees no LMDB";
  if (!include.quoted) return std::nullopt;
  if (name.starts_with("engine/") && !is_one_of(vocabulary, name)) {
    return "a module speaks the engine's vocabulary and knows nothing of how it works";
  }
  if (name.starts_with("persistence/") || name.starts_with("gateway/")) return "arrows point down: not above modules/";
  auto const own = module_of(file.path);
  auto const other = module_of(name);
  if (other.empty() || other == own) return std::nullopt;
  if (own.empty()) return "what all modules share knows no single one";
  auto const public_header = "modules/" + std::string{other} + "/" + std::string{other} + ".h";
  if (name != public_header) return "the inside of another module; its public header is " + public_header;
  auto const own_floor = floor_of(own);
  auto const other_floor = floor_of(other);
  if (!own_floor || !other_floor) return "one of the two modules has no floor in tools/tidy/arrows.cpp";
  if (*other_floor >= *own_floor) return "a module includes only lower floors; listen to its events instead";
  return std::nullopt;
}

Verdict judge_persistence(Include const& include) {
  auto const& name = include.name;
  if (starts_with_any(sockets, name)) return "persistence sees no socket";
  if (starts_with_any(json, name)) return "persistence speaks bytes, not JSON";
  if (!include.quoted) return std::nullopt;
  if (name.starts_with("gateway/")) return "persistence and gateway do not know each other";
  if (!module_of(name).empty()) return "persistence knows no single module";
  return std::nullopt;
}

Verdict judge_gateway(Include const& include) {
  auto const& name = include.name;
  if (starts_with_any(store, name)) return "the gateway sees no LMDB";
  if (!include.quoted) return std::nullopt;
  if (name.starts_with("persistence/")) return "gateway and persistence do not know each other";
  if (!module_of(name).empty()) return "the gateway knows no single module";
  if (name.starts_with("engine/") && !is_one_of(vocabulary, name) && name != "engine/inbox.h") {
    return "the gateway knows the engine's vocabulary and its inbox, nothing else";
  }
  return std::nullopt;
}

// The page is a leaf: it knows nobody, and only main hands it on.
Verdict judge_page(Source const& file, Include const& include) {
  auto const includes_page = include.name.starts_with("web/");
  auto const is_page = file.is_in("web/");
  if (is_page && include.quoted && !includes_page) return "web includes nothing but itself and the standard library";
  auto const may = is_page || file.is_in("tools/ebb/") || file.is_in("tests/");
  if (include.quoted && includes_page && !may) return "only tools/ebb includes web, and hands it on";
  return std::nullopt;
}

Verdict judge_include(Source const& file, Include const& include) {
  if (auto wrong = judge_page(file, include)) return wrong;
  auto const room = file.room();
  auto const is_room = room == "engine" || room == "modules" || room == "persistence" || room == "gateway";
  if (is_room && include.quoted && starts_with_any(rooms_above, include.name)) {
    return "tools, tests and bench are included by nobody";
  }
  if (room == "engine") return judge_engine(file, include);
  if (room == "modules") return judge_module(file, include);
  if (room == "persistence") return judge_persistence(include);
  if (room == "gateway") return judge_gateway(include);
  return std::nullopt;
}

}  // namespace

void hold_arrows(Tree const& tree, Findings& findings) {
  for (auto const& file : tree.files) {
    if (!file.is_code()) continue;
    for (auto const& include : includes(file)) {
      if (include.quoted && tree.find(include.name) == nullptr) {
        findings.push_back({file.path, include.line, include.name + ": no such file; includes start at the root"});
      } else if (auto wrong = judge_include(file, include)) {
        findings.push_back({file.path, include.line, include.name + ": " + *wrong});
      }
    }
  }
}

}  // namespace tidy
