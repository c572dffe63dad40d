// The names bidders go by while their own are hidden: "S1", "S2" … (rules.md §2.3).
//
// A bidder's alias is its place in the `admitted` list that opens the lot, and the inquiry draws that order from random
// bits of the publishing command (ModuleCommand::entropy). So an alias says nothing about who registered or bid first,
// differs from lot to lot, and cannot be worked out by somebody who knows who was admitted, the buyer included.
//
// Thread: any. Failure: none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/command.h"

namespace modules {

// The admitted in the order drawn for this lot: the same for the same entropy, whatever order they came in.
std::vector<engine::Admitted> drawn(engine::LotId lot, std::uint64_t entropy, std::vector<engine::Admitted> admitted);

// Of the bidder at that index of the drawn order: "S1" for 0.
std::string alias_text(std::size_t index);
// The place in the drawn order, from 1; nothing: no alias.
std::optional<std::uint16_t> read_alias(std::string_view text);

}  // namespace modules
