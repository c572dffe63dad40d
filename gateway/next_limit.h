// The highest price that a bidder could bid now: what the page offers as one tap.
//
// It says no more than the bidder may know. Where the limit follows from a lead that the rules do not show, there is
// none; where a bid equal to another's is refused, only the leader's counts, so that nobody finds out what others bid.
//
// Thread: the hub's strand; pure. Failure: none.
#pragma once

#include <optional>

#include "gateway/picture.h"

namespace gateway {

std::optional<engine::Money> next_limit(Picture const& picture, Bidder const& bidder);  // nothing: none

}  // namespace gateway
