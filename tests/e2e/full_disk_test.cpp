// A disk with less room than the configuration asks for: the real server watches, tells and takes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/e2e_http.h"
#include "tests/support/server_process.h"

namespace {

using namespace support;
using testing::HasSubstr;

// More than any disk has.
Settings never_enough_for(std::initializer_list<std::string_view> stages) {
  Settings settings{{"data.free_low_mib", "16777216"}};
  for (auto const stage : stages) settings.emplace_back("data." + std::string{stage}, "16777216");
  return settings;
}

TEST(full_disk, a_server_without_room_is_read_only_and_says_so) {
  ServerProcess server{never_enough_for({"free_new_mib", "free_bids_mib"})};
  server.start();
  Http http(server.port());

  auto const refused = http.send("POST", "/api/v1/sign-in", {{"Content-Type", "application/json"}},
                                 R"({"login":"admin","password":"a password of mine","as":"program"})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_THAT(refused.body, HasSubstr("\"UNAVAILABLE\""));
  EXPECT_EQ(http.send("GET", "/api/v1/inquiries").status, 200);
  EXPECT_THAT(http.send("GET", "/metrics").body, HasSubstr("ebb_disk_room 3\n"));

  EXPECT_EQ(server.stop(), 0) << server.log();
  EXPECT_THAT(server.log(), HasSubstr("the disk is full: read-only, bids are refused"));
}

TEST(full_disk, with_little_room_it_still_serves_and_its_figures_show_why_not_for_long) {
  ServerProcess server{never_enough_for({"free_new_mib"})};
  server.start();
  Http http(server.port());

  auto const wrong = http.send("POST", "/api/v1/sign-in", {{"Content-Type", "application/json"}},
                               R"({"login":"admin","password":"a password of mine","as":"program"})");
  EXPECT_EQ(wrong.status, 401) << wrong.body;  // judged, not turned away
  auto const figures = http.send("GET", "/metrics").body;
  EXPECT_THAT(figures, HasSubstr("ebb_disk_room 2\n"));
  EXPECT_THAT(figures, HasSubstr("ebb_journal_commit_seconds_count "));
  EXPECT_THAT(figures, testing::Not(HasSubstr("ebb_journal_frames_total 0\n")));
  EXPECT_THAT(figures, testing::Not(HasSubstr("ebb_disk_free_bytes 0\n")));
}

}  // namespace
