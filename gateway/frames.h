// What a client sends over a WebSocket, frame by frame, from the server's side (RFC 6455 §5).
//
// Bytes go in as they come, messages and control frames come out, each whole and unmasked. What is there whole is shown
// where it lies; what comes in pieces is gathered, and its UTF-8 is judged with every piece, so that a text that has
// gone wrong is not waited for. No extension is spoken: a reserved bit is a fault.
//
// Thread: one at a time. Failure: a close code; nothing may be asked of the reader behind it.
// Memory: one message, and nothing between two of them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/client.h"

namespace gateway {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

// Whether bytes that come in pieces can still become UTF-8.
class Utf8Pieces {
 public:
  bool take(std::string_view piece);  // false: never
  bool is_complete() const { return left_ == 0; }

 private:
  std::uint8_t left_ = 0;                   // bytes of the character under way
  unsigned char low_ = 0x80, high_ = 0xbf;  // what the next of them may be
};

class FrameReader {
 public:
  explicit FrameReader(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) {}

  struct NeedsMore {};
  // A message (Text, Binary) or a control frame (Close, Ping, Pong). The payload lasts until the next call, and as long
  // as the bytes that were handed in.
  struct Heard {
    Opcode opcode;
    std::string_view payload;
  };
  using Step = std::variant<NeedsMore, Heard, CloseCode>;
  // Takes from the front of `bytes`, which it unmasks in place, up to the end of what it heard or of the bytes.
  Step next(std::span<char>& bytes);

 private:
  bool take_head(std::span<char>& bytes);  // whether it is whole
  std::size_t head_size() const;
  bool is_fault_known(CloseCode& why) const;  // of the head
  void begin_payload();
  Step take_control(std::span<char> piece);
  Step take_data(std::span<char> piece);

  std::size_t const message_bytes_max_;
  // The frame under way.
  std::array<unsigned char, 14> head_{};
  std::size_t head_bytes_ = 0;
  bool is_in_payload_ = false;
  Opcode opcode_ = Opcode::Text;
  bool is_final_ = false;
  std::uint64_t left_ = 0;  // of its payload
  std::uint32_t mask_ = 0;  // as the next four bytes need it
  std::string control_;     // what came of a control frame
  // The message under way.
  bool is_open_ = false;  // a first fragment was seen, the last was not
  Opcode kind_ = Opcode::Text;
  std::string message_;
  Utf8Pieces text_;
  bool is_given_ = false;  // message_ or control_ was shown: forget it
};

// Codes of the framing itself: nothing a client has to act on.
inline constexpr CloseCode normal_end{1000}, broken_framing{1002};

// The code to answer a Close with, whose payload that is. One that is no CloseCode of ours is the client's own.
CloseCode answer_to_goodbye(std::string_view payload);

}  // namespace gateway
