// Every kind is found by its number, and no number or code is used twice.
#include "engine/refusal.h"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace {

using namespace engine;

TEST(Refusal, every_kind_is_found_by_its_number) {
  for (auto const* kind : {&refusals::key_reused,
                           &refusals::no_such_lot,
                           &refusals::not_admitted,
                           &refusals::disqualified,
                           &refusals::not_started,
                           &refusals::paused,
                           &refusals::closed,
                           &refusals::too_many_attempts,
                           &refusals::non_positive,
                           &refusals::above_ceiling,
                           &refusals::decrement_too_small,
                           &refusals::confirmation_needed,
                           &refusals::state_conflict,
                           &refusals::duplicate,
                           &refusals::reason_too_short,
                           &refusals::outside_low_band,
                           &refusals::self_approval,
                           &refusals::bad_rules,
                           &refusals::too_many,
                           &refusals::eliminated,
                           &refusals::between_stages,
                           &refusals::not_your_turn,
                           &refusals::proxy_active,
                           &refusals::already_quoted,
                           &refusals::wrong_level,
                           &refusals::leader_waits,
                           &refusals::off_grid,
                           &refusals::inside_buffer,
                           &refusals::tie_refused,
                           &refusals::not_offered,
                           &refusals::no_bid}) {
    EXPECT_EQ(engine_refusal(kind->number), kind);
  }
  EXPECT_EQ(engine_refusal(0), nullptr);
  EXPECT_EQ(engine_refusal(33), nullptr);
  EXPECT_EQ(engine_refusal(65'535), nullptr);
}

TEST(Refusal, codes_are_unique_and_every_kind_is_explained_in_both_languages) {
  std::set<std::string_view> codes;
  for (std::uint16_t number = 1; number < 1'000; ++number) {
    auto const* kind = engine_refusal(number);
    if (kind == nullptr) continue;
    EXPECT_TRUE(codes.insert(kind->code).second) << kind->code;
    EXPECT_FALSE(kind->zh.empty());
    EXPECT_FALSE(kind->en.empty());
    EXPECT_FALSE(kind->rule.empty());
  }
  EXPECT_EQ(codes.size(), 32u);
}

}  // namespace
