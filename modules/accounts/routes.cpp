// What people ask of accounts over REST (gateway/PROTOCOL.md): decoders and reads. No read touches a credential.
//
// A password never comes this far: the gateway takes the member `password` out of the body, hashes it in a worker and
// puts `password_hash` (an Argon2id PHC string) in its place before it decodes.
#include <ranges>

#include "engine/check.h"
#include "engine/limits.h"
#include "modules/accounts/accounts_module.h"
#include "modules/accounts/commands.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/accounts/signing.h"
#include "modules/accounts/uscc.h"
#include "modules/query.h"

namespace modules::accounts {

namespace {

using engine::TableReader;

constexpr Named<OrgKind> org_kinds[] = {{"buyer", OrgKind::Buyer},
                                        {"supplier", OrgKind::Supplier},
                                        {"regulator", OrgKind::Regulator},
                                        {"platform", OrgKind::Platform}};
constexpr Named<OrgState> org_states[] = {{"ACTIVE", OrgState::Active}, {"SUSPENDED", OrgState::Suspended}};
constexpr Named<Role> roles[] = {{"administrator", Role::Administrator},
                                 {"purchaser", Role::Purchaser},
                                 {"supplier", Role::Supplier},
                                 {"regulator", Role::Regulator}};
constexpr Named<PersonState> person_states[] = {{"ACTIVE", PersonState::Active},
                                                {"LOCKED", PersonState::Locked},
                                                {"DISABLED", PersonState::Disabled},
                                                {"ERASED", PersonState::Erased}};

constexpr std::string_view argon2id = "$argon2id$";

// ---- Reads -----------------------------------------------------------------------------------------------------

Json shown(Org const& org, TableReader const&) {
  auto json = Json::object();
  json.add("id", Json::text(id_text(org.id)))
      .add("name", Json::text(org.name))
      .add("kind", Json::text(name_of(org.kind, org_kinds)))
      .add("division", Json::text(org.division))
      .add("state", Json::text(name_of(org.state, org_states)));
  if (!org.uscc.empty()) json.add("uscc", Json::text(org.uscc));
  return json;
}

Json shown(Person const& person, TableReader const& tables) {
  auto json = Json::object();
  json.add("id", Json::text(id_text(person.id)));
  if (auto const name = name_of(person, tables)) {
    json.add("login", Json::text(name->login)).add("display", Json::text(name->display));
  }
  json.add("role", Json::text(name_of(person.role, roles)))
      .add("org", Json::text(id_text(person.org)))
      .add("state", Json::text(name_of(person.state, person_states)));
  if (auto const erased = erased_person(person.id, tables)) json.add("erased_at", Json::text(instant_text(erased->at)));
  return json;
}

template <class Row>
Answer one(std::string_view table, std::string_view id, engine::RefusalKind const& missing, TableReader const& tables) {
  auto const number = read_number(id);
  auto const row = number ? get_row<Row>(tables, table, key(std::uint64_t{*number})) : std::nullopt;
  if (!row) return std::unexpected(engine::Refusal{&missing});
  return Response{200, shown(*row, tables), std::to_string(row->version)};
}

// {"items":[…],"next":"12"}: the next page is after `next`; none, when this was the last. A page examines a bounded
// number of rows, so it may be short and still have a `next`.
template <class Row>
Response page(std::uint64_t after, std::string_view table, std::function<bool(Row const&)> const& is_wanted,
              TableReader const& tables) {
  auto items = Json::array();
  std::size_t count = 0;
  std::size_t examined = 0;
  std::string last;
  bool is_cut = false;
  tables.scan(table, key(std::uint64_t{after + 1}), [&](std::string_view, std::string_view bytes) {
    is_cut = count == engine::limits::rows_a_page || examined == engine::limits::rows_examined_a_page;
    if (is_cut) return Scan::Stop;
    ++examined;
    auto const row = unpacked<Row>(bytes);
    last = id_text(row.id);
    if (!is_wanted(row)) return Scan::Continue;
    items.push(shown(row, tables));
    ++count;
    return Scan::Continue;
  });
  auto body = Json::object();
  body.add("items", std::move(items));
  if (is_cut) body.add("next", Json::text(last));
  return {200, std::move(body), {}};
}

// ?kind=supplier&state=ACTIVE&q=…&after=12: `q` in the name or the code.
Answer list_orgs(Request const& request, TableReader const& tables) {
  Faults faults;
  Query query(request.query, faults);
  auto const kind = query.one_of<OrgKind>("kind", org_kinds);
  auto const state = query.one_of<OrgState>("state", org_states);
  auto const part = query.text("q", {1, 100});
  auto const after = query.number("after").value_or(0);
  query.finish();
  if (!faults.empty()) return malformed(std::move(faults));
  auto const is_wanted = [&](Org const& org) {
    if (kind && org.kind != *kind) return false;
    if (state && org.state != *state) return false;
    return !part || says(org.name, *part) || says(org.uscc, *part);
  };
  return page<Org>(after, table::orgs, is_wanted, tables);
}

Answer list_people(Request const& request, TableReader const& tables) {
  Faults faults;
  Query query(request.query, faults);
  auto const after = query.number("after").value_or(0);
  query.finish();
  if (!faults.empty()) return malformed(std::move(faults));
  return page<Person>(after, table::persons, [](Person const&) { return true; }, tables);
}

// Those that are alive, newest first.
Response sessions(engine::PersonId person, Request const& request, TableReader const& tables) {
  auto items = Json::array();
  auto const key_of_person = person_of(person, tables).value_or(Person{}).key;
  for (auto const id : sessions_of_person(person, tables) | std::views::reverse) {
    auto const row = get_row<SessionRow>(tables, table::sessions, key(id));
    if (!row || row->expires_at <= request.now) continue;
    auto item = Json::object();
    items.push(item.add("id", Json::text(id_text(id)))
                   .add("user_agent", Json::text(tables.get(table::agents, key(key_of_person, id)).value_or("")))
                   .add("opened_at", Json::text(instant_text(row->opened_at())))
                   .add("expires_at", Json::text(instant_text(row->expires_at)))
                   .add("current", Json::yes_or_no(id == request.actor->session ? 1 : 0)));
  }
  return {200, Json::object().add("items", std::move(items)), {}};
}

Answer my_sessions(Request const& request, TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  return sessions(request.actor->person, request, tables);
}

Answer sessions_of_somebody(Request const& request, TableReader const& tables) {
  CHECK(request.actor != nullptr);  // the route names roles
  auto const id = read_id<engine::PersonId>(request.path.at(0));
  if (!id || !person_of(*id, tables)) return std::unexpected(engine::Refusal{&refusals::no_such_person});
  return sessions(*id, request, tables);
}

Answer me(Request const& request, TableReader const& tables) {
  if (request.actor == nullptr) return std::unexpected(engine::Refusal{&refusals::session_ended});
  auto const person = person_of(request.actor->person, tables);
  auto const org = org_of(request.actor->org, tables);
  if (!person || !org) return std::unexpected(engine::Refusal{&refusals::session_ended});
  auto body = Json::object();
  body.add("person", shown(*person, tables)).add("org", shown(*org, tables));
  return Response{200, std::move(body), {}};
}

// ---- Decoders --------------------------------------------------------------------------------------------------

template <class Command>
engine::ModuleCommand by_actor(Request const& request, Command const& command) {
  CHECK(request.actor != nullptr);  // the route names roles
  return by(request.actor->person, request.actor->session, command);
}

std::string read_hash(Fields& body, Faults& faults) {
  auto hash = body.text("password_hash", {argon2id.size() + 1, 256});
  if (faults.empty() && !hash.starts_with(argon2id))
    body.fault("password_hash", "应为 Argon2id 散列 / an Argon2id PHC string is expected");
  return hash;
}

Decoded create_org(Request const& request, TableReader const&) {
  Faults faults;
  Fields body(request.body, faults);
  CreateOrg command{.name = body.text("name", {1, 100}),
                    .kind = body.one_of<OrgKind>("kind", org_kinds),
                    .division = body.text("division", {6, 6}),
                    .uscc = normalised_uscc(body.text_if("uscc", {1, 40}).value_or(""))};
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

// A login is looked at here and not when the command is applied: by the time that is decided again it may be erased.
Decoded create_person(Request const& request, LoginMark const& mark) {
  Faults faults;
  Fields body(request.body, faults);
  NewPerson person{.name = {.login = body.text("login", {3, 40}), .display = body.text("display", {1, 60})},
                   .password_hash = {}};
  auto const role = body.one_of<Role>("role", roles);
  auto const org = body.id<engine::OrgId>("org");
  person.password_hash = read_hash(body, faults);
  body.finish();
  if (!faults.empty()) return malformed(faults);
  if (!is_login(person.name.login)) return denied({&refusals::login_malformed});
  auto const login_mark = mark(person.name.login);
  return naming(by_actor(request, CreatePerson{login_mark, role, org}), person, login_mark);
}

// The version is held against the row when the command is applied, so that a repeated request is answered as before.
Decoded erase_person(Request const& request, TableReader const&) {
  auto const person = read_id<engine::PersonId>(request.path.at(0));
  if (!person) return denied({&refusals::no_such_person});
  auto const version = version_read(request);
  if (!version) return denied(version.error());
  Faults faults;
  Fields body(request.body, faults);
  ErasePerson const command{*person, *version, body.text("reason", {1, 300})};
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

Decoded reset_password(Request const& request, TableReader const&) {
  auto const person = read_id<engine::PersonId>(request.path.at(0));
  if (!person) return denied({&refusals::no_such_person});
  Faults faults;
  Fields body(request.body, faults);
  auto hash = read_hash(body, faults);
  body.finish();
  if (!faults.empty()) return malformed(faults);
  auto command = by_actor(request, SetPassword{*person});
  command.secret = std::move(hash);
  command.secret_of = *person;
  return command;
}

// {"reason"} to a person or an organisation.
template <class Command, class Id>
Decoded with_reason(Request const& request, engine::RefusalKind const& missing) {
  auto const id = read_id<Id>(request.path.at(0));
  if (!id) return denied({&missing});
  Faults faults;
  Fields body(request.body, faults);
  Command const command{*id, body.text("reason", {1, 300})};
  body.finish();
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, command);
}

Decoded end_session(Request const& request, TableReader const&) {
  auto const session = read_id<engine::SessionId>(request.path.at(0));
  if (!session) return denied({&refusals::no_such_session});
  Faults faults;
  read_nothing(request.body, faults);
  if (!faults.empty()) return malformed(faults);
  return by_actor(request, EndSession{*session});
}

template <class Command>
Decoded to_person(Request const& request, TableReader const&) {
  return with_reason<Command, engine::PersonId>(request, refusals::no_such_person);
}

template <class Command>
Decoded to_org(Request const& request, TableReader const&) {
  return with_reason<Command, engine::OrgId>(request, refusals::no_such_org);
}

}  // namespace

void AccountsModule::routes(Routes& routes) const {
  auto const administrator = std::vector{Role::Administrator};
  auto const choosers = std::vector{Role::Administrator, Role::Purchaser, Role::Regulator};
  auto const anybody = std::vector{Role::Administrator, Role::Purchaser, Role::Supplier, Role::Regulator};
  auto read = [&](std::string pattern, std::vector<Role> who, ReadHandler handler) {
    routes.add({Method::Get, std::move(pattern), std::move(who), std::move(handler), {}, 200, {}});
  };
  auto write = [&](std::string pattern, WriteDecoder decode, int success, std::string show) {
    routes.add({Method::Post, std::move(pattern), administrator, {}, std::move(decode), success, std::move(show)});
  };

  read("/me", anybody, me);
  read("/me/sessions", anybody, my_sessions);
  read("/orgs", choosers, list_orgs);
  read("/orgs/{org}", choosers, [](Request const& request, TableReader const& tables) {
    return one<Org>(table::orgs, request.path.at(0), refusals::no_such_org, tables);
  });
  read("/people", administrator, list_people);
  read("/people/{person}", administrator, [](Request const& request, TableReader const& tables) {
    return one<Person>(table::persons, request.path.at(0), refusals::no_such_person, tables);
  });
  read("/people/{person}/sessions", administrator, sessions_of_somebody);

  routes.add({Method::Post, "/me/sessions/{session}/end", anybody, {}, end_session, 204, {}});
  write("/orgs", create_org, 201, "/orgs/{id}");
  write("/orgs/{org}/suspend", to_org<SuspendOrg>, 200, "/orgs/{id}");
  write("/orgs/{org}/reinstate", to_org<ReinstateOrg>, 200, "/orgs/{id}");
  write(
      "/people", [mark = mark_](Request const& request, TableReader const&) { return create_person(request, mark); },
      201, "/people/{id}");
  write("/people/{person}/password", reset_password, 200, "/people/{id}");
  write("/people/{person}/lock", to_person<LockPerson>, 200, "/people/{id}");
  write("/people/{person}/unlock", to_person<UnlockPerson>, 200, "/people/{id}");
  write("/people/{person}/disable", to_person<DisablePerson>, 200, "/people/{id}");
  write("/people/{person}/erase", erase_person, 200, "/people/{id}");
  write("/people/{person}/sessions/end", to_person<EndSessions>, 200, "/people/{id}");
  add_signing_routes(routes, keys_);
}

}  // namespace modules::accounts
