// Parsing by hand: the forms are three, and a resolver could be talked into leaving the machine.
#include "tools/client/address.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace ebb_client {
namespace {

// 127.0.0.0/8 in its full dotted form; anything shorter or cleverer is not needed and not believed.
bool is_loopback_v4(std::string_view host) {
  int parts = 0;
  while (!host.empty()) {
    unsigned value = 0;
    auto const [end, error] = std::from_chars(host.data(), host.data() + host.size(), value);
    if (error != std::errc{} || value > 255) return false;
    if (parts == 0 && value != 127) return false;
    ++parts;
    host.remove_prefix(static_cast<std::size_t>(end - host.data()));
    if (host.empty()) break;
    if (host.front() != '.' || parts == 4) return false;
    host.remove_prefix(1);
    if (host.empty()) return false;
  }
  return parts == 4;
}

}  // namespace

Address::Address(std::string host, std::uint16_t port) : host_(std::move(host)), port_(port) {}

engine::Result<Address> Address::parse(std::string_view text) {
  auto const colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return std::unexpected(engine::Failure{fmt::format("'{}': expected HOST:PORT", text)});
  auto host = text.substr(0, colon);
  auto const digits = text.substr(colon + 1);
  std::uint16_t port = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size() || port == 0)
    return std::unexpected(engine::Failure{fmt::format("'{}': expected a port of 1-65535", text)});
  if (host == "localhost") host = "127.0.0.1";
  if (host == "[::1]") return Address{"::1", port};
  if (!is_loopback_v4(host))
    return std::unexpected(engine::Failure{
        fmt::format("'{}': only this machine (127.0.0.0/8, [::1] or localhost) may be addressed", text)});
  return Address{std::string{host}, port};
}

std::string Address::text() const {
  return host_.contains(':') ? fmt::format("[{}]:{}", host_, port_) : fmt::format("{}:{}", host_, port_);
}

}  // namespace ebb_client
