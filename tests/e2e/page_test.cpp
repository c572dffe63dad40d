// The page, from the real binary: what is built in, everything it asks for, and a folder in its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <regex>

#include "tests/support/e2e_http.h"
#include "tests/support/server_process.h"

namespace {

using namespace support;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string read(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(page, is_the_one_that_was_built_and_finds_all_it_refers_to) {
  ServerProcess server;
  server.start();
  Http http(server.port());
  auto const index = http.send("GET", "/", {{"Accept", "text/html"}});
  EXPECT_EQ(index.status, 200);
  EXPECT_EQ(index.body, read(fs::path{std::getenv("EBB_SOURCE_DIR")} / "web/dist/index.html"));

  std::regex const reference("(?:src|href)=\"\\./([^\"]+)\"");
  auto found = 0;
  for (std::sregex_iterator at(index.body.begin(), index.body.end(), reference), end; at != end; ++at, ++found) {
    auto const path = "/" + (*at)[1].str();
    auto const file = http.send("GET", path, {{"Accept-Encoding", "br"}});
    EXPECT_EQ(file.status, 200) << path;
    EXPECT_EQ(http.send("GET", path, {{"If-None-Match", file.header("ETag")}, {"Accept-Encoding", "br"}}).status, 304);
  }
  EXPECT_GT(found, 0);
  EXPECT_EQ(server.stop(), 0) << server.log();
}

TEST(page, comes_from_a_folder_where_one_is_given) {
  TemporaryDirectory folder;
  ServerProcess server{{{"server.web_root", "\"" + folder.path().string() + "\""}}};
  server.start();
  Http http(server.port());
  EXPECT_EQ(http.send("GET", "/").status, 404);
  std::ofstream{folder.path() / "index.html"} << "mine";
  EXPECT_EQ(http.send("GET", "/").body, "mine");
  EXPECT_EQ(http.send("GET", "/../ebb.toml").status, 404);
  EXPECT_EQ(server.stop(), 0) << server.log();
}

TEST(page, of_a_folder_that_is_not_there_is_said_at_the_start) {
  ServerProcess server{{{"server.web_root", "\"/nowhere/at/all\""}}};
  EXPECT_THROW(server.start(), Broken);
  EXPECT_THAT(server.log(), HasSubstr("cannot start: server.web_root: no folder: /nowhere/at/all"));
  EXPECT_EQ(server.wait(), 1);
}

}  // namespace
