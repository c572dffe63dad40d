// Text of money, time and ids, both ways.
#include "modules/text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "engine/limits.h"

namespace {

using namespace modules;
using engine::Money;

TEST(MoneyText, writes_two_decimals) {
  EXPECT_EQ(money_text(Money::fen(9'800'000)), "98000.00");
  EXPECT_EQ(money_text(Money::fen(5)), "0.05");
  EXPECT_EQ(money_text(Money::fen(-150)), "-1.50");
  EXPECT_EQ(money_text(Money::fen(INT64_MIN)), "-92233720368547758.08");
}

TEST(MoneyText, reads_up_to_two_decimals) {
  EXPECT_EQ(read_money("98000.00"), Money::fen(9'800'000));
  EXPECT_EQ(read_money("98000.5"), Money::fen(9'800'050));
  EXPECT_EQ(read_money("98000"), Money::fen(9'800'000));
  EXPECT_EQ(read_money("0"), Money::fen(0));
  EXPECT_EQ(read_money("-1.00"), Money::fen(-100));
}

TEST(MoneyText, says_what_is_wrong) {
  for (auto const* text : {"", "-", ".5", "5.", "1e3", "+1", " 1", "1 ", "01", "1,000", "NaN", "1.-5", "٣", "--1"}) {
    EXPECT_EQ(read_money(text), std::unexpected(MoneyFault::NotAnAmount)) << text;
  }
  EXPECT_EQ(read_money("1.005"), std::unexpected(MoneyFault::TooPrecise));
  EXPECT_EQ(read_money("1.000"), std::unexpected(MoneyFault::TooPrecise));
  EXPECT_EQ(read_money("100000000000.00"), Money::fen(engine::limits::money_fen_max));
  EXPECT_EQ(read_money("100000000000.01"), std::unexpected(MoneyFault::OutOfRange));
  EXPECT_EQ(read_money("99999999999999999999999"), std::unexpected(MoneyFault::OutOfRange));
}

TEST(MoneyText, comes_back_as_it_went) {
  auto const seed = std::random_device{}();
  std::mt19937_64 draw(seed);
  for (int i = 0; i < 2'000; ++i) {
    auto const fen = static_cast<std::int64_t>(draw() % engine::limits::money_fen_max);
    EXPECT_EQ(read_money(money_text(Money::fen(fen))), Money::fen(fen)) << "seed " << seed;
  }
}

TEST(PercentText, is_hundredths_of_a_per_cent) {
  EXPECT_EQ(percent_text(engine::BasisPoints{1'000}), "10.00");
  EXPECT_EQ(read_percent("10"), engine::BasisPoints{1'000});
  EXPECT_EQ(read_percent("0.05"), engine::BasisPoints{5});
  EXPECT_EQ(read_percent("100.01"), std::nullopt);
  EXPECT_EQ(read_percent("-1"), std::nullopt);
  EXPECT_EQ(read_percent("10%"), std::nullopt);
}

TEST(InstantText, is_utc_with_milliseconds) {
  EXPECT_EQ(instant_text(engine::at_millis(0)), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(instant_text(engine::at_millis(1'795'339'800'007)), "2026-11-22T09:30:00.007Z");
}

TEST(InstantText, reads_offsets_and_fractions) {
  auto const at = engine::at_millis(1'795'339'800'000);
  EXPECT_EQ(read_instant("2026-11-22T09:30:00Z"), at);
  EXPECT_EQ(read_instant("2026-11-22T17:30:00+08:00"), at);
  EXPECT_EQ(read_instant("2026-11-22T09:30:00.25Z"), at + std::chrono::milliseconds{250});
  EXPECT_EQ(read_instant("2024-02-29T00:00:00Z"), read_instant("2024-02-28T16:00:00-08:00"));
}

TEST(InstantText, refuses_what_is_no_moment) {
  for (auto const* text :
       {"", "2026-11-22", "2026-11-22T09:30:00", "2026-11-22 09:30:00Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
        "2026-11-22T24:00:00Z", "2026-11-22T09:60:00Z", "2026-11-22T09:30:60Z", "2026-11-22T09:30:00.Z",
        "2026-11-22T09:30:00.1234Z", "2026-11-22T09:30:00+8:00", "2026-11-22T09:30:00Zx", "x026-11-22T09:30:00Z",
        "1969-12-31T23:59:59Z"}) {
    EXPECT_EQ(read_instant(text), std::nullopt) << text;
  }
}

TEST(IdText, numbers_and_lots) {
  EXPECT_EQ(lot_text(engine::lot_id(engine::InquiryId{12}, 3)), "12-3");
  EXPECT_EQ(read_lot("12-3"), engine::lot_id(engine::InquiryId{12}, 3));
  for (auto const* text : {"", "12", "12-", "-1", "12-0", "12-33", "012-1", "12-1-1", "99999999999999999-1"}) {
    EXPECT_EQ(read_lot(text), std::nullopt) << text;
  }
  EXPECT_EQ(read_number("0"), std::nullopt);
  EXPECT_EQ(read_number("-1"), std::nullopt);
  EXPECT_EQ(read_number("1234567890123456789"), std::nullopt);
  EXPECT_EQ(read_id<engine::PersonId>("7"), engine::PersonId{7});
}

TEST(FigureText, has_the_unit_of_the_wire) {
  using Unit = engine::Figure::Unit;
  EXPECT_EQ(figure_text({}), "");
  EXPECT_EQ(figure_text({Unit::Fen, 9'930'000}), "99300.00");
  EXPECT_EQ(figure_text({Unit::Moment, 0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(figure_text({Unit::Count, 3}), "3");
  EXPECT_EQ(figure_text({Unit::Span, 14'400'000}), "14400");
}

TEST(Characters, are_counted_as_people_count) {
  EXPECT_EQ(characters("退潮 Ebb"), 6u);
  EXPECT_EQ(characters("\xf0\x9f\x8c\x8a"), 1u);
  EXPECT_EQ(characters("\xff"), std::nullopt);
  EXPECT_EQ(characters("\xe9\x80"), std::nullopt);
}

TEST(StateText, names_every_state_once) {
  std::vector<std::string_view> seen;
  for (int state = 1; state <= 11; ++state) {
    auto const name = lot_state_text(static_cast<engine::LotState>(state));
    EXPECT_EQ(std::ranges::count(seen, name), 0) << name;
    seen.push_back(name);
  }
}

TEST(NameText, is_what_the_protocol_says) {
  EXPECT_EQ(role_text(Role::Administrator), "administrator");
  EXPECT_EQ(role_text(Role::Purchaser), "purchaser");
  EXPECT_EQ(role_text(Role::Supplier), "supplier");
  EXPECT_EQ(role_text(Role::Regulator), "regulator");
  EXPECT_EQ(format_text(engine::Format::Reverse), "reverse");
  EXPECT_EQ(format_text(engine::Format::Sealed), "sealed");
}

TEST(Text, a_coefficient_has_four_decimals) {
  EXPECT_EQ(coefficient_text(engine::BasisPoints{10'523}), "1.0523");
  EXPECT_EQ(coefficient_text(engine::BasisPoints{1'000}), "0.1000");
  EXPECT_EQ(read_coefficient("1.0523"), engine::BasisPoints{10'523});
  EXPECT_EQ(read_coefficient("1"), engine::BasisPoints{10'000});
  for (auto const* wrong : {"", ".5", "1.", "1.00001", "-1", "01", "100", "1,5", "1.0 "}) {
    EXPECT_FALSE(read_coefficient(wrong)) << wrong;
  }
}

}  // namespace
