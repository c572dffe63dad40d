// See peer.h. The frames are read here and not by the server's own reader.
#include "tests/conformance/peer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "tests/support/server_process.h"

namespace conformance {
namespace {

using support::Deadline;
using support::Wire;

constexpr unsigned final_bit = 0x80;

std::string shown(std::string_view bytes) {
  constexpr std::size_t most = 24;
  std::string text = fmt::format("{} octets", bytes.size());
  if (!bytes.empty()) text += ':';
  for (auto const byte : bytes.substr(0, most)) text += fmt::format(" {:02x}", static_cast<unsigned char>(byte));
  return bytes.size() > most ? text + " …" : text;
}

}  // namespace

Peer::Peer(std::uint16_t port, support::HttpHeaders const& more) : wire_(port) {
  std::string request =
      "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (auto const& [name, value] : more) request += name + ": " + value + "\r\n";
  wire_.send(request + "\r\n");
  Deadline const deadline{support::long_enough};
  while (!support::take_head(wire_.buffer(), upgrade_)) {
    if (wire_.receive(deadline) != Wire::Got::Bytes) throw support::Broken("no answer to the upgrade");
  }
  if (upgrade_.status != 101) throw support::Broken(fmt::format("the upgrade was answered {}", upgrade_.status));
}

std::string Peer::play(Steps const& steps) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    auto const why = std::visit([&](auto const& step) { return play(step); }, steps[i]);
    if (!why.empty()) return fmt::format("step {}: {}", i + 1, why);
  }
  return {};
}

// A peer that has closed already takes no more; what it said is judged by the steps that hear.
std::string Peer::play(Say const& say) {
  std::string_view left = say.bytes;
  while (!left.empty()) {
    auto const size = say.chop == 0 ? left.size() : std::min(say.chop, left.size());
    if (wire_.send(left.substr(0, size)) == Wire::Sent::WouldBlock) return "the server reads no more";
    left.remove_prefix(size);
  }
  return {};
}

std::string Peer::play(Hear const& expected) {
  auto const seen = next();
  bool const is_it = seen.what == Seen::What::Frame &&
                     seen.first == (final_bit | static_cast<unsigned>(expected.opcode)) &&
                     seen.payload == expected.payload;
  if (is_it) return {};
  return fmt::format("expected opcode {}, {}; {}", static_cast<unsigned>(expected.opcode), shown(expected.payload),
                     told(seen));
}

std::string Peer::play(HearGoodbye const& expected) {
  auto const seen = next();
  bool const is_goodbye = seen.what == Seen::What::Frame &&
                          seen.first == (final_bit | static_cast<unsigned>(Opcode::Close)) && seen.payload.size() >= 2;
  auto const octet = [&](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(seen.payload[at]));
  };
  if (!is_goodbye || (octet(0) << 8 | octet(1)) != expected.code) {
    return fmt::format("expected a goodbye with {}; {}", expected.code, told(seen));
  }
  auto const behind = next();
  return behind.what == Seen::What::End ? "" : "behind the goodbye: " + told(behind);
}

Peer::Seen Peer::next() {
  Deadline const deadline{support::long_enough};
  auto& buffer = wire_.buffer();
  auto const octet = [&](std::size_t at) { return static_cast<unsigned char>(buffer[at]); };
  auto const size_of_frame = [&]() -> std::pair<std::size_t, std::uint64_t> {  // head and payload; none: not known yet
    if (buffer.size() < 2) return {0, 0};
    std::size_t const more = octet(1) < 126 ? 0 : octet(1) == 126 ? 2 : 8;
    if (buffer.size() < 2 + more) return {0, 0};
    std::uint64_t size = more == 0 ? octet(1) : 0;
    for (std::size_t i = 0; i < more; ++i) size = size << 8 | octet(2 + i);
    return {2 + more, size};
  };
  while (true) {
    auto const [head, size] = size_of_frame();
    if (head != 0 && buffer.size() - head >= size) {
      Seen seen{Seen::What::Frame, octet(0), buffer.substr(head, size)};
      buffer.erase(0, head + size);
      return seen;
    }
    switch (wire_.receive(deadline)) {
      case Wire::Got::Bytes:
        break;
      case Wire::Got::End:
        return {Seen::What::End, 0, {}};
      case Wire::Got::Nothing:
        return {Seen::What::Silence, 0, {}};
    }
  }
}

std::string Peer::told(Seen const& seen) {
  switch (seen.what) {
    case Seen::What::Frame:
      return fmt::format("seen a frame {:02x}, {}", seen.first, shown(seen.payload));
    case Seen::What::End:
      return "the connection ended";
    case Seen::What::Silence:
      return "nothing came";
  }
  return {};
}

void play_all(Cases const& cases) {
  support::ServerProcess server{{{"server.echo", "\"on\""}}};
  server.start();
  for (auto const& one : cases) {
    auto const why = Peer{server.port()}.play(one.steps);
    if (!why.empty()) ADD_FAILURE() << "case " << one.id << ": " << why;
  }
  EXPECT_EQ(server.stop(), 0) << server.log();
}

}  // namespace conformance
