// Journals that earlier versions wrote are decided again as they were decided then: every digest, every head.
//
// tests/journals/ holds one backup for each version of the logic (README.md there). Nothing in it is ever changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/support/server_process.h"

namespace {

using namespace support;
using testing::HasSubstr;

std::filesystem::path journals() {
  auto const* const source = std::getenv("EBB_SOURCE_DIR");
  return std::filesystem::path{source == nullptr ? "." : source} / "tests" / "journals";
}

std::string text_of(std::filesystem::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

class Upgrade : public testing::TestWithParam<std::string> {};

TEST_P(Upgrade, every_digest_of_an_earlier_version_comes_out_again_and_the_server_goes_on_from_there) {
  ServerProcess server;
  auto const data = server.data().string();
  auto const journal = server.data().parent_path() / "journal";
  std::filesystem::copy(journals() / GetParam(), journal, std::filesystem::copy_options::recursive);

  auto const restored =
      server.run({"restore", (journal / "backup").string(), data, "--keys", (journal / "keys").string()});
  ASSERT_EQ(restored.code, 0) << restored.errors;
  EXPECT_THAT(restored.output, HasSubstr("decided again: every digest as before"));

  auto const verified = server.run({"verify", data});
  EXPECT_EQ(verified.code, 0) << verified.errors;
  EXPECT_THAT(verified.output, HasSubstr(text_of(journal / "HEAD")));

  server.start();
  EXPECT_EQ(server.stop(), 0) << server.log();
  EXPECT_EQ(server.run({"verify", data}).code, 0);
}

INSTANTIATE_TEST_SUITE_P(Journals, Upgrade,
                         testing::Values("2026-11-22", "2026-11-23", "2026-11-23b", "2026-11-23c", "2026-11-23d",
                                         "2026-11-23e"),
                         [](auto const& each) { return "of_" + each.param.substr(5, 2) + "_" + each.param.substr(8); });

}  // namespace
