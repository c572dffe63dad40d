// Where a server is, and the refusal to go anywhere but this machine.
//
// The client is made for measuring and testing: it carries passwords of load accounts over plain HTTP, and a load
// harness pointed at somebody else's server is an attack. So an address that is not loopback cannot be made.
//
// Failure: as engine::Result, with what was expected.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/ports.h"

namespace ebb_client {

class Address {
 public:
  // "127.0.0.1:8080", "localhost:8080", "[::1]:8080".
  static engine::Result<Address> parse(std::string_view text);

  std::string const& host() const { return host_; }  // always a number, never a name
  std::uint16_t port() const { return port_; }
  std::string text() const;  // as a Host header wants it

 private:
  Address(std::string host, std::uint16_t port);
  std::string host_;
  std::uint16_t port_;
};

}  // namespace ebb_client
