// Every file of the public suite of JSON texts as a live message and as the body of a request, over real sockets: each
// is answered, none is taken, and the next client finds the server as it was. What the reader says: json_reader_test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "tests/unit/gateway/guest.h"

namespace gateway::test {
namespace {

using testing::HasSubstr;

std::map<std::string, std::string> suite() {
  auto const* const given = std::getenv("EBB_FIXTURES");
  auto const* const source = std::getenv("EBB_SOURCE_DIR");
  std::filesystem::path fixtures = given != nullptr ? given : "";
  if (fixtures.empty() && source != nullptr) fixtures = std::filesystem::path(source) / "../shared/fixtures";
  auto const folder = fixtures / "jsontestsuite" / "test_parsing";
  std::map<std::string, std::string> texts;
  if (!std::filesystem::exists(folder)) return texts;
  for (auto const& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file{entry.path(), std::ios::binary};
    texts[entry.path().filename().string()] = {std::istreambuf_iterator<char>{file}, {}};
  }
  return texts;
}

// Of a live message that is no JSON of ours; 0: it is answered.
std::uint16_t goodbye_for(std::string const& text) {
  if (text.size() > engine::limits::websocket_message_bytes_max) return 1009;
  return simdjson::validate_utf8(text.data(), text.size()) ? 0 : 1007;
}

TEST(JsonSuite, every_text_as_a_live_message_is_malformed_and_the_connection_goes_on) {
  auto const texts = suite();
  if (texts.empty()) GTEST_SKIP() << "no fixtures";
  LittleHouse house;
  auto guest = std::make_unique<Guest>(house);
  for (auto const& [name, text] : texts) {
    SCOPED_TRACE(name);
    guest->say(text);
    if (auto const code = goodbye_for(text); code != 0) {
      EXPECT_TRUE(guest->is_closed_within(support::long_enough));
      EXPECT_EQ(guest->close_code(), code);
      guest = std::make_unique<Guest>(house);
    } else {
      EXPECT_THAT(guest->hear(), HasSubstr(R"("code":"MALFORMED")"));
    }
    // One that is understood forgives what came before: without it the twentieth would be the last.
    EXPECT_THAT(guest->ask(R"({"type":"time","t0":1})"), HasSubstr(R"("type":"time")"));
  }
}

TEST(JsonSuite, every_text_as_the_body_of_a_request_is_refused) {
  auto const texts = suite();
  if (texts.empty()) GTEST_SKIP() << "no fixtures";
  LittleHouse house;
  for (auto const& [name, text] : texts) {
    SCOPED_TRACE(name);
    auto const answer = house.http().send("POST", "/api/v1/sign-in", {{"Content-Type", "application/json"}}, text);
    auto const is_too_large = text.size() > engine::limits::http_body_bytes_max;
    EXPECT_EQ(answer.status, is_too_large ? 413 : 400);
    EXPECT_EQ(house.http().send("GET", "/livez").status, 200);
  }
}

}  // namespace
}  // namespace gateway::test
