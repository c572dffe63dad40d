// The module whole: who may see what, a crash in the middle, and replay over no tables.
#include "modules/inquiry/inquiry_module.h"

#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace std::chrono_literals;
using Side = modules::Sight::Side;

class Inquiry : public market::Market {
 protected:
  Side side(modules::Actor const& who) { return inquiry_.side(engine::InquiryId{1}, &who, world_.tables()); }

  // A day with a bit of everything.
  void live_through() {
    publish(reverse, 3);
    world_.advance(1h);
    three_bids();
    post(buyer_, "pause", R"({"reason":"核对","lots":[2]})");
    to_lot(buyer_, "disqualify", of(1, "资格不符"));
    to_lot(buyer_, "reinstate", of(1, "复核通过"));
    bid(1, 8'000, 3);
    world_.use_key("once");
    post(buyer_, "resume", R"({"reason":"已核对"})");
    post(stranger_, "abort", R"({"reason":"x"})");
    world_.advance(3h);
    to_lot(suppliers_[0], "award-answer", R"({"answer":"decline"})");
    to_lot(buyer_, "ask-next");
    post(buyer_, "relaunch", "{}");
    world_.advance(80h);
  }
};

TEST_F(Inquiry, sides_are_drawn_by_role_organisation_and_division) {
  publish();
  EXPECT_EQ(side(buyer_), Side::Supervision);
  EXPECT_EQ(side(second_), Side::Supervision);
  EXPECT_EQ(side(city_), Side::Supervision);
  EXPECT_EQ(side(elsewhere_), Side::Public);
  EXPECT_EQ(side(stranger_), Side::Public);
  EXPECT_EQ(side(administrator_), Side::Public);
  EXPECT_EQ(side(suppliers_[0]), Side::Bidder);
  EXPECT_EQ(side(outsider_), Side::Public);
  EXPECT_EQ(inquiry_.side(engine::InquiryId{1}, nullptr, world_.tables()), Side::Public);
  EXPECT_EQ(inquiry_.side(engine::InquiryId{9}, &buyer_, world_.tables()), Side::Public);
}

TEST_F(Inquiry, a_draft_has_no_lots_to_watch) {
  world_.post(buyer_, "/inquiries", body(reverse, 2));
  EXPECT_TRUE(inquiry_.lots(engine::InquiryId{1}, world_.tables()).empty());
  post(buyer_, "publish", at(1h));
  EXPECT_EQ(inquiry_.lots(engine::InquiryId{1}, world_.tables()),
            (std::vector{engine::LotId{257}, engine::LotId{258}}));
  EXPECT_TRUE(inquiry_.lots(engine::InquiryId{9}, world_.tables()).empty());
}

TEST_F(Inquiry, lots_have_titles) {
  publish(reverse, 2);
  EXPECT_EQ(inquiry_.title(engine::LotId{258}, world_.tables()), "打印机2");
  EXPECT_EQ(inquiry_.title(engine::LotId{259}, world_.tables()), "");
}

TEST_F(Inquiry, a_refusal_of_accounts_can_be_told_again) {
  world_.send(accounts_.close_session(buyer_));
  for (int i = 0; i < 2; ++i) {
    world_.use_key("k");
    EXPECT_EQ(world_.post(buyer_, "/inquiries", body()).code, "SESSION_ENDED");
  }
}

TEST_F(Inquiry, replay_over_no_tables_gives_the_same_rows) {
  live_through();
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

TEST_F(Inquiry, a_restart_changes_no_row) {
  live_through();
  auto const before = world_.tables().rows();
  world_.restart();
  EXPECT_EQ(world_.tables().rows(), before);
}

TEST_F(Inquiry, a_crash_between_publishing_and_opening_opens_the_lots_all_the_same) {
  world_.post(buyer_, "/inquiries", body(reverse, 2));
  world_.fail_commit(2);
  EXPECT_EQ(post(buyer_, "publish", at(1h)).code, "HALTED");
  EXPECT_EQ(world_.house().pending().size(), 2u);
  world_.restart();
  EXPECT_TRUE(world_.house().pending().empty());
  EXPECT_EQ(lot(2).opens_at, world_.now() + 1h);
  world_.advance(1h);
  EXPECT_EQ(bid(0, 9'000, 2).code, "");
  EXPECT_EQ(world_.rebuilt(), world_.tables().rows());
}

TEST_F(Inquiry, a_bid_is_shown_with_its_name_from_the_close_on_to_those_who_see_names) {
  run();
  three_bids();
  engine::LotId const lot{257};
  auto const is_shown = [&](modules::Actor const& who, engine::BidderId bidder, engine::Seq seq) {
    return inquiry_.shows_bid(lot, bidder, seq, who, world_.tables());
  };
  for (std::uint64_t seq = 1; seq < 200; ++seq) EXPECT_FALSE(is_shown(buyer_, suppliers_[0].org, engine::Seq{seq}));
  world_.advance(2h);
  auto const history = world_.read(&buyer_, "/lots/1-1/history").body;
  ASSERT_EQ(history.find("items")->as_array()->size(), 3U);
  for (auto const& entry : *history.find("items")->as_array()) {
    auto const seq = *modules::read_id<engine::Seq>(*entry.find("seq")->as_text());
    auto const bidder = *modules::read_id<engine::BidderId>(*entry.find("bidder")->as_text());
    for (auto const* who : {&buyer_, &second_, &city_}) EXPECT_TRUE(is_shown(*who, bidder, seq));
    for (auto const* who : {&stranger_, &elsewhere_, &suppliers_[1], &outsider_, &administrator_}) {
      EXPECT_FALSE(is_shown(*who, bidder, seq));
    }
    EXPECT_FALSE(is_shown(buyer_, outsider_.org, seq)) << "of another bidder";
    EXPECT_FALSE(is_shown(buyer_, bidder, engine::Seq{seq.number() + 1'000})) << "another seq";
  }
}

}  // namespace
