// The rules as everybody reads them: a plain lot as ever, and nothing twice.
#include "modules/rules_json.h"

#include <gtest/gtest.h>

#include <set>

#include "modules/rule_names.h"

namespace {

using namespace modules;

std::set<std::string> names(Json const& object) {
  std::set<std::string> found;
  for (auto const& [name, value] : *object.as_object()) EXPECT_TRUE(found.insert(name).second) << name;
  return found;
}

TEST(RulesJson, a_plain_auction_reads_as_it_always_did) {
  engine::LotRules rules;
  rules.ceiling = rules.decrement = engine::Money::fen(100);
  EXPECT_EQ(shown_rules(rules).write(),
            R"({"format":"reverse","ceiling":"1.00","duration_s":1800,"decrement":"1.00","step_basis":"own",)"
            R"("trigger_window_s":300,"extension_s":300,"hard_cap_s":3600,"min_bidders":3,"slip_below":"50.00",)"
            R"("confirm_for_s":259200,"attempts_max":200})");
  rules.format = engine::Format::Sealed;
  EXPECT_EQ(shown_rules(rules).write(),
            R"({"format":"sealed","ceiling":"1.00","duration_s":1800,"band_over":"10.00","band_places":3,)"
            R"("choose_for_s":172800,"min_bidders":3,"slip_below":"50.00","confirm_for_s":259200,"attempts_max":200})");
}

TEST(RulesJson, no_member_stands_there_twice_in_any_format) {
  for (auto const& [name, format] : formats) {
    engine::LotRules rules;
    rules.format = format;
    rules.pause = rules.first_pause = rules.turn = rules.sealed_for = rules.best_bid_for = std::chrono::seconds{9};
    rules.rounds = 2;
    rules.requotes = false;
    rules.practice = rules.surrogates = true;
    rules.visibility = 0;
    EXPECT_TRUE(names(shown_rules(rules)).contains("practice")) << name;
    EXPECT_FALSE(names(shown_bidding_rules(rules)).contains("confirm_for_s")) << name;
  }
}

TEST(RulesJson, signed_bids_are_told_to_everybody_where_they_are_asked_for) {
  for (auto const format : {engine::Format::Reverse, engine::Format::Sealed}) {
    engine::LotRules rules;
    rules.format = format;
    EXPECT_FALSE(names(shown_rules(rules)).contains("signed_bids"));
    rules.signed_bids = true;
    EXPECT_EQ(shown_rules(rules).find("signed_bids")->write(), "true");
    EXPECT_EQ(shown_bidding_rules(rules).find("signed_bids")->write(), "true");
  }
}

}  // namespace
