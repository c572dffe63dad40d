// Commands of accounts, as they stand in the journal: a verb and its body. Inside of the module.
//
// What identifies a person stands in ModuleCommand::secret: login, name and password (as its Argon2id hash) of somebody
// who is created, a new password, what a browser calls itself. No outcome depends on it, so that a person's keys can be
// destroyed without changing what is decided; whether a login is taken is told by its mark. The first layout had login,
// name and browser in the open ("…Named"): it is still read and never written.
#pragma once

#include "modules/accounts/accounts.h"
#include "modules/accounts/signing_keys.h"
#include "modules/hash.h"
#include "modules/packed.h"

namespace modules::accounts {

enum class Verb : std::uint16_t {
  FirstAdministratorNamed = 1,
  CreateOrg = 2,
  CreatePersonNamed = 3,
  SetPassword = 4,
  LockPerson = 5,
  UnlockPerson = 6,
  DisablePerson = 7,
  OpenSessionNamed = 8,
  CloseSession = 9,
  SuspendOrg = 10,
  ReinstateOrg = 11,
  EndSession = 12,
  EndSessions = 13,
  FirstAdministrator = 14,
  CreatePerson = 15,
  OpenSession = 16,
  ErasePerson = 17,
  AddSigningKey = 18,
  RevokeSigningKey = 19,
};

struct FirstAdministratorNamed {
  static constexpr Verb verb = Verb::FirstAdministratorNamed;
  std::string login;
  std::string display;
  static auto fields(auto& c) { return std::tie(c.login, c.display); }
};
struct FirstAdministrator {
  static constexpr Verb verb = Verb::FirstAdministrator;
  std::string login_mark;
  static auto fields(auto& c) { return std::tie(c.login_mark); }
};
struct CreateOrg {
  static constexpr Verb verb = Verb::CreateOrg;
  std::string name;
  OrgKind kind = OrgKind::Supplier;
  std::string division;
  std::string uscc;
  static auto fields(auto& c) { return std::tie(c.name, c.kind, c.division, c.uscc); }
};
struct CreatePersonNamed {
  static constexpr Verb verb = Verb::CreatePersonNamed;
  std::string login;
  std::string display;
  Role role = Role::Supplier;
  engine::OrgId org;
  static auto fields(auto& c) { return std::tie(c.login, c.display, c.role, c.org); }
};
struct CreatePerson {
  static constexpr Verb verb = Verb::CreatePerson;
  std::string login_mark;
  Role role = Role::Supplier;
  engine::OrgId org;
  static auto fields(auto& c) { return std::tie(c.login_mark, c.role, c.org); }
};
// The private part of both.
struct NewPerson {
  PersonName name;
  std::string password_hash;
  static auto fields(auto& n) { return std::tie(n.name, n.password_hash); }
};
struct SetPassword {
  static constexpr Verb verb = Verb::SetPassword;
  engine::PersonId person;
  static auto fields(auto& c) { return std::tie(c.person); }
};
struct LockPerson {
  static constexpr Verb verb = Verb::LockPerson;
  engine::PersonId person;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.person, c.reason); }
};
struct UnlockPerson {
  static constexpr Verb verb = Verb::UnlockPerson;
  engine::PersonId person;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.person, c.reason); }
};
struct DisablePerson {
  static constexpr Verb verb = Verb::DisablePerson;
  engine::PersonId person;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.person, c.reason); }
};
struct OpenSession {  // by the person who signs in, under no session yet; the private part: the browser
  static constexpr Verb verb = Verb::OpenSession;
  std::string token_digest;
  static auto fields(auto& c) { return std::tie(c.token_digest); }
};
struct OpenSessionNamed {
  static constexpr Verb verb = Verb::OpenSessionNamed;
  std::string token_digest;
  std::string user_agent;
  static auto fields(auto& c) { return std::tie(c.token_digest, c.user_agent); }
};
struct CloseSession {  // the one it comes under
  static constexpr Verb verb = Verb::CloseSession;
  std::uint8_t version = 1;
  static auto fields(auto& c) { return std::tie(c.version); }
};
struct SuspendOrg {
  static constexpr Verb verb = Verb::SuspendOrg;
  engine::OrgId org;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.org, c.reason); }
};
struct ReinstateOrg {
  static constexpr Verb verb = Verb::ReinstateOrg;
  engine::OrgId org;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.org, c.reason); }
};

struct EndSession {  // one of one's own, not the one it comes under
  static constexpr Verb verb = Verb::EndSession;
  engine::SessionId ended;
  static auto fields(auto& c) { return std::tie(c.ended); }
};
struct EndSessions {  // all of a person's, but the one it comes under
  static constexpr Verb verb = Verb::EndSessions;
  engine::PersonId person;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.person, c.reason); }
};

struct ErasePerson {  // for good; `version` is what the administrator has seen
  static constexpr Verb verb = Verb::ErasePerson;
  engine::PersonId person;
  std::uint64_t version = 0;
  std::string reason;
  static auto fields(auto& c) { return std::tie(c.person, c.version, c.reason); }
};

// The organisation is the actor's: it stands here so that the journal alone says whose key it is.
struct AddSigningKey {
  static constexpr Verb verb = Verb::AddSigningKey;
  engine::OrgId org;
  SigningAlgorithm algorithm = SigningAlgorithm::EcdsaP256;
  std::string public_key;
  static auto fields(auto& c) { return std::tie(c.org, c.algorithm, c.public_key); }
};
struct RevokeSigningKey {
  static constexpr Verb verb = Verb::RevokeSigningKey;
  engine::SigningKeyId key;
  static auto fields(auto& c) { return std::tie(c.key); }
};

template <class Command>
engine::ModuleCommand by(engine::PersonId actor, engine::SessionId session, Command const& command) {
  return {.module = module_number,
          .verb = static_cast<std::uint16_t>(Command::verb),
          .actor = actor,
          .session = session,
          .request_key = {},
          .body = pack(command),
          .secret = {},
          .secret_of = {}};
}

// Whose key closes what names a person who has no id yet. Ids are given when the command is applied, logins are unique
// and never given again: so the key belongs to the login, by its mark, in the half of the numbers that no id reaches.
// Whatever was ever sent for that login, refused and repeated, is under this key. Later passwords and sessions are
// under the key of the id: forgetting a person means destroying both.
inline engine::PersonId key_of_login(std::string_view login_mark) {
  return engine::PersonId{hash_of(login_mark, module_number) | std::uint64_t{1} << 63};
}

// `command` with what names the person in its private part.
inline engine::ModuleCommand naming(engine::ModuleCommand command, NewPerson const& person,
                                    std::string_view login_mark) {
  command.secret = pack(person);
  command.secret_of = key_of_login(login_mark);
  return command;
}

}  // namespace modules::accounts
