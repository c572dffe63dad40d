// Tables of accounts. Inside of the module.
//
//   accounts.next                "org" "person" "session" -> last id given
//   accounts.orgs                key(org)                 -> Org
//   accounts.usccs               code                     -> key(org)
//   accounts.people              key(person)              -> Person
//   accounts.logins              login                    -> key(person)
//   accounts.credentials         key(person)              -> Argon2id PHC string; no read route touches it
//   accounts.sessions            key(session)             -> SessionRow
//   accounts.tokens              SHA-256 of the token     -> key(session)
//   accounts.sessions_by_person  key(person, session)     -> nothing
#pragma once

#include "modules/accounts/accounts.h"
#include "modules/rows.h"

namespace modules::accounts {

namespace table {
inline constexpr std::string_view next = "accounts.next";
inline constexpr std::string_view orgs = "accounts.orgs";
inline constexpr std::string_view usccs = "accounts.usccs";
inline constexpr std::string_view people = "accounts.people";
inline constexpr std::string_view logins = "accounts.logins";
inline constexpr std::string_view credentials = "accounts.credentials";
inline constexpr std::string_view sessions = "accounts.sessions";
inline constexpr std::string_view tokens = "accounts.tokens";
inline constexpr std::string_view sessions_by_person = "accounts.sessions_by_person";
}  // namespace table

// Of every session there ever was: its row tells by it when it was opened.
inline constexpr auto session_lasts = std::chrono::hours{12};

struct SessionRow {
  engine::PersonId person;
  std::string token_digest;
  std::string user_agent;
  engine::Instant expires_at;
  static auto fields(auto& s) { return std::tie(s.person, s.token_digest, s.user_agent, s.expires_at); }
  engine::Instant opened_at() const { return expires_at - session_lasts; }
};

// Oldest first.
inline std::vector<engine::SessionId> sessions_of_person(engine::PersonId person, engine::TableReader const& tables) {
  std::vector<engine::SessionId> sessions;
  tables.scan(table::sessions_by_person, key(person), [&](std::string_view row, std::string_view) {
    if (number_at(row, 0) != person.number()) return Scan::Stop;
    sessions.emplace_back(number_at(row, 1));
    return Scan::Continue;
  });
  return sessions;
}

}  // namespace modules::accounts
