// What the purchaser's commands do: rows, and the engine's commands that follow.
#include "modules/inquiry/enter.h"

#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;
using engine::LotState;
using modules::inquiry::State;

class Enter : public market::Market {};

TEST_F(Enter, a_draft_is_its_makers) {
  EXPECT_EQ(world_.post(buyer_, "/inquiries", body()).id, 1u);
  EXPECT_EQ(row().buyer, buyer_org_);
  EXPECT_EQ(row().division, "330481");
  EXPECT_EQ(row().state, State::Draft);
  EXPECT_EQ(world_.post(buyer_, "/inquiries", body()).id, 2u);
}

TEST_F(Enter, publishing_opens_every_lot) {
  publish(reverse, 3);
  for (std::uint8_t place = 1; place <= 3; ++place) {
    EXPECT_EQ(lot(place).state, LotState::Scheduled);
    EXPECT_EQ(lot(place).opens_at, world_.now() + 1h);
  }
  world_.advance(1h);
  EXPECT_EQ(row().state, State::Running);
  EXPECT_EQ(bid(0, 9'000, 3).code, "");
}

TEST_F(Enter, some_lots_are_paused_and_all_resumed) {
  run(reverse, 3);
  post(buyer_, "pause", R"({"reason":"核对参数","lots":[1,3]})");
  EXPECT_EQ(lot(1).state, LotState::Paused);
  EXPECT_EQ(lot(2).state, LotState::Running);
  EXPECT_EQ(lot(3).held_because, "核对参数");
  post(buyer_, "resume", R"({"reason":"已核对"})");
  for (std::uint8_t place = 1; place <= 3; ++place) EXPECT_EQ(lot(place).state, LotState::Running);
}

TEST_F(Enter, all_lots_aborted_is_an_aborted_inquiry) {
  run(reverse, 2);
  post(buyer_, "abort", R"({"reason":"预算取消","lots":[1]})");
  EXPECT_EQ(row().state, State::Running);
  post(buyer_, "abort", R"({"reason":"预算取消"})");
  EXPECT_EQ(row().state, State::Aborted);
}

TEST_F(Enter, the_first_is_chosen_by_one_person) {
  run(sealed);
  three_bids();
  world_.advance(1h);
  to_lot(buyer_, "choice", of(0));
  EXPECT_EQ(lot().state, LotState::Awarded);
  EXPECT_EQ(lot().price, engine::Money::fen(900'000));
}

TEST_F(Enter, a_declined_quote_leads_to_another_choice) {
  run(sealed);
  three_bids();
  world_.advance(1h);
  to_lot(buyer_, "choice", of(0));
  to_lot(suppliers_[0], "award-answer", R"({"answer":"decline"})");
  EXPECT_EQ(lot().state, LotState::Selecting);
  EXPECT_EQ(lot().selectable.front(), suppliers_[2].org);
  EXPECT_EQ(to_lot(buyer_, "choice", of(2)).code, "");
  EXPECT_EQ(lot().asked, suppliers_[2].org);
}

TEST_F(Enter, the_winner_confirms) {
  run();
  three_bids();
  world_.advance(2h);
  to_lot(suppliers_[0], "award-answer", R"({"answer":"confirm"})");
  EXPECT_EQ(lot().state, LotState::OrderConfirmed);
  EXPECT_EQ(row().state, State::Closed);
}

TEST_F(Enter, the_next_is_asked) {
  run();
  three_bids();
  world_.advance(2h);
  to_lot(suppliers_[0], "award-answer", R"({"answer":"decline"})");
  EXPECT_EQ(lot().state, LotState::WinnerDeclined);
  to_lot(buyer_, "ask-next");
  EXPECT_EQ(lot().asked, suppliers_[2].org);
}

TEST_F(Enter, an_auctions_relaunch_may_be_awarded_to_one_bidder_with_approval) {
  run(reverse, 2);
  three_bids();
  world_.advance(2h);
  ASSERT_EQ(lot(1).state, LotState::Awarded);
  ASSERT_EQ(lot(2).state, LotState::FailedNoBid);
  EXPECT_EQ(post(buyer_, "relaunch", "{}").id, 2u);
  ASSERT_EQ(row(2).draft.lots.size(), 1u);
  EXPECT_EQ(row(2).draft.lots[0].title, "打印机2");
  EXPECT_EQ(row(2).relaunch_of.number(), 1u);
  EXPECT_EQ(row(2).relaunch_no, 1);
  EXPECT_EQ(row(1).relaunched_as.number(), 2u);

  world_.post(buyer_, "/inquiries/2/publish", at(1h));
  world_.advance(1h);
  world_.send(engine::PlaceBid{engine::lot_id(engine::InquiryId{2}, 1),
                               suppliers_[1].org,
                               suppliers_[1].person,
                               engine::Money::fen(800'000),
                               {{'k'}},
                               engine::Consent::NotGiven});
  world_.advance(2h);
  EXPECT_EQ(world_.post(buyer_, "/lots/2-1/choice", of(1)).code, "REASON_TOO_SHORT");
  EXPECT_EQ(world_.post(buyer_, "/lots/2-1/choice", of(1, "二次竞价仅一家有效报价")).code, "");
  EXPECT_EQ(world_.post(second_, "/lots/2-1/choice/approval", "{}").code, "");
  auto const lot = modules::inquiry::lot_row(engine::lot_id(engine::InquiryId{2}, 1), world_.tables());
  EXPECT_EQ(lot->state, LotState::Awarded);
  EXPECT_EQ(lot->chosen_because, "二次竞价仅一家有效报价");
}

TEST_F(Enter, an_auction_is_relaunched_once) {
  run();
  world_.advance(2h);
  post(buyer_, "relaunch", "{}");
  world_.post(buyer_, "/inquiries/2/publish", at(1h));
  world_.advance(1h);
  world_.advance(2h);
  EXPECT_EQ(world_.post(buyer_, "/inquiries/2/relaunch", "{}").code, "NOTHING_TO_RELAUNCH");
}

}  // namespace
