// What Redis says, read from the front: an answer is taken whole or not at all.
#include "bench/peers/resp.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace bench::peers {
namespace {

TEST(Resp, writes_a_command_with_the_length_of_every_word) {
  std::string out;
  append_command(out, std::array<std::string_view, 3>{"SET", "lot:1", ""});
  EXPECT_EQ(out, "*3\r\n$3\r\nSET\r\n$5\r\nlot:1\r\n$0\r\n\r\n");
}

TEST(Resp, tells_an_accepted_bid_by_the_number_and_gives_its_place) {
  auto const answer = first_reply("*2\r\n:1\r\n$3\r\n5-0\r\n:9\r\n");
  ASSERT_TRUE(answer.reply);
  EXPECT_EQ(answer.reply->kind, ReplyKind::Array);
  EXPECT_EQ(answer.reply->number, 1);
  EXPECT_EQ(answer.reply->text, "5-0");
  EXPECT_EQ(answer.reply->bytes, 17U);
}

TEST(Resp, reads_a_refusal_of_the_server_as_an_error) {
  auto const answer = first_reply("-NOSCRIPT No matching script\r\n");
  ASSERT_TRUE(answer.reply);
  EXPECT_EQ(answer.reply->kind, ReplyKind::Error);
  EXPECT_EQ(answer.reply->text, "NOSCRIPT No matching script");
}

TEST(Resp, waits_for_the_rest_of_an_answer_cut_anywhere) {
  std::string const whole = "*3\r\n$7\r\nmessage\r\n$4\r\nbids\r\n$5\r\n1 900\r\n";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    auto const answer = first_reply(std::string_view{whole}.substr(0, size));
    EXPECT_FALSE(answer.reply) << size;
    EXPECT_EQ(answer.why, ReplyFault::Incomplete) << size;
  }
  EXPECT_EQ(first_reply(whole).reply->bytes, whole.size());
}

TEST(Resp, takes_nothing_that_is_no_answer) {
  EXPECT_EQ(first_reply("\r\n").why, ReplyFault::Broken);
  EXPECT_EQ(first_reply("?1\r\n").why, ReplyFault::Broken);
  EXPECT_EQ(first_reply(":one\r\n").why, ReplyFault::Broken);
  EXPECT_EQ(first_reply("$2\r\nabcd").why, ReplyFault::Broken);
}

}  // namespace
}  // namespace bench::peers
