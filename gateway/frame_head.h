// The head of a WebSocket frame as a server sends it: final, not masked, not compressed (RFC 6455 §5.2).
//
// Thread: a value. Failure: none. Memory: its own ten bytes.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "gateway/frames.h"

namespace gateway {

class FrameHead {
 public:
  static constexpr std::size_t bytes_max = 10;
  // For a payload of so many bytes. The view lives as long as the head, until the next call.
  std::string_view of(std::size_t message_bytes, Opcode opcode = Opcode::Text) {
    constexpr std::size_t in_two_bytes_from = 126;
    constexpr std::size_t in_eight_bytes_from = 65'536;
    bytes_[0] = static_cast<char>(0x80 | static_cast<unsigned>(opcode));
    if (message_bytes < in_two_bytes_from) {
      bytes_[1] = static_cast<char>(message_bytes);
      return {bytes_.data(), 2};
    }
    std::size_t const more = message_bytes < in_eight_bytes_from ? 2 : 8;
    bytes_[1] = static_cast<char>(more == 2 ? 126 : 127);
    for (std::size_t i = 0; i < more; ++i) bytes_[1 + more - i] = static_cast<char>(message_bytes >> (8 * i));
    return {bytes_.data(), 2 + more};
  }

 private:
  std::array<char, bytes_max> bytes_{};
};

}  // namespace gateway
