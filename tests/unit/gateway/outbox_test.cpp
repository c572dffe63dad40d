// The bounded queue to one client.
#include "gateway/outbox.h"

#include <gtest/gtest.h>

namespace gateway {
namespace {

Message message(std::size_t bytes) {
  return std::make_shared<std::string const>(bytes, 'x');
}

TEST(Outbox, gives_back_in_order_what_was_pushed) {
  Outbox box(10'000);
  auto const first = message(1), second = message(2);
  EXPECT_EQ(box.push(first), Outbox::Pushed::Queued);
  EXPECT_EQ(box.push(second), Outbox::Pushed::Queued);
  EXPECT_EQ(box.front().message, first);
  EXPECT_EQ(box.take().message, first);
  EXPECT_EQ(box.take().message, second);
  EXPECT_TRUE(box.is_empty());
  EXPECT_EQ(box.bytes(), 0U);
}

TEST(Outbox, says_as_what_each_is_to_be_sent) {
  Outbox box(10'000);
  box.push(message(1));
  box.push(message(1), Opcode::Pong);
  EXPECT_EQ(box.take().as, Opcode::Text);
  EXPECT_EQ(box.take().as, Opcode::Pong);
}

TEST(Outbox, holds_exactly_its_bytes_and_loses_all_beyond_them) {
  Outbox box(200);
  EXPECT_EQ(box.push(message(136)), Outbox::Pushed::Queued);  // 136 + 64 = 200
  EXPECT_EQ(box.push(message(0)), Outbox::Pushed::Slow);
  EXPECT_TRUE(box.is_empty());
  EXPECT_EQ(box.push(message(1)), Outbox::Pushed::Dropped);
}

TEST(Outbox, counts_even_empty_messages) {
  Outbox box(640);
  int queued = 0;
  while (box.push(message(0)) == Outbox::Pushed::Queued) ++queued;
  EXPECT_EQ(queued, 10);
}

TEST(Outbox, has_room_again_for_what_was_taken) {
  Outbox box(200);
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(box.push(message(100)), Outbox::Pushed::Queued);
    box.take();
  }
}

TEST(Outbox, lets_out_what_is_inside_when_closed_and_takes_no_more) {
  Outbox box(1'000);
  box.push(message(1));
  box.close();
  EXPECT_EQ(box.push(message(1)), Outbox::Pushed::Dropped);
  EXPECT_FALSE(box.is_empty());
  box.take();
  EXPECT_TRUE(box.is_empty());
}

TEST(Outbox, forgets_what_is_inside_when_discarded) {
  Outbox box(1'000);
  box.push(message(1));
  box.discard();
  EXPECT_TRUE(box.is_empty());
  EXPECT_EQ(box.bytes(), 0U);
}

}  // namespace
}  // namespace gateway
