// Moments of an auction file: "2026-01-05T02:00:00Z", or "+00:05:00" (also "-00:05:00.500") from the first opening.
//
// Thread: any. Failure: a problem at the member.
#pragma once

#include <optional>

#include "engine/time.h"
#include "tools/ebb/auction_members.h"

namespace ebb::auction {

std::optional<engine::Instant> read_moment(Members& members, std::string_view name, engine::Instant first_opening,
                                           Presence presence = Presence::Optional);
// Only as a date.
std::optional<engine::Instant> read_date(Members& members, std::string_view name);

}  // namespace ebb::auction
