// `ebb serve`: the life of a server, from the data directory to the last farewell.
#pragma once

#include "tools/ebb/config.h"

namespace ebb {

// The exit code: 0 after a staged shutdown, 1 when it could not start, 70 when it had to halt.
// stdout gets two stable lines: `ebb: listening on ADDRESS:PORT` and, at the first start only,
// `administrator one-time password: …` (login `admin`).
int serve(Config const& config);

}  // namespace ebb
