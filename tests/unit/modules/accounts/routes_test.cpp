// The REST side of accounts: what is decoded, what is shown, and what never is.
#include <gtest/gtest.h>

#include "tests/unit/modules/accounts/town.h"

namespace {

using namespace modules;

class AccountsRoutes : public testing::Test {
 protected:
  accounts::AccountsModule accounts_;
  support::ModuleWorld world_{{&accounts_}};
  town::Town town_{world_, accounts_};
  Actor administrator_ = town_.administrator();
  engine::OrgId org_ = town_.org("海宁供应", "supplier");
  Actor supplier_ = town_.person("supplier", "supplier", org_);

  std::string read(std::string_view path) { return world_.read(&administrator_, path).body.write(); }
};

TEST_F(AccountsRoutes, a_password_in_plain_is_unknown_here) {
  auto const told = world_.post(administrator_, "/people",
                                R"({"login":"new","display":"x","role":"supplier","org":"2","password":"secret"})");
  EXPECT_EQ(told.code, "MALFORMED");
  ASSERT_EQ(told.faults.size(), 2u);
  EXPECT_EQ(told.faults[0].pointer, "/password_hash");
  EXPECT_EQ(told.faults[1].pointer, "/password");
}

TEST_F(AccountsRoutes, a_hash_is_an_argon2id_hash) {
  auto const told =
      world_.post(administrator_, "/people",
                  R"({"login":"new","display":"x","role":"supplier","org":"2","password_hash":"plain text"})");
  EXPECT_EQ(told.code, "MALFORMED");
}

TEST_F(AccountsRoutes, no_read_shows_a_credential) {
  for (auto const* path : {"/people", "/people/1", "/people/2", "/me", "/orgs"}) {
    EXPECT_EQ(read(path).find("argon2"), std::string::npos) << path;
  }
}

TEST_F(AccountsRoutes, me_is_who_asks) {
  auto const me = world_.read(&supplier_, "/me").body;
  EXPECT_EQ(*me.find("person")->find("login")->as_text(), "supplier");
  EXPECT_EQ(*me.find("org")->find("name")->as_text(), "海宁供应");
}

TEST_F(AccountsRoutes, one_person_has_a_version) {
  EXPECT_EQ(world_.read(&administrator_, "/people/2").etag, "1");
  world_.send(accounts_.lock(engine::PersonId{2}, "x"));
  EXPECT_EQ(world_.read(&administrator_, "/people/2").etag, "2");
  EXPECT_EQ(world_.read(&administrator_, "/people/99").code, "NO_SUCH_PERSON");
  EXPECT_EQ(world_.read(&administrator_, "/people/x").code, "NO_SUCH_PERSON");
}

TEST_F(AccountsRoutes, lists_are_filtered_and_paged) {
  for (int i = 0; i < 250; ++i) town_.org("供应商" + std::to_string(i), "supplier");
  auto const first = world_.read(&administrator_, "/orgs?kind=supplier").body;
  EXPECT_EQ(first.find("items")->as_array()->size(), engine::limits::rows_a_page);
  auto const next = *first.find("next")->as_text();
  auto const second = world_.read(&administrator_, "/orgs?kind=supplier&after=" + next).body;
  EXPECT_EQ(second.find("items")->as_array()->size(), 51u);
  EXPECT_EQ(second.find("next"), nullptr);
}

TEST_F(AccountsRoutes, a_code_is_normalised_before_it_is_checked) {
  auto const told = world_.post(administrator_, "/orgs",
                                R"({"name":"x","kind":"supplier","division":"330000","uscc":"91 110000 600037341l"})");
  EXPECT_EQ(told.code, "");
  EXPECT_NE(read("/orgs/" + std::to_string(told.id)).find("91110000600037341L"), std::string::npos);
}

TEST_F(AccountsRoutes, the_same_key_makes_one_organisation) {
  constexpr auto body = R"({"name":"x","kind":"supplier","division":"330000"})";
  world_.use_key("k1");
  auto const first = world_.post(administrator_, "/orgs", body);
  world_.use_key("k1");
  EXPECT_EQ(world_.post(administrator_, "/orgs", body).id, first.id);
}

}  // namespace
