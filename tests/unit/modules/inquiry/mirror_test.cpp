// What the engine tells becomes rows; what it must not become, does not.
#include "modules/inquiry/mirror.h"

#include "modules/inquiry/rows.h"
#include "tests/unit/modules/inquiry/market.h"

namespace {

using namespace modules::inquiry;
using namespace std::chrono_literals;

class Mirrored : public market::Market {
 protected:
  std::size_t rows(std::string_view table) const {
    std::size_t count = 0;
    for (auto const& [row, value] : world_.tables().rows()) {
      if (row.first == table) ++count;
    }
    return count;
  }
  bool is_anywhere(engine::Money price) const {
    engine::ByteWriter bytes;
    bytes.put(price);
    for (auto const& [row, value] : world_.tables().rows()) {
      if (value.find(bytes.view()) != std::string::npos) return true;
    }
    return false;
  }
};

TEST_F(Mirrored, a_batch_of_bids_touches_no_table) {
  run();
  auto const commits = world_.tables().commits();
  three_bids();
  bid(0, 9'999);
  EXPECT_EQ(world_.tables().commits(), commits);
}

TEST_F(Mirrored, nor_does_a_bid_that_extends) {
  run();
  world_.advance(29min);
  auto const commits = world_.tables().commits();
  three_bids();
  EXPECT_EQ(world_.tables().commits(), commits);
}

TEST_F(Mirrored, a_sealed_price_is_in_no_row_before_the_close) {
  run(sealed);
  three_bids();
  EXPECT_FALSE(is_anywhere(engine::Money::fen(910'000)));
  world_.advance(1h);
  EXPECT_TRUE(is_anywhere(engine::Money::fen(910'000)));
}

TEST_F(Mirrored, standings_and_history_are_kept_at_the_close) {
  run();
  three_bids();
  bid(0, 8'000);
  world_.advance(2h);
  auto const result = *modules::get_row<ResultRow>(world_.tables(), table::results, modules::key(engine::LotId{257}));
  ASSERT_EQ(result.standings.size(), 3u);
  EXPECT_EQ(result.standings[0].bidder, suppliers_[0].org);
  EXPECT_EQ(result.standings[0].price, engine::Money::fen(800'000));
  EXPECT_EQ(rows(table::history), 1u);
  EXPECT_EQ(lot().asked, suppliers_[0].org);
}

TEST_F(Mirrored, a_long_history_is_kept_in_pieces) {
  publish();
  engine::LotClosed closed{engine::LotId{257}, engine::LotState::FailedFew, world_.now(), {}, {}};
  for (std::uint64_t seq = 1; seq <= 1'001; ++seq) {
    closed.history.push_back({engine::Seq{seq * 10}, world_.now(), suppliers_[0].org, engine::Money::fen(5), false});
  }
  mirror(closed, world_.tables());
  EXPECT_EQ(rows(table::history), 3u);
}

TEST_F(Mirrored, lots_of_nobody_are_left_alone) {
  auto const before = world_.tables().rows();
  mirror(engine::LotClosed{engine::LotId{999}, engine::LotState::FailedFew, world_.now(), {}, {}}, world_.tables());
  mirror(engine::LotStarted{engine::LotId{999}, world_.now()}, world_.tables());
  EXPECT_EQ(world_.tables().rows(), before);
}

TEST_F(Mirrored, a_refused_follow_up_is_noted) {
  run();
  mirror(engine::LotCommandRefused{engine::LotId{257}, {&engine::refusals::state_conflict}}, world_.tables());
  EXPECT_EQ(lot().refusal, engine::refusals::state_conflict.number);
  EXPECT_EQ(lot().state, engine::LotState::Running);
}

TEST_F(Mirrored, a_lot_that_was_never_opened_is_aborted) {
  publish();
  modules::put_row(world_.tables(), table::lots, modules::key(engine::LotId{257}), LotRow{});
  mirror(engine::LotCommandRefused{engine::LotId{257}, {&engine::refusals::bad_rules}}, world_.tables());
  EXPECT_EQ(lot().state, engine::LotState::Aborted);
  EXPECT_EQ(row().state, State::Aborted);
}

TEST_F(Mirrored, the_version_moves_with_what_is_shown) {
  run();
  auto const before = row().version;
  bid(0, 9'000);
  EXPECT_EQ(row().version, before);
  post(buyer_, "pause", R"({"reason":"x"})");
  EXPECT_GT(row().version, before);
}

TEST_F(Mirrored, practice_leaves_neither_result_nor_history) {
  run(R"("format":"reverse","ceiling":"10000.00","decrement":"50.00","practice":true)");
  three_bids();
  world_.advance(2h);
  EXPECT_EQ(lot().state, engine::LotState::PracticeEnded);
  EXPECT_EQ(row().state, State::Closed);
  EXPECT_EQ(rows(table::results), 0u);
  EXPECT_EQ(rows(table::history), 0u);
}

TEST_F(Mirrored, lots_in_series_open_one_after_the_other) {
  auto text = body(reverse, 2);
  text.insert(1, R"("closing":"serial",)");
  ASSERT_EQ(world_.post(buyer_, "/inquiries", text).code, "");
  ASSERT_EQ(post(buyer_, "publish", at(1h)).code, "");
  world_.advance(1h);
  EXPECT_EQ(lot(1).state, engine::LotState::Running);
  EXPECT_EQ(lot(2).state, engine::LotState::Scheduled);
  world_.advance(30min);
  EXPECT_EQ(lot(1).state, engine::LotState::FailedNoBid);
  EXPECT_EQ(lot(2).opens_at, lot(1).closed_at);
  EXPECT_EQ(row().state, State::Running);
}

TEST_F(Mirrored, staggered_lots_close_one_after_the_other) {
  auto text = body(reverse, 2);
  text.insert(1, R"("closing":"staggered","stagger_s":120,)");
  ASSERT_EQ(world_.post(buyer_, "/inquiries", text).code, "");
  ASSERT_EQ(post(buyer_, "publish", at(1h)).code, "");
  world_.advance(3h);
  EXPECT_EQ(lot(2).closed_at - lot(1).closed_at, 120s);
}

TEST_F(Mirrored, results_that_wait_for_another_lot_are_sealed_until_then) {
  auto const rules = std::string(reverse) + R"(,"release":"results_together")";
  auto text = body(rules, 2);
  text.insert(1, R"("closing":"staggered","stagger_s":120,)");
  ASSERT_EQ(world_.post(buyer_, "/inquiries", text).code, "");
  ASSERT_EQ(post(buyer_, "publish", at(1h)).code, "");
  world_.advance(1h);
  three_bids();
  world_.advance(31min);
  EXPECT_EQ(lot(1).state, engine::LotState::ResultPending);
  EXPECT_EQ(world_.read(&buyer_, "/lots/1-1/result").code, "SEALED");
  world_.advance(2min);
  EXPECT_EQ(lot(1).state, engine::LotState::Awarded);
  EXPECT_EQ(world_.read(&buyer_, "/lots/1-1/result").code, "");
}

TEST_F(Mirrored, bids_of_one_command_stay_in_one_piece_of_the_history) {
  publish();
  engine::LotClosed closed{engine::LotId{257}, engine::LotState::FailedFew, world_.now(), {}, {}};
  for (int i = 0; i < 1'001; ++i) {
    closed.history.push_back({engine::Seq{7}, world_.now(), suppliers_[0].org, engine::Money::fen(5), false});
  }
  mirror(closed, world_.tables());
  EXPECT_EQ(rows(table::history), 1u);
}

TEST_F(Mirrored, why_a_bid_was_voided_is_kept_where_nobody_did_it) {
  run();
  engine::BidCancelled const nobodys{engine::LotId{257}, suppliers_[0].org, engine::Seq{7}, {}, "why", {}, {}};
  mirror(nobodys, world_.tables());
  EXPECT_EQ(rows(table::voided), 1U);
  auto regulators = nobodys;
  regulators.bid = engine::Seq{8};
  regulators.by = city_.person;
  mirror(regulators, world_.tables());
  auto elsewhere = nobodys;
  elsewhere.lot = engine::LotId{999};
  mirror(elsewhere, world_.tables());
  EXPECT_EQ(rows(table::voided), 1U);
  auto const kept =
      modules::get_row<VoidedRow>(world_.tables(), table::voided, modules::key(engine::LotId{257}, engine::Seq{7}));
  EXPECT_EQ(kept.value().reason, "why");
}

TEST_F(Mirrored, signed_bids_touch_no_table) {
  run(std::string(reverse) + R"(,"signed_bids":true)");
  auto const commits = world_.tables().commits();
  EXPECT_EQ(signed_bid(0, 9'000).code, "");
  EXPECT_EQ(world_.tables().commits(), commits);
}

}  // namespace
