// One HTTP POST, blocking and with a limit: how a signed head is told to another machine.
//
// Plain HTTP/1.1, a connection for each, because heads are few and whoever takes them may come and go.
//
// Thread:  any.
// Failure: no such host, no connection, no answer in time, or an answer other than 2xx.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports.h"

namespace ebb {

struct Url {
  std::string host;
  std::string port;
  std::string path;
  friend bool operator==(Url const&, Url const&) = default;
};
// "http://host[:port][/path]"; an IPv6 host stands in brackets. Nothing: another scheme, or no such thing.
std::optional<Url> parse_url(std::string_view text);

engine::Result<void> post_json(Url const& url, std::string_view body, std::chrono::milliseconds patience);

}  // namespace ebb
