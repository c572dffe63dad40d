// Which handler answers a method and a path.
//
// The modules add their routes under /api/v1; the door's own stand in the same table, so that there is one list that
// openapi.json is held against, and one rule for 404 and 405. A literal segment wins over a {placeholder}.
//
// Thread: filled while the house is put together, then read by any.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "modules/module.h"

namespace gateway {

inline constexpr std::string_view api_root = "/api/v1";

// A request's target, decoded. Nothing for what is not an origin-form path, has a bad escape or a control character.
struct Target {
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;
};
std::optional<Target> parse_target(std::string_view target);

// What the door answers by itself.
enum class Own : std::uint8_t { None, SignIn, SignOut, Password, Live, Livez, Readyz, Metrics, Echo };

class Router final : public modules::Routes {
 public:
  struct Entry {
    modules::Route route;  // pattern from the root: "/api/v1/inquiries/{inquiry}"
    Own own = Own::None;
    std::vector<std::string> segments;  // of the pattern
  };

  void add(modules::Route route) override;  // a module's: its pattern stands under /api/v1
  void add(Own own, modules::Method method, std::string pattern, std::vector<modules::Role> roles = {});

  struct Found {
    Entry const* entry;
    std::vector<std::string> path;  // the placeholders, in order
  };
  struct WrongMethod {
    std::string allow;  // "GET, HEAD, PUT"
  };
  struct Nowhere {};
  std::variant<Found, WrongMethod, Nowhere> find(std::string_view method, std::vector<std::string> const& path) const;

  std::vector<Entry> const& entries() const { return entries_; }

 private:
  void enter(Entry entry);
  std::vector<Entry> entries_;
};

std::string_view name_of(modules::Method method);

// `show` with "{id}" and the placeholders of the route that was called filled in; from the root.
std::string shown_at(Router::Found const& called, std::uint64_t id);

}  // namespace gateway
