// Who there is: people, their organisations and their sessions, as other modules ask about them.
//
// This is the public header of accounts for the floors above; the module itself is accounts_module.h.
// Thread: any, on a snapshot or in the command's transaction. Failure: none.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
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
// not throw them out of an auction. Disabled: for good, sessions end. Erased: login and name are gone, too.
enum class PersonState : std::uint8_t { Active = 1, Locked = 2, Disabled = 3, Erased = 4 };
struct Person {
  engine::PersonId id;
  engine::PersonId key;  // under which the rows that name this person are closed
  Role role = Role::Supplier;
  engine::OrgId org;
  PersonState state = PersonState::Active;
  std::uint64_t version = 1;
  static auto fields(auto& p) { return std::tie(p.id, p.key, p.role, p.org, p.state, p.version); }
};

// What identifies a person.
struct PersonName {
  std::string login;  // 3-40 characters of [a-z0-9._-]; never given to another person, not even after an erasure
  std::string display;
  static auto fields(auto& n) { return std::tie(n.login, n.display); }
};

// Somebody whose keys are to be destroyed: the one in the open half of the numbers, and `key`.
struct ErasedPerson {
  engine::PersonId key;
  engine::PersonId by;
  engine::Instant at;
  static auto fields(auto& e) { return std::tie(e.key, e.by, e.at); }
};

std::optional<Person> person_of(engine::PersonId id, engine::TableReader const& tables);
// Nothing: erased.
std::optional<PersonName> name_of(Person const& person, engine::TableReader const& tables);
std::optional<ErasedPerson> erased_person(engine::PersonId id, engine::TableReader const& tables);
// Of everybody who was erased, both, in order of their ids.
std::vector<engine::PersonId> keys_to_destroy(engine::TableReader const& tables);
// Whether this answers an erasure that was done.
bool is_erasure(engine::ModuleAnswered const& answered);
// Whether tables are of the layout in which they named people in the open.
enum class Layout : std::uint8_t { Named = 1, Closed = 2 };
Layout layout_of(engine::TableReader const& tables);
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

// What stands for a login in the open: equal for equal logins, and by itself nothing to anybody. The real one is keyed
// (persistence/key_store.h: mark_of); the plain one is for worlds without a key store.
using LoginMark = std::function<std::string(std::string_view login)>;
std::string plain_mark(std::string_view login);

// The first command of a new house, by nobody: the platform's organisation and its administrator. Refused once there
// are people.
engine::ModuleCommand first_administrator(std::string_view login, std::string_view display,
                                          std::string_view password_hash, LoginMark const& mark = plain_mark);
// By the house: another administrator, of the platform.
engine::ModuleCommand another_administrator(std::string_view login, std::string_view password_hash,
                                            engine::OrgId platform, LoginMark const& mark);
// What a login may be. Asked where it comes in: by the time it is judged again it may have been erased.
bool is_login(std::string_view text);

}  // namespace modules::accounts
