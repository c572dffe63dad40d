// People, organisations and sessions: what is allowed, what happens, and that replay gives the same rows.
#include "modules/accounts/accounts_module.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/codec.h"
#include "modules/accounts/commands.h"
#include "modules/refusals.h"
#include "modules/text.h"
#include "tests/unit/modules/accounts/town.h"

namespace {

using namespace modules;
using namespace std::chrono_literals;
using engine::PersonId;

struct NoFollowUps final : FollowUps {
  void then(engine::Command) override { ADD_FAILURE() << "accounts cause nothing"; }
};

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
  engine::ModuleCommand creating(std::string_view login, Role role, engine::OrgId org) {
    auto const mark = accounts::plain_mark(login);
    return accounts::naming(accounts::by({}, {}, accounts::CreatePerson{mark, role, org}),
                            {{std::string(login), "姓名"}, std::string(town::password_hash)}, mark);
  }
  support::Told erase(PersonId person, std::uint64_t version) {
    world_.use_if_match(std::to_string(version));
    return world_.post(administrator_, path(person, "erase"), R"({"reason":"本人申请"})");
  }
  support::Told disable(PersonId person) {
    return world_.post(administrator_, path(person, "disable"), R"({"reason":"离职"})");
  }
  std::uint64_t version(PersonId person) { return accounts::person_of(person, world_.tables())->version; }
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
  EXPECT_EQ(world_.send(creating("supplier", Role::Supplier, supplier_org_)).code, "LOGIN_TAKEN");
}

TEST_F(Accounts, a_login_has_its_alphabet) {
  for (auto const* login : {"ab", "Upper", "white space", "x@y", "中文名"}) {
    auto const told =
        world_.post(administrator_, "/people",
                    R"({"login":")" + std::string(login) + R"(","display":"x","role":"supplier","org":")" +
                        std::to_string(supplier_org_.number()) + R"(","password_hash":"$argon2id$x"})");
    EXPECT_EQ(told.code, std::string_view(login).size() < 3 ? "MALFORMED" : "LOGIN_MALFORMED") << login;
  }
}

TEST_F(Accounts, role_and_organisation_fit) {
  for (auto const role : {Role::Administrator, Role::Purchaser, Role::Regulator}) {
    EXPECT_EQ(world_.send(creating("new", role, supplier_org_)).code, "ROLE_AND_ORG_DIFFER");
  }
  EXPECT_EQ(world_.send(creating("new", Role::Supplier, engine::OrgId{99})).code, "NO_SUCH_ORG");
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
  EXPECT_EQ(by(accounts::OpenSession{"digest"}), own);
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
  auto command = creating("forgotten", Role::Supplier, supplier_org_);
  command.secret.clear();
  auto const made = world_.send(command);
  EXPECT_EQ(made.code, "");
  EXPECT_FALSE(accounts_.credential("forgotten", world_.tables()).has_value());
  EXPECT_EQ(world_.send(command).code, "LOGIN_TAKEN");
  auto password = accounts_.set_password(administrator_, PersonId{made.id}, "");
  EXPECT_EQ(world_.send(password).code, "");
  EXPECT_EQ(world_.send(accounts_.open_session(PersonId{made.id}, "t", "")).code, "");
}

TEST_F(Accounts, what_names_a_person_is_private_in_every_command) {
  auto const& commands = world_.journal();
  bool is_named = false;
  for (auto const& frame : commands.frames()) {
    for (auto const& command : frame.commands) {
      auto const open = engine::encode(command.command, engine::Privacy::Private);
      EXPECT_EQ(open.open.find("supplier"), std::string::npos) << command.seq.number();
      EXPECT_EQ(open.open.find("test"), std::string::npos) << command.seq.number();
      is_named = is_named || open.secret.find("supplier") != std::string::npos;
    }
  }
  EXPECT_TRUE(is_named);
}

TEST_F(Accounts, people_without_an_id_have_a_key_that_no_id_reaches) {
  EXPECT_GE(accounts::key_of_login("admin").number(), std::uint64_t{1} << 63);
  EXPECT_NE(accounts::key_of_login("admin"), accounts::key_of_login("admin2"));
}

TEST_F(Accounts, people_of_the_first_layout_are_people) {
  auto old = accounts::by({}, {}, accounts::CreatePersonNamed{"elder", "老王", Role::Supplier, supplier_org_});
  old.secret = town::password_hash;
  old.secret_of = PersonId{77};
  auto const made = world_.send(old);
  EXPECT_EQ(made.code, "");
  EXPECT_EQ(accounts_.credential("elder", world_.tables())->password_hash, town::password_hash);
  EXPECT_EQ(world_.send(creating("elder", Role::Supplier, supplier_org_)).code, "LOGIN_TAKEN");
  auto const session = accounts::by(PersonId{made.id}, {}, accounts::OpenSessionNamed{"digest", "curl"});
  EXPECT_EQ(world_.send(session).code, "");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

// ---- Erasing ---------------------------------------------------------------------------------------------------

TEST_F(Accounts, an_erased_person_has_no_name_login_or_password_left) {
  disable(supplier_.person);
  auto const key = accounts::person_of(supplier_.person, world_.tables())->key;
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "");
  auto const person = accounts::person_of(supplier_.person, world_.tables());
  EXPECT_EQ(person->state, accounts::PersonState::Erased);
  EXPECT_EQ(person->org, supplier_org_);
  EXPECT_FALSE(accounts::name_of(*person, world_.tables()).has_value());
  EXPECT_FALSE(accounts_.credential("supplier", world_.tables()).has_value());
  EXPECT_EQ(accounts::erased_person(supplier_.person, world_.tables())->by, administrator_.person);
  EXPECT_EQ(accounts::keys_to_destroy(world_.tables()), (std::vector{key, supplier_.person}));
  for (auto const& [row, value] : world_.tables().rows()) EXPECT_EQ(value.find("supplier"), std::string::npos);

  auto const shown = world_.read(&administrator_, "/people/" + std::to_string(supplier_.person.number()));
  EXPECT_EQ(shown.body.write(), R"({"id":"2","role":"supplier","org":"2","state":"ERASED","erased_at":")" +
                                    modules::instant_text(world_.now()) + R"("})");
}

TEST_F(Accounts, only_what_was_disabled_is_erased_and_once) {
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "PERSON_NOT_DISABLED");
  lock();
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "PERSON_NOT_DISABLED");
  disable(supplier_.person);
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person) - 1).code, "PRECONDITION_FAILED");
  EXPECT_EQ(world_.post(administrator_, path(supplier_.person, "erase"), R"({"reason":"x"})").code,
            "PRECONDITION_REQUIRED");
  EXPECT_EQ(erase(PersonId{99}, 1).code, "NO_SUCH_PERSON");
  EXPECT_EQ(erase(administrator_.person, 1).code, "NOT_ONESELF");
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "");
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "STATE_CONFLICT");
}

TEST_F(Accounts, nothing_is_done_to_somebody_erased) {
  disable(supplier_.person);
  erase(supplier_.person, version(supplier_.person));
  EXPECT_EQ(disable(supplier_.person).code, "STATE_CONFLICT");
  EXPECT_EQ(world_.post(administrator_, path(supplier_.person, "unlock"), R"({"reason":"x"})").code, "STATE_CONFLICT");
  EXPECT_EQ(world_.send(accounts_.set_password(administrator_, supplier_.person, "$argon2id$x")).code,
            "STATE_CONFLICT");
  EXPECT_EQ(world_.send(accounts_.open_session(supplier_.person, "t", "")).code, "PERSON_DISABLED");
}

TEST_F(Accounts, the_login_of_somebody_erased_is_given_to_nobody) {
  disable(supplier_.person);
  erase(supplier_.person, version(supplier_.person));
  EXPECT_EQ(world_.send(creating("supplier", Role::Supplier, supplier_org_)).code, "LOGIN_TAKEN");
}

TEST_F(Accounts, who_took_part_in_a_procurement_is_kept_for_fifteen_years) {
  auto const buyer_org = town_.org("采购中心", "buyer");
  auto const buyer = town_.person("buyer", "purchaser", buyer_org);
  engine::ModuleAnswered acted{.module = 2, .verb = 1, .actor = buyer.person, .refusal = {}};
  NoFollowUps none;
  accounts_.hear(engine::Event{acted}, {}, world_.now(), world_.tables(), none);
  engine::LotClosed closed;
  closed.standings.emplace_back().bidder = engine::BidderId{supplier_org_.number()};
  accounts_.hear(engine::Event{closed}, {}, world_.now(), world_.tables(), none);
  disable(buyer.person);
  disable(supplier_.person);

  auto const kept = erase(buyer.person, version(buyer.person));
  EXPECT_EQ(kept.code, "KEPT_BY_LAW");
  EXPECT_EQ(kept.refusal->limit.unit, engine::Figure::Unit::Moment);
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "KEPT_BY_LAW");
  world_.advance(std::chrono::duration_cast<engine::Duration>(std::chrono::years{15}));
  administrator_ = town_.sign_in(administrator_.person);
  EXPECT_EQ(erase(buyer.person, version(buyer.person)).code, "");
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "");
}

TEST_F(Accounts, a_refused_or_repeated_command_is_no_part_in_a_procurement) {
  NoFollowUps none;
  engine::ModuleAnswered refused{.module = 2, .verb = 1, .actor = supplier_.person, .refusal = {}};
  refused.refusal = engine::Refusal{&modules::refusals::wrong_role};
  accounts_.hear(engine::Event{refused}, {}, world_.now(), world_.tables(), none);
  engine::ModuleAnswered repeated{.module = 2, .verb = 1, .actor = supplier_.person, .refusal = {}};
  repeated.repeated = true;
  accounts_.hear(engine::Event{repeated}, {}, world_.now(), world_.tables(), none);
  disable(supplier_.person);
  EXPECT_EQ(erase(supplier_.person, version(supplier_.person)).code, "");
}

// As after the keys were destroyed: every private part of that person's is empty, and nothing is decided otherwise.
TEST_F(Accounts, the_rows_after_an_erasure_are_those_of_a_replay_without_what_was_erased) {
  world_.send(creating("supplier", Role::Supplier, supplier_org_));  // refused, and names the same login
  world_.send(accounts_.set_password(administrator_, supplier_.person, "$argon2id$new"));
  town_.sign_in(supplier_.person);
  disable(supplier_.person);
  auto const key = accounts::person_of(supplier_.person, world_.tables())->key;
  erase(supplier_.person, version(supplier_.person));
  world_.send(creating("supplier", Role::Supplier, supplier_org_));
  auto const emptied = world_.forget({key, supplier_.person});
  EXPECT_EQ(emptied, 6U);
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
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
