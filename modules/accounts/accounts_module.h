// The module of people, organisations and sessions, and sign-in as the gateway needs it.
//
// Administrators write; the house itself (nobody) may do what they may: first start, demo loader, locking after failed
// attempts. Passwords come hashed (rows.h, commands.h); failed attempts stay in the gateway's memory.
//
// Thread: engine for judge, enter and hear; any, on a snapshot, for SignIn and the routes' handlers.
#pragma once

#include <utility>

#include "modules/accounts/accounts.h"
#include "modules/accounts/signing_keys.h"

namespace modules::accounts {

class AccountsModule final : public Module, public SignIn {
 public:
  explicit AccountsModule(LoginMark mark = plain_mark) : mark_(std::move(mark)) {}
  // Before routes() is asked. Without it no key is taken for one.
  void read_keys_with(KeyReader keys) { keys_ = std::move(keys); }

  std::string_view name() const override { return "accounts"; }
  std::uint16_t number() const override { return module_number; }
  std::optional<engine::Refusal> judge(engine::ModuleCommand const& command, engine::Instant at,
                                       engine::TableReader const& tables) const override;
  std::uint64_t enter(engine::ModuleCommand const& command, engine::Seq seq, engine::Instant at, engine::Tables& tables,
                      FollowUps& follow_ups) override;
  // Who took part in a procurement, and when last: its records are kept for fifteen years.
  void hear(engine::Event const& event, engine::Seq seq, engine::Instant at, engine::Tables& tables,
            FollowUps& follow_ups) override;
  void routes(Routes& routes) const override;  // routes.cpp
  engine::RefusalKind const* refusal(std::uint16_t number) const override;

  std::optional<Credential> credential(std::string_view login, engine::TableReader const& tables) const override;
  std::optional<Credential> credential_of(engine::PersonId id, engine::TableReader const& tables) const override;
  std::optional<Actor> actor(std::string_view token_digest, engine::Instant now,
                             engine::TableReader const& tables) const override;
  engine::ModuleCommand open_session(engine::PersonId person, std::string_view token_digest,
                                     std::string_view user_agent) const override;
  engine::ModuleCommand close_session(Actor const& actor) const override;
  engine::ModuleCommand lock(engine::PersonId person, std::string_view reason) const override;
  engine::ModuleCommand set_password(Actor const& actor, engine::PersonId person,
                                     std::string_view password_hash) const override;
  std::optional<engine::PersonId> whose_sessions(engine::ModuleCommand const& command) const override;
  std::vector<engine::SessionId> sessions_of(engine::PersonId person, engine::TableReader const& tables) const override;

 private:
  LoginMark mark_;
  KeyReader keys_;
};

}  // namespace modules::accounts
