// A line of the log is one JSON object, whatever is written into it.
#include "gateway/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gateway {
namespace {

TEST(Log, escapes_what_would_break_out_of_its_line) {
  EXPECT_EQ(Log::members("listening", {{"address", "127.0.0.1"}}), R"("what":"listening","address":"127.0.0.1")");
  EXPECT_EQ(Log::members("a\"b\\c", {{"x", "\n\x01"}}), R"("what":"a\"b\\c","x":"\u000a\u0001")");
}

TEST(Log, writes_lines_with_time_and_level_to_standard_error_and_leaves_out_the_lesser_ones) {
  testing::internal::CaptureStderr();
  {
    Log log(Log::Level::Warning);
    log.say(Log::Level::Info, "quiet");
    log.say(Log::Level::Warning, "loud", {{"port", "80"}});
  }
  auto const text = testing::internal::GetCapturedStderr();
  EXPECT_THAT(text, testing::MatchesRegex(
                        "\\{\"at\":\"[0-9T:.-]+Z\",\"level\":\"warning\",\"what\":\"loud\",\"port\":\"80\"\\}\n"));
}

}  // namespace
}  // namespace gateway
