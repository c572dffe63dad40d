// Questions about people and organisations; see accounts.h.
#include "modules/accounts/accounts.h"

#include "modules/accounts/commands.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/refusals.h"

namespace modules::accounts {

std::optional<Person> person_of(engine::PersonId id, engine::TableReader const& tables) {
  return get_row<Person>(tables, table::people, key(id));
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
  if (!person || person->state == PersonState::Disabled) return ended;
  auto const org = org_of(person->org, tables);
  if (!org) return ended;
  return Actor{person->id, command.session, org->id, person->role, org->division};
}

engine::RefusalKind const* refusal(std::uint16_t number) {
  return kind_among(refusals::all, number);
}

engine::ModuleCommand first_administrator(std::string_view login, std::string_view display,
                                          std::string_view password_hash) {
  auto command = by({}, {}, FirstAdministrator{std::string(login), std::string(display)});
  command.secret = password_hash;
  command.secret_of = key_of_login(login);
  return command;
}

}  // namespace modules::accounts
