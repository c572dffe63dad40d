// Administrators made while the server is stopped: through the log, under the lock, and never in plain text on disk.
#include "tools/ebb/user.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "persistence/verify.h"
#include "tools/ebb/core.h"

namespace {

using ebb::UserCall;
using testing::HasSubstr;
using testing::Not;

class UserTest : public testing::Test {
 protected:
  UserTest() {
    std::filesystem::remove_all(directory_);
    ebb::Config config;
    config.data_directory = directory_.string();
    EXPECT_TRUE(ebb::Core::open(config));  // makes the directory and gives the lock back
  }
  ~UserTest() override { std::filesystem::remove_all(directory_); }

  engine::Result<std::string> ask(UserCall::Act act, std::string login = {}) const {
    return ebb::user({.act = act, .directory = directory_, .login = std::move(login)});
  }
  std::string create(std::string login) const {
    auto const told = ask(UserCall::Act::CreateAdministrator, std::move(login));
    return told ? *told : "refused " + told.error().what;
  }
  std::string reset(std::string login) const {
    auto const told = ask(UserCall::Act::ResetPassword, std::move(login));
    return told ? *told : "refused " + told.error().what;
  }
  std::string list() const { return ask(UserCall::Act::List).value(); }

  // Whether the text stands in any file of the data directory.
  bool is_on_disk(std::string const& text) const {
    for (auto const& entry : std::filesystem::recursive_directory_iterator{directory_}) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in{entry.path(), std::ios::binary};
      std::string const bytes{std::istreambuf_iterator<char>{in}, {}};
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }

  std::filesystem::path const directory_ =
      std::filesystem::temp_directory_path() / ("ebb_user_test_" + std::to_string(::getpid()));
};

TEST_F(UserTest, an_empty_house_lists_nobody) {
  EXPECT_EQ(list(), "");
}

TEST_F(UserTest, the_first_administrator_and_the_next_are_made) {
  EXPECT_THAT(create("root"), HasSubstr("root: password: "));
  EXPECT_THAT(create("second"), HasSubstr("second: password: "));
  EXPECT_THAT(list(), testing::AllOf(HasSubstr("root"), HasSubstr("second"), HasSubstr("administrator")));
}

TEST_F(UserTest, a_login_is_given_once) {
  create("root");
  EXPECT_THAT(create("root"), HasSubstr("refused LOGIN_TAKEN"));
}

TEST_F(UserTest, a_reset_makes_a_new_password_for_an_administrator_who_is_there) {
  auto const first = create("root");
  auto const second = reset("root");
  EXPECT_THAT(second, HasSubstr("root: password: "));
  EXPECT_NE(first, second);
  EXPECT_THAT(reset("nobody"), HasSubstr("refused nobody: there is no such person"));
}

TEST_F(UserTest, a_password_and_a_login_are_nowhere_on_the_disk) {
  auto const told = create("a-rare-login");
  auto const mark = told.find("password: ") + 10;
  auto const password = told.substr(mark, told.find('\n', mark) - mark);
  ASSERT_GE(password.size(), 10U);
  EXPECT_FALSE(is_on_disk(password));
  EXPECT_FALSE(is_on_disk("a-rare-login"));
  EXPECT_TRUE(is_on_disk("平台运营单位"));  // the search finds what is there
}

TEST_F(UserTest, what_was_done_is_in_a_whole_journal) {
  create("root");
  reset("root");
  auto const verified = persistence::verify(directory_);
  ASSERT_TRUE(verified) << verified.error().what;
  EXPECT_FALSE(verified->damage);
  EXPECT_GE(verified->commands, 2U);
}

TEST_F(UserTest, a_directory_that_is_none_is_an_answer) {
  EXPECT_FALSE(ebb::user({.act = UserCall::Act::List, .directory = "/nowhere/at/all", .login = {}}));
}

}  // namespace
