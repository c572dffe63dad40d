// The members of one JSON object, asked for by name and type; whatever was not asked for is unknown.
//
// Every getter gives nothing where the member is absent or wrong; what is wrong becomes a Problem with its pointer, so
// that one reading finds all of them.
//
//   Members members(json, "/bidders/0", problems);
//   auto const deduction = members.percent("deduction");
//   members.finish();
//
// Thread: any. Failure: none. Money is text with at most two decimals; no number is ever read as floating point.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/money.h"
#include "engine/time.h"
#include "modules/json.h"
#include "tools/ebb/auction_problem.h"

namespace ebb::auction {

enum class Presence : std::uint8_t { Optional, Required };
struct Range {  // both included
  std::int64_t least;
  std::int64_t most;
};

class Members {
 public:
  // All outlive the members. No object is one problem, and then nothing is found in it.
  Members(modules::Json const& json, std::string pointer, Problems& problems);

  bool has(std::string_view name) const;
  std::string at(std::string_view name) const { return pointer_ + '/' + std::string{name}; }
  std::string const& pointer() const { return pointer_; }
  Problems& problems() { return *problems_; }

  // The member as it stands; asked for.
  modules::Json const* any(std::string_view name, Presence presence = Presence::Optional);
  std::string const* text(std::string_view name, Presence presence = Presence::Optional);
  std::optional<std::string> name(std::string_view name, Presence presence = Presence::Optional);
  std::optional<engine::Money> money(std::string_view name, Presence presence = Presence::Optional);
  std::optional<engine::BasisPoints> percent(std::string_view name);  // "10.00": hundredths of a per cent
  std::optional<engine::BasisPoints> factor(std::string_view name);   // "1.0523": ten-thousandths
  std::optional<std::int64_t> count(std::string_view name, Range range, Presence presence = Presence::Optional);
  std::optional<engine::Duration> seconds(std::string_view name, Presence presence = Presence::Optional);
  std::optional<bool> yes_or_no(std::string_view name);
  std::optional<std::size_t> choice(std::string_view name, std::span<std::string_view const> choices,
                                    Presence presence = Presence::Optional);  // its place
  modules::Json::Array const* list(std::string_view name, std::size_t most, Presence presence = Presence::Optional);

  void finish();

 private:
  void wrong_type(std::string_view name, modules::Json const& given, std::string_view expected);

  modules::Json const* object_;  // nullptr: none
  std::string pointer_;
  Problems* problems_;
  std::vector<std::string_view> asked_;  // names are literals
};

// "null", "true", a number as written, a text in quotes (shortened), "a list", "an object".
std::string shown(modules::Json const& json);
// 1 to 60 characters, none of control.
bool is_name(std::string_view text);

}  // namespace ebb::auction
