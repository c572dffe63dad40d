// A case of conformance: what a client sends over a WebSocket, octet by octet, and what must come back.
//
// A case is data. Its verdict is strict: every frame that comes must be the next one that is expected, a fault closes
// with the code the standard names, and behind the last step the connection has to end. The ids are those under which
// the Autobahn testsuite published its cases, so that reports can be laid side by side.
//
// Thread: values. Failure: none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace conformance {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

struct Say {
  std::string bytes;
  std::size_t chop = 0;  // octets a write; 0: all in one
};
struct Hear {
  Opcode opcode;
  std::string payload;
};
// The goodbye is the next frame, and then the connection ends.
struct HearGoodbye {
  std::uint16_t code;
};
using Step = std::variant<Say, Hear, HearGoodbye>;

struct Case {
  std::string id;
  std::vector<Step> steps;
};
using Cases = std::vector<Case>;
using Steps = std::vector<Step>;

constexpr std::uint16_t normal = 1000, protocol_error = 1002, not_utf8 = 1007;

enum class Final : std::uint8_t { No, Yes };
// A masked frame. `opcode` and `reserved` may be what no client may send.
std::string frame(unsigned opcode, std::string_view payload, Final final = Final::Yes, unsigned reserved = 0);
std::string frame(Opcode opcode, std::string_view payload, Final final = Final::Yes, unsigned reserved = 0);
std::string goodbye(unsigned code, std::string_view reason = {});

// The message in frames of that many octets of payload each.
std::string in_fragments(Opcode opcode, std::string_view payload, std::size_t bytes_each);

// `steps`, and behind them a clean end that the client asks for.
Case clean(std::string id, Steps steps);
// `steps`, behind which the server must fail the connection with that code.
Case failed(std::string id, Steps steps, std::uint16_t code = protocol_error);
// One message that is given back.
Case echoed(std::string id, Opcode opcode, std::string const& payload, std::size_t chop = 0);

}  // namespace conformance
