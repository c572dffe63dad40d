// The route for development: there when it is asked for, and not otherwise. What it gives back: tests/conformance.
#include "gateway/echo.h"

#include <gtest/gtest.h>

#include "tests/unit/gateway/little_house.h"

namespace gateway::test {
namespace {

TEST(Echo, is_not_there_unless_asked_for) {
  LittleHouse const house;
  EXPECT_EQ(support::try_upgrade(house.port(), "/echo", {}).code(), "NO_SUCH_ROUTE");
}

TEST(Echo, is_there_when_asked_for_and_chooses_no_subprotocol) {
  auto options = patient();
  options.is_echoing = true;
  LittleHouse const house(options);
  auto const upgrade = support::try_upgrade(house.port(), "/echo", {});
  EXPECT_EQ(upgrade.status, 101);
  EXPECT_EQ(upgrade.header("Sec-WebSocket-Protocol"), "");
  EXPECT_EQ(house.http().send("GET", "/echo", {}).status, 426);
}

}  // namespace
}  // namespace gateway::test
