// What the platform allows of a draft.
#include "modules/inquiry/draft.h"

#include <gtest/gtest.h>

namespace {

using namespace modules::inquiry;
using namespace std::chrono_literals;
using engine::Money;

engine::LotRules rules(engine::Format format = engine::Format::Reverse) {
  engine::LotRules out;
  out.format = format;
  out.ceiling = Money::fen(1'000'000);
  out.decrement = Money::fen(5'000);
  if (format == engine::Format::Sealed) out.duration = 24h;
  return out;
}

template <class Change>
std::string verdict(Change change, engine::Format format = engine::Format::Reverse) {
  auto changed = rules(format);
  change(changed);
  auto const wrong = judge(changed, Limits{});
  return wrong ? std::string(wrong->kind->code) : "";
}

TEST(Draft, the_defaults_are_allowed) {
  EXPECT_EQ(verdict([](auto&) {}), "");
  EXPECT_EQ(verdict([](auto&) {}, engine::Format::Sealed), "");
}

TEST(Draft, every_limit_of_an_auction_is_held) {
  constexpr auto outside = "PARAMETER_OUT_OF_RANGE";
  EXPECT_EQ(verdict([](auto& r) { r.duration = 10min - 1ms; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.duration = 10min; }), "");
  EXPECT_EQ(verdict([](auto& r) { r.hard_cap = 48h, r.duration = 24h + 1ms; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.extension = 59s; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.extension = 59s, r.trigger_window = 0s; }), "");
  EXPECT_EQ(verdict([](auto& r) { r.extension = 31min; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.trigger_window = 31min; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.min_bidders = 10; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.confirm_for = 23h; }), outside);
  EXPECT_EQ(verdict([](auto& r) { r.confirm_for = 121h; }), outside);
}

TEST(Draft, a_sealed_inquiry_has_a_shortest_window_and_no_longest) {
  EXPECT_EQ(verdict([](auto& r) { r.duration = 24h - 1ms; }, engine::Format::Sealed), "PARAMETER_OUT_OF_RANGE");
  EXPECT_EQ(verdict([](auto& r) { r.duration = 240h; }, engine::Format::Sealed), "");
}

TEST(Draft, what_the_state_machine_needs_comes_first) {
  EXPECT_EQ(verdict([](auto& r) { r.ceiling = Money::fen(0), r.duration = 1ms; }), "BAD_RULES");
}

TEST(Draft, nobody_is_admitted_twice) {
  Draft draft;
  draft.admitted = {{engine::BidderId{1}, {}}, {engine::BidderId{2}, {}}, {engine::BidderId{1}, {}}};
  ASSERT_TRUE(judge(draft, Limits{}).has_value());
  EXPECT_EQ(judge(draft, Limits{})->kind->code, "DUPLICATE");
}

TEST(Draft, the_decrement_is_half_a_percent_rounded_up_and_a_yuan_at_least) {
  EXPECT_EQ(default_decrement(Money::fen(10'000'000)), Money::fen(50'000));
  EXPECT_EQ(default_decrement(Money::fen(10'000'001)), Money::fen(50'001));
  EXPECT_EQ(default_decrement(Money::fen(1'000)), Money::fen(100));
  EXPECT_EQ(default_decrement(Money::fen(40)), Money::fen(40));
}

TEST(Draft, fewer_bidders_do_on_the_last_relaunch) {
  using enum engine::Format;
  EXPECT_EQ(min_bidders_approved(Reverse, 0), 0);
  EXPECT_EQ(min_bidders_approved(Reverse, 1), 1);
  EXPECT_EQ(min_bidders_approved(Sealed, 1), 0);
  EXPECT_EQ(min_bidders_approved(Sealed, 2), 1);
}

}  // namespace
