// Drafts from JSON: defaults, limits of types, members of the other format.
#include "modules/inquiry/draft_json.h"

#include <gtest/gtest.h>

#include "tests/support/module_world.h"

namespace {

using namespace modules;
using namespace modules::inquiry;
using namespace std::chrono_literals;
using engine::Money;

struct Read {
  Draft draft;
  std::string faults;
};
Read read(std::string_view rules, std::string_view rest = "") {
  auto const json = support::json(R"({"title":"t","lots":[{"title":"l","rules":{)" + std::string(rules) + "}}]" +
                                  std::string(rest) + "}");
  Faults faults;
  Read out{read_draft(&json, faults, Limits{}), {}};
  for (auto const& fault : faults) out.faults += fault.pointer + ' ';
  return out;
}

TEST(DraftJson, an_auction_has_the_defaults_of_the_rules) {
  auto const [draft, faults] = read(R"("format":"reverse","ceiling":"100000.00")");
  EXPECT_EQ(faults, "");
  auto const& rules = draft.lots.at(0).rules;
  EXPECT_EQ(rules.duration, 30min);
  EXPECT_EQ(rules.hard_cap, 60min);
  EXPECT_EQ(rules.decrement, Money::fen(50'000));
  EXPECT_EQ(rules.step_basis, engine::StepBasis::Own);
  EXPECT_EQ(rules.trigger_window, 5min);
  EXPECT_EQ(rules.min_bidders, 3);
  EXPECT_EQ(rules.confirm_for, 72h);
  EXPECT_EQ(draft.lots.at(0).quantity, 1u);
}

TEST(DraftJson, a_sealed_inquiry_has_its_own) {
  EXPECT_EQ(read(R"("format":"sealed","ceiling":"99999.99")").draft.lots.at(0).rules.duration, 24h);
  auto const rules = read(R"("format":"sealed","ceiling":"100000.00")").draft.lots.at(0).rules;
  EXPECT_EQ(rules.duration, 72h);
  EXPECT_EQ(rules.band_over, engine::BasisPoints{1'000});
  EXPECT_EQ(rules.band_places, 3);
  EXPECT_EQ(rules.choose_for, 48h);
}

TEST(DraftJson, a_parameter_of_the_other_format_is_unknown) {
  EXPECT_EQ(read(R"("format":"sealed","ceiling":"1.00","decrement":"1.00","hard_cap_s":5)").faults,
            "/lots/0/rules/decrement /lots/0/rules/hard_cap_s ");
  EXPECT_EQ(read(R"("format":"reverse","ceiling":"1.00","band_over":"10")").faults, "/lots/0/rules/band_over ");
}

TEST(DraftJson, faults_come_all_together) {
  EXPECT_EQ(read(R"("format":"dutch","ceiling":100,"min_bidders":0)",
                 R"(,"admitted":[{"org":7},{"org":"8","deduction":"100"}],"colour":"red")")
                .faults,
            "/lots/0/rules/format /lots/0/rules/ceiling /lots/0/rules/min_bidders /admitted/0/org "
            "/admitted/1/deduction /colour ");
}

TEST(DraftJson, rules_are_required) {
  auto const json = support::json(R"({"title":"t","lots":[{"title":"l"}]})");
  Faults faults;
  read_draft(&json, faults, Limits{});
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].pointer, "/lots/0/rules");
}

TEST(DraftJson, at_most_32_lots) {
  std::string lots;
  for (int i = 0; i < 33; ++i) {
    lots += std::string(i == 0 ? "" : ",") + R"({"title":"l","rules":{"format":"reverse","ceiling":"1.00"}})";
  }
  auto const json = support::json(R"({"title":"t","lots":[)" + lots + "]}");
  Faults faults;
  read_draft(&json, faults, Limits{});
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].pointer, "/lots");
}

TEST(DraftJson, what_is_shown_can_be_sent_again) {
  for (auto const* format : {"reverse", "sealed"}) {
    auto const first = read(R"("format":")" + std::string(format) + R"(","ceiling":"5000.50")").draft;
    auto text = shown(first.lots[0].rules).write();
    auto const again = read(text.substr(1, text.size() - 2));
    EXPECT_EQ(again.faults, "");
    EXPECT_EQ(again.draft.lots[0].rules, first.lots[0].rules);
  }
}

}  // namespace
