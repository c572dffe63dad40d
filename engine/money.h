// Money: whole fen (1/100 yuan), and nothing else.
//
// Floating point does not convert, numbers do not convert, and the way back is named in_fen(). Text is made and read
// at the edge (gateway/wire), so that no rule ever sees a decimal point.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>

namespace engine {

class Money {
 public:
  constexpr Money() = default;
  static constexpr Money fen(std::int64_t amount) { return Money{amount}; }
  static Money fen(std::floating_point auto) = delete;

  constexpr std::int64_t in_fen() const { return fen_; }

  friend constexpr Money operator+(Money a, Money b) { return Money{a.fen_ + b.fen_}; }
  friend constexpr Money operator-(Money a, Money b) { return Money{a.fen_ - b.fen_}; }
  friend constexpr auto operator<=>(Money, Money) = default;

 private:
  constexpr explicit Money(std::int64_t amount) : fen_(amount) {}
  std::int64_t fen_ = 0;
};

// Hundredths of a per cent: 10 % is 1,000.
class BasisPoints {
 public:
  constexpr BasisPoints() = default;
  constexpr explicit BasisPoints(std::int32_t count) : count_(count) {}
  constexpr std::int32_t count() const { return count_; }
  static constexpr std::int32_t whole = 10'000;
  friend constexpr auto operator<=>(BasisPoints, BasisPoints) = default;

 private:
  std::int32_t count_ = 0;
};

}  // namespace engine
