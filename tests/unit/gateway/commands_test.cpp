// What the events of a command amount to.
#include "gateway/commands.h"

#include <gtest/gtest.h>

namespace gateway {
namespace {

constexpr engine::RefusalKind no{9001, "NO", 409, "test", "", "否", "no"};
constexpr engine::Seq seq{7};

engine::ModuleAnswered answered(std::uint64_t id, std::optional<engine::Refusal> refusal = {}) {
  return {.module = 1, .verb = 1, .actor = {}, .id = id, .repeated = false, .refusal = refusal};
}

TEST(Verdict, is_the_id_of_the_commands_own_answer) {
  auto const verdict = verdict_of(seq, {answered(5), answered(6)});
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->id, 5U);
  EXPECT_EQ(verdict->seq, seq);
}

TEST(Verdict, is_a_refusal_of_the_command_or_of_what_followed) {
  EXPECT_EQ(verdict_of(seq, {answered(0, engine::Refusal{&no})}).error().refusal.kind, &no);
  EXPECT_EQ(verdict_of(seq, {answered(5), engine::LotCommandRefused{{}, engine::Refusal{&no}}}).error().refusal.kind,
            &no);
  EXPECT_EQ(verdict_of(seq, {answered(5), answered(0, engine::Refusal{&no})}).error().seq, seq);
}

TEST(Verdict, is_the_refusal_of_a_bid_that_came_without_a_session) {
  engine::Receipt receipt;
  EXPECT_TRUE(verdict_of(seq, {engine::QuoteAccepted{receipt}}));
  receipt.refusal = engine::Refusal{&no};
  EXPECT_EQ(verdict_of(seq, {engine::BidRefused{receipt}}).error().refusal.kind, &no);
  EXPECT_EQ(verdict_of(seq, {engine::BidRepeated{receipt}}).error().refusal.kind, &no);
}

}  // namespace
}  // namespace gateway
