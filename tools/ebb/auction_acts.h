// The acts of an auction file: one table of verbs, each with the members it asks for and the command it makes.
//
// Thread: any. Failure: every problem at its member; an act that could not be read is left out.
#pragma once

#include <string_view>
#include <vector>

#include "tools/ebb/auction_file.h"
#include "tools/ebb/auction_members.h"

namespace ebb::auction {

// "bid", "surrogate_bid", … in the order of the table.
std::vector<std::string_view> act_verbs();

// Reads `acts` of the file into `file`, whose lots and bidders are known; persons are added as they appear.
void read_acts(Members& whole, engine::Instant first_opening, File& file);

}  // namespace ebb::auction
