// For development (server.echo): a WebSocket at /echo that gives back every message, by the link that live sessions
// use.
//
// So that suites of the WebSocket protocol can try the framing of the door. Messages may be far larger than a live
// one, because such suites send large ones.
//
// Thread: the connection's strand; it keeps itself alive until it has ended.
#pragma once

#include "gateway/connections.h"
#include "gateway/lobby.h"

namespace gateway {

struct Upgrade;

// Both outlive the connection.
void serve_echo(Lobby& lobby, Connections& connections, Upgrade upgrade);

}  // namespace gateway
