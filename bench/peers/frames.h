// The client's half of WebSocket framing, as small as the protocol allows: whole text messages out, whole messages in.
//
// Thread: any; nothing is kept. Failure: what a server must not send is no frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bench::peers {

enum class Opcode : std::uint8_t { Text = 1, Close = 8, Ping = 9, Pong = 10 };

// Appended to `out`, masked with `mask` as every client must.
void append_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask);

struct Frame {
  std::uint8_t opcode;
  std::string_view payload;  // into what was given
  std::size_t bytes;         // of the whole frame
};
enum class Framing : std::uint8_t { Incomplete, Broken };
// The first frame of what was read. Broken: masked, in pieces, or with bits that nobody agreed on.
struct FirstFrame {
  std::optional<Frame> frame;
  Framing why = Framing::Incomplete;
};
FirstFrame first_frame(std::string_view in);

}  // namespace bench::peers
