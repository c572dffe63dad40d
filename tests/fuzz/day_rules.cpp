// Rules out of bytes: each byte chooses from what is worth trying of one parameter. Most choices are allowed, so that
// the lot opens; the engine's own judge() says which are not.
#include <algorithm>
#include <array>

#include "tests/fuzz/day.h"

namespace fuzz {
namespace {

using namespace engine;
using std::chrono::milliseconds;

constexpr std::array<std::int64_t, 8> money_choices{1'000'000, 100'000, 10'000,        1'000,
                                                    100,       7,       1'000'000'007, limits::money_fen_max};
constexpr std::array<std::int64_t, 8> span_choices{60'000, 300'000, 1'000, 10'000, 1, 0, 3'600'000, 172'800'000};
constexpr std::array<std::int32_t, 8> share_choices{1'000, 100, 5'000, 9'999, 10'000, 0, 1, 333};

class Choices {
 public:
  explicit Choices(ByteReader& bytes) : bytes_(bytes) {}

  std::uint8_t byte() { return bytes_.get<std::uint8_t>(); }
  bool flag() { return (byte() & 1) != 0; }
  // 0 is what a plain auction has.
  template <class E>
  E one_of(E first, std::uint8_t count) {
    return static_cast<E>(static_cast<std::uint8_t>(first) + byte() % count);
  }
  Money money() { return Money::fen(money_choices[byte() % money_choices.size()]); }
  Money share_of(Money whole) {
    auto const choice = byte();
    return Money::fen(whole.in_fen() / (1 + (choice & 0x3f)) * (choice >> 6) / 3);
  }
  Duration span() {
    auto const choice = byte();
    return milliseconds{span_choices[choice % span_choices.size()] * (1 + choice / 64)};
  }
  Duration span_or_none() {
    auto const choice = byte();
    if ((choice & 1) == 0) return {};
    return milliseconds{span_choices[(choice >> 1) % span_choices.size()]};
  }
  BasisPoints share() { return BasisPoints{share_choices[byte() % share_choices.size()]}; }

 private:
  ByteReader& bytes_;
};

void choose_steps(Choices& choose, LotRules& rules) {
  rules.decrement = std::max(Money::fen(1), Money::fen(rules.ceiling.in_fen() / (1 + choose.byte())));
  rules.step_basis = choose.one_of(StepBasis::Own, rules.format == Format::Rounds ? 1 : 2);
  rules.step_kind = choose.one_of(StepKind::Fixed, 4);
  rules.decrement_share = choose.share();
  auto const bands = choose.byte() % limits::step_bands;
  auto above = rules.ceiling;
  for (std::size_t i = 0; i <= bands; ++i) {
    above = i == bands ? Money{} : Money::fen(above.in_fen() * 2 / 3);
    rules.ladder[i] = {above, std::max(Money::fen(1), Money::fen(above.in_fen() / 50))};
    if (above == Money{}) break;
  }
  rules.front_buffer = choose.share_of(rules.decrement);
  rules.back_buffer = choose.share_of(rules.decrement);
  rules.leader_waits = choose.flag();
}

void choose_ending(Choices& choose, LotRules& rules) {
  rules.ending = choose.one_of(Ending::Window, 2);
  rules.trigger_window = choose.span();
  rules.extension = choose.span();
  rules.hard_cap = rules.duration + choose.span();
  rules.extend_from = choose.one_of(ExtendFrom::Bid, 2);
  rules.trigger_rank = choose.byte() % 4;
  rules.extensions_max = choose.byte() % 4;
  rules.extend_scope = choose.one_of(ExtendScope::Lot, 2);
  rules.rank_by = choose.one_of(RankBy::Price, 2);
  rules.ties = choose.one_of(Ties::Earliest, rules.format == Format::Reverse ? 5 : 3);
}

void choose_stages(Choices& choose, LotRules& rules) {
  rules.rounds = static_cast<std::uint8_t>(1 + choose.byte() % limits::rounds_a_lot);
  rules.eliminate = choose.byte() % 4;
  rules.first_pause = choose.span_or_none();
  rules.pause = choose.span_or_none();
  rules.turn = choose.span();
  auto const low = std::max(Money::fen(1), choose.share_of(rules.ceiling));
  auto const rises = rules.format == Format::Dutch;
  rules.first_level = rises ? low : rules.ceiling;
  rules.last_level = rises ? rules.ceiling : low;
  rules.level_step = std::max(Money::fen(1), Money::fen((rules.ceiling - low).in_fen() / (1 + choose.byte() % 32)));
  rules.sealed_for = choose.span_or_none();
  rules.best_bid_for = choose.span_or_none();
}

}  // namespace

LotRules rules_from(ByteReader& bytes) {
  Choices choose{bytes};
  LotRules rules;
  rules.format = choose.one_of(Format::Reverse, 5);
  rules.ceiling = choose.money();
  rules.duration = choose.span();
  choose_steps(choose, rules);
  choose_ending(choose, rules);
  choose_stages(choose, rules);
  rules.proxies = choose.flag() && rules.format == Format::Reverse;
  rules.surrogates = !choose.flag();
  rules.requotes = !choose.flag();
  rules.practice = choose.byte() % 8 == 7;
  rules.band_over = choose.share();
  rules.band_places = static_cast<std::uint8_t>(1 + choose.byte() % 4);
  rules.choose_for = choose.span();
  rules.min_bidders = static_cast<std::uint8_t>(1 + choose.byte() % 4);
  rules.min_bidders_approved = choose.byte() % 3;
  rules.slip_below = choose.share();
  rules.confirm_for = choose.span();
  rules.resume_floor = choose.span();
  rules.attempts_max = 1U + choose.byte() % 64U;
  rules.release = choose.one_of(Release::Each, 3);
  return rules;
}

Evaluation evaluation_from(std::uint8_t choice) {
  static constexpr std::array<std::int32_t, 4> coefficients{10'000, 10'523, 1'000, 100'000};
  static constexpr std::array<std::int64_t, 4> additions{0, -1'000, 5'000, 100};
  return {.deduction = BasisPoints{(choice & 3) == 0 ? 0 : share_choices[choice & 3]},
          .coefficient = BasisPoints{coefficients[(choice >> 2) & 3]},
          .addition = Money::fen(additions[(choice >> 4) & 3])};
}

}  // namespace fuzz
