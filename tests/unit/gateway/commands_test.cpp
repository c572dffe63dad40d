// What the events of a command amount to.
#include "gateway/commands.h"

#include <gtest/gtest.h>

namespace gateway {
namespace {

constexpr engine::RefusalKind no{9001, "NO", 409, "test", "", "否", "no"};
constexpr engine::Seq seq{7};
engine::Decided const decided{.seq = seq, .parent = {}, .at = {}, .ticket = {}, .leaf = {'l', 'e', 'a', 'f'}};

engine::ModuleAnswered answered(std::uint64_t id, std::optional<engine::Refusal> refusal = {}) {
  return {.module = 1, .verb = 1, .actor = {}, .id = id, .repeated = false, .refusal = refusal};
}

TEST(Verdict, is_the_id_of_the_commands_own_answer) {
  auto const verdict = verdict_of(decided, {answered(5), answered(6)});
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict->id, 5U);
  EXPECT_EQ(verdict->seq, seq);
  EXPECT_EQ(verdict->leaf, decided.leaf);
}

TEST(Verdict, is_a_refusal_of_the_command_or_of_what_followed) {
  EXPECT_EQ(verdict_of(decided, {answered(0, engine::Refusal{&no})}).error().refusal.kind, &no);
  EXPECT_EQ(
      verdict_of(decided, {answered(5), engine::LotCommandRefused{{}, engine::Refusal{&no}}}).error().refusal.kind,
      &no);
  EXPECT_EQ(verdict_of(decided, {answered(5), answered(0, engine::Refusal{&no})}).error().seq, seq);
  EXPECT_EQ(verdict_of(decided, {answered(0, engine::Refusal{&no})}).error().leaf, decided.leaf);
}

TEST(Verdict, is_the_refusal_of_a_bid_that_came_without_a_session) {
  engine::Receipt receipt;
  EXPECT_TRUE(verdict_of(decided, {engine::QuoteAccepted{receipt}}));
  receipt.refusal = engine::Refusal{&no};
  EXPECT_EQ(verdict_of(decided, {engine::BidRefused{receipt}}).error().refusal.kind, &no);
  EXPECT_EQ(verdict_of(decided, {engine::BidRepeated{receipt}}).error().refusal.kind, &no);
}

}  // namespace
}  // namespace gateway
