// Reading the query of a list into what it is filtered by: what Fields is for a body, with the same faults.
//
// A parameter that nobody asked for is a fault, and so is a value that cannot be meant: a filter that silently matches
// nothing looks like an empty house. A pointer names the parameter: "/state".
//
//   Faults faults;
//   Query query(request.query, faults);
//   auto const states = query.any_of<State>("state", states_named);  // ?state=RUNNING,CLOSED or ?state=…&state=…
//   query.finish();
//   if (!faults.empty()) return std::unexpected(Denied{Malformed{std::move(faults)}});
//
// Thread: any. Failure: none; what is wrong becomes a Fault (400). After a fault a getter gives nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "modules/fields.h"

namespace modules {

class Query {
 public:
  using Parameters = std::vector<std::pair<std::string, std::string>>;
  Query(Parameters const& given, Faults& faults) : given_(given), faults_(faults) {}  // both outlive the query

  std::optional<std::uint64_t> number(std::string_view name);            // an id or "0"
  std::optional<std::string> text(std::string_view name, Length bytes);  // UTF-8
  std::optional<std::string> division(std::string_view name);            // "330100"
  bool is_set(std::string_view name);                                    // "1"; absent or "0": not
  template <class Enum, std::size_t Size>
  std::optional<Enum> one_of(std::string_view name, Named<Enum> const (&table)[Size]) {
    auto const* value = once(name);
    return value != nullptr ? chosen<Enum>(name, *value, table) : std::nullopt;
  }
  // Said more than once, or separated by commas; empty: not asked for.
  template <class Enum, std::size_t Size>
  std::vector<Enum> any_of(std::string_view name, Named<Enum> const (&table)[Size]) {
    std::vector<Enum> found;
    for (auto const value : split(name)) {
      if (auto const one = chosen<Enum>(name, value, table)) found.push_back(*one);
    }
    return found;
  }

  void finish();
  void fault(std::string_view name, std::string detail);

 private:
  std::string const* once(std::string_view name);  // nullptr: absent
  std::vector<std::string_view> split(std::string_view name);
  void fault_choice(std::string_view name, std::vector<std::string_view> const& names);
  template <class Enum>
  std::optional<Enum> chosen(std::string_view name, std::string_view value, std::span<Named<Enum> const> table) {
    std::vector<std::string_view> names;
    for (auto const& entry : table) {
      if (value == entry.name) return entry.value;
      names.push_back(entry.name);
    }
    fault_choice(name, names);
    return std::nullopt;
  }

  Parameters const& given_;
  Faults& faults_;
  std::vector<std::string_view> asked_;  // names are literals
};

// Does `text` say `part` anywhere? Letters of ASCII are equal whatever their case, everything else as it is written.
bool says(std::string_view text, std::string_view part);

}  // namespace modules
