// Where a lot is between its opening and its end (the diagram is in lot.h; the states in words: rules.md §4.3, §4.4).
#pragma once

#include <cstdint>

namespace engine {

enum class LotState : std::uint8_t {
  Scheduled = 1,       // SCHEDULED
  Running = 2,         // RUNNING
  Extended = 3,        // EXTENDED: running, after at least one extension
  Paused = 4,          // PAUSED
  Selecting = 5,       // SELECTING: closed; the buyer chooses (sealed) or has few bidders approved
  Awarded = 6,         // AWARDED: the winner is asked to confirm
  WinnerDeclined = 7,  // WINNER_DECLINED: the buyer may ask the next; terminal when nobody is left
  OrderConfirmed = 8,  // ORDER_CONFIRMED, terminal
  FailedNoBid = 9,     // FAILED_NO_BID, terminal
  FailedFew = 10,      // FAILED_FEW, terminal
  Aborted = 11,        // ABORTED, terminal
  ResultPending = 12,  // RESULT_PENDING: the bidding is over; other lots of the inquiry are awaited (rules.h, Release)
  PracticeEnded = 13,  // PRACTICE_ENDED, terminal: closed, and nobody is awarded anything
  Verifying = 14,      // VERIFYING: the bidding is over; signatures of bids are still to be verified (rules.h)
};
constexpr bool is_live(LotState s) {
  return s == LotState::Running || s == LotState::Extended;
}

constexpr bool is_before_close(LotState s) {
  return is_live(s) || s == LotState::Scheduled || s == LotState::Paused || s == LotState::Verifying;
}

}  // namespace engine
