// Paths, methods and placeholders.
#include "gateway/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gateway {
namespace {

using modules::Method;
using testing::ElementsAre;
using testing::Pair;

modules::Route read(std::string pattern) {
  return {Method::Get, std::move(pattern), {}, [](auto const&, auto const&) { return modules::Response{}; }, {}, 200,
          {}};
}
modules::Route write(Method method, std::string pattern, std::string show = {}) {
  return {method, std::move(pattern), {}, {}, [](auto const&, auto const&) { return engine::ModuleCommand{}; },
          200,    std::move(show)};
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    router.add(read("/inquiries"));
    router.add(read("/inquiries/{inquiry}"));
    router.add(read("/inquiries/open"));
    router.add(write(Method::Put, "/inquiries/{inquiry}", "/inquiries/{inquiry}"));
    router.add(write(Method::Post, "/inquiries/{inquiry}/lots/{lot}", "/lots/{lot}/of/{id}"));
    router.add(Own::Livez, Method::Get, "/livez");
  }
  auto find(std::string_view method, std::string_view target) {
    return router.find(method, parse_target(target)->segments);
  }
  std::string pattern(std::string_view method, std::string_view target) {
    auto const found = find(method, target);
    auto const* at = std::get_if<Router::Found>(&found);
    return at == nullptr ? "none" : at->entry->route.pattern;
  }
  Router router;
};

TEST_F(RouterTest, finds_a_route_and_its_placeholders) {
  auto const found = std::get<Router::Found>(find("POST", "/api/v1/inquiries/12/lots/a%2Fb"));
  EXPECT_THAT(found.path, ElementsAre("12", "a/b"));
  EXPECT_EQ(pattern("GET", "/livez"), "/livez");
}

TEST_F(RouterTest, prefers_a_literal_over_a_placeholder) {
  EXPECT_EQ(pattern("GET", "/api/v1/inquiries/open"), "/api/v1/inquiries/open");
  EXPECT_EQ(pattern("GET", "/api/v1/inquiries/opened"), "/api/v1/inquiries/{inquiry}");
}

TEST_F(RouterTest, takes_head_for_get) {
  EXPECT_EQ(pattern("HEAD", "/api/v1/inquiries"), "/api/v1/inquiries");
}

TEST_F(RouterTest, tells_a_wrong_method_from_a_wrong_path) {
  auto const wrong = find("DELETE", "/api/v1/inquiries/12");
  ASSERT_TRUE(std::holds_alternative<Router::WrongMethod>(wrong));
  EXPECT_EQ(std::get<Router::WrongMethod>(wrong).allow, "GET, HEAD, PUT");
  for (auto const* nowhere :
       {"/inquiries", "/api/v1/inquiries/", "/api/v1/inquiries/12/lots", "/", "/api/v1//inquiries"}) {
    EXPECT_TRUE(std::holds_alternative<Router::Nowhere>(find("GET", nowhere))) << nowhere;
  }
}

TEST_F(RouterTest, fills_in_where_a_thing_is_shown) {
  EXPECT_EQ(shown_at(std::get<Router::Found>(find("PUT", "/api/v1/inquiries/12")), 99), "/api/v1/inquiries/12");
  EXPECT_EQ(shown_at(std::get<Router::Found>(find("POST", "/api/v1/inquiries/12/lots/3")), 99), "/api/v1/lots/3/of/99");
}

TEST_F(RouterTest, does_not_take_two_routes_for_one_path) {
  EXPECT_DEATH(router.add(read("/inquiries/{other}")), "CHECK failed");
}

TEST(Target, decodes_path_and_query) {
  auto const target = parse_target("/a%20b/c?x=1+2&y=%26&z&&=w");
  ASSERT_TRUE(target);
  EXPECT_THAT(target->segments, ElementsAre("a b", "c"));
  EXPECT_THAT(target->query, ElementsAre(Pair("x", "1 2"), Pair("y", "&"), Pair("z", ""), Pair("", "w")));
}

TEST(Target, refuses_what_is_no_clean_path) {
  for (auto const* bad : {"", "a", "*", "http://a/b", "/%", "/%4", "/%gg", "/%00", "/a\x01", "/?x=%0a"}) {
    EXPECT_FALSE(parse_target(bad)) << bad;
  }
  EXPECT_FALSE(parse_target("/" + std::string(3'000, 'x')));
  std::string many = "/?";
  for (int i = 0; i < 33; ++i) many += "a=1&";
  EXPECT_FALSE(parse_target(many));
}

}  // namespace
}  // namespace gateway
