// Who may get the lot once the bidding is over: the standings of the close, and who of them is left to ask.
//
// Ranks, mean and the lowest quote are taken once, at the final close, on evaluated prices (rules.md §12a gaps 9):
// ranks exactly, mean and band on whole ten-thousandths of a fen, rounded down. A bidder who declines or stays silent
// is dropped: ranks move up, mean and original lowest quote stay (gaps 11), and the new first may always be chosen.
//
// Thread: owned by the engine thread. Nothing here happens while bids are placed, so it may allocate.
#pragma once

#include <span>
#include <vector>

#include "engine/event.h"

namespace engine {

// What the buyer may choose.
enum class Choice : std::uint8_t {
  None = 0,       // reverse: the winner is automatic
  Band = 1,       // sealed: whoever is in the low band
  FirstOnly = 2,  // fewer bidders than usual: the first, with an approver and a reason, or nobody
};

class Award {
 public:
  Award() = default;
  // `counted`: one counted bid per bidder, equal ones in order of arrival; ranks are given here.
  Award(std::vector<Standing> counted, LotRules const& rules, Choice choice);

  Choice choice() const { return choice_; }
  bool has_anyone() const { return !left_.empty(); }
  std::span<Standing const> at_close() const { return at_close_; }
  std::span<Standing const> left() const { return left_; }  // by rank as it is now
  Standing const& first() const;                            // of those left
  Standing const* find(BidderId bidder) const;              // among those left
  std::vector<BidderId> selectable() const;                 // among those left, by rank
  // The highest raw price at which a bidder so evaluated would have been in the band.
  Money band_limit(Evaluation const& evaluation) const;

  // The bidder is asked no more.
  void drop(BidderId bidder);

 private:
  bool is_selectable(Standing const& standing) const;
  void renumber();

  Choice choice_ = Choice::None;
  std::uint8_t band_places_ = 0;
  Wide band_share_ = 0;  // qk * 10,000 <= q1 * this
  Wide lowest_ = 0;      // q1 of the close
  Wide sum_ = 0;         // of the close
  Wide count_ = 0;
  std::vector<Standing> at_close_;
  std::vector<Standing> left_;
};

}  // namespace engine
