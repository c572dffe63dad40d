// Requests and answers of HTTP/1.1 over a Wire: small, blocking, and willing to send nonsense.
//
// Written apart from the server's library on purpose: a client made of the same code would share its misunderstandings.
// Thread: one. Failure: throws Broken where no whole answer came in time.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/e2e_wire.h"

namespace support {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpAnswer {
  int status = 0;
  HttpHeaders headers;
  std::string body;

  std::string header(std::string_view name) const;  // empty: absent
  std::size_t count(std::string_view name) const;
  boost::json::value json() const;  // throws Broken where the body is none
  std::string code() const;         // of a problem document; empty: none
};

class Http {
 public:
  explicit Http(std::uint16_t port, Tape tape = nullptr) : port_(port), tape_(std::move(tape)) {}

  HttpAnswer send(std::string_view method, std::string_view target, HttpHeaders const& headers = {},
                  std::string_view body = {});
  // Bytes as they are, on a connection of their own; reads one answer.
  HttpAnswer send_raw(std::string_view bytes, Patience patience = long_enough);

 private:
  std::uint16_t port_;
  Tape tape_;
  std::unique_ptr<Wire> wire_;
};

// One answer's head, once it is whole in `buffer`; used by the upgrade to WebSocket too.
bool take_head(std::string& buffer, HttpAnswer& answer);

}  // namespace support
