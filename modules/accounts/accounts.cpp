// Questions about people and organisations; see accounts.h.
#include "modules/accounts/accounts.h"

#include <algorithm>

#include "modules/accounts/commands.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/refusals.h"

namespace modules::accounts {

std::optional<Person> person_of(engine::PersonId id, engine::TableReader const& tables) {
  return get_row<Person>(tables, table::persons, key(id));
}

std::optional<PersonName> name_of(Person const& person, engine::TableReader const& tables) {
  return get_row<PersonName>(tables, table::names, key(person.key, person.id));
}

std::optional<ErasedPerson> erased_person(engine::PersonId id, engine::TableReader const& tables) {
  return get_row<ErasedPerson>(tables, table::erased, key(id));
}

std::vector<engine::PersonId> keys_to_destroy(engine::TableReader const& tables) {
  std::vector<engine::PersonId> keys;
  tables.scan(table::erased, {}, [&](std::string_view row, std::string_view bytes) {
    keys.push_back(unpacked<ErasedPerson>(bytes).key);
    keys.emplace_back(number_at(row, 0));
    return Scan::Continue;
  });
  return keys;
}

bool is_erasure(engine::ModuleAnswered const& answered) {
  return answered.module == module_number && answered.verb == static_cast<std::uint16_t>(Verb::ErasePerson) &&
         !answered.refusal;
}

Layout layout_of(engine::TableReader const& tables) {
  auto layout = Layout::Closed;
  tables.scan(table::people_named, {}, [&](std::string_view, std::string_view) {
    layout = Layout::Named;
    return Scan::Stop;
  });
  return layout;
}

std::optional<Org> org_of(engine::OrgId id, engine::TableReader const& tables) {
  return get_row<Org>(tables, table::orgs, key(id));
}

Scope scope(std::string_view viewer_division, std::string_view object_division) {
  auto shared = viewer_division.size();
  if (viewer_division.ends_with("00")) shared = 4;    // a city
  if (viewer_division.ends_with("0000")) shared = 2;  // a province
  bool const is_inside = viewer_division.size() == object_division.size() &&
                         viewer_division.substr(0, shared) == object_division.substr(0, shared);
  return is_inside ? Scope::Inside : Scope::Outside;
}

std::expected<Actor, engine::Refusal> current_actor(engine::ModuleCommand const& command, engine::Instant at,
                                                    engine::TableReader const& tables) {
  auto const ended = std::unexpected(engine::Refusal{&refusals::session_ended});
  auto const session = get_row<SessionRow>(tables, table::sessions, key(command.session));
  if (!session || session->person != command.actor || session->expires_at <= at) return ended;
  auto const person = person_of(command.actor, tables);
  if (!person || person->state == PersonState::Disabled || person->state == PersonState::Erased) return ended;
  auto const org = org_of(person->org, tables);
  if (!org) return ended;
  return Actor{person->id, command.session, org->id, person->role, org->division};
}

engine::RefusalKind const* refusal(std::uint16_t number) {
  return kind_among(refusals::all, number);
}

std::string plain_mark(std::string_view login) {
  return key(hash_of(login, 1), hash_of(login, 2));
}

engine::ModuleCommand first_administrator(std::string_view login, std::string_view display,
                                          std::string_view password_hash, LoginMark const& mark) {
  auto const login_mark = mark(login);
  return naming(by({}, {}, FirstAdministrator{login_mark}),
                {{std::string(login), std::string(display)}, std::string(password_hash)}, login_mark);
}

engine::ModuleCommand another_administrator(std::string_view login, std::string_view password_hash,
                                            engine::OrgId platform, LoginMark const& mark) {
  auto const login_mark = mark(login);
  return naming(by({}, {}, CreatePerson{login_mark, Role::Administrator, platform}),
                {{std::string(login), std::string(login)}, std::string(password_hash)}, login_mark);
}

bool is_login(std::string_view text) {
  return text.size() >= 3 && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

}  // namespace modules::accounts
