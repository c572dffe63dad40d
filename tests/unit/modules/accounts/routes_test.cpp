// The REST side of accounts: what is decoded, what is shown, and what never is.
#include <gtest/gtest.h>

#include <algorithm>

#include "modules/accounts/rows.h"
#include "modules/text.h"
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

TEST_F(AccountsRoutes, organisations_are_found_by_state_and_by_name_or_code) {
  auto const told =
      world_.post(administrator_, "/orgs",
                  R"({"name":"IBM 中国","kind":"supplier","division":"330000","uscc":"91110000600037341L"})");
  ASSERT_EQ(told.code, "");
  auto const ids = [&](std::string const& query) {
    std::string out;
    auto const page = world_.read(&administrator_, "/orgs" + query).body;
    for (auto const& item : *page.find("items")->as_array()) out += *item.find("id")->as_text() + ' ';
    return out;
  };
  EXPECT_EQ(ids("?q=海宁"), "2 ");
  EXPECT_EQ(ids("?q=ibm"), "3 ");
  EXPECT_EQ(ids("?q=37341l"), "3 ");
  EXPECT_EQ(ids("?q=nobody"), "");
  EXPECT_EQ(ids("?kind=supplier&state=ACTIVE"), "2 3 ");
  world_.post(administrator_, "/orgs/2/suspend", R"({"reason":"违规"})");
  EXPECT_EQ(ids("?kind=supplier&state=ACTIVE"), "3 ");
  EXPECT_EQ(ids("?state=SUSPENDED"), "2 ");
  EXPECT_EQ(ids("?kind=supplier&after=2"), "3 ");
}

TEST_F(AccountsRoutes, a_list_is_asked_for_with_what_it_knows) {
  for (auto const* query : {"/orgs?kind=x", "/orgs?state=active", "/orgs?q=", "/orgs?after=x", "/orgs?name=x",
                            "/people?after=", "/people?kind=x"}) {
    auto const told = world_.read(&administrator_, query);
    EXPECT_EQ(told.status, 400) << query;
    EXPECT_EQ(told.faults.size(), 1U) << query;
  }
}

TEST_F(AccountsRoutes, a_page_ends_after_so_many_rows) {
  for (std::uint64_t id = 100; id < 1'200; ++id) {
    modules::put_row(world_.tables(), accounts::table::orgs, key(std::uint64_t{id}),
                     accounts::Org{.id = engine::OrgId{id}, .name = "x", .division = "330000", .uscc = {}});
  }
  ASSERT_TRUE(world_.tables().commit(world_.tables().applied()).has_value());
  auto const first = world_.read(&administrator_, "/orgs?q=海宁").body;
  EXPECT_EQ(first.find("items")->as_array()->size(), 1U);
  ASSERT_NE(first.find("next"), nullptr);
  auto const second = world_.read(&administrator_, "/orgs?q=海宁&after=" + *first.find("next")->as_text()).body;
  EXPECT_EQ(second.write(), R"({"items":[]})");
}

TEST_F(AccountsRoutes, a_purchaser_finds_suppliers_to_admit) {
  support::RouteBook book;
  accounts_.routes(book);
  auto const& roles = book.find(Method::Get, "/orgs").route->roles;
  EXPECT_NE(std::ranges::find(roles, Role::Purchaser), roles.end());
  EXPECT_EQ(std::ranges::find(roles, Role::Supplier), roles.end());
}

// ---- Sessions --------------------------------------------------------------------------------------------------

class Sessions : public AccountsRoutes {
 protected:
  std::string id(Actor const& actor) { return std::to_string(actor.session.number()); }
  std::string row(Actor const& actor, engine::Instant opened_at, bool is_current) {
    return R"({"id":")" + id(actor) + R"(","user_agent":"test","opened_at":")" + instant_text(opened_at) +
           R"(","expires_at":")" + instant_text(opened_at + std::chrono::hours{12}) + R"(","current":)" +
           (is_current ? "true}" : "false}");
  }
  std::string list(Actor const& who, std::string const& path = "/me/sessions") {
    auto const told = world_.read(&who, path);
    EXPECT_EQ(told.code, "");
    return told.body.write();
  }
  std::string of_supplier() { return "/people/" + std::to_string(supplier_.person.number()) + "/sessions"; }
  support::Told end(Actor const& who, std::string const& session) {
    return world_.post(who, "/me/sessions/" + session + "/end", "{}");
  }
};

TEST_F(Sessions, are_told_newest_first_with_when_they_began) {
  auto const before = world_.now();
  world_.advance(std::chrono::hours{1});
  auto const second = town_.sign_in(supplier_.person);
  auto const first = row(supplier_, before, true) + "]}";
  EXPECT_EQ(list(supplier_), R"({"items":[)" + row(second, world_.now(), false) + ',' + first);
  EXPECT_EQ(list(administrator_, of_supplier()),
            R"({"items":[)" + row(second, world_.now(), false) + ',' + row(supplier_, before, false) + "]}");
}

TEST_F(Sessions, that_are_over_are_none) {
  world_.advance(std::chrono::hours{11});
  auto const second = town_.sign_in(supplier_.person);
  world_.advance(std::chrono::hours{1});
  EXPECT_EQ(list(second), R"({"items":[)" + row(second, world_.now() - std::chrono::hours{1}, true) + "]}");
  EXPECT_EQ(end(second, id(supplier_)).code, "NO_SUCH_SESSION");
}

TEST_F(Sessions, are_ended_by_their_person_one_by_one) {
  auto const second = town_.sign_in(supplier_.person);
  EXPECT_EQ(end(supplier_, id(second)).code, "");
  EXPECT_EQ(accounts_.sessions_of(supplier_.person, world_.tables()), std::vector{supplier_.session});
  EXPECT_EQ(end(second, id(supplier_)).code, "SESSION_ENDED");
  EXPECT_EQ(end(supplier_, id(second)).code, "NO_SUCH_SESSION");
  EXPECT_EQ(end(supplier_, id(administrator_)).code, "NO_SUCH_SESSION");
  EXPECT_EQ(end(supplier_, "x").code, "NO_SUCH_SESSION");
  EXPECT_EQ(end(supplier_, id(supplier_)).code, "STATE_CONFLICT");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

TEST_F(Sessions, are_ended_all_at_once_by_an_administrator) {
  auto const second = town_.sign_in(supplier_.person);
  EXPECT_EQ(world_.post(administrator_, of_supplier() + "/end", "{}").code, "MALFORMED");
  EXPECT_EQ(world_.post(supplier_, of_supplier() + "/end", R"({"reason":"x"})").code, "WRONG_ROLE");
  EXPECT_EQ(world_.post(administrator_, of_supplier() + "/end", R"({"reason":"设备遗失"})").code, "");
  EXPECT_TRUE(accounts_.sessions_of(supplier_.person, world_.tables()).empty());
  EXPECT_EQ(end(second, id(supplier_)).code, "SESSION_ENDED");
  EXPECT_EQ(list(administrator_, of_supplier()), R"({"items":[]})");
  EXPECT_EQ(world_.post(administrator_, "/people/99/sessions/end", R"({"reason":"x"})").code, "NO_SUCH_PERSON");
  EXPECT_EQ(world_.read(&administrator_, "/people/99/sessions").code, "NO_SUCH_PERSON");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

TEST_F(Sessions, of_an_administrator_who_ends_all_are_all_but_the_one_in_use) {
  auto const second = town_.sign_in(administrator_.person);
  EXPECT_EQ(world_.post(administrator_, "/people/1/sessions/end", R"({"reason":"x"})").code, "");
  EXPECT_EQ(accounts_.sessions_of(administrator_.person, world_.tables()), std::vector{administrator_.session});
  EXPECT_EQ(end(second, id(administrator_)).code, "SESSION_ENDED");
}

}  // namespace
