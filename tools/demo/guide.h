// What the demo tells a newcomer to copy into a second terminal: watch, bid, start an auction of their own.
//
// Thread: any. Failure: none.
#pragma once

#include <string>

#include "tools/demo/office.h"

namespace demo {

std::string guide(Office const& office, std::string const& server);

}  // namespace demo
