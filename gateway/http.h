// One HTTP connection: strict requests in, answers out, until it closes or becomes a WebSocket.
//
// Thread: the connection's strand; it keeps itself alive until it has ended.
#pragma once

#include "gateway/api.h"
#include "gateway/connections.h"
#include "gateway/lobby.h"
#include "gateway/net.h"

namespace gateway {

// All three outlive the connection.
void serve_http(Lobby& lobby, Api& api, Connections& connections, net::Socket socket);

}  // namespace gateway
