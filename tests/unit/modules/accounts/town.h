// A small town for module tests: an administrator, organisations and people, made through the routes.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "modules/accounts/accounts_module.h"
#include "tests/support/module_world.h"

namespace town {

inline constexpr std::string_view password_hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

// Needs a world whose modules include `accounts`.
class Town {
 public:
  Town(support::ModuleWorld& world, modules::accounts::AccountsModule& accounts) : world_(world), accounts_(accounts) {}

  modules::Actor administrator() {
    auto const told = world_.send(modules::accounts::first_administrator("admin", "管理员", password_hash));
    EXPECT_EQ(told.code, "");
    administrator_ = sign_in(engine::PersonId{told.id});
    return administrator_;
  }
  engine::OrgId org(std::string const& name, std::string const& kind, std::string const& division = "330000") {
    auto const told =
        world_.post(administrator_, "/orgs",
                    R"({"name":")" + name + R"(","kind":")" + kind + R"(","division":")" + division + R"("})");
    EXPECT_EQ(told.code, "");
    return engine::OrgId{told.id};
  }
  modules::Actor person(std::string const& login, std::string const& role, engine::OrgId org) {
    auto const told =
        world_.post(administrator_, "/people",
                    R"({"login":")" + login + R"(","display":")" + login + R"(","role":")" + role + R"(","org":")" +
                        std::to_string(org.number()) + R"(","password_hash":")" + std::string(password_hash) + R"("})");
    EXPECT_EQ(told.code, "");
    return sign_in(engine::PersonId{told.id});
  }
  modules::Actor sign_in(engine::PersonId person) {
    auto const token = "digest of token " + std::to_string(++tokens_);
    EXPECT_EQ(world_.send(accounts_.open_session(person, token, "test")).code, "");
    auto const snapshot = world_.tables().snapshot();
    auto const actor = accounts_.actor(token, world_.now(), *snapshot);
    EXPECT_TRUE(actor.has_value());
    return actor.value_or(modules::Actor{});
  }

 private:
  support::ModuleWorld& world_;
  modules::accounts::AccountsModule& accounts_;
  modules::Actor administrator_;
  int tokens_ = 0;
};

}  // namespace town
