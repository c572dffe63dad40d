// Reading a request body into a command: the pattern every module copies.
//
// Fields asks for members by name and type, remembers what was asked for, and collects every fault with its JSON
// Pointer, so that a client hears all of them at once. After a fault a getter gives an empty value: decode on, look at
// the faults once at the end.
//
//   Faults faults;
//   Fields body(request.body, faults);
//   CreateOrg command{.name = body.text("name", {1, 100}), .kind = body.one_of<OrgKind>("kind", org_kinds)};
//   body.finish();                                  // whatever was not asked for is unknown
//   if (!faults.empty()) return malformed(faults);
//
// Thread: any. Failure: none; what is wrong becomes a Fault (400). A `_if` getter accepts absence, never null.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ids.h"
#include "engine/money.h"
#include "engine/time.h"
#include "modules/module.h"
#include "modules/text.h"

namespace modules {

using Faults = std::vector<Fault>;

struct Length {  // in characters, both included
  std::size_t min;
  std::size_t max;
};
enum class Least : std::uint8_t { AboveZero, Zero, Any };  // of an amount
struct Range {                                             // both included
  std::int64_t min;
  std::int64_t max;
};
template <class Enum>
struct Named {
  std::string_view name;
  Enum value;
};

class Fields {
 public:
  // Both outlive the fields. No body at all is one fault.
  Fields(Json const* body, Faults& faults, std::string pointer = {});

  std::string text(std::string_view name, Length length);
  std::optional<std::string> text_if(std::string_view name, Length length);
  std::optional<std::string> prose_if(std::string_view name, Length length);  // may have lines, ended by \n
  engine::Money money(std::string_view name);                                 // a string; a number is a fault
  std::optional<engine::Money> money_if(std::string_view name, Least least = Least::AboveZero);
  std::optional<engine::BasisPoints> percent_if(std::string_view name);      // "10.00"
  std::optional<engine::BasisPoints> coefficient_if(std::string_view name);  // "1.0523"
  std::optional<bool> flag_if(std::string_view name);                        // true or false
  std::int64_t count(std::string_view name, Range range);
  std::optional<std::int64_t> count_if(std::string_view name, Range range);
  std::optional<engine::Duration> seconds_if(std::string_view name, Range range);
  std::optional<engine::Instant> instant_if(std::string_view name);
  template <class Id>
  Id id(std::string_view name) {
    return Id{id_number(name)};
  }
  template <class Enum>
  Enum one_of(std::string_view name, std::span<Named<Enum> const> table) {
    auto const given = member(name, Presence::Required);
    return given ? chosen(name, *given, table) : table.front().value;
  }
  template <class Enum>
  std::optional<Enum> one_of_if(std::string_view name, std::span<Named<Enum> const> table) {
    auto const given = member(name, Presence::Optional);
    if (!given) return std::nullopt;
    return chosen(name, *given, table);
  }
  Fields object(std::string_view name);                                                // to be finished
  std::optional<Fields> object_if(std::string_view name);                              // to be finished
  std::vector<Fields> objects_if(std::string_view name, Range size);                   // absent: empty
  std::vector<Fields> objects(std::string_view name, Range size);                      // each to be finished
  std::vector<std::int64_t> counts_if(std::string_view name, Range size, Range each);  // absent: empty

  void finish();
  void fault(std::string_view name, std::string detail);  // what only the module can know, such as a wrong checksum

 private:
  enum class Presence : std::uint8_t { Required, Optional };
  Json const* member(std::string_view name, Presence presence);
  enum class Lines : std::uint8_t { One, Many };
  std::string read_text(std::string_view name, Json const& given, Length length, Lines lines = Lines::One);
  engine::Money read_amount(std::string_view name, Json const& given, Least least = Least::AboveZero);
  std::int64_t read_count(std::string_view name, Json const& given, Range range);
  std::vector<Fields> read_objects(std::string_view name, Json const& given, Range size);
  std::uint64_t id_number(std::string_view name);
  void fault_choice(std::string_view name, std::vector<std::string_view> const& names);
  template <class Enum>
  Enum chosen(std::string_view name, Json const& given, std::span<Named<Enum> const> table) {
    std::vector<std::string_view> names;
    for (auto const& entry : table) {
      if (given.as_text() && *given.as_text() == entry.name) return entry.value;
      names.push_back(entry.name);
    }
    fault_choice(name, names);
    return table.front().value;
  }

  Fields(Faults& faults, std::string pointer) : faults_(&faults), pointer_(std::move(pointer)) {}  // of what is missing

  Json const* body_ = nullptr;  // nullptr: not an object, reported already
  Faults* faults_;
  std::string pointer_;
  std::vector<std::string_view> asked_;  // names are literals
};

// Nothing is asked for: no body, or an empty object.
void read_nothing(Json const* body, Faults& faults);

// Which version of a thing the request changes: of If-Match, with or without quotes. A required one that is missing or
// cannot be any is refused.
std::expected<std::uint64_t, engine::Refusal> version_read(Request const& request);

// A decoder's ends.
std::unexpected<Denied> malformed(Faults faults);
std::unexpected<Denied> denied(engine::Refusal refusal);

// The name of a value, for the way back.
template <class Enum, std::size_t Size>
std::string_view name_of(Enum value, Named<Enum> const (&table)[Size]) {
  for (auto const& entry : table) {
    if (entry.value == value) return entry.name;
  }
  return {};
}

}  // namespace modules
