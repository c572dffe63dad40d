// The names bidders go by while their own are hidden: "S1", "S2" … (rules.md §2.3).
//
// The order is drawn from (lot, bidder), so that an alias says nothing about who registered or bid first, differs from
// lot to lot, and is the same for everybody who works it out: the gateway for live pictures, the inquiry for results.
//
// Thread: any. Failure: none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/command.h"

namespace modules {

// The number of each admitted bidder, in their order: a permutation of 1, 2, …
std::vector<std::uint16_t> aliases(engine::LotId lot, std::span<engine::Admitted const> admitted);

std::string alias_text(std::uint16_t number);  // "S3"

}  // namespace modules
