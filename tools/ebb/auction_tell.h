// An event of the engine as the members of a JSON object, with the names of the file.
//
// Thread: any. Failure: none; a new kind of event is a compile error here until it has its words.
#pragma once

#include "engine/event.h"
#include "modules/json.h"
#include "tools/ebb/auction_file.h"

namespace ebb::auction {

// Adds `event` (its kind, such as "bid_accepted") and what it carries.
void tell(File const& file, engine::Event const& event, modules::Json& out);

modules::Json standing_json(File const& file, engine::Standing const& standing);
modules::Json history_json(File const& file, engine::HistoryEntry const& entry);
// Figures too, where there are any.
void tell(engine::Refusal const& refusal, modules::Json& out);

}  // namespace ebb::auction
