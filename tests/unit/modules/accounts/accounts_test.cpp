// Questions that other modules ask of accounts.
#include "modules/accounts/accounts.h"

#include <gtest/gtest.h>

#include "tests/unit/modules/accounts/town.h"

namespace {

using namespace modules;
using namespace std::chrono_literals;

TEST(Scope, flows_down_the_tree_of_divisions) {
  auto inside = [](auto viewer, auto object) { return accounts::scope(viewer, object) == accounts::Scope::Inside; };
  EXPECT_TRUE(inside("330000", "330481"));
  EXPECT_TRUE(inside("330400", "330481"));
  EXPECT_TRUE(inside("330481", "330481"));
  EXPECT_FALSE(inside("330400", "330521"));
  EXPECT_FALSE(inside("330481", "330400"));
  EXPECT_FALSE(inside("320000", "330000"));
  EXPECT_FALSE(inside("", "330000"));
}

class Actors : public testing::Test {
 protected:
  accounts::AccountsModule accounts_;
  support::ModuleWorld world_{{&accounts_}};
  town::Town town_{world_, accounts_};
  Actor administrator_ = town_.administrator();
  Actor buyer_ = town_.person("buyer", "purchaser", town_.org("采购中心", "buyer", "330481"));

  std::expected<Actor, engine::Refusal> current(Actor const& actor) {
    engine::ModuleCommand command;
    command.actor = actor.person;
    command.session = actor.session;
    return accounts::current_actor(command, world_.now(), world_.tables());
  }
};

TEST_F(Actors, a_live_session_tells_who_acts) {
  auto const found = current(buyer_);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->role, Role::Purchaser);
  EXPECT_EQ(found->division, "330481");
  EXPECT_EQ(found->org, buyer_.org);
}

TEST_F(Actors, a_session_ends_after_twelve_hours) {
  world_.advance(12h - 1ms);
  EXPECT_TRUE(current(buyer_).has_value());
  world_.advance(1ms);
  EXPECT_FALSE(current(buyer_).has_value());
}

TEST_F(Actors, a_session_of_somebody_else_is_none) {
  auto thief = buyer_;
  thief.session = administrator_.session;
  ASSERT_FALSE(current(thief).has_value());
  EXPECT_EQ(current(thief).error().kind->code, "SESSION_ENDED");
}

TEST_F(Actors, people_and_orgs_are_found_by_id) {
  auto const buyer = accounts::person_of(buyer_.person, world_.tables());
  ASSERT_TRUE(buyer.has_value());
  EXPECT_EQ(accounts::name_of(*buyer, world_.tables())->login, "buyer");
  EXPECT_EQ(accounts::org_of(buyer_.org, world_.tables())->name, "采购中心");
  EXPECT_FALSE(accounts::person_of(engine::PersonId{99}, world_.tables()).has_value());
}

}  // namespace
