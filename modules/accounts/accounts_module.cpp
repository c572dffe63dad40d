// People, organisations, sessions: judge, then enter; see accounts_module.h.
#include "modules/accounts/accounts_module.h"

#include <algorithm>

#include "engine/check.h"
#include "modules/accounts/commands.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/accounts/uscc.h"
#include "modules/refusals.h"

namespace modules::accounts {

namespace {

using engine::Refusal;
using Verdict = std::optional<Refusal>;

constexpr std::size_t sessions_a_person = 8;
constexpr std::string_view platform_name = "平台运营单位";
constexpr std::string_view platform_division = "330000";

Verdict no(engine::RefusalKind const& kind) {
  return Refusal{&kind};
}

// ---- Judging ---------------------------------------------------------------------------------------------------

bool is_login(std::string_view text) {
  return text.size() >= 3 && text.size() <= 40 && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
         });
}

bool is_division(std::string_view text) {
  return text.size() == 6 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

OrgKind kind_for(Role role) {
  switch (role) {
    case Role::Administrator:
      return OrgKind::Platform;
    case Role::Purchaser:
      return OrgKind::Buyer;
    case Role::Supplier:
      return OrgKind::Supplier;
    case Role::Regulator:
      return OrgKind::Regulator;
  }
  UNREACHABLE();
}

Verdict judge_login(std::string_view login, engine::TableReader const& tables) {
  if (!is_login(login)) return no(refusals::login_malformed);
  if (tables.get(table::logins, login)) return no(refusals::login_taken);
  return std::nullopt;
}

Verdict judge(FirstAdministrator const& command, engine::TableReader const& tables) {
  if (tables.get(table::next, "person")) return no(engine::refusals::state_conflict);
  return judge_login(command.login, tables);
}

Verdict judge(CreateOrg const& command, engine::TableReader const& tables) {
  if (!is_division(command.division)) return no(refusals::division_unknown);
  if (command.uscc.empty()) return std::nullopt;
  switch (check_uscc(command.uscc)) {
    case UsccVerdict::Valid:
      break;
    case UsccVerdict::WrongLength:
      return no(refusals::uscc_length);
    case UsccVerdict::WrongCharacter:
      return no(refusals::uscc_charset);
    case UsccVerdict::WrongCheck:
      return no(refusals::uscc_checksum);
  }
  if (tables.get(table::usccs, command.uscc)) return no(engine::refusals::duplicate);
  return std::nullopt;
}

Verdict judge(CreatePerson const& command, engine::TableReader const& tables) {
  if (auto const wrong = judge_login(command.login, tables)) return wrong;
  auto const org = org_of(command.org, tables);
  if (!org) return no(refusals::no_such_org);
  if (org->kind != kind_for(command.role)) return no(refusals::role_and_org_differ);
  return std::nullopt;
}

// From one state to another; the same state again is a conflict.
Verdict judge_state(engine::PersonId id, std::initializer_list<PersonState> from, engine::TableReader const& tables) {
  auto const person = person_of(id, tables);
  if (!person) return no(refusals::no_such_person);
  if (std::ranges::find(from, person->state) == from.end()) return no(engine::refusals::state_conflict);
  return std::nullopt;
}

Verdict judge_state(engine::OrgId id, OrgState from, engine::TableReader const& tables) {
  auto const org = org_of(id, tables);
  if (!org) return no(refusals::no_such_org);
  if (org->state != from) return no(engine::refusals::state_conflict);
  return std::nullopt;
}

// One's own and alive. Ending the one it comes under is signing out, which also takes the cookie away.
Verdict judge(EndSession const& command, engine::ModuleCommand const& under, engine::Instant at,
              engine::TableReader const& tables) {
  auto const row = get_row<SessionRow>(tables, table::sessions, key(command.ended));
  if (!row || row->person != under.actor || row->expires_at <= at) return no(refusals::no_such_session);
  if (command.ended == under.session) return no(engine::refusals::state_conflict);
  return std::nullopt;
}

Verdict judge_sign_in(engine::PersonId id, engine::TableReader const& tables) {
  auto const person = person_of(id, tables);
  if (!person) return no(refusals::no_such_person);
  switch (person->state) {
    case PersonState::Active:
      return std::nullopt;
    case PersonState::Locked:
      return no(refusals::person_locked);
    case PersonState::Disabled:
      return no(refusals::person_disabled);
  }
  UNREACHABLE();
}

// Who may do it at all: the house, an administrator under a live session, or anybody to themselves.
Verdict judge_actor(engine::ModuleCommand const& command, Verb verb, engine::Instant at,
                    engine::TableReader const& tables) {
  if (verb == Verb::OpenSession) return std::nullopt;
  if (!command.actor.is_given()) return std::nullopt;
  auto const actor = current_actor(command, at, tables);
  if (!actor) return actor.error();
  if (verb == Verb::CloseSession || verb == Verb::EndSession) return std::nullopt;
  bool const is_own_password = verb == Verb::SetPassword && unpacked<SetPassword>(command.body).person == command.actor;
  if (actor->role != Role::Administrator && !is_own_password) return no(modules::refusals::wrong_role);
  if (verb == Verb::FirstAdministrator) return no(engine::refusals::state_conflict);
  return std::nullopt;
}

Verdict judge_verb(engine::ModuleCommand const& command, Verb verb, engine::Instant at,
                   engine::TableReader const& tables) {
  using enum PersonState;
  auto const& body = command.body;
  switch (verb) {
    case Verb::FirstAdministrator:
      return judge(unpacked<FirstAdministrator>(body), tables);
    case Verb::CreateOrg:
      return judge(unpacked<CreateOrg>(body), tables);
    case Verb::CreatePerson:
      return judge(unpacked<CreatePerson>(body), tables);
    case Verb::SetPassword:
      return judge_state(unpacked<SetPassword>(body).person, {Active, Locked}, tables);
    case Verb::LockPerson: {
      auto const person = unpacked<LockPerson>(body).person;
      if (person == command.actor) return no(refusals::not_oneself);
      return judge_state(person, {Active}, tables);
    }
    case Verb::UnlockPerson:
      return judge_state(unpacked<UnlockPerson>(body).person, {Locked}, tables);
    case Verb::DisablePerson: {
      auto const person = unpacked<DisablePerson>(body).person;
      if (person == command.actor) return no(refusals::not_oneself);
      return judge_state(person, {Active, Locked}, tables);
    }
    case Verb::OpenSession:
      return judge_sign_in(command.actor, tables);
    case Verb::CloseSession:
      return std::nullopt;
    case Verb::SuspendOrg:
      return judge_state(unpacked<SuspendOrg>(body).org, OrgState::Active, tables);
    case Verb::ReinstateOrg:
      return judge_state(unpacked<ReinstateOrg>(body).org, OrgState::Suspended, tables);
    case Verb::EndSession:
      return judge(unpacked<EndSession>(body), command, at, tables);
    case Verb::EndSessions:
      if (!person_of(unpacked<EndSessions>(body).person, tables)) return no(refusals::no_such_person);
      return std::nullopt;
  }
  UNREACHABLE();
}

// ---- Entering --------------------------------------------------------------------------------------------------

engine::OrgId make_org(Org org, engine::Tables& tables) {
  org.id = engine::OrgId{next_id(tables, table::next, "org")};
  put_row(tables, table::orgs, key(org.id), org);
  if (!org.uscc.empty()) tables.put(table::usccs, org.uscc, key(org.id));
  return org.id;
}

std::uint64_t make_person(Person person, std::string_view password_hash, engine::Tables& tables) {
  person.id = engine::PersonId{next_id(tables, table::next, "person")};
  put_row(tables, table::people, key(person.id), person);
  tables.put(table::logins, person.login, key(person.id));
  if (!password_hash.empty()) tables.put(table::credentials, key(person.id), password_hash);
  return person.id.number();
}

std::uint64_t change(engine::PersonId id, PersonState state, engine::Tables& tables) {
  auto person = judged(person_of(id, tables));
  person.state = state;
  ++person.version;
  put_row(tables, table::people, key(id), person);
  return id.number();
}

std::uint64_t change(engine::OrgId id, OrgState state, engine::Tables& tables) {
  auto org = judged(org_of(id, tables));
  org.state = state;
  ++org.version;
  put_row(tables, table::orgs, key(id), org);
  return id.number();
}

void end_session(engine::SessionId session, engine::Tables& tables) {
  auto const row = get_row<SessionRow>(tables, table::sessions, key(session));
  CHECK(row.has_value());
  tables.erase(table::tokens, row->token_digest);
  tables.erase(table::sessions_by_person, key(row->person, session));
  tables.erase(table::sessions, key(session));
}

void end_sessions(engine::PersonId person, engine::SessionId but, engine::Tables& tables) {
  for (auto const session : sessions_of_person(person, tables)) {
    if (session != but) end_session(session, tables);
  }
}

std::uint64_t enter_password(engine::ModuleCommand const& command, engine::Tables& tables) {
  auto const person = unpacked<SetPassword>(command.body).person;
  if (!command.secret.empty()) tables.put(table::credentials, key(person), command.secret);
  end_sessions(person, command.session, tables);
  return person.number();
}

std::uint64_t open(OpenSession const& command, engine::PersonId person, engine::Instant at, engine::Tables& tables) {
  auto const open_ones = sessions_of_person(person, tables);
  for (std::size_t i = 0; i + sessions_a_person <= open_ones.size(); ++i) end_session(open_ones[i], tables);
  engine::SessionId const session{next_id(tables, table::next, "session")};
  put_row(tables, table::sessions, key(session),
          SessionRow{person, command.token_digest, command.user_agent, at + session_lasts});
  tables.put(table::tokens, command.token_digest, key(session));
  tables.put(table::sessions_by_person, key(person, session), {});
  return session.number();
}

}  // namespace

std::optional<Refusal> AccountsModule::judge(engine::ModuleCommand const& command, engine::Instant at,
                                             engine::TableReader const& tables) const {
  auto const verb = static_cast<Verb>(command.verb);
  if (auto const wrong = judge_actor(command, verb, at, tables)) return wrong;
  return judge_verb(command, verb, at, tables);
}

std::uint64_t AccountsModule::enter(engine::ModuleCommand const& command, engine::Seq, engine::Instant at,
                                    engine::Tables& tables, FollowUps&) {
  auto const& body = command.body;
  switch (static_cast<Verb>(command.verb)) {
    case Verb::FirstAdministrator: {
      auto const first = unpacked<FirstAdministrator>(body);
      auto const org = make_org({.id = {},
                                 .name = std::string(platform_name),
                                 .kind = OrgKind::Platform,
                                 .division = std::string(platform_division),
                                 .uscc = {}},
                                tables);
      return make_person({{}, first.login, first.display, Role::Administrator, org}, command.secret, tables);
    }
    case Verb::CreateOrg: {
      auto const org = unpacked<CreateOrg>(body);
      return make_org({{}, org.name, org.kind, org.division, org.uscc}, tables).number();
    }
    case Verb::CreatePerson: {
      auto const person = unpacked<CreatePerson>(body);
      return make_person({{}, person.login, person.display, person.role, person.org}, command.secret, tables);
    }
    case Verb::SetPassword:
      return enter_password(command, tables);
    case Verb::LockPerson:
      return change(unpacked<LockPerson>(body).person, PersonState::Locked, tables);
    case Verb::UnlockPerson:
      return change(unpacked<UnlockPerson>(body).person, PersonState::Active, tables);
    case Verb::DisablePerson: {
      auto const person = unpacked<DisablePerson>(body).person;
      end_sessions(person, {}, tables);
      return change(person, PersonState::Disabled, tables);
    }
    case Verb::OpenSession:
      return open(unpacked<OpenSession>(body), command.actor, at, tables);
    case Verb::CloseSession:
      end_session(command.session, tables);
      return command.session.number();
    case Verb::SuspendOrg:
      return change(unpacked<SuspendOrg>(body).org, OrgState::Suspended, tables);
    case Verb::ReinstateOrg:
      return change(unpacked<ReinstateOrg>(body).org, OrgState::Active, tables);
    case Verb::EndSession: {
      auto const session = unpacked<EndSession>(body).ended;
      end_session(session, tables);
      return session.number();
    }
    case Verb::EndSessions: {
      auto const person = unpacked<EndSessions>(body).person;
      end_sessions(person, command.session, tables);
      return person.number();
    }
  }
  UNREACHABLE();
}

engine::RefusalKind const* AccountsModule::refusal(std::uint16_t number) const {
  return accounts::refusal(number);
}

// ---- Sign-in ---------------------------------------------------------------------------------------------------

std::optional<SignIn::Credential> AccountsModule::credential(std::string_view login,
                                                             engine::TableReader const& tables) const {
  auto const id = tables.get(table::logins, login);
  if (!id) return std::nullopt;
  return credential_of(engine::PersonId{number_at(*id, 0)}, tables);
}

std::optional<SignIn::Credential> AccountsModule::credential_of(engine::PersonId id,
                                                                engine::TableReader const& tables) const {
  auto const hash = tables.get(table::credentials, key(id));
  auto const person = person_of(id, tables);
  if (!hash || !person || person->state == PersonState::Disabled) return std::nullopt;
  return Credential{person->id, *hash, person->state == PersonState::Locked ? std::uint8_t{1} : std::uint8_t{0}};
}

std::optional<Actor> AccountsModule::actor(std::string_view token_digest, engine::Instant now,
                                           engine::TableReader const& tables) const {
  auto const session = tables.get(table::tokens, token_digest);
  if (!session) return std::nullopt;
  auto const row = get_row<SessionRow>(tables, table::sessions, *session);
  if (!row) return std::nullopt;
  engine::ModuleCommand asked;
  asked.actor = row->person;
  asked.session = engine::SessionId{number_at(*session, 0)};
  auto found = current_actor(asked, now, tables);
  if (!found) return std::nullopt;
  return *std::move(found);
}

engine::ModuleCommand AccountsModule::open_session(engine::PersonId person, std::string_view token_digest,
                                                   std::string_view user_agent) const {
  return by(person, {}, OpenSession{std::string(token_digest), std::string(user_agent.substr(0, 200))});
}

engine::ModuleCommand AccountsModule::close_session(Actor const& actor) const {
  return by(actor.person, actor.session, CloseSession{});
}

engine::ModuleCommand AccountsModule::lock(engine::PersonId person, std::string_view reason) const {
  return by({}, {}, LockPerson{person, std::string(reason)});
}

engine::ModuleCommand AccountsModule::set_password(Actor const& actor, engine::PersonId person,
                                                   std::string_view password_hash) const {
  auto command = by(actor.person, actor.session, SetPassword{person});
  command.secret = password_hash;
  command.secret_of = person;
  return command;
}

std::optional<engine::PersonId> AccountsModule::whose_sessions(engine::ModuleCommand const& command) const {
  if (command.module != module_number) return std::nullopt;
  switch (static_cast<Verb>(command.verb)) {
    case Verb::OpenSession:  // the ninth ends the oldest
    case Verb::CloseSession:
    case Verb::EndSession:
      return command.actor;
    case Verb::EndSessions:
      return unpacked<EndSessions>(command.body).person;
    case Verb::SetPassword:
      return unpacked<SetPassword>(command.body).person;
    case Verb::DisablePerson:
      return unpacked<DisablePerson>(command.body).person;
    case Verb::FirstAdministrator:
    case Verb::CreateOrg:
    case Verb::CreatePerson:
    case Verb::LockPerson:
    case Verb::UnlockPerson:
    case Verb::SuspendOrg:
    case Verb::ReinstateOrg:
      return std::nullopt;
  }
  UNREACHABLE();
}

std::vector<engine::SessionId> AccountsModule::sessions_of(engine::PersonId person,
                                                           engine::TableReader const& tables) const {
  return sessions_of_person(person, tables);
}

}  // namespace modules::accounts
