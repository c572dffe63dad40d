// A folder gives its own regular files, and nothing else whatever is asked.
#include "gateway/web_root.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/gateway/web_folder.h"

namespace gateway::test {
namespace {

namespace fs = std::filesystem;

class WebRootTest : public testing::Test {
 protected:
  std::optional<std::string> read(std::vector<std::string> const& segments) const {
    return read_beneath(web.root(), segments);
  }
  WebFolder web;
};

TEST_F(WebRootTest, gives_the_bytes_of_a_file_as_they_are_now) {
  EXPECT_EQ(read({"index.html"}), "the index");
  EXPECT_EQ(read({"assets", "app.js"}), "the script");
  web.write("index.html", std::string("other\0bytes", 11) + std::string(200'000, 'x'));
  EXPECT_EQ(read({"index.html"}), std::string("other\0bytes", 11) + std::string(200'000, 'x'));
  web.write("empty", "");
  EXPECT_EQ(read({"empty"}), "");
}

TEST_F(WebRootTest, has_no_way_out) {
  ASSERT_TRUE(fs::exists(web.root() / ".." / "secret"));  // it is there for whoever may go there
  EXPECT_FALSE(read({"..", "secret"}));
  EXPECT_FALSE(read({"assets", "..", "..", "secret"}));
  EXPECT_FALSE(read({"assets", "..", "index.html"}));
  EXPECT_FALSE(read({"../secret"}));
  EXPECT_FALSE(read({"assets/../../secret"}));
  EXPECT_FALSE(read({"assets/app.js"}));
  EXPECT_FALSE(read({web.secret().string()}));
  EXPECT_FALSE(read({"", web.secret().string()}));
  EXPECT_FALSE(read({"..\\secret"}));
  EXPECT_FALSE(read({std::string("index.html\0", 11)}));
  EXPECT_FALSE(read({".", "index.html"}));
  EXPECT_FALSE(read({"", "index.html"}));
  EXPECT_FALSE(read({"index.html", ""}));
}

TEST_F(WebRootTest, follows_no_link) {
  fs::create_symlink(web.secret(), web.root() / "out.txt");
  fs::create_symlink("../secret", web.root() / "relative.txt");
  fs::create_directory_symlink("..", web.root() / "up");
  fs::create_symlink("index.html", web.root() / "inside.html");
  EXPECT_FALSE(read({"out.txt"}));
  EXPECT_FALSE(read({"relative.txt"}));
  EXPECT_FALSE(read({"up", "secret"}));
  EXPECT_FALSE(read({"inside.html"}));
}

TEST_F(WebRootTest, gives_regular_files_only_and_does_not_wait_for_a_pipe) {
  ASSERT_EQ(::mkfifo((web.root() / "pipe").c_str(), 0600), 0);
  EXPECT_FALSE(read({"pipe"}));
  EXPECT_FALSE(read({"assets"}));
  EXPECT_FALSE(read({}));
  EXPECT_FALSE(read({"index.html", "more"}));
  EXPECT_FALSE(read({"nothing"}));
  EXPECT_FALSE(read({std::string(5'000, 'x')}));
  EXPECT_FALSE(read_beneath(web.root() / "gone", {"index.html"}));
}

TEST_F(WebRootTest, gives_no_file_that_would_fill_the_memory) {
  web.write("large", "");
  fs::resize_file(web.root() / "large", web_file_bytes_max);
  EXPECT_EQ(read({"large"}).value_or("").size(), web_file_bytes_max);
  fs::resize_file(web.root() / "large", web_file_bytes_max + 1);
  EXPECT_FALSE(read({"large"}));
}

}  // namespace
}  // namespace gateway::test
