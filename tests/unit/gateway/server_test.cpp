// The stages of the server's life, and the routes against gateway/openapi.json.
#include "gateway/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "gateway/api.h"
#include "modules/accounts/accounts_module.h"
#include "modules/inquiry/inquiry_module.h"
#include "tests/support/e2e_deadline.h"
#include "tests/unit/gateway/little_house.h"

namespace gateway::test {
namespace {

TEST(Server, says_why_it_cannot_listen) {
  LittleHouse house;
  auto options = patient();
  options.port = house.port();
  Server second(options);
  Metrics metrics;
  Log log(Log::Level::Error);
  Notes notes("");
  auto const port =
      second.open(Doors{house.inbox(), house.hub(), house.tables(), notes, {}, house.clock(), metrics, log});
  ASSERT_FALSE(port);
  EXPECT_THAT(port.error().what, testing::HasSubstr("bind"));
}

TEST(Server, is_alive_but_not_ready_until_told_to_serve) {
  LittleHouse house;
  Server replaying(patient());
  Metrics metrics;
  Log log(Log::Level::Error);
  Notes notes("");
  auto const port =
      replaying.open(Doors{house.inbox(), house.hub(), house.tables(), notes, {}, house.clock(), metrics, log});
  ASSERT_TRUE(port);
  support::Http http(*port);
  EXPECT_EQ(http.send("GET", "/livez").status, 200);
  EXPECT_EQ(http.send("GET", "/readyz").status, 503);
  EXPECT_EQ(http.send("POST", "/api/v1/sign-in", json_write("k"), "{}").code(), "STARTING");
  EXPECT_EQ(support::try_upgrade(*port, "/api/v1/live", {}).code(), "STARTING");
  replaying.serve();
  EXPECT_EQ(http.send("GET", "/readyz").status, 200);
  replaying.stop();
}

bool is_shut(LittleHouse const& house) {
  try {
    house.http().send("GET", "/livez");
    return false;
  } catch (support::Broken const&) {
    return true;
  }
}

TEST(Server, refuses_commands_before_it_goes_and_still_answers_what_was_taken) {
  LittleHouse house;
  auto const token = house.sign_in_as(bai);
  auto kept = house.http();
  EXPECT_EQ(kept.send("GET", "/readyz").status, 200);
  house.server().refuse_commands();
  auto const refused = kept.send("POST", "/api/v1/notes", bearer(token) + json_write("k"), R"({"text":"a"})");
  EXPECT_EQ(refused.code(), "SHUTTING_DOWN");
  EXPECT_EQ(refused.header("Connection"), "close");
  EXPECT_TRUE(support::eventually([&] { return is_shut(house); }));  // nobody new is let in
}

TEST(Server, stops_with_connections_open_and_may_be_told_twice) {
  LittleHouse house;
  std::vector<std::unique_ptr<support::Live>> guests;
  for (int i = 0; i < 50; ++i) guests.push_back(std::make_unique<support::Live>(house.port()));
  support::Wire idle(house.port());
  house.server().stop();
  house.server().stop();
  for (auto const& guest : guests) EXPECT_TRUE(guest->is_closed_within(5s));
}

// Method and path of every operation of the document, and its success statuses.
std::set<std::string> documented() {
  auto const* source = std::getenv("EBB_SOURCE_DIR");
  std::ifstream in((source == nullptr ? std::string(".") : std::string(source)) + "/gateway/openapi.json");
  std::string const text{std::istreambuf_iterator<char>(in), {}};
  auto const document = boost::json::parse(text);
  std::set<std::string> found;
  for (auto const& [path, item] : document.at("paths").as_object()) {
    for (auto const& [method, operation] : item.as_object()) {
      for (auto const& [status, response] : operation.at("responses").as_object()) {
        if (status[0] != '1' && status[0] != '2') continue;
        std::string upper(method);
        for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        found.insert(upper + " " + std::string(path) + " " + std::string(status));
      }
    }
  }
  return found;
}

std::string success(Router::Entry const& entry) {
  switch (entry.own) {
    case Own::Live:
      return "101";
    case Own::SignOut:
    case Own::Password:
      return "204";
    case Own::None:
      return std::to_string(entry.route.success);
    default:
      return "200";
  }
}

TEST(OpenApi, names_every_route_there_is_and_no_other) {
  LittleHouse house;
  Metrics metrics;
  Log log(Log::Level::Error);
  Notes notes("");
  modules::accounts::AccountsModule const accounts;
  modules::inquiry::InquiryModule const inquiry{modules::inquiry::Limits{}};
  Server real(patient());
  ASSERT_TRUE(real.open(
      Doors{house.inbox(), house.hub(), house.tables(), notes, {&accounts, &inquiry}, house.clock(), metrics, log}));
  std::set<std::string> routes;
  for (auto const& entry : real.router().entries()) {
    routes.insert(std::string(name_of(entry.route.method)) + " " + entry.route.pattern + " " + success(entry));
  }
  EXPECT_EQ(routes, documented());
  real.stop();
}

}  // namespace
}  // namespace gateway::test
