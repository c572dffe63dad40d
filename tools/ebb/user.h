// `ebb user`: administrators, while the server is stopped.
//
// Whoever may write the data directory may do this; it is how a house gets its keys back. The change goes through the
// log like every other: the directory is opened under its lock, recovered, and the module decides the command. As after
// every start, the outage since the last heartbeat is noted first.
//
// Thread:  one.
// Failure: the directory is in use or damaged, or the module refused.
#pragma once

#include <string>

#include "engine/ports.h"
#include "tools/ebb/cli.h"

namespace ebb {

// What is to be printed. A password that was made is in it, once.
engine::Result<std::string> user(UserCall const& call);

}  // namespace ebb
