// Tables of accounts. Inside of the module.
//
//   accounts.next                 "org" "person" "session" "signing_key" -> last id given
//   accounts.orgs                 key(org)                 -> Org
//   accounts.usccs                code                     -> key(org)
//   accounts.persons              key(person)              -> Person
//   accounts.login_marks          mark of the login        -> key(person); stays when the person is erased
//   accounts.names.private        key(key, person)         -> PersonName
//   accounts.credentials.private  key(key, person)         -> Argon2id PHC string; no read route touches it
//   accounts.erased               key(person)              -> ErasedPerson
//   accounts.acts                 key(person)              -> when they last took part in a procurement, to the day
//   accounts.org_acts             key(org)                 -> the same
//   accounts.sessions             key(session)             -> SessionRow
//   accounts.agents.private       key(key, session)        -> the browser or program, as it calls itself
//   accounts.tokens               SHA-256 of the token     -> key(session)
//   accounts.sessions_by_person   key(person, session)     -> nothing
//   accounts.signing_keys         key(key)                 -> SigningKeyRow (signing_keys.h); revoked ones too
//   accounts.signing_keys_by_org  key(org, key)            -> nothing; revoked ones too
//   accounts.signing_keys_in_force key(org, key)           -> nothing; at most signing_keys_an_org of each
//
// Tables whose names end in ".private" are closed under the person's key, the first part of their row keys
// (persistence/private_tables.h). Up to 2026-11-23 accounts.people and accounts.logins named people in the open: tables
// that have them are made again from the journal.
#pragma once

#include "modules/accounts/accounts.h"
#include "modules/rows.h"

namespace modules::accounts {

namespace table {
inline constexpr std::string_view next = "accounts.next";
inline constexpr std::string_view orgs = "accounts.orgs";
inline constexpr std::string_view usccs = "accounts.usccs";
inline constexpr std::string_view people_named = "accounts.people";
inline constexpr std::string_view persons = "accounts.persons";
inline constexpr std::string_view login_marks = "accounts.login_marks";
inline constexpr std::string_view names = "accounts.names.private";
inline constexpr std::string_view credentials = "accounts.credentials.private";
inline constexpr std::string_view erased = "accounts.erased";
inline constexpr std::string_view acts = "accounts.acts";
inline constexpr std::string_view org_acts = "accounts.org_acts";
inline constexpr std::string_view agents = "accounts.agents.private";
inline constexpr std::string_view sessions = "accounts.sessions";
inline constexpr std::string_view tokens = "accounts.tokens";
inline constexpr std::string_view sessions_by_person = "accounts.sessions_by_person";
inline constexpr std::string_view signing_keys = "accounts.signing_keys";
inline constexpr std::string_view signing_keys_by_org = "accounts.signing_keys_by_org";
inline constexpr std::string_view signing_keys_in_force = "accounts.signing_keys_in_force";
}  // namespace table

// Of every session there ever was: its row tells by it when it was opened.
inline constexpr auto session_lasts = std::chrono::hours{12};

struct SessionRow {
  engine::PersonId person;
  std::string token_digest;
  engine::Instant expires_at;
  static auto fields(auto& s) { return std::tie(s.person, s.token_digest, s.expires_at); }
  engine::Instant opened_at() const { return expires_at - session_lasts; }
};

struct ActRow {
  engine::Instant at;
  static auto fields(auto& a) { return std::tie(a.at); }
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
