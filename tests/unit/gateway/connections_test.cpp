// The book of open connections.
#include "gateway/connections.h"

#include <gtest/gtest.h>

namespace gateway {
namespace {

struct Counted final : Connection {
  void stop() override { ++stopped; }
  int stopped = 0;
};

TEST(Connections, count_and_stop_those_that_are_open) {
  Connections open;
  auto const one = std::make_shared<Counted>(), two = std::make_shared<Counted>();
  open.enter(1, one);
  open.enter(2, two);
  EXPECT_EQ(open.count(), 2U);
  open.leave(2);
  open.stop_all();
  EXPECT_EQ(one->stopped, 1);
  EXPECT_EQ(two->stopped, 0);
  EXPECT_EQ(open.count(), 1U);
}

TEST(Connections, do_not_keep_anything_alive) {
  Connections open;
  open.enter(1, std::make_shared<Counted>());
  open.stop_all();
}

}  // namespace
}  // namespace gateway
