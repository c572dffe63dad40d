// The rules of one lot, fixed when it opens and kept until it ends (rules.md §4.3, §4.4).
//
// A format is data: both formats run in one state machine (lot.h) that reads this. A change of behaviour is a new
// `version`, never a different meaning of an old one.
#pragma once

#include <cstdint>
#include <optional>

#include "engine/limits.h"
#include "engine/money.h"
#include "engine/refusal.h"
#include "engine/time.h"

namespace engine {

enum class Format : std::uint8_t {
  Reverse = 1,  // 反向竞价: open, descending; the lowest wins, the buyer has no choice
  Sealed = 2,   // 在线询价: sealed quotes, replaceable until close; the buyer may choose inside the low band
};

enum class StepBasis : std::uint8_t {
  Own = 1,   // a bid undercuts the bidder's own last bid
  Best = 2,  // a bid undercuts the best bid of all
};

struct LotRules {
  std::uint16_t version = 1;
  Format format = Format::Reverse;
  Money ceiling{};                               // raw bids are <= ceiling
  Duration duration = std::chrono::minutes{30};  // main time; for sealed the quoting window

  // Reverse only.
  Money decrement{};  // fixed for the auction; >= 0.01
  StepBasis step_basis = StepBasis::Own;
  Duration trigger_window = std::chrono::minutes{5};  // 0 = hard close
  Duration extension = std::chrono::minutes{5};
  Duration hard_cap = std::chrono::minutes{60};  // from start, extensions included; >= duration

  // Sealed only.
  BasisPoints band_over{1'000};                  // qk <= q1 x (1 + band_over)
  std::uint8_t band_places = 3;                  // k <= band_places
  Duration choose_for = std::chrono::hours{48};  // buyer silent that long: the first is awarded

  std::uint8_t min_bidders = 3;  // distinct bidders with a valid bid at close
  // On a relaunch fewer may do, with an approver and a reason (rules.md §4.4, §12a gaps 12); 0 = never.
  std::uint8_t min_bidders_approved = 0;
  // A price below this share of the best bid (reverse) or of the ceiling (sealed, where the best is secret) asks for
  // an explicit confirmation before it is accepted.
  BasisPoints slip_below{5'000};
  Duration confirm_for = std::chrono::hours{72};    // the winner's time to answer
  Duration resume_floor = std::chrono::minutes{5};  // after a pause at least this remains (rules.md §12a gaps 4)
  std::uint32_t attempts_max = limits::attempts_a_bidder_default;

  friend bool operator==(LotRules const&, LotRules const&) = default;
};

// The first thing wrong with the rules themselves, or none. The limits here are what the state machine needs; what the
// procurement rules ask for beyond that is the inquiry module's business.
std::optional<Refusal> judge(LotRules const&);

}  // namespace engine
