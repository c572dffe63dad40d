// One WebSocket client from upgrade to close: what it says is decoded, what it may hear is pushed.
//
// Thread: the session's strand; it keeps itself alive until it has ended.
#pragma once

#include "gateway/connections.h"
#include "gateway/lobby.h"

namespace gateway {

struct Upgrade;

// Both outlive the session.
void serve_session(Lobby& lobby, Connections& connections, Upgrade upgrade);

}  // namespace gateway
