// Commands of accounts, as they stand in the journal: a verb and its body. Inside of the module.
//
// A password arrives as its Argon2id hash in ModuleCommand::secret. No outcome depends on it, so that a person's key
// can be destroyed without changing what is replayed.
#pragma once

#include "modules/accounts/accounts.h"
#include "modules/hash.h"
#include "modules/packed.h"

namespace modules::accounts {

enum class Verb : std::uint16_t {
  FirstAdministrator = 1,
  CreateOrg = 2,
  CreatePerson = 3,
  SetPassword = 4,
  LockPerson = 5,
  UnlockPerson = 6,
  DisablePerson = 7,
  OpenSession = 8,
  CloseSession = 9,
  SuspendOrg = 10,
  ReinstateOrg = 11,
  EndSession = 12,
  EndSessions = 13,
};

struct FirstAdministrator {
  static constexpr Verb verb = Verb::FirstAdministrator;
  std::string login;
  std::string display;
  static auto fields(auto& c) { return std::tie(c.login, c.display); }
};
struct CreateOrg {
  static constexpr Verb verb = Verb::CreateOrg;
  std::string name;
  OrgKind kind = OrgKind::Supplier;
  std::string division;
  std::string uscc;
  static auto fields(auto& c) { return std::tie(c.name, c.kind, c.division, c.uscc); }
};
struct CreatePerson {
  static constexpr Verb verb = Verb::CreatePerson;
  std::string login;
  std::string display;
  Role role = Role::Supplier;
  engine::OrgId org;
  static auto fields(auto& c) { return std::tie(c.login, c.display, c.role, c.org); }
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
struct OpenSession {  // by the person who signs in, under no session yet
  static constexpr Verb verb = Verb::OpenSession;
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

// Whose key seals the first password of a person who has no id yet. Ids are given when the command is applied, logins
// are unique and never given again: so the key belongs to the login, in the half of the numbers that no id reaches.
// Forgetting a person means destroying two keys: this one and the one of their id (later passwords).
inline engine::PersonId key_of_login(std::string_view login) {
  return engine::PersonId{hash_of(login, module_number) | std::uint64_t{1} << 63};
}

}  // namespace modules::accounts
