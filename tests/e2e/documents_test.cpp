// The documents beside the door against the running server. Every other end-to-end test holds what it meets against
// them; here is the other direction: what they promise is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/support/e2e_market.h"

namespace {

using namespace support;

std::string filled(std::string path) {
  path = std::regex_replace(path, std::regex{R"(\{lot\})"}, "999999-1");
  return std::regex_replace(path, std::regex{R"(\{[a-z_]+\})"}, "999999");
}

TEST(documents, every_documented_operation_is_there) {
  Market market;
  auto& administrator = market.administrator();
  ASSERT_GE(market.contract().operations().size(), 20U);
  for (auto const& operation : market.contract().operations()) {
    if (operation.path.ends_with("/sign-out")) continue;  // its own test ends a session
    HttpHeaders const headers{{"Idempotency-Key", fresh_key()}};
    auto const answer =
        administrator.stray(operation.method, filled(operation.path), headers, operation.method == "GET" ? "" : "{}");
    EXPECT_NE(answer.code(), "NO_SUCH_ROUTE") << operation.method << " " << operation.path;
    EXPECT_NE(answer.status, 405) << operation.method << " " << operation.path;
    for (auto const& fault : market.contract().faults(operation.method, filled(operation.path), answer)) {
      ADD_FAILURE() << fault;
    }
  }
}

TEST(documents, every_documented_operation_answers_a_stranger_as_documented) {
  Market market;
  for (auto const& operation : market.contract().operations()) {
    auto const answer =
        market.nobody().stray(operation.method, filled(operation.path), {}, operation.method == "GET" ? "" : "{}");
    EXPECT_NE(answer.code(), "NO_SUCH_ROUTE") << operation.method << " " << operation.path;
    for (auto const& fault : market.contract().faults(operation.method, filled(operation.path), answer)) {
      ADD_FAILURE() << fault;
    }
  }
}

TEST(documents, the_check_would_find_an_answer_that_is_not_documented) {
  Contract const contract;
  HttpAnswer answer;
  answer.status = 299;
  EXPECT_THAT(contract.faults("GET", "/api/v1/me", answer), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(contract.faults("GET", "/api/v1/nowhere", answer), testing::Not(testing::IsEmpty()));
  answer = {200, {{"Content-Type", "application/json"}}, R"({"person":7})"};
  EXPECT_THAT(contract.faults("GET", "/api/v1/me", answer), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(contract.faults(R"({"type":"shout"})"), testing::Not(testing::IsEmpty()));
  EXPECT_THAT(contract.faults(R"({"type":"receipt","lot":"1-1"})"), testing::Not(testing::IsEmpty()));
}

}  // namespace
