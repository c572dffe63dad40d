// What passes from an HTTP connection to a WebSocket session: the socket and the request that asked for it.
//
// Moved, so that ownership is seen in the call. Included by who speaks Beast, and by who serves it.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <optional>

#include "gateway/api.h"
#include "gateway/net.h"

namespace gateway {

struct Upgrade {
  net::Socket socket;
  boost::beast::http::request<boost::beast::http::string_body> request;
  std::optional<Identity> identity;  // nothing: a watcher
};

}  // namespace gateway
