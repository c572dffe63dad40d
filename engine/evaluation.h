// The price as it is ranked: what a bid is worth to the buyer, exactly (rules.md §4.20; the contract price stays the
// bid).
//
//   evaluated = price x (1 - deduction) / coefficient + addition
//
// deduction    policy deductions of a supplier, in basis points, added up; each on the original price
// coefficient  how much better than plain the offer is by its non-price criteria; ranks price / coefficient. A bonus or
//              malus in per cent is a coefficient too: 10 % dearer in the ranking is 1 / 1.1
// addition     what the offer costs beside its price (life-cycle cost), or a bonus (negative) or malus in money
//
// All are fixed per bidder and lot when the lot opens. A quotient leaves a remainder, so the result is a mixed number,
// compared by cross-multiplication: no two prices are ever equal by rounding.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "engine/limits.h"
#include "engine/money.h"

namespace engine {

// Products of a price with two factors of a ten-thousand each: wider than 64 bits.
__extension__ typedef __int128 Wide;

// In ten-thousandths of a fen: whole + rest / over, 0 <= rest < over.
struct Evaluated {
  std::int64_t whole = 0;
  std::uint32_t rest = 0;
  std::uint32_t over = 1;

  bool is_whole() const { return rest == 0; }
  friend constexpr std::strong_ordering operator<=>(Evaluated const& a, Evaluated const& b) {
    if (a.whole != b.whole) return a.whole <=> b.whole;
    return std::uint64_t{a.rest} * b.over <=> std::uint64_t{b.rest} * a.over;
  }
  friend constexpr bool operator==(Evaluated const& a, Evaluated const& b) { return (a <=> b) == 0; }
};

struct Evaluation {
  BasisPoints deduction{};                      // 0 .. 9,999
  BasisPoints coefficient{BasisPoints::whole};  // 1,000 .. 100,000: a tenth to ten times
  Money addition{};                             // may be negative
  friend bool operator==(Evaluation const&, Evaluation const&) = default;

  static constexpr std::int32_t coefficient_min = 1'000;
  static constexpr std::int32_t coefficient_max = 100'000;

  constexpr bool is_plain() const {
    return deduction == BasisPoints{} && coefficient == BasisPoints{BasisPoints::whole} && addition == Money{};
  }

  // price >= 0.
  constexpr Evaluated of(Money price) const {
    auto const added = addition.in_fen() * BasisPoints::whole;
    auto const reduced = price.in_fen() * (BasisPoints::whole - deduction.count());
    if (coefficient.count() == BasisPoints::whole) return {reduced + added, 0, 1};
    auto const over = static_cast<std::uint32_t>(coefficient.count());
    Wide const dividend = Wide{reduced} * BasisPoints::whole;
    auto const whole = static_cast<std::int64_t>(dividend / over);
    return {whole + added, static_cast<std::uint32_t>(dividend % over), over};
  }

  // The highest price that is evaluated at no more than `limit`; nothing below zero.
  constexpr Money price_within(Evaluated const& limit) const {
    Wide const room = Wide{limit.whole} - Wide{addition.in_fen()} * BasisPoints::whole;
    if (room < 0) return Money{};
    Wide const most = (room * limit.over + limit.rest) * coefficient.count();
    Wide const each = Wide{limit.over} * (BasisPoints::whole - deduction.count()) * BasisPoints::whole;
    Wide const price = most / each;
    return Money::fen(price > limits::money_fen_max ? limits::money_fen_max : static_cast<std::int64_t>(price));
  }
};
static_assert(Wide{limits::money_fen_max} * BasisPoints::whole * BasisPoints::whole / Evaluation::coefficient_min +
                  Wide{limits::money_fen_max} * BasisPoints::whole <
              std::numeric_limits<std::int64_t>::max());

}  // namespace engine
