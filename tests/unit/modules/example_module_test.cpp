// The smallest module does what modules/README.md says, and is what it quotes.
#include "tests/unit/modules/example_module.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/unit/modules/accounts/town.h"

namespace {

class Example : public testing::Test {
 protected:
  modules::accounts::AccountsModule accounts_;
  example::Remarks remarks_;
  support::ModuleWorld world_{{&accounts_, &remarks_}};
  town::Town town_{world_, accounts_};
  modules::Actor administrator_ = town_.administrator();
  modules::Actor somebody_ = town_.person("somebody", "supplier", town_.org("x", "supplier"));
};

TEST_F(Example, a_remark_is_made_once_and_listed) {
  EXPECT_EQ(world_.post(somebody_, "/remarks", R"({"text":"潮水退了"})").code, "");
  EXPECT_EQ(world_.post(somebody_, "/remarks", R"({"text":"潮水退了"})").code, "SAID_ALREADY");
  EXPECT_EQ(world_.read(&somebody_, "/remarks").body.write(), R"(["潮水退了"])");
}

TEST_F(Example, an_ended_session_says_nothing) {
  world_.send(accounts_.close_session(somebody_));
  EXPECT_EQ(world_.post(somebody_, "/remarks", R"({"text":"x"})").code, "SESSION_ENDED");
}

TEST_F(Example, replay_over_no_tables_gives_the_same_rows) {
  world_.post(somebody_, "/remarks", R"({"text":"x"})");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

std::string file(std::string const& path) {
  auto const* source = std::getenv("EBB_SOURCE_DIR");
  std::ifstream in(std::string(source != nullptr ? source : ".") + "/" + path);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Readme, quotes_the_example_as_it_is) {
  auto const readme = file("modules/README.md");
  ASSERT_FALSE(readme.empty()) << "run with EBB_SOURCE_DIR";
  for (auto const* path : {"tests/unit/modules/example_module.h", "tests/unit/modules/example_module.cpp"}) {
    EXPECT_NE(readme.find("```cpp\n" + file(path) + "```"), std::string::npos) << path;
  }
}

}  // namespace
