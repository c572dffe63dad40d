// Drafts from JSON: defaults, limits of types, members of the other format.
#include "modules/inquiry/draft_json.h"

#include <gtest/gtest.h>

#include "modules/rules_json.h"
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
  Fields body(&json, faults);
  Read out{read_draft(body, Limits{}), {}};
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
  EXPECT_EQ(read(R"("format":"english","ceiling":100,"min_bidders":0)",
                 R"(,"admitted":[{"org":7},{"org":"8","deduction":"100"}],"colour":"red")")
                .faults,
            "/lots/0/rules/format /lots/0/rules/ceiling /lots/0/rules/min_bidders /admitted/0/org "
            "/admitted/1/deduction /colour ");
}

TEST(DraftJson, rules_are_required) {
  auto const json = support::json(R"({"title":"t","lots":[{"title":"l"}]})");
  Faults faults;
  Fields body(&json, faults);
  read_draft(body, Limits{});
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
  Fields body(&json, faults);
  read_draft(body, Limits{});
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].pointer, "/lots");
}

TEST(DraftJson, what_is_shown_can_be_sent_again) {
  for (auto const* format : {"reverse", "sealed"}) {
    auto const first = read(R"("format":")" + std::string(format) + R"(","ceiling":"5000.50")").draft;
    auto text = modules::shown_rules(first.lots[0].rules).write();
    auto const again = read(text.substr(1, text.size() - 2));
    EXPECT_EQ(again.faults, "");
    EXPECT_EQ(again.draft.lots[0].rules, first.lots[0].rules);
  }
}

TEST(DraftJson, a_draft_is_shown_as_it_may_be_sent_again) {
  auto const [draft, faults] = read(R"("format":"reverse","ceiling":"100000.00","trigger_window_s":0)",
                                    R"(,"description":"d","admitted":[{"org":"7","deduction":"10.05"},{"org":"8"}])");
  EXPECT_EQ(faults, "");
  for (auto const& given : {draft, read(R"("format":"sealed","ceiling":"1.00","choose_for_s":60)").draft}) {
    auto const json = shown(given);
    Faults none;
    Fields again(&json, none);
    EXPECT_EQ(pack(read_draft(again, Limits{})), pack(given));
    EXPECT_TRUE(none.empty());
  }
}

TEST(DraftJson, the_limits_tell_a_form_every_number) {
  auto const text = shown(Limits{}).write();
  EXPECT_EQ(text, R"({"notice_min_s":14400,"duration_min_s":600,"duration_max_s":86400,"extension_min_s":60,)"
                  R"("extension_max_s":1800,"quoting_min_s":86400,"confirm_min_s":86400,"confirm_max_s":432000,)"
                  R"("resume_floor_s":300,"min_bidders_max":9,"lots_max":32,"bidders_max":1024,"attempts_max":10000,)"
                  R"("reason_characters_min":10,"defaults":{"reverse":{"format":"reverse","duration_s":1800,)"
                  R"("step_basis":"own","trigger_window_s":300,"extension_s":300,"hard_cap_s":3600,"min_bidders":3,)"
                  R"("slip_below":"50.00","confirm_for_s":259200,"attempts_max":200},"sealed":{"format":"sealed",)"
                  R"("duration_s":86400,"band_over":"10.00","band_places":3,"choose_for_s":172800,"min_bidders":3,)"
                  R"("slip_below":"50.00","confirm_for_s":259200,"attempts_max":200},"rounds":{"format":"rounds",)"
                  R"("duration_s":1800,"rounds":3,"first_pause_s":300,"pause_s":120,"turn_s":120,"min_bidders":3,)"
                  R"("slip_below":"50.00","confirm_for_s":259200,"attempts_max":200},"dutch":{"format":"dutch",)"
                  R"("turn_s":60,"min_bidders":1,"slip_below":"50.00","confirm_for_s":259200,"attempts_max":200},)"
                  R"("japanese":{"format":"japanese","turn_s":60,"min_bidders":3,"slip_below":"50.00",)"
                  R"("confirm_for_s":259200,"attempts_max":200}},"derived":{)"
                  R"("decrement_of_ceiling":"0.50","decrement_min":"1.00","hard_cap_durations":2,)"
                  R"("large_ceiling":"100000.00","large_duration_s":259200}})");
}

// What a form that knows only the limits works out is what the server would have put there.
TEST(DraftJson, the_derived_defaults_are_those_that_are_applied) {
  for (auto const* ceiling : {"0.01", "150.00", "200.00", "200.01", "99999.99", "100000.00", "123456.78"}) {
    auto const money = read_money(ceiling).value();
    auto const reverse = read(R"("format":"reverse","duration_s":700,"ceiling":")" + std::string(ceiling) + '"');
    EXPECT_EQ(reverse.draft.lots.at(0).rules.hard_cap, 1'400s);
    auto const share = Money::fen((money.in_fen() + 199) / 200);
    EXPECT_EQ(reverse.draft.lots.at(0).rules.decrement, std::min(money, std::max(share, Money::fen(100)))) << ceiling;
    auto const sealed = read(R"("format":"sealed","ceiling":")" + std::string(ceiling) + '"');
    EXPECT_EQ(sealed.draft.lots.at(0).rules.duration, money >= Money::fen(10'000'000) ? 72h : 24h) << ceiling;
  }
}

// Every rule there is, in every format that has it.
constexpr std::string_view full[] = {
    R"("format":"reverse","ceiling":"5000.00","duration_s":600,"decrement":"1.00","step_basis":"best",)"
    R"("step_kind":"ladder","ladder":[{"above":"4000.00","decrement":"50.00"},{"above":"0.00","decrement":"5.00"}],)"
    R"("trigger_window_s":60,"extension_s":60,"hard_cap_s":1200,"ending":"quiet","extend_from":"end",)"
    R"("extend_scope":"inquiry","trigger_rank":2,"extensions_max":3,"front_buffer":"2.00","back_buffer":"1.00",)"
    R"("leader_waits":true,"rounds":3,"eliminate":1,"proxies":true,"rank_by":"evaluated","ties":"refused_at_lead",)"
    R"("pause_s":30,"visibility":{"lead":true,"rank":false,"colour":true,"count":true,"lead_after_bid":true},)"
    R"("lead_from_bidders":2,"surrogates":true,"practice":true,"release":"results_together","min_bidders":1)",
    R"("format":"reverse","ceiling":"5000.00","step_kind":"percent","decrement":"1.00","decrement_share":"2.50")",
    R"("format":"sealed","ceiling":"5000.00","requotes":false,"release":"awards_together","surrogates":true)",
    R"("format":"reverse","ceiling":"5000.00","signed_bids":true)",
    R"("format":"sealed","ceiling":"5000.00","signed_bids":true,"requotes":false)",
    R"("format":"rounds","ceiling":"5000.00","rounds":2,"first_pause_s":0,"pause_s":0,"turn_s":60,"requotes":false,)"
    R"("step_kind":"multiple","decrement":"10.00","ties":"equal_best")",
    R"("format":"dutch","ceiling":"5000.00","first_level":"1000.00","last_level":"4000.00","level_step":"100.00",)"
    R"("turn_s":10,"sealed_for_s":60,"best_bid_for_s":30,"decrement":"5.00","pause_s":5,"min_bidders":2)",
    R"("format":"japanese","ceiling":"5000.00","first_level":"4000.00","last_level":"1000.00","level_step":"100.00",)"
    R"("turn_s":10,"ties":"equal_worst")",
};

TEST(DraftJson, every_rule_is_read_kept_shown_and_read_again) {
  for (auto const given : full) {
    auto const [draft, faults] = read(given);
    ASSERT_EQ(faults, "") << given;
    auto const& rules = draft.lots.at(0).rules;
    EXPECT_FALSE(engine::judge(rules)) << given;
    EXPECT_EQ(unpacked<Draft>(pack(draft)).lots.at(0).rules, rules) << given;
    auto const text = modules::shown_rules(rules).write();
    EXPECT_EQ(read(text.substr(1, text.size() - 2)).draft.lots.at(0).rules, rules) << text;
    auto const members = support::json("{" + std::string(given) + "}");
    for (auto const& [name, value] : *members.as_object()) {
      EXPECT_NE(modules::shown_rules(rules).find(name), nullptr) << name;
    }
  }
}

TEST(DraftJson, rules_have_the_version_of_today) {
  EXPECT_EQ(read(R"("format":"reverse","ceiling":"5000.00")").draft.lots.at(0).rules.version, 1);
  EXPECT_EQ(read(R"("format":"reverse","ceiling":"5000.00","signed_bids":true)").draft.lots.at(0).rules.version, 2);
}

TEST(DraftJson, signed_bids_are_refused_where_others_bid_for_a_supplier_or_the_format_has_none) {
  auto const faults = [](std::string_view rules) { return read(std::string(rules) + R"(,"signed_bids":true)").faults; };
  std::string const reverse = R"("format":"reverse","ceiling":"5000.00")";
  EXPECT_EQ(faults(reverse), "");
  EXPECT_EQ(read(reverse + R"(,"signed_bids":false,"proxies":true)").faults, "");
  auto const here = "/lots/0/rules/signed_bids ";
  EXPECT_EQ(faults(reverse + R"(,"proxies":true)"), here);
  EXPECT_EQ(faults(reverse + R"(,"surrogates":true)"), here);
  EXPECT_EQ(faults(reverse + R"(,"rounds":2)"), here);
  EXPECT_EQ(faults(R"("format":"sealed","ceiling":"5000.00","surrogates":true)"), here);
  EXPECT_EQ(faults(R"("format":"rounds","ceiling":"5000.00")"), here);
  EXPECT_EQ(faults(R"("format":"dutch","ceiling":"50.00","first_level":"1.00","level_step":"1.00")"), here);
  EXPECT_EQ(faults(R"("format":"japanese","ceiling":"50.00","last_level":"1.00","level_step":"1.00")"), here);
  EXPECT_EQ(read(reverse + R"(,"signed_bids":"yes")").faults, here);
}

TEST(DraftJson, what_makes_prices_comparable_is_read_and_shown) {
  auto const [draft, faults] =
      read(R"("format":"reverse","ceiling":"100.00")",
           R"(,"admitted":[{"org":"7","deduction":"10","coefficient":"1.0523","addition":"-100.00"}])");
  EXPECT_EQ(faults, "");
  auto const& evaluation = draft.admitted.at(0).evaluation;
  EXPECT_EQ(evaluation.coefficient, engine::BasisPoints{10'523});
  EXPECT_EQ(evaluation.addition, Money::fen(-10'000));
  EXPECT_EQ(shown(draft).find("admitted")->write(),
            R"([{"org":"7","deduction":"10.00","coefficient":"1.0523","addition":"-100.00"}])");
  EXPECT_EQ(read(R"("format":"reverse","ceiling":"1.00")",
                 R"(,"admitted":[{"org":"7","coefficient":1.05},{"org":"8","coefficient":"1.00001"}])")
                .faults,
            "/admitted/0/coefficient /admitted/1/coefficient ");
}

TEST(DraftJson, lots_in_series_and_staggered_ones_say_so) {
  auto const plain = R"("format":"reverse","ceiling":"100.00")";
  EXPECT_EQ(read(plain, R"(,"closing":"serial")").draft.closing, Closing::Serial);
  auto const [draft, faults] = read(plain, R"(,"closing":"staggered","stagger_s":60)");
  EXPECT_EQ(faults, "");
  EXPECT_EQ(draft.stagger, 60s);
  EXPECT_EQ(read(plain, R"(,"stagger_s":60)").faults, "/stagger_s ");
  EXPECT_EQ(*shown(draft).find("closing")->as_text(), "staggered");
}

}  // namespace
