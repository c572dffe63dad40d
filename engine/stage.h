// A lot runs through stages, one after the other; each has an end, and time alone leads to the next (lot_stage.cpp).
//
//   reverse    Bidding [Quiet] ( Break Bidding [Quiet] )...            a round of elimination each
//   sealed     Bidding
//   rounds     Bidding, then for every round: Break, Turn...           hidden first quotes; worst first
//   dutch      Level...  [ Break SealedBids [ Break BestBid ] ]        ends with the taker, where nothing follows
//   japanese   Level...
//
// A lot's `ends_at` is the end of the stage under way. The first stage is told by LotStarted, the others by
// StageStarted; the lengths are those of the rules, and a Break of no length is left out.
#pragma once

#include <cstdint>

#include "engine/ids.h"
#include "engine/money.h"
#include "engine/time.h"

namespace engine {

enum class StageKind : std::uint8_t {
  Bidding = 1,     // everybody admitted may bid
  Quiet = 2,       // after the main time: the short clock that every bid restarts
  Break = 3,       // between stages: nobody may bid
  Turn = 4,        // one bidder may bid, hidden until the turn ends
  Level = 5,       // the price asked is `level`
  SealedBids = 6,  // dutch: all but the taker may beat the taker's price, hidden until the stage ends
  BestBid = 7,     // dutch: the taker may beat the best of them, hidden until the stage ends
};

struct Stage {
  StageKind kind = StageKind::Bidding;
  std::uint16_t round = 1;  // of elimination or of turns: the one under way, and in a Break the one to come
  std::uint16_t turn = 0;   // Turn: 1.. within the round; Level: 1..
  BidderId bidder{};        // Turn, BestBid: whose it is
  Money level{};            // Level: the price asked; SealedBids, BestBid: the price to beat
  friend bool operator==(Stage const&, Stage const&) = default;
};

// Who bid what stays hidden until such a stage ends.
constexpr bool is_hidden(StageKind kind) {
  return kind == StageKind::Turn || kind == StageKind::SealedBids || kind == StageKind::BestBid;
}

}  // namespace engine
