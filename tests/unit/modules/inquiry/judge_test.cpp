// What is refused on the purchaser's side, and with what figures.
#include "modules/inquiry/judge.h"

#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;

// What is wrong is refused here already: the engine never has to refuse what follows.
class Judge : public market::Market {
 protected:
  void TearDown() override {
    for (auto const& [row, value] : world_.tables().rows()) {
      if (row.first == modules::inquiry::table::lots) {
        EXPECT_EQ(modules::unpacked<modules::inquiry::LotRow>(value).refusal, 0);
      }
    }
  }
};

TEST_F(Judge, only_purchasers_write) {
  for (auto const& who : {administrator_, city_, suppliers_[0]}) {
    EXPECT_EQ(world_.post(who, "/inquiries", body()).code, "WRONG_ROLE");
  }
  EXPECT_EQ(world_.post(buyer_, "/inquiries", body()).code, "");
}

TEST_F(Judge, an_ended_session_writes_nothing) {
  world_.send(accounts_.close_session(buyer_));
  auto const told = world_.post(buyer_, "/inquiries", body());
  EXPECT_EQ(told.code, "SESSION_ENDED");
  EXPECT_EQ(told.status, 401);
}

TEST_F(Judge, the_inquiry_of_another_buyer_is_out_of_reach) {
  run();
  for (auto const* verb : {"pause", "resume", "abort"}) {
    EXPECT_EQ(post(stranger_, verb, R"({"reason":"x"})").code, "NOT_YOUR_INQUIRY") << verb;
  }
  EXPECT_EQ(post(stranger_, "publish", at(2h)).code, "NOT_YOUR_INQUIRY");
  EXPECT_EQ(post(stranger_, "relaunch", "{}").code, "NOT_YOUR_INQUIRY");
  EXPECT_EQ(to_lot(stranger_, "disqualify", of(0, "x")).code, "NOT_YOUR_INQUIRY");
  EXPECT_EQ(to_lot(stranger_, "choice", of(0)).code, "NOT_YOUR_INQUIRY");
  EXPECT_EQ(to_lot(stranger_, "choice/approval").code, "NOT_YOUR_INQUIRY");
  EXPECT_EQ(to_lot(stranger_, "ask-next").code, "NOT_YOUR_INQUIRY");
}

TEST_F(Judge, what_is_not_there) {
  EXPECT_EQ(post(buyer_, "publish", at(2h)).code, "NO_SUCH_INQUIRY");
  publish();
  EXPECT_EQ(world_.post(buyer_, "/lots/1-2/ask-next", "{}").code, "NO_SUCH_LOT");
  EXPECT_EQ(world_.post(buyer_, "/lots/x/ask-next", "{}").code, "NO_SUCH_LOT");
  EXPECT_EQ(post(buyer_, "abort", R"({"reason":"x","lots":[2]})").code, "NO_SUCH_LOT");
}

TEST_F(Judge, an_edit_names_the_version_it_read) {
  world_.post(buyer_, "/inquiries", body());
  auto edit = [&](std::string version) {
    world_.use_if_match(std::move(version));
    return world_.write(modules::Method::Put, &buyer_, path(), body(reverse, 2));
  };
  EXPECT_EQ(edit("").code, "PRECONDITION_REQUIRED");
  EXPECT_EQ(edit("2").code, "PRECONDITION_FAILED");
  EXPECT_EQ(edit("W/1").code, "PRECONDITION_FAILED");
  EXPECT_EQ(edit("\"1\"").code, "");
  EXPECT_EQ(edit("1").code, "PRECONDITION_FAILED");
  EXPECT_EQ(edit("2").code, "");
}

TEST_F(Judge, a_repeated_edit_is_answered_as_before) {
  world_.post(buyer_, "/inquiries", body());
  for (int i = 0; i < 2; ++i) {
    world_.use_if_match("1");
    world_.use_key("k");
    auto const told = world_.write(modules::Method::Put, &buyer_, path(), body(reverse, 2));
    EXPECT_EQ(told.code, "");
    EXPECT_EQ(told.repeated, i == 1);
  }
}

TEST_F(Judge, what_is_published_is_edited_no_more) {
  publish();
  world_.use_if_match(std::to_string(row().version));
  EXPECT_EQ(world_.write(modules::Method::Put, &buyer_, path(), body()).code, "STATE_CONFLICT");
  EXPECT_EQ(post(buyer_, "publish", at(2h)).code, "STATE_CONFLICT");
}

TEST_F(Judge, notice_is_given) {
  world_.post(buyer_, "/inquiries", body());
  auto const told = post(buyer_, "publish", at(1h - 1s));
  EXPECT_EQ(told.code, "PERIOD_TOO_SHORT");
  EXPECT_EQ(told.refusal->actual.value, 3'599'000);
  EXPECT_EQ(told.refusal->limit.value, 3'600'000);
  EXPECT_EQ(post(buyer_, "publish", R"({"start":"now"})").code, "PERIOD_TOO_SHORT");
  EXPECT_EQ(post(buyer_, "publish", at(400 * 24h)).code, "PARAMETER_OUT_OF_RANGE");
  EXPECT_EQ(post(buyer_, "publish", at(1h)).code, "");
}

TEST_F(Judge, a_sealed_inquiry_is_its_own_notice) {
  world_.post(buyer_, "/inquiries", body(sealed));
  EXPECT_EQ(post(buyer_, "publish", R"({"start":"now"})").code, "");
  EXPECT_EQ(lot().state, engine::LotState::Running);
}

TEST_F(Judge, a_lot_needs_as_many_admitted_as_bidders) {
  world_.post(buyer_, "/inquiries", body(R"("format":"reverse","ceiling":"100.00","min_bidders":4)"));
  auto const told = post(buyer_, "publish", at(2h));
  EXPECT_EQ(told.code, "TOO_FEW_SUPPLIERS");
  EXPECT_EQ(told.refusal->actual.value, 3);
  EXPECT_EQ(told.refusal->limit.value, 4);
}

TEST_F(Judge, admitted_suppliers_exist_and_are_active) {
  auto with = [&](std::string org) {
    auto text = body(R"("format":"reverse","ceiling":"100.00","min_bidders":1)");
    auto const list = text.find("[{\"org\"");
    return text.substr(0, list) + R"([{"org":")" + org + R"("}]})";
  };
  world_.post(buyer_, "/inquiries", with("99"));
  EXPECT_EQ(post(buyer_, "publish", at(2h)).code, "NO_SUCH_SUPPLIER");
  world_.post(buyer_, "/inquiries", with(std::to_string(buyer_org_.number())));
  EXPECT_EQ(world_.post(buyer_, "/inquiries/2/publish", at(2h)).code, "NO_SUCH_SUPPLIER");
  auto const org = std::to_string(outsider_.org.number());
  world_.post(administrator_, "/orgs/" + org + "/suspend", R"({"reason":"处罚"})");
  world_.post(buyer_, "/inquiries", with(org));
  EXPECT_EQ(world_.post(buyer_, "/inquiries/3/publish", at(2h)).code, "SUPPLIER_SUSPENDED");
}

TEST_F(Judge, the_platforms_limits_are_held) {
  EXPECT_EQ(world_.post(buyer_, "/inquiries", body(R"("format":"reverse","ceiling":"100.00","duration_s":30)")).code,
            "PARAMETER_OUT_OF_RANGE");
}

TEST_F(Judge, a_hold_needs_a_lot_it_fits) {
  publish(reverse, 2);
  EXPECT_EQ(post(buyer_, "pause", R"({"reason":"x"})").code, "STATE_CONFLICT");
  world_.advance(1h);
  EXPECT_EQ(post(buyer_, "pause", R"({"reason":"x","lots":[1]})").code, "");
  EXPECT_EQ(post(buyer_, "pause", R"({"reason":"x","lots":[1,2]})").code, "STATE_CONFLICT");
  EXPECT_EQ(post(buyer_, "pause", R"({"reason":"x"})").code, "");
  EXPECT_EQ(post(buyer_, "pause", R"({"reason":"x"})").code, "STATE_CONFLICT");
}

TEST_F(Judge, bidders_are_disqualified_once_and_before_the_close) {
  run();
  EXPECT_EQ(to_lot(buyer_, "disqualify", R"({"bidder":"99","reason":"x"})").code, "NOT_ADMITTED");
  EXPECT_EQ(to_lot(buyer_, "reinstate", of(0, "x")).code, "STATE_CONFLICT");
  EXPECT_EQ(to_lot(buyer_, "disqualify", of(0, "x")).code, "");
  EXPECT_EQ(to_lot(buyer_, "disqualify", of(0, "x")).code, "STATE_CONFLICT");
  EXPECT_EQ(to_lot(buyer_, "reinstate", of(0, "x")).code, "");
  world_.advance(2h);
  EXPECT_EQ(to_lot(buyer_, "disqualify", of(0, "x")).code, "STATE_CONFLICT");
}

TEST_F(Judge, a_choice_other_than_the_first_has_a_reason_and_two_people) {
  run(sealed);
  three_bids();
  EXPECT_EQ(to_lot(buyer_, "choice", of(0)).code, "STATE_CONFLICT");
  world_.advance(1h);
  EXPECT_EQ(to_lot(buyer_, "choice", of(1, "质量更好并且交货更快一些")).code, "OUTSIDE_LOW_BAND");
  EXPECT_EQ(to_lot(buyer_, "choice", of(2)).code, "REASON_TOO_SHORT");
  EXPECT_EQ(to_lot(buyer_, "choice/approval").code, "NO_PROPOSAL");
  EXPECT_EQ(to_lot(buyer_, "choice", of(2, "质量更好并且交货更快一些")).code, "");
  EXPECT_EQ(to_lot(buyer_, "choice/approval").code, "SELF_APPROVAL");
  EXPECT_EQ(to_lot(second_, "choice/approval").code, "");
  EXPECT_EQ(lot().asked, suppliers_[2].org);
}

TEST_F(Judge, only_the_one_who_is_asked_answers) {
  run();
  three_bids();
  EXPECT_EQ(to_lot(suppliers_[0], "award-answer", R"({"answer":"confirm"})").code, "STATE_CONFLICT");
  world_.advance(2h);
  EXPECT_EQ(to_lot(suppliers_[1], "award-answer", R"({"answer":"confirm"})").code, "NOT_ASKED");
  EXPECT_EQ(to_lot(buyer_, "award-answer", R"({"answer":"confirm"})").code, "WRONG_ROLE");
  EXPECT_EQ(to_lot(suppliers_[0], "award-answer", R"({"answer":"maybe"})").code, "MALFORMED");
  EXPECT_EQ(to_lot(suppliers_[0], "award-answer", R"({"answer":"confirm"})").code, "");
}

TEST_F(Judge, the_next_is_asked_after_a_decline_only) {
  run();
  three_bids();
  world_.advance(2h);
  EXPECT_EQ(to_lot(buyer_, "ask-next").code, "STATE_CONFLICT");
  to_lot(suppliers_[0], "award-answer", R"({"answer":"decline"})");
  EXPECT_EQ(to_lot(buyer_, "ask-next").code, "");
}

TEST_F(Judge, only_failed_lots_are_relaunched_and_once) {
  run();
  EXPECT_EQ(post(buyer_, "relaunch", "{}").code, "NOTHING_TO_RELAUNCH");
  world_.advance(2h);
  EXPECT_EQ(post(buyer_, "relaunch", "{}").code, "");
  EXPECT_EQ(post(buyer_, "relaunch", "{}").code, "RELAUNCHED_ALREADY");
}

TEST_F(Judge, a_relaunch_buys_nothing_new) {
  run();
  world_.advance(2h);
  post(buyer_, "relaunch", "{}");
  auto edit = [&](std::string_view rules, int lots) {
    world_.use_if_match("1");
    return world_.write(modules::Method::Put, &buyer_, "/inquiries/2", body(rules, lots)).code;
  };
  EXPECT_EQ(edit(reverse, 2), "PARAMETER_OUT_OF_RANGE");
  EXPECT_EQ(edit(sealed, 1), "PARAMETER_OUT_OF_RANGE");
  EXPECT_EQ(edit(reverse, 1), "");
  EXPECT_EQ(row(2).draft.lots[0].rules.min_bidders_approved, 1);
}

// ---- Bids that are not the bidder's own doing ------------------------------------------------------------------

constexpr std::string_view with_surrogates =
    R"("format":"reverse","ceiling":"10000.00","decrement":"50.00","surrogates":true,"proxies":true)";

TEST_F(Judge, a_surrogate_bid_has_a_reason_and_two_people_and_is_entered_once) {
  run(with_surrogates);
  auto const reason = "供应商现场提交了纸质报价单";
  int keys = 0;
  auto const bid = [&](modules::Actor const& who) {
    world_.use_key("surrogate-" + std::to_string(++keys));
    return to_lot(who, "surrogate/bid", R"({"price":"9000.00"})").code;
  };
  EXPECT_EQ(to_lot(buyer_, "surrogate", of(0, "x")).code, "REASON_TOO_SHORT");
  EXPECT_EQ(to_lot(stranger_, "surrogate", of(0, reason)).code, "NOT_YOUR_INQUIRY");
  EXPECT_EQ(to_lot(second_, "surrogate/approval").code, "NO_SURROGATE");
  EXPECT_EQ(to_lot(buyer_, "surrogate", of(0, reason)).code, "");
  EXPECT_EQ(bid(buyer_), "NO_SURROGATE") << "nobody approved";
  EXPECT_EQ(to_lot(buyer_, "surrogate/approval").code, "SELF_APPROVAL");
  EXPECT_EQ(to_lot(second_, "surrogate/approval").code, "");
  EXPECT_EQ(bid(second_), "NO_SURROGATE") << "another asked";
  EXPECT_EQ(bid(buyer_), "");
  EXPECT_EQ(bid(buyer_), "NO_SURROGATE") << "it was one bid";
}

TEST_F(Judge, a_surrogate_bid_needs_the_rule) {
  run();
  EXPECT_EQ(to_lot(buyer_, "surrogate", of(0, "供应商现场提交了纸质报价单")).code, "NOT_OFFERED");
}

TEST_F(Judge, a_bid_is_cancelled_by_a_regulator_in_scope_only) {
  run(with_surrogates);
  bid(0, 9'000);
  auto const told = bid(1, 8'000);
  std::string seq;
  for (auto const& event : told.events) {
    if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) seq = modules::id_text(accepted->receipt.seq);
  }
  std::string code;
  for (auto const* alias : {"S1", "S2", "S3"}) {
    auto const body = R"({"alias":")" + std::string(alias) + R"(","bid":")" + seq + R"(","reason":"录入有误"})";
    EXPECT_EQ(to_lot(elsewhere_, "cancel-bid", body).code, "OUT_OF_SCOPE");
    EXPECT_EQ(to_lot(buyer_, "cancel-bid", body).code, "WRONG_ROLE");
    EXPECT_EQ(to_lot(suppliers_[1], "cancel-bid", body).code, "WRONG_ROLE");
    code += to_lot(city_, "cancel-bid", body).code + ' ';
  }
  EXPECT_EQ(code.size(), std::string("NO_BID NO_BID  ").size()) << "of one alias it was: " << code;
  EXPECT_EQ(to_lot(city_, "cancel-bid", R"({"alias":"S9","bid":"1","reason":"x"})").code, "NOT_ADMITTED");
  EXPECT_EQ(to_lot(city_, "cancel-bid", R"({"alias":"甲公司","bid":"1","reason":"x"})").code, "MALFORMED");
}

TEST_F(Judge, a_proxy_is_the_suppliers_own_and_a_refusal_of_it_changes_no_row) {
  run(with_surrogates);
  bid(0, 9'000);
  EXPECT_EQ(to_lot(suppliers_[0], "proxy", R"({"limit":"5000.00","step":"50.00"})").code, "");
  EXPECT_EQ(to_lot(suppliers_[0], "proxy", R"({"limit":"5000.00","step":"50.00"})").code, "") << "the same again";
  EXPECT_EQ(to_lot(suppliers_[0], "proxy", R"({"limit":5000,"step":"50.00"})").code, "MALFORMED");
  EXPECT_EQ(to_lot(suppliers_[0], "proxy/cancel").code, "");
  auto const version = row().version;
  EXPECT_EQ(to_lot(suppliers_[1], "proxy", R"({"limit":"5000.00","step":"1.00"})").code, "NO_BID");
  EXPECT_EQ(to_lot(suppliers_[0], "withdraw").code, "NOT_YOUR_TURN");
  EXPECT_EQ(to_lot(buyer_, "withdraw").code, "WRONG_ROLE");
  EXPECT_EQ(lot().refusal, 0);
  EXPECT_EQ(row().version, version);
}

}  // namespace
