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
#include "gateway/proofs.h"
#include "modules/accounts/accounts_module.h"
#include "modules/inquiry/inquiry_module.h"
#include "tests/support/e2e_deadline.h"
#include "tests/support/small_log.h"
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
  auto const port = replaying.open(Doors{
      house.inbox(), house.hub(), house.tables(), notes, {}, house.clock(), metrics, log, {{"index.html", "<html>"}}});
  ASSERT_TRUE(port);
  support::Http http(*port);
  EXPECT_EQ(http.send("GET", "/livez").status, 200);
  EXPECT_EQ(http.send("GET", "/readyz").status, 503);
  EXPECT_EQ(http.send("POST", "/api/v1/sign-in", json_write("k"), "{}").code(), "STARTING");
  EXPECT_EQ(support::try_upgrade(*port, "/api/v1/live", {}).code(), "STARTING");
  EXPECT_EQ(http.send("GET", "/").body, "<html>");  // a page that can say so
  replaying.serve();
  EXPECT_EQ(http.send("GET", "/readyz").status, 200);
  replaying.stop();
}

TEST(Server, says_that_the_folder_of_the_page_is_not_there) {
  LittleHouse house;
  auto options = patient();
  options.web_root = "/nowhere/at/all";
  Server second(options);
  Metrics metrics;
  Log log(Log::Level::Error);
  Notes notes("");
  auto const port =
      second.open(Doors{house.inbox(), house.hub(), house.tables(), notes, {}, house.clock(), metrics, log});
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().what, "server.web_root: no folder: /nowhere/at/all");
}

TEST(Server, echoes_on_loopback_only) {
  LittleHouse house;
  auto options = patient();
  options.is_echoing = true;
  options.address = "192.0.2.1";
  Server second(options);
  Metrics metrics;
  Log log(Log::Level::Error);
  Notes notes("");
  auto const port =
      second.open(Doors{house.inbox(), house.hub(), house.tables(), notes, {}, house.clock(), metrics, log});
  ASSERT_FALSE(port);
  EXPECT_EQ(port.error().what, "server.echo: only on loopback, and server.address is 192.0.2.1");
}

LittleHouse house_with(std::vector<PageFile> pages) {
  return LittleHouse(patient(), 1'024, "$argon2id$none", std::move(pages));
}

TEST(Server, shows_the_page_beside_the_routes) {
  auto house = house_with({{"index.html", "<html>", "gzip", "br"}, {"api", "hidden"}, {"livez", "hidden"}});
  auto http = house.http();
  auto const page = http.send("GET", "/", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "br");
  EXPECT_EQ(page.header("Content-Length"), "2");
  EXPECT_EQ(page.header("Content-Encoding"), "br");
  auto const head = http.send("HEAD", "/");
  EXPECT_EQ(head.header("Content-Length"), "6");
  EXPECT_EQ(head.body, "");
  auto const known = http.send("GET", "/", {{"If-None-Match", head.header("ETag")}});
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.count("Content-Length") + known.count("Content-Type"), 0U);
  EXPECT_EQ(http.send("POST", "/").header("Allow"), "GET, HEAD");
  EXPECT_EQ(house.metric("ebb_pages_served_total"), "3");
  // Routes and all below /api stay the door's own.
  EXPECT_EQ(http.send("GET", "/livez").body, "alive\n");
  EXPECT_EQ(http.send("GET", "/api", {{"Accept", "text/html"}}).code(), "NO_SUCH_ROUTE");
  EXPECT_EQ(http.send("GET", "/api/v1/nothing", {{"Accept", "text/html"}}).code(), "NO_SUCH_ROUTE");
  EXPECT_EQ(http.send("POST", "/livez").header("Allow"), "GET, HEAD");
  EXPECT_EQ(http.send("GET", "/%00").status, 400);
}

TEST(Server, lets_the_page_say_its_own_policies_once) {
  auto house = house_with({{"index.html", "<html>"}});
  auto const page = house.http().send("GET", "/");
  for (auto const* name : {"Content-Security-Policy", "Referrer-Policy", "Cache-Control", "X-Content-Type-Options",
                           "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Server",
                           "Content-Type", "ETag", "Vary"}) {
    EXPECT_EQ(page.count(name), 1U) << name;
  }
  EXPECT_THAT(page.header("Content-Security-Policy"), testing::HasSubstr("script-src 'self'"));
  EXPECT_EQ(page.header("Cache-Control"), "no-cache");
  EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
  auto const problem = house.http().send("GET", "/nothing");
  EXPECT_EQ(problem.header("Cache-Control"), "no-store");
  EXPECT_EQ(problem.count("Content-Security-Policy"), 1U);
}

TEST(Server, keeps_showing_the_page_while_it_drains) {
  auto house = house_with({{"index.html", "<html>"}});
  auto kept = house.http();
  EXPECT_EQ(kept.send("GET", "/").status, 200);
  house.server().refuse_commands();
  auto const last = kept.send("GET", "/");
  EXPECT_EQ(last.body, "<html>");
  EXPECT_EQ(last.header("Connection"), "close");
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

TEST(Server, is_read_only_while_the_disk_is_full_and_takes_writes_again_when_there_is_room) {
  LittleHouse house;
  auto const token = house.sign_in_as(bai);
  auto kept = house.http();
  house.server().take(gateway::Takes::Nothing);
  auto const refused = kept.send("POST", "/api/v1/notes", bearer(token) + json_write("k"), R"({"text":"a"})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.code(), "UNAVAILABLE");
  EXPECT_EQ(kept.send("GET", "/readyz").status, 200);
  house.server().take(gateway::Takes::NothingNew);
  EXPECT_LT(kept.send("POST", "/api/v1/notes", bearer(token) + json_write("k"), R"({"text":"a"})").status, 300);
}

TEST(Server, refuses_first_what_begins_anew) {
  LittleHouse house;
  auto const token = house.sign_in_as(bai);
  auto kept = house.http();
  house.server().take(gateway::Takes::NothingNew);
  auto const refused = kept.send("POST", "/api/v1/notebooks", bearer(token) + json_write("k"), R"({"text":"a"})");
  EXPECT_EQ(refused.code(), "STORAGE_LOW");
  house.server().take(gateway::Takes::Everything);
  EXPECT_LT(kept.send("POST", "/api/v1/notebooks", bearer(token) + json_write("k"), R"({"text":"a"})").status, 300);
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
  support::SmallLog const transparency;
  Proofs const proofs(transparency, inquiry, log);
  Server real(patient());
  ASSERT_TRUE(real.open(Doors{.inbox = house.inbox(),
                              .hub = house.hub(),
                              .snapshots = house.tables(),
                              .sign_in = notes,
                              .modules = {&accounts, &inquiry},
                              .clock = house.clock(),
                              .metrics = metrics,
                              .log = log,
                              .proofs = &proofs}));
  std::set<std::string> routes;
  for (auto const& entry : real.router().entries()) {
    routes.insert(std::string(name_of(entry.route.method)) + " " + entry.route.pattern + " " + success(entry));
  }
  EXPECT_EQ(routes, documented());
  real.stop();
}

}  // namespace
}  // namespace gateway::test
