// Refusals as answers.
#include "gateway/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/refusals.h"

namespace gateway {
namespace {

using testing::Contains;
using testing::Pair;

TEST(Refuse, is_a_problem_document_with_the_status_of_its_kind) {
  auto const answer = refuse(refusals::no_such_route);
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.type, "application/problem+json");
  EXPECT_THAT(answer.body, testing::HasSubstr("\"NO_SUCH_ROUTE\""));
}

TEST(Refuse, says_when_to_come_back_and_how_to_sign_in) {
  EXPECT_THAT(refuse(refusals::overloaded).headers, Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(refuse(refusals::too_many_requests).headers, Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(refuse(refusals::sign_in_required).headers, Contains(Pair("WWW-Authenticate", testing::_)));
  EXPECT_THAT(refuse(refusals::wrong_role).headers, testing::IsEmpty());
}

TEST(Request, knows_its_headers_by_their_lower_case_name) {
  HttpRequest const request{.method = "GET", .target = "/", .headers = {{"host", "a"}}, .body = {}, .address = {}};
  EXPECT_EQ(request.header("host"), "a");
  EXPECT_EQ(request.header("origin"), "");
}

}  // namespace
}  // namespace gateway
