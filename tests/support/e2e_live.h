// The WebSocket side, frame by frame (RFC 6455): sends what a client may and what it may not, and reads what comes.
//
// Pings are answered as a browser would, unless the test wants a client that is half gone.
// Thread: one. Failure: throws Broken where the upgrade fails or bytes are no frames; silence and closes are answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/support/e2e_http.h"

namespace support {

enum class Opcode : std::uint8_t { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };
enum class Final : std::uint8_t { No = 0, Yes = 1 };
enum class Masked : std::uint8_t { No = 0, Yes = 1 };
enum class Pongs : std::uint8_t { Sent, Withheld };

struct Frame {
  Opcode opcode = Opcode::Text;
  std::string payload;
};

class Live {
 public:
  // `authorization`: value of that header; empty: none.
  Live(std::uint16_t port, std::string_view authorization = {}, Tape tape = nullptr, HttpHeaders const& more = {},
       Pocket pocket = Pocket::Usual);

  Wire::Sent say(std::string_view text, Patience patience = long_enough) { return send(Opcode::Text, text, patience); }
  Wire::Sent send(Opcode opcode, std::string_view payload, Patience patience = long_enough);
  Wire::Sent send_frame(Opcode opcode, Final final, Masked masked, std::string_view payload);
  Wire::Sent send_bytes(std::string_view bytes) { return wire_.send(bytes); }

  // The next text message; nothing: the patience ended, or the connection did (then close_code() says how).
  std::optional<std::string> next(Patience patience = long_enough);
  // Reads until the server closes; whether it did.
  bool is_closed_within(Patience patience);

  bool is_over() const { return over_; }
  std::uint16_t close_code() const { return close_code_; }  // 0: no close frame was seen
  void withhold_pongs() { pongs_ = Pongs::Withheld; }
  std::uint32_t pings() const { return pings_; }
  Wire& wire() { return wire_; }
  HttpAnswer const& upgrade() const { return upgrade_; }

 private:
  std::optional<Frame> take_frame();
  std::optional<std::string> hear(Frame const& frame);

  Wire wire_;
  HttpAnswer upgrade_;
  std::string partial_;
  Pongs pongs_ = Pongs::Sent;
  std::uint32_t pings_ = 0;
  std::uint16_t close_code_ = 0;
  bool over_ = false;
};

// The answer to an upgrade that is expected to be refused.
HttpAnswer try_upgrade(std::uint16_t port, std::string_view target, HttpHeaders const& headers);

}  // namespace support
