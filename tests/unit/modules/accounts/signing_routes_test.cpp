// The registry of signing keys over REST: what is taken for a key, and who is shown whose it is.
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/text.h"
#include "tests/unit/modules/accounts/town.h"

namespace {

using namespace modules;
using accounts::SigningAlgorithm;

// In the place of a library of ciphers: a key is what begins with the letter of its algorithm.
accounts::AccountsModule reading_keys() {
  accounts::AccountsModule made;
  made.read_keys_with(
      {.house = "00ff",
       .is_key = [](SigningAlgorithm algorithm,
                    std::string_view der) { return der.starts_with(algorithm == SigningAlgorithm::Sm2 ? 'S' : 'P'); },
       .fingerprint = [](std::string_view der) { return "print of " + std::string(der); }});
  return made;
}

class SigningRoutes : public testing::Test {
 protected:
  accounts::AccountsModule accounts_ = reading_keys();
  support::ModuleWorld world_{{&accounts_}};
  town::Town town_{world_, accounts_};
  Actor administrator_ = town_.administrator();
  Actor supplier_ = town_.person("supplier", "supplier", town_.org("海宁供应", "supplier"));
  Actor other_ = town_.person("other", "supplier", town_.org("德清供应", "supplier"));
  Actor buyer_ = town_.person("buyer", "purchaser", town_.org("采购中心", "buyer"));
  Actor regulator_ = town_.person("regulator", "regulator", town_.org("财政局", "regulator"));

  support::Told add(Actor const& who, std::string_view algorithm, std::string_view hex) {
    return world_.post(
        who, "/me/signing-keys",
        R"({"algorithm":")" + std::string(algorithm) + R"(","public_key":")" + std::string(hex) + R"("})");
  }
  support::Told revoke(Actor const& who, std::string_view key, std::string_view body = "{}") {
    return world_.post(who, "/signing-keys/" + std::string(key) + "/revoke", body);
  }
  std::string text(Actor const& who, std::string_view path) { return world_.read(&who, path).body.write(); }
  std::string person(Actor const& who, std::string_view login) {
    return R"({"id":")" + id_text(who.person) + R"(","display":")" + std::string(login) + R"("})";
  }
  std::vector<std::string> members(Actor const& who) {
    std::vector<std::string> names;
    auto const told = world_.read(&who, "/signing-keys/1");
    for (auto const& [name, value] : *told.body.as_object()) names.push_back(name);
    return names;
  }
};

TEST_F(SigningRoutes, a_supplier_sees_the_keys_of_its_organisation) {
  add(supplier_, "SM2", "5361");
  add(other_, "SM2", "5362");
  auto const first_at = instant_text(world_.now());
  world_.advance(std::chrono::minutes{1});
  add(supplier_, "ECDSA_P256", "5063");
  revoke(administrator_, "1");
  auto const at = instant_text(world_.now());
  auto const told = world_.read(&supplier_, "/me/signing-keys");
  EXPECT_EQ(told.status, 200);
  EXPECT_EQ(told.body.write(), R"({"house":"00ff","items":[{"id":"1","algorithm":"SM2","fingerprint":"print of Sa",)"
                               R"("added_at":")" +
                                   first_at + R"(","added_by":)" + person(supplier_, "supplier") +
                                   R"(,"revoked_at":")" + at + R"(","revoked_by":)" + person(administrator_, "管理员") +
                                   R"(},{"id":"3","algorithm":"ECDSA_P256","fingerprint":"print of Pc","added_at":")" +
                                   at + R"(","added_by":)" + person(supplier_, "supplier") + "}]}");
  EXPECT_EQ(text(buyer_, "/me/signing-keys"), R"({"house":"00ff","items":[]})");
}

TEST_F(SigningRoutes, what_is_no_key_of_that_algorithm_is_a_fault_of_the_body) {
  for (auto const* wrong : {"5061", "53616", "536g", "5361AB", "0x53"}) {
    auto const told = add(supplier_, "SM2", wrong);
    EXPECT_EQ(told.code, "MALFORMED") << wrong;
    ASSERT_EQ(told.faults.size(), 1U) << wrong;
    EXPECT_EQ(told.faults[0].pointer, "/public_key");
  }
  EXPECT_EQ(add(supplier_, "RSA", "5361").faults.at(0).pointer, "/algorithm");
  EXPECT_EQ(add(supplier_, "SM2", "53" + std::string(512, '0')).faults.at(0).pointer, "/public_key");
  EXPECT_EQ(add(supplier_, "SM2", "53" + std::string(510, '0')).code, "");
  EXPECT_EQ(world_.post(supplier_, "/me/signing-keys", "{}").faults.size(), 2U);
  EXPECT_EQ(
      world_.post(supplier_, "/me/signing-keys", R"({"algorithm":"SM2","public_key":"5361","x":1})").faults.size(), 1U);
}

TEST_F(SigningRoutes, a_key_sent_again_is_made_once) {
  world_.use_key("k1");
  auto const first = add(supplier_, "SM2", "5361");
  world_.use_key("k1");
  auto const again = add(supplier_, "SM2", "5361");
  EXPECT_EQ(again.id, first.id);
  EXPECT_TRUE(again.repeated);
  world_.use_key("k1");
  EXPECT_EQ(add(supplier_, "SM2", "5362").code, "KEY_REUSED");
}

TEST_F(SigningRoutes, anybody_signed_in_can_read_a_key_but_only_those_concerned_whose_it_is) {
  using Names = std::vector<std::string>;
  add(supplier_, "SM2", "5361");
  revoke(supplier_, "1");
  Names const all{"id",         "algorithm",  "fingerprint", "added_at", "added_by",
                  "revoked_at", "revoked_by", "public_key",  "org"};
  Names const verifiable{"id", "algorithm", "fingerprint", "added_at", "revoked_at", "public_key", "org"};
  EXPECT_EQ(members(supplier_), all);
  EXPECT_EQ(members(administrator_), all);
  EXPECT_EQ(members(buyer_), verifiable);
  EXPECT_EQ(members(regulator_), verifiable);
  EXPECT_EQ(members(other_), (Names{"id", "algorithm", "fingerprint", "added_at", "revoked_at", "public_key"}));
  auto const told = world_.read(&buyer_, "/signing-keys/1").body;
  EXPECT_EQ(*told.find("public_key")->as_text(), "5361");
  EXPECT_EQ(*told.find("org")->as_text(), id_text(supplier_.org));
}

TEST_F(SigningRoutes, a_key_that_is_none_is_not_there) {
  for (auto const* key : {"1", "x", "0"}) {
    EXPECT_EQ(world_.read(&supplier_, "/signing-keys/" + std::string(key)).code, "NO_SUCH_SIGNING_KEY") << key;
    EXPECT_EQ(revoke(supplier_, key).code, "NO_SUCH_SIGNING_KEY") << key;
  }
}

TEST_F(SigningRoutes, revoking_asks_for_nothing) {
  add(supplier_, "SM2", "5361");
  EXPECT_EQ(revoke(supplier_, "1", R"({"reason":"x"})").code, "MALFORMED");
  EXPECT_EQ(revoke(supplier_, "1").code, "");
}

TEST_F(SigningRoutes, an_erased_person_is_named_no_more) {
  auto const gone = town_.person("gone", "supplier", supplier_.org);
  add(gone, "SM2", "5361");
  auto const path = "/people/" + id_text(gone.person);
  world_.post(administrator_, path + "/disable", R"({"reason":"离职"})");
  world_.use_if_match("2");
  ASSERT_EQ(world_.post(administrator_, path + "/erase", R"({"reason":"本人申请"})").code, "");
  auto const added_by = world_.read(&supplier_, "/signing-keys/1").body.find("added_by")->write();
  EXPECT_EQ(added_by, R"({"id":")" + id_text(gone.person) + R"("})");
}

TEST_F(SigningRoutes, a_long_list_is_paged) {
  for (int i = 0; i < 201; ++i) {
    auto const digit = [](int value) { return std::string(1, "0123456789abcdef"[value]); };
    auto const made = add(supplier_, "SM2", "53" + digit(i / 16) + digit(i % 16));
    ASSERT_EQ(made.code, "");
    if (i < 200) revoke(supplier_, std::to_string(made.id));
  }
  auto const first = world_.read(&supplier_, "/me/signing-keys").body;
  EXPECT_EQ(first.find("items")->as_array()->size(), 200U);
  ASSERT_NE(first.find("next"), nullptr);
  auto const rest = world_.read(&supplier_, "/me/signing-keys?after=" + *first.find("next")->as_text()).body;
  EXPECT_EQ(rest.find("items")->as_array()->size(), 1U);
  EXPECT_EQ(rest.find("next"), nullptr);
  EXPECT_EQ(world_.read(&supplier_, "/me/signing-keys?after=x").code, "MALFORMED");
}

TEST_F(SigningRoutes, say_who_may_come_in) {
  support::RouteBook book;
  accounts_.routes(book);
  auto const who = [&](Method method, std::string_view path) {
    auto roles = book.find(method, path).route->roles;
    std::ranges::sort(roles);
    return roles;
  };
  using enum Role;
  EXPECT_EQ(who(Method::Get, "/me/signing-keys"), std::vector{Supplier});
  EXPECT_EQ(who(Method::Post, "/me/signing-keys"), std::vector{Supplier});
  EXPECT_EQ(who(Method::Post, "/signing-keys/1/revoke"), (std::vector{Administrator, Supplier}));
  EXPECT_EQ(who(Method::Get, "/signing-keys/1"), (std::vector{Administrator, Purchaser, Supplier, Regulator}));
}

TEST(SigningRoutesAlone, no_key_is_taken_where_nothing_can_tell_what_one_is) {
  accounts::AccountsModule accounts;
  support::ModuleWorld world{{&accounts}};
  town::Town town{world, accounts};
  town.administrator();
  auto const supplier = town.person("supplier", "supplier", town.org("海宁供应", "supplier"));
  auto const told = world.post(supplier, "/me/signing-keys", R"({"algorithm":"SM2","public_key":"5361"})");
  EXPECT_EQ(told.code, "MALFORMED");
}

}  // namespace
