// Who there is: people, their organisations and their sessions, as other modules ask about them.
//
// This is the public header of accounts for the floors above; the module itself is accounts_module.h.
// Thread: any, on a snapshot or in the command's transaction. Failure: none.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "modules/module.h"

namespace modules::accounts {

inline constexpr std::uint16_t module_number = 1;

enum class OrgKind : std::uint8_t { Buyer = 1, Supplier = 2, Regulator = 3, Platform = 4 };
enum class OrgState : std::uint8_t { Active = 1, Suspended = 2 };
struct Org {
  engine::OrgId id;
  std::string name;
  OrgKind kind = OrgKind::Supplier;
  std::string division;  // GB/T 2260
  std::string uscc;      // empty: not given
  OrgState state = OrgState::Active;
  std::uint64_t version = 1;
  static auto fields(auto& o) { return std::tie(o.id, o.name, o.kind, o.division, o.uscc, o.state, o.version); }
};

// Locked: may not sign in until an administrator unlocks; sessions go on, so that guessing at somebody's password does
// not throw them out of an auction. Disabled: for good, sessions end.
enum class PersonState : std::uint8_t { Active = 1, Locked = 2, Disabled = 3 };
struct Person {
  engine::PersonId id;
  std::string login;  // 3-40 characters of [a-z0-9._-]; never given to another person
  std::string display;
  Role role = Role::Supplier;
  engine::OrgId org;
  PersonState state = PersonState::Active;
  std::uint64_t version = 1;
  static auto fields(auto& p) { return std::tie(p.id, p.login, p.display, p.role, p.org, p.state, p.version); }
};

std::optional<Person> person_of(engine::PersonId id, engine::TableReader const& tables);
std::optional<Org> org_of(engine::OrgId id, engine::TableReader const& tables);

// Data visibility flows down the tree of divisions (rules.md §4.19): equal, or the viewer is the object's province or
// city.
enum class Scope : std::uint8_t { Outside = 0, Inside = 1 };
Scope scope(std::string_view viewer_division, std::string_view object_division);

// Who acts in this command, if the session it came under is still alive at `at` and the person is not disabled.
std::expected<Actor, engine::Refusal> current_actor(engine::ModuleCommand const& command, engine::Instant at,
                                                    engine::TableReader const& tables);

// The refusal of accounts with that number: what current_actor() says is passed on by every module.
engine::RefusalKind const* refusal(std::uint16_t number);

// The first command of a new house, by nobody: the platform's organisation and its administrator. Refused once there
// are people.
engine::ModuleCommand first_administrator(std::string_view login, std::string_view display,
                                          std::string_view password_hash);

}  // namespace modules::accounts
