// People, organisations, sessions: judge, then enter; see accounts_module.h.
#include "modules/accounts/accounts_module.h"

#include <algorithm>
#include <chrono>
#include <concepts>

#include "engine/check.h"
#include "engine/figure.h"
#include "modules/accounts/commands.h"
#include "modules/accounts/refusals.h"
#include "modules/accounts/rows.h"
#include "modules/accounts/signing.h"
#include "modules/accounts/uscc.h"
#include "modules/refusals.h"

namespace modules::accounts {

namespace {

using engine::Refusal;
using Verdict = std::optional<Refusal>;

constexpr std::size_t sessions_a_person = 8;
constexpr std::string_view platform_name = "平台运营单位";
constexpr std::string_view platform_division = "330000";
constexpr auto records_kept = std::chrono::duration_cast<engine::Duration>(std::chrono::years{15});  // 政府采购法 §42
constexpr auto acts_kept_every = std::chrono::hours{24};

Verdict no(engine::RefusalKind const& kind) {
  return Refusal{&kind};
}

// ---- Judging ---------------------------------------------------------------------------------------------------

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

Verdict judge_mark(std::string_view mark, engine::TableReader const& tables) {
  if (tables.get(table::login_marks, mark)) return no(refusals::login_taken);
  return std::nullopt;
}

Verdict judge_first(std::string_view mark, engine::TableReader const& tables) {
  if (tables.get(table::next, "person")) return no(engine::refusals::state_conflict);
  return judge_mark(mark, tables);
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
  if (auto const wrong = judge_mark(command.login_mark, tables)) return wrong;
  auto const org = org_of(command.org, tables);
  if (!org) return no(refusals::no_such_org);
  if (org->kind != kind_for(command.role)) return no(refusals::role_and_org_differ);
  return std::nullopt;
}

Verdict judge(CreatePersonNamed const& command, LoginMark const& mark, engine::TableReader const& tables) {
  if (!is_login(command.login)) return no(refusals::login_malformed);
  return judge(CreatePerson{mark(command.login), command.role, command.org}, tables);
}

Verdict judge(FirstAdministratorNamed const& command, LoginMark const& mark, engine::TableReader const& tables) {
  if (tables.get(table::next, "person")) return no(engine::refusals::state_conflict);
  if (!is_login(command.login)) return no(refusals::login_malformed);
  return judge_first(mark(command.login), tables);
}

// Nothing that is about to go is looked at: after the erasure it is judged again without it.
Verdict judge(ErasePerson const& command, engine::PersonId actor, engine::Instant at,
              engine::TableReader const& tables) {
  auto const person = person_of(command.person, tables);
  if (!person) return no(refusals::no_such_person);
  if (command.person == actor) return no(refusals::not_oneself);
  if (person->version != command.version) {
    return Refusal{&modules::refusals::precondition_failed, engine::figure::count(command.version),
                   engine::figure::count(person->version)};
  }
  if (person->state == PersonState::Erased) return no(engine::refusals::state_conflict);
  if (person->state != PersonState::Disabled) return no(refusals::not_disabled);
  auto last = get_row<ActRow>(tables, table::acts, key(person->id)).value_or(ActRow{});
  if (person->role == Role::Supplier) {
    // Which of a supplier's people entered a bid is only in the journal: each may have.
    last.at = std::max(last.at, get_row<ActRow>(tables, table::org_acts, key(person->org)).value_or(ActRow{}).at);
  }
  auto const kept_until = last.at + records_kept;
  if (last.at > engine::Instant{} && at < kept_until) {
    return Refusal{&refusals::kept_by_law, engine::figure::moment(at), engine::figure::moment(kept_until)};
  }
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
    case PersonState::Erased:
      return no(refusals::person_disabled);
  }
  UNREACHABLE();
}

// By somebody signed in: the house has no keys.
template <class Command>
Verdict judge_signed_in(engine::ModuleCommand const& command, engine::Instant at, engine::TableReader const& tables) {
  auto const actor = current_actor(command, at, tables);
  if (!actor) return actor.error();
  return judge_signing(unpacked<Command>(command.body), *actor, tables);
}

// Who may do it at all: the house, an administrator under a live session, or anybody to themselves.
Verdict judge_actor(engine::ModuleCommand const& command, Verb verb, engine::Instant at,
                    engine::TableReader const& tables) {
  if (verb == Verb::OpenSession || verb == Verb::OpenSessionNamed) return std::nullopt;
  if (!command.actor.is_given()) return std::nullopt;
  auto const actor = current_actor(command, at, tables);
  if (!actor) return actor.error();
  if (verb == Verb::CloseSession || verb == Verb::EndSession) return std::nullopt;
  if (verb == Verb::AddSigningKey || verb == Verb::RevokeSigningKey) return std::nullopt;  // theirs, by their roles
  bool const is_own_password = verb == Verb::SetPassword && unpacked<SetPassword>(command.body).person == command.actor;
  if (actor->role != Role::Administrator && !is_own_password) return no(modules::refusals::wrong_role);
  if (verb == Verb::FirstAdministrator || verb == Verb::FirstAdministratorNamed) {
    return no(engine::refusals::state_conflict);
  }
  return std::nullopt;
}

Verdict judge_verb(engine::ModuleCommand const& command, Verb verb, engine::Instant at, LoginMark const& mark,
                   engine::TableReader const& tables) {
  using enum PersonState;
  auto const& body = command.body;
  switch (verb) {
    case Verb::FirstAdministratorNamed:
      return judge(unpacked<FirstAdministratorNamed>(body), mark, tables);
    case Verb::FirstAdministrator:
      return judge_first(unpacked<FirstAdministrator>(body).login_mark, tables);
    case Verb::CreateOrg:
      return judge(unpacked<CreateOrg>(body), tables);
    case Verb::CreatePersonNamed:
      return judge(unpacked<CreatePersonNamed>(body), mark, tables);
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
    case Verb::OpenSessionNamed:
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
    case Verb::ErasePerson:
      return judge(unpacked<ErasePerson>(body), command.actor, at, tables);
    case Verb::AddSigningKey:
      return judge_signed_in<AddSigningKey>(command, at, tables);
    case Verb::RevokeSigningKey:
      return judge_signed_in<RevokeSigningKey>(command, at, tables);
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

// `person` may be empty: erased since.
std::uint64_t make_person(Person made, NewPerson const& person, std::string_view login_mark, engine::Tables& tables) {
  made.id = engine::PersonId{next_id(tables, table::next, "person")};
  put_row(tables, table::persons, key(made.id), made);
  tables.put(table::login_marks, login_mark, key(made.id));
  auto const place = key(made.key, made.id);
  if (!person.name.login.empty()) put_row(tables, table::names, place, person.name);
  if (!person.password_hash.empty()) tables.put(table::credentials, place, person.password_hash);
  return made.id.number();
}

NewPerson new_person(engine::ModuleCommand const& command) {
  return command.secret.empty() ? NewPerson{} : unpacked<NewPerson>(command.secret);
}

engine::OrgId make_platform(engine::Tables& tables) {
  return make_org({.id = {},
                   .name = std::string(platform_name),
                   .kind = OrgKind::Platform,
                   .division = std::string(platform_division),
                   .uscc = {}},
                  tables);
}

std::uint64_t change(engine::PersonId id, PersonState state, engine::Tables& tables) {
  auto person = judged(person_of(id, tables));
  person.state = state;
  ++person.version;
  put_row(tables, table::persons, key(id), person);
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
  tables.erase(table::agents, key(judged(person_of(row->person, tables)).key, session));
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
  if (!command.secret.empty()) {
    tables.put(table::credentials, key(judged(person_of(person, tables)).key, person), command.secret);
  }
  end_sessions(person, command.session, tables);
  return person.number();
}

std::uint64_t open(std::string_view token_digest, std::string_view user_agent, engine::PersonId person,
                   engine::Instant at, engine::Tables& tables) {
  auto const open_ones = sessions_of_person(person, tables);
  for (std::size_t i = 0; i + sessions_a_person <= open_ones.size(); ++i) end_session(open_ones[i], tables);
  engine::SessionId const session{next_id(tables, table::next, "session")};
  put_row(tables, table::sessions, key(session), SessionRow{person, std::string(token_digest), at + session_lasts});
  if (!user_agent.empty()) {
    tables.put(table::agents, key(judged(person_of(person, tables)).key, session), user_agent);
  }
  tables.put(table::tokens, token_digest, key(session));
  tables.put(table::sessions_by_person, key(person, session), {});
  return session.number();
}

// The keys are destroyed by whoever holds them, once this is durable.
std::uint64_t enter(ErasePerson const& command, engine::PersonId by, engine::Instant at, engine::Tables& tables) {
  auto const person = judged(person_of(command.person, tables));
  tables.erase(table::names, key(person.key, person.id));
  tables.erase(table::credentials, key(person.key, person.id));
  put_row(tables, table::erased, key(person.id), ErasedPerson{person.key, by, at});
  return change(person.id, PersonState::Erased, tables);
}

void note_act(std::string_view table, std::uint64_t who, engine::Instant at, engine::Tables& tables) {
  auto const last = get_row<ActRow>(tables, table, key(who));
  if (!last || last->at + acts_kept_every <= at) put_row(tables, table, key(who), ActRow{at});
}

// Acts that are part of a procurement's records and name a person.
template <class E>
constexpr bool is_act = std::same_as<E, engine::LotPaused> || std::same_as<E, engine::LotResumed> ||
                        std::same_as<E, engine::LotAborted> || std::same_as<E, engine::BidderDisqualified> ||
                        std::same_as<E, engine::BidderReinstated> || std::same_as<E, engine::QuoteChosen> ||
                        std::same_as<E, engine::BidCancelled> || std::same_as<E, engine::SurrogateNoted>;

}  // namespace

std::optional<Refusal> AccountsModule::judge(engine::ModuleCommand const& command, engine::Instant at,
                                             engine::TableReader const& tables) const {
  auto const verb = static_cast<Verb>(command.verb);
  if (auto const wrong = judge_actor(command, verb, at, tables)) return wrong;
  return judge_verb(command, verb, at, mark_, tables);
}

std::uint64_t AccountsModule::enter(engine::ModuleCommand const& command, engine::Seq seq, engine::Instant at,
                                    engine::Tables& tables, FollowUps&) {
  auto const& body = command.body;
  switch (static_cast<Verb>(command.verb)) {
    case Verb::FirstAdministratorNamed: {
      auto const first = unpacked<FirstAdministratorNamed>(body);
      auto const org = make_platform(tables);
      return make_person({{}, command.secret_of, Role::Administrator, org},
                         {{first.login, first.display}, command.secret}, mark_(first.login), tables);
    }
    case Verb::FirstAdministrator: {
      auto const org = make_platform(tables);
      return make_person({{}, command.secret_of, Role::Administrator, org}, new_person(command),
                         unpacked<FirstAdministrator>(body).login_mark, tables);
    }
    case Verb::CreateOrg: {
      auto const org = unpacked<CreateOrg>(body);
      return make_org({{}, org.name, org.kind, org.division, org.uscc}, tables).number();
    }
    case Verb::CreatePersonNamed: {
      auto const person = unpacked<CreatePersonNamed>(body);
      return make_person({{}, command.secret_of, person.role, person.org},
                         {{person.login, person.display}, command.secret}, mark_(person.login), tables);
    }
    case Verb::CreatePerson: {
      auto const person = unpacked<CreatePerson>(body);
      return make_person({{}, command.secret_of, person.role, person.org}, new_person(command), person.login_mark,
                         tables);
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
    case Verb::OpenSessionNamed: {
      auto const session = unpacked<OpenSessionNamed>(body);
      return open(session.token_digest, session.user_agent, command.actor, at, tables);
    }
    case Verb::OpenSession:
      return open(unpacked<OpenSession>(body).token_digest, command.secret, command.actor, at, tables);
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
    case Verb::ErasePerson:
      return accounts::enter(unpacked<ErasePerson>(body), command.actor, at, tables);
    case Verb::AddSigningKey:
      return enter_signing(unpacked<AddSigningKey>(body), command.actor, seq, at, tables);
    case Verb::RevokeSigningKey:
      return enter_signing(unpacked<RevokeSigningKey>(body), command.actor, seq, at, tables);
  }
  UNREACHABLE();
}

void AccountsModule::hear(engine::Event const& event, engine::Seq, engine::Instant at, engine::Tables& tables,
                          FollowUps&) {
  std::visit(
      [&]<class E>(E const& e) {
        if constexpr (is_act<E>) {
          if (e.by.is_given()) note_act(table::acts, e.by.number(), at, tables);
        }
        if constexpr (requires { e.approved_by; }) {
          if (e.approved_by.is_given()) note_act(table::acts, e.approved_by.number(), at, tables);
        }
        if constexpr (std::same_as<E, engine::LotClosed>) {
          for (auto const& standing : e.standings) note_act(table::org_acts, standing.bidder.number(), at, tables);
        }
        if constexpr (std::same_as<E, engine::ModuleAnswered>) {
          bool const is_done = e.module != module_number && !e.refusal && !e.repeated;
          if (is_done && e.actor.is_given()) note_act(table::acts, e.actor.number(), at, tables);
        }
      },
      event);
}

engine::RefusalKind const* AccountsModule::refusal(std::uint16_t number) const {
  return accounts::refusal(number);
}

// ---- Sign-in ---------------------------------------------------------------------------------------------------

std::optional<SignIn::Credential> AccountsModule::credential(std::string_view login,
                                                             engine::TableReader const& tables) const {
  auto const id = tables.get(table::login_marks, mark_(login));
  if (!id) return std::nullopt;
  return credential_of(engine::PersonId{number_at(*id, 0)}, tables);
}

std::optional<SignIn::Credential> AccountsModule::credential_of(engine::PersonId id,
                                                                engine::TableReader const& tables) const {
  auto const person = person_of(id, tables);
  if (!person || person->state == PersonState::Disabled) return std::nullopt;
  auto const hash = tables.get(table::credentials, key(person->key, id));
  if (!hash) return std::nullopt;
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
  auto command = by(person, {}, OpenSession{std::string(token_digest)});
  command.secret = user_agent.substr(0, 200);
  if (!command.secret.empty()) command.secret_of = person;
  return command;
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
    case Verb::OpenSessionNamed:
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
    case Verb::FirstAdministratorNamed:
    case Verb::FirstAdministrator:
    case Verb::CreateOrg:
    case Verb::CreatePersonNamed:
    case Verb::CreatePerson:
    case Verb::ErasePerson:  // disabled before, and that ended them
    case Verb::LockPerson:
    case Verb::UnlockPerson:
    case Verb::SuspendOrg:
    case Verb::ReinstateOrg:
    case Verb::AddSigningKey:
    case Verb::RevokeSigningKey:
      return std::nullopt;
  }
  UNREACHABLE();
}

std::vector<engine::SessionId> AccountsModule::sessions_of(engine::PersonId person,
                                                           engine::TableReader const& tables) const {
  return sessions_of_person(person, tables);
}

}  // namespace modules::accounts
