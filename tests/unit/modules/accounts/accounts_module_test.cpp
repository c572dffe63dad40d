// People, organisations and sessions: what is allowed, what happens, and that replay gives the same rows.
#include "modules/accounts/accounts_module.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "modules/accounts/commands.h"
#include "tests/unit/modules/accounts/town.h"

namespace {

using namespace modules;
using namespace std::chrono_literals;
using engine::PersonId;

class Accounts : public testing::Test {
 protected:
  accounts::AccountsModule accounts_;
  support::ModuleWorld world_{{&accounts_}};
  town::Town town_{world_, accounts_};
  Actor administrator_ = town_.administrator();
  engine::OrgId supplier_org_ = town_.org("海宁供应", "supplier");
  Actor supplier_ = town_.person("supplier", "supplier", supplier_org_);

  std::string path(PersonId person, std::string_view verb) {
    return "/people/" + std::to_string(person.number()) + "/" + std::string(verb);
  }
  support::Told lock() { return world_.send(accounts_.lock(supplier_.person, "口令多次错误")); }
  bool is_signed_in(Actor const& actor) {
    auto const sessions = accounts_.sessions_of(actor.person, world_.tables());
    return std::ranges::find(sessions, actor.session) != sessions.end();
  }
};

TEST_F(Accounts, there_is_one_first_administrator) {
  EXPECT_EQ(world_.send(accounts::first_administrator("second", "x", town::password_hash)).code, "STATE_CONFLICT");
}

TEST_F(Accounts, the_administrator_of_a_new_house_can_sign_in) {
  auto const credential = accounts_.credential("admin", world_.tables());
  ASSERT_TRUE(credential.has_value());
  EXPECT_EQ(credential->person, administrator_.person);
  EXPECT_EQ(credential->password_hash, town::password_hash);
  EXPECT_EQ(credential->locked, 0);
}

TEST_F(Accounts, a_login_is_given_once) {
  EXPECT_EQ(world_
                .send(accounts::by(administrator_.person, administrator_.session,
                                   accounts::CreatePerson{"supplier", "x", Role::Supplier, supplier_org_}))
                .code,
            "LOGIN_TAKEN");
}

TEST_F(Accounts, a_login_has_its_alphabet) {
  for (auto const* login : {"ab", "Upper", "white space", "x@y", "中文名"}) {
    EXPECT_EQ(world_.send(accounts::by({}, {}, accounts::CreatePerson{login, "x", Role::Supplier, supplier_org_})).code,
              "LOGIN_MALFORMED")
        << login;
  }
}

TEST_F(Accounts, role_and_organisation_fit) {
  for (auto const role : {Role::Administrator, Role::Purchaser, Role::Regulator}) {
    EXPECT_EQ(world_.send(accounts::by({}, {}, accounts::CreatePerson{"new", "x", role, supplier_org_})).code,
              "ROLE_AND_ORG_DIFFER");
  }
  EXPECT_EQ(
      world_.send(accounts::by({}, {}, accounts::CreatePerson{"new", "x", Role::Supplier, engine::OrgId{99}})).code,
      "NO_SUCH_ORG");
}

TEST_F(Accounts, only_administrators_write) {
  EXPECT_EQ(world_
                .send(accounts::by(supplier_.person, supplier_.session,
                                   accounts::CreateOrg{"x", accounts::OrgKind::Buyer, "330000", ""}))
                .code,
            "WRONG_ROLE");
}

TEST_F(Accounts, an_ended_session_writes_nothing) {
  world_.send(accounts_.close_session(administrator_));
  EXPECT_EQ(world_
                .send(accounts::by(administrator_.person, administrator_.session,
                                   accounts::CreateOrg{"x", accounts::OrgKind::Buyer, "330000", ""}))
                .code,
            "SESSION_ENDED");
}

TEST_F(Accounts, codes_of_organisations_are_checked_and_unique) {
  auto make = [&](std::string uscc) {
    return world_.send(accounts::by({}, {}, accounts::CreateOrg{"x", accounts::OrgKind::Supplier, "330000", uscc}))
        .code;
  };
  EXPECT_EQ(make("91110000600037341L"), "");
  EXPECT_EQ(make("91110000600037341L"), "DUPLICATE");
  EXPECT_EQ(make("91110000600037341N"), "USCC_CHECKSUM");
  EXPECT_EQ(make("9111000060003IOZSV"), "USCC_CHARSET");
  EXPECT_EQ(make("12345"), "USCC_LENGTH");
}

TEST_F(Accounts, a_division_is_six_digits) {
  EXPECT_EQ(world_.send(accounts::by({}, {}, accounts::CreateOrg{"x", accounts::OrgKind::Supplier, "33000x", ""})).code,
            "DIVISION_UNKNOWN");
}

TEST_F(Accounts, the_ninth_session_ends_the_oldest) {
  std::vector<Actor> actors{supplier_};
  for (int i = 0; i < 8; ++i) actors.push_back(town_.sign_in(supplier_.person));
  EXPECT_FALSE(is_signed_in(actors[0]));
  for (std::size_t i = 1; i < actors.size(); ++i) EXPECT_TRUE(is_signed_in(actors[i])) << i;
}

TEST_F(Accounts, a_locked_person_cannot_sign_in_but_stays_signed_in) {
  EXPECT_EQ(lock().code, "");
  EXPECT_EQ(accounts_.credential("supplier", world_.tables())->locked, 1);
  EXPECT_EQ(world_.send(accounts_.open_session(supplier_.person, "t", "")).code, "PERSON_LOCKED");
  EXPECT_TRUE(is_signed_in(supplier_));
  EXPECT_EQ(lock().code, "STATE_CONFLICT");
}

TEST_F(Accounts, an_administrator_unlocks) {
  lock();
  EXPECT_EQ(world_.post(administrator_, path(supplier_.person, "unlock"), R"({"reason":"已核实"})").code, "");
  EXPECT_EQ(world_.send(accounts_.open_session(supplier_.person, "t", "")).code, "");
}

TEST_F(Accounts, a_disabled_person_is_gone_at_once) {
  EXPECT_EQ(world_.post(administrator_, path(supplier_.person, "disable"), R"({"reason":"离职"})").code, "");
  EXPECT_FALSE(is_signed_in(supplier_));
  EXPECT_FALSE(accounts_.credential("supplier", world_.tables()).has_value());
  EXPECT_EQ(world_.send(accounts_.open_session(supplier_.person, "t", "")).code, "PERSON_DISABLED");
  EXPECT_EQ(world_.post(administrator_, path(supplier_.person, "unlock"), R"({"reason":"x"})").code, "STATE_CONFLICT");
}

TEST_F(Accounts, administrators_do_not_shut_themselves_out) {
  EXPECT_EQ(world_.post(administrator_, path(administrator_.person, "disable"), R"({"reason":"x"})").code,
            "NOT_ONESELF");
  EXPECT_EQ(world_.post(administrator_, path(administrator_.person, "lock"), R"({"reason":"x"})").code, "NOT_ONESELF");
}

TEST_F(Accounts, a_new_password_ends_the_other_sessions) {
  auto const other = town_.sign_in(supplier_.person);
  EXPECT_EQ(world_.send(accounts_.set_password(supplier_, supplier_.person, "$argon2id$new")).code, "");
  EXPECT_TRUE(is_signed_in(supplier_));
  EXPECT_FALSE(is_signed_in(other));
  auto const credential = accounts_.credential("supplier", world_.tables());
  EXPECT_EQ(credential->password_hash, "$argon2id$new");
  EXPECT_EQ(accounts_.credential_of(credential->person, world_.tables())->password_hash, "$argon2id$new");
}

TEST_F(Accounts, nobody_sets_the_password_of_another) {
  EXPECT_EQ(world_.send(accounts_.set_password(supplier_, administrator_.person, "$argon2id$new")).code, "WRONG_ROLE");
}

TEST_F(Accounts, an_administrators_reset_ends_all_sessions) {
  world_.send(accounts_.set_password(administrator_, supplier_.person, "$argon2id$new"));
  EXPECT_FALSE(is_signed_in(supplier_));
}

TEST_F(Accounts, suspending_an_organisation_and_back) {
  auto const org = "/orgs/" + std::to_string(supplier_org_.number());
  EXPECT_EQ(world_.post(administrator_, org + "/suspend", R"({"reason":"处罚"})").code, "");
  EXPECT_EQ(accounts::org_of(supplier_org_, world_.tables())->state, accounts::OrgState::Suspended);
  EXPECT_EQ(world_.post(administrator_, org + "/suspend", R"({"reason":"处罚"})").code, "STATE_CONFLICT");
  EXPECT_EQ(world_.post(administrator_, org + "/reinstate", R"({"reason":"期满"})").code, "");
}

TEST_F(Accounts, says_whose_sessions_a_command_may_end) {
  auto const by = [&](auto const& command) {
    return accounts_.whose_sessions(accounts::by(administrator_.person, administrator_.session, command));
  };
  auto const own = administrator_.person, other = supplier_.person;
  EXPECT_EQ(by(accounts::OpenSession{"digest", "test"}), own);
  EXPECT_EQ(by(accounts::CloseSession{}), own);
  EXPECT_EQ(by(accounts::EndSession{supplier_.session}), own);
  EXPECT_EQ(by(accounts::EndSessions{other, "x"}), other);
  EXPECT_EQ(by(accounts::SetPassword{other}), other);
  EXPECT_EQ(by(accounts::DisablePerson{other, "x"}), other);
  EXPECT_EQ(by(accounts::LockPerson{other, "x"}), std::nullopt);  // sessions go on
  EXPECT_EQ(by(accounts::SuspendOrg{supplier_org_, "x"}), std::nullopt);
  engine::ModuleCommand foreign;
  foreign.module = accounts::module_number + 1;
  foreign.verb = static_cast<std::uint16_t>(accounts::Verb::DisablePerson);
  EXPECT_EQ(accounts_.whose_sessions(foreign), std::nullopt);
}

TEST_F(Accounts, no_outcome_depends_on_a_secret) {
  auto command = accounts::by({}, {}, accounts::CreatePerson{"forgotten", "x", Role::Supplier, supplier_org_});
  EXPECT_EQ(world_.send(command).code, "");
  EXPECT_FALSE(accounts_.credential("forgotten", world_.tables()).has_value());
}

TEST_F(Accounts, first_passwords_have_a_key_that_no_id_reaches) {
  EXPECT_GE(accounts::key_of_login("admin").number(), std::uint64_t{1} << 63);
  EXPECT_NE(accounts::key_of_login("admin"), accounts::key_of_login("admin2"));
}

TEST_F(Accounts, replay_over_no_tables_gives_the_same_rows) {
  lock();
  town_.sign_in(administrator_.person);
  world_.send(accounts_.set_password(administrator_, supplier_.person, "$argon2id$new"));
  world_.send(accounts_.close_session(administrator_));
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
  auto const before = world_.tables().rows();
  world_.restart();
  EXPECT_EQ(world_.tables().rows(), before);
}

}  // namespace
