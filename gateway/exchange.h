// A request and its answer as plain values: everything behind the sockets is written against these, so that the rules
// of the door are read and tested without a network library in sight.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/refusal.h"

namespace gateway {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method;  // "GET"
  std::string target;  // path and query as sent
  Headers headers;     // names in lower case
  std::string body;
  std::string address;                                    // of the peer
  std::string_view header(std::string_view name) const {  // empty: absent
    for (auto const& [key, value] : headers) {
      if (key == name) return value;
    }
    return {};
  }
};

struct HttpAnswer {
  int status = 200;
  std::string type;  // of the body; empty: no body
  std::string body;
  Headers headers;
  std::string_view lasting = {};  // sent in the place of `body`: bytes that outlive the server, so nobody copies them
  std::string_view bytes() const { return lasting.empty() ? std::string_view(body) : lasting; }
};

// Called once, from any thread.
using Reply = std::function<void(HttpAnswer)>;

// The refusal as application/problem+json, with the headers its status asks for.
HttpAnswer refuse(engine::Refusal const& refusal);
HttpAnswer refuse(engine::RefusalKind const& kind);

}  // namespace gateway
