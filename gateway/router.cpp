// Splitting, decoding and matching of paths.
#include "gateway/router.h"

#include <algorithm>
#include <set>

#include "engine/check.h"

namespace gateway {
namespace {

constexpr std::size_t target_bytes_max = 2'048;
constexpr std::size_t query_members_max = 32;

std::optional<unsigned> hex(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

enum class Plus : std::uint8_t { Literal /* in a path */, Space /* in a query */ };

std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      auto const high = hex(text[i + 1]), low = hex(text[i + 2]);
      if (!high || !low) return std::nullopt;
      byte = static_cast<unsigned char>((*high << 4) | *low);
      i += 2;
    } else if (byte == '+' && plus == Plus::Space) {
      byte = ' ';
    }
    if (byte < 0x20 || byte == 0x7f) return std::nullopt;
    out.push_back(static_cast<char>(byte));
  }
  return out;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    auto const end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool is_placeholder(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}');
}

bool fits(std::vector<std::string> const& pattern, std::vector<std::string> const& path) {
  return std::ranges::equal(pattern, path, [](std::string const& expected, std::string const& found) {
    return is_placeholder(expected) ? !found.empty() : expected == found;
  });
}

std::size_t literals(Router::Entry const& entry) {
  return static_cast<std::size_t>(
      std::ranges::count_if(entry.segments, [](auto const& s) { return !is_placeholder(s); }));
}

std::string allow(std::vector<Router::Entry const*> const& fitting) {
  std::set<std::string_view> methods;
  for (auto const* entry : fitting) {
    methods.insert(name_of(entry->route.method));
    if (entry->route.method == modules::Method::Get) methods.insert("HEAD");
  }
  std::string text;
  for (auto const method : methods) text.append(text.empty() ? "" : ", ").append(method);
  return text;
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/' || target.size() > target_bytes_max) return std::nullopt;
  auto const question = target.find('?');
  Target parsed;
  for (auto const segment :
       split(target.substr(1, question == std::string_view::npos ? question : question - 1), '/')) {
    auto decoded = decode(segment, Plus::Literal);
    if (!decoded) return std::nullopt;
    parsed.segments.push_back(std::move(*decoded));
  }
  if (question == std::string_view::npos) return parsed;
  for (auto const member : split(target.substr(question + 1), '&')) {
    if (member.empty()) continue;
    auto const equals = member.find('=');
    auto name = decode(member.substr(0, equals), Plus::Space);
    auto value = decode(equals == std::string_view::npos ? "" : member.substr(equals + 1), Plus::Space);
    if (!name || !value || parsed.query.size() == query_members_max) return std::nullopt;
    parsed.query.emplace_back(std::move(*name), std::move(*value));
  }
  return parsed;
}

void Router::add(modules::Route route) {
  route.pattern = std::string(api_root) + route.pattern;
  CHECK(route.method == modules::Method::Get ? route.read != nullptr
                                             : (route.decode != nullptr) != (route.act != nullptr));
  enter(Entry{std::move(route), Own::None, {}});
}

void Router::add(Own own, modules::Method method, std::string pattern, std::vector<modules::Role> roles) {
  modules::Route route{};
  route.method = method;
  route.pattern = std::move(pattern);
  route.roles = std::move(roles);
  enter(Entry{std::move(route), own, {}});
}

void Router::enter(Entry entry) {
  for (auto const segment : split(std::string_view(entry.route.pattern).substr(1), '/')) {
    entry.segments.emplace_back(segment);
  }
  // Two routes that fit the same paths equally well would make the order of the modules matter.
  auto const shape = [](Entry const& e) {
    auto segments = e.segments;
    for (auto& segment : segments) {
      if (is_placeholder(segment)) segment = "{}";
    }
    return segments;
  };
  for (auto const& other : entries_) {
    CHECK(other.route.method != entry.route.method || shape(other) != shape(entry));
  }
  entries_.push_back(std::move(entry));
}

std::variant<Router::Found, Router::WrongMethod, Router::Nowhere> Router::find(
    std::string_view method, std::vector<std::string> const& path) const {
  std::vector<Entry const*> fitting;
  for (auto const& entry : entries_) {
    if (fits(entry.segments, path)) fitting.push_back(&entry);
  }
  if (fitting.empty()) return Nowhere{};
  auto const wanted = method == "HEAD" ? std::string_view("GET") : method;
  Entry const* best = nullptr;
  for (auto const* entry : fitting) {
    if (name_of(entry->route.method) != wanted) continue;
    if (best == nullptr || literals(*entry) > literals(*best)) best = entry;
  }
  if (best == nullptr) return WrongMethod{allow(fitting)};
  Found found{best, {}};
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (is_placeholder(best->segments[i])) found.path.push_back(path[i]);
  }
  return found;
}

std::string_view name_of(modules::Method method) {
  switch (method) {
    case modules::Method::Get:
      return "GET";
    case modules::Method::Post:
      return "POST";
    case modules::Method::Put:
      return "PUT";
    case modules::Method::Patch:
      return "PATCH";
    case modules::Method::Delete:
      return "DELETE";
  }
  UNREACHABLE();
}

std::string shown_at(Router::Found const& called, std::uint64_t id) {
  auto const value = [&](std::string_view placeholder) {
    if (placeholder == "{id}") return std::to_string(id);
    std::size_t place = 0;
    for (auto const& segment : called.entry->segments) {
      if (segment == placeholder) return called.path[place];
      if (is_placeholder(segment)) ++place;
    }
    UNREACHABLE();
  };
  std::string at(api_root);
  for (auto const segment : split(std::string_view(called.entry->route.show).substr(1), '/')) {
    at.push_back('/');
    at.append(is_placeholder(segment) ? value(segment) : std::string(segment));
  }
  return at;
}

}  // namespace gateway
