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
  mirror(engine::LotCommandRefused{engine::LotId{257}, {&engine::refusals::paused}}, world_.tables());
  EXPECT_EQ(lot().refusal, engine::refusals::paused.number);
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

}  // namespace
