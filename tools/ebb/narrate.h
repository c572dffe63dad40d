// Commands and events as one line of text each, for a person who reads what happened.
//
// Money is in yuan, times are UTC. The price of a sealed quote is never told here: after the close it stands in the
// line of LotClosed, which carries it. Secrets of module commands are never told at all.
//
// Thread: any. Failure: none.
#pragma once

#include <string>

#include "engine/event.h"
#include "engine/ports.h"

namespace ebb {

std::string narrate(engine::Sequenced const& command);
std::string narrate(engine::Event const& event);

}  // namespace ebb
