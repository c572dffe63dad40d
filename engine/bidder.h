// What a lot keeps of each of its bidders, apart from their bids.
//
// Thread:  that of the lot.
// Memory:  values in the lot's arena, by slot; none of them owns anything.
#pragma once

#include <cstdint>

#include "engine/attempts.h"
#include "engine/ids.h"
#include "engine/money.h"

namespace engine {

struct Bidder {
  BidderId id;
  Money price;  // of the last valid bid. Stays the reference while disqualified
  AttemptPlace last = no_attempt;
  enum class Standing : std::uint8_t { Admitted, Disqualified } standing = Standing::Admitted;
  bool is_eliminated = false;
  std::uint16_t attempts = 0;  // under keys of their own

  bool has_bid() const { return last != no_attempt; }
  bool is_disqualified() const { return standing == Standing::Disqualified; }
};

// Bids down to the limit whenever another leads.
struct Proxy {
  Money limit;
  Money step;
  std::uint32_t order = 0;  // when it was set, among those of the lot; 0 = not active
  std::uint32_t times_set = 0;
  bool is_active() const { return order != 0; }
};

}  // namespace engine
