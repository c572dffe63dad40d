// The registry of signing keys: whose they are, from which command to which they count, how many there may be.
#include "modules/accounts/signing_keys.h"

#include <gtest/gtest.h>

#include "engine/figure.h"
#include "modules/accounts/commands.h"
#include "modules/accounts/rows.h"
#include "tests/unit/modules/accounts/town.h"

namespace {

using namespace modules;
using accounts::AddSigningKey;
using accounts::RevokeSigningKey;
using accounts::SigningAlgorithm;
using engine::SigningKeyId;

class SigningKeys : public testing::Test {
 protected:
  accounts::AccountsModule accounts_;
  support::ModuleWorld world_{{&accounts_}};
  town::Town town_{world_, accounts_};
  Actor administrator_ = town_.administrator();
  engine::OrgId org_ = town_.org("海宁供应", "supplier");
  Actor supplier_ = town_.person("supplier", "supplier", org_);
  Actor colleague_ = town_.person("colleague", "supplier", org_);
  Actor other_ = town_.person("other", "supplier", town_.org("德清供应", "supplier"));
  Actor buyer_ = town_.person("buyer", "purchaser", town_.org("采购中心", "buyer"));

  support::Told add(Actor const& who, std::string_view key, engine::OrgId org) {
    return world_.send(
        accounts::by(who.person, who.session, AddSigningKey{org, SigningAlgorithm::Sm2, std::string(key)}));
  }
  support::Told add(Actor const& who, std::string_view key) { return add(who, key, who.org); }
  support::Told revoke(Actor const& who, std::uint64_t key) {
    return world_.send(accounts::by(who.person, who.session, RevokeSigningKey{SigningKeyId{key}}));
  }
  accounts::SigningKeyRow row(std::uint64_t key) {
    return accounts::signing_key(SigningKeyId{key}, world_.tables()).value();
  }
  engine::Seq last_seq() { return world_.tables().applied(); }
  bool is_in_force(std::string_view key) {
    bool found = false;
    world_.tables().scan(accounts::table::signing_keys_in_force, modules::key(org_), [&](auto at, auto) {
      found = found || row(number_at(at, 1)).public_key == key;
      return Scan::Continue;
    });
    return found;
  }
};

TEST_F(SigningKeys, are_numbered_and_say_whose_they_are_and_since_when) {
  EXPECT_EQ(add(supplier_, "one").id, 1U);
  auto const added = last_seq();
  EXPECT_EQ(add(other_, "two").id, 2U);
  auto const one = row(1);
  EXPECT_EQ(one.id, SigningKeyId{1});
  EXPECT_EQ(one.org, org_);
  EXPECT_EQ(one.added_by, supplier_.person);
  EXPECT_EQ(one.algorithm, SigningAlgorithm::Sm2);
  EXPECT_EQ(one.public_key, "one");
  EXPECT_EQ(one.added_seq, added);
  EXPECT_EQ(one.added_at, world_.now());
  EXPECT_TRUE(one.is_in_force());
  EXPECT_EQ(row(2).org, other_.org);
  EXPECT_FALSE(accounts::signing_key(SigningKeyId{3}, world_.tables()));
}

TEST_F(SigningKeys, that_are_revoked_stay_and_say_from_when_they_count_no_more) {
  add(supplier_, "one");
  world_.advance(std::chrono::minutes{1});
  EXPECT_EQ(revoke(colleague_, 1).id, 1U);
  auto const one = row(1);
  EXPECT_FALSE(one.is_in_force());
  EXPECT_EQ(one.revoked_seq, last_seq());
  EXPECT_EQ(one.revoked_by, colleague_.person);
  EXPECT_EQ(one.revoked_at, world_.now());
  EXPECT_EQ(one.public_key, "one");
  EXPECT_FALSE(is_in_force("one"));
  EXPECT_EQ(revoke(supplier_, 1).code, "STATE_CONFLICT");
}

TEST_F(SigningKeys, are_added_by_suppliers_for_their_own_organisation) {
  for (auto const& who : {administrator_, buyer_}) EXPECT_EQ(add(who, "one").code, "WRONG_ROLE");
  EXPECT_EQ(add(supplier_, "one", other_.org).code, "WRONG_ROLE");
  EXPECT_EQ(world_.send(accounts::by({}, {}, AddSigningKey{org_, SigningAlgorithm::Sm2, "one"})).code, "SESSION_ENDED");
  world_.post(administrator_, "/people/" + std::to_string(supplier_.person.number()) + "/disable",
              R"({"reason":"离职"})");
  EXPECT_EQ(add(supplier_, "one").code, "SESSION_ENDED");
  EXPECT_FALSE(accounts::signing_key(SigningKeyId{1}, world_.tables()));
}

TEST_F(SigningKeys, are_revoked_by_their_organisation_or_an_administrator) {
  add(supplier_, "one");
  add(supplier_, "two");
  EXPECT_EQ(revoke(buyer_, 1).code, "WRONG_ROLE");
  EXPECT_EQ(revoke(other_, 1).code, "NO_SUCH_SIGNING_KEY");
  EXPECT_EQ(revoke(supplier_, 9).code, "NO_SUCH_SIGNING_KEY");
  EXPECT_EQ(revoke(administrator_, 9).code, "NO_SUCH_SIGNING_KEY");
  EXPECT_TRUE(row(1).is_in_force());
  EXPECT_EQ(revoke(administrator_, 1).code, "");
  EXPECT_EQ(revoke(supplier_, 2).code, "");
}

TEST_F(SigningKeys, outlive_the_people_who_added_them) {
  add(supplier_, "one");
  world_.post(administrator_, "/people/" + std::to_string(supplier_.person.number()) + "/disable",
              R"({"reason":"离职"})");
  EXPECT_TRUE(row(1).is_in_force());
  EXPECT_EQ(revoke(colleague_, 1).code, "");
}

TEST_F(SigningKeys, that_are_in_force_are_not_made_twice) {
  EXPECT_EQ(add(supplier_, "one").id, 1U);
  EXPECT_EQ(add(colleague_, "one").id, 1U);
  EXPECT_EQ(row(1).added_by, supplier_.person);
  EXPECT_EQ(add(other_, "one").id, 2U) << "another organisation's is another key";
  revoke(supplier_, 1);
  EXPECT_EQ(add(supplier_, "one").id, 3U);
  EXPECT_FALSE(row(1).is_in_force());
}

TEST_F(SigningKeys, in_force_are_so_many_and_no_more) {
  for (std::size_t i = 1; i <= accounts::signing_keys_an_org; ++i) add(supplier_, "key " + std::to_string(i));
  auto const refused = add(colleague_, "one more");
  EXPECT_EQ(refused.code, "TOO_MANY");
  ASSERT_TRUE(refused.refusal.has_value());
  EXPECT_EQ(refused.refusal->actual, engine::figure::count(accounts::signing_keys_an_org + 1));
  EXPECT_EQ(refused.refusal->limit, engine::figure::count(accounts::signing_keys_an_org));
  EXPECT_EQ(add(supplier_, "key 7").id, 7U);
  EXPECT_EQ(add(other_, "one more").code, "");
  revoke(supplier_, 7);
  EXPECT_EQ(add(supplier_, "one more").code, "");
}

TEST_F(SigningKeys, are_the_same_rows_after_a_replay) {
  add(supplier_, "one");
  add(other_, "two");
  revoke(supplier_, 1);
  add(supplier_, "one");
  add(supplier_, "one");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

// Commands and rows outlive us: these bytes are for good.
TEST(SigningKeyBytes, never_change) {
  using namespace std::string_literals;
  auto const add = accounts::by({}, {}, AddSigningKey{engine::OrgId{7}, SigningAlgorithm::Sm2, "key"});
  EXPECT_EQ(add.verb, 18);
  EXPECT_EQ(add.body, "\x07\0\0\0\0\0\0\0\x02\x03\0\0\0key"s);
  auto const revoke = accounts::by({}, {}, RevokeSigningKey{SigningKeyId{5}});
  EXPECT_EQ(revoke.verb, 19);
  EXPECT_EQ(revoke.body, "\x05\0\0\0\0\0\0\0"s);
  accounts::SigningKeyRow row;
  row.id = SigningKeyId{1};
  row.org = engine::OrgId{2};
  row.added_by = engine::PersonId{3};
  row.public_key = "k";
  row.added_seq = engine::Seq{4};
  row.added_at = engine::at_millis(5);
  row.revoked_by = engine::PersonId{6};
  row.revoked_seq = engine::Seq{7};
  row.revoked_at = engine::at_millis(8);
  auto const number = [](char value) { return std::string{value} + std::string(7, '\0'); };
  EXPECT_EQ(pack(row), number(1) + number(2) + number(3) + "\x01\x01\0\0\0k"s + number(4) + number(5) + number(6) +
                           number(7) + number(8));
}

}  // namespace
