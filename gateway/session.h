// One WebSocket client from upgrade to close: one coroutine reads, one writes the outbox, one pings, on one strand.
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
