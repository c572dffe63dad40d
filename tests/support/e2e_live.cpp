// See the header. The accept key is not verified beyond being there: the server's own tests compare it.
#include "tests/support/e2e_live.h"

namespace support {
namespace {

std::string upgrade_request(std::uint16_t port, std::string_view target, HttpHeaders const& headers) {
  std::string request = "GET " + std::string{target} + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ebb.v1.json\r\n";
  for (auto const& [name, value] : headers) request += name + ": " + value + "\r\n";
  return request + "\r\n";
}

HttpHeaders with_authorization(std::string_view authorization, HttpHeaders headers) {
  if (!authorization.empty()) headers.emplace_back("Authorization", std::string{authorization});
  return headers;
}

// A mask that shows: zero would hide a server that forgets to unmask.
constexpr char mask[4] = {0x12, 0x5a, 0x33, 0x0f};

}  // namespace

Live::Live(std::uint16_t port, std::string_view authorization, Tape tape, HttpHeaders const& more, Pocket pocket)
    : wire_(port, std::move(tape), pocket) {
  wire_.send(upgrade_request(port, "/api/v1/live", with_authorization(authorization, more)));
  Deadline const deadline{long_enough};
  while (!take_head(wire_.buffer(), upgrade_)) {
    if (wire_.receive(deadline) != Wire::Got::Bytes) throw Broken("live: no answer to the upgrade");
  }
  if (upgrade_.status != 101) {
    throw Broken("live: the upgrade was answered " + std::to_string(upgrade_.status) + " " + wire_.buffer());
  }
}

Wire::Sent Live::send(Opcode opcode, std::string_view payload, Patience patience) {
  std::string frame;
  frame.push_back(static_cast<char>(0x80 | static_cast<unsigned>(opcode)));
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(0x80 | payload.size()));
  } else if (payload.size() < 65'536) {
    frame.push_back(static_cast<char>(0x80 | 126));
    for (int shift = 8; shift >= 0; shift -= 8) frame.push_back(static_cast<char>((payload.size() >> shift) & 0xff));
  } else {
    frame.push_back(static_cast<char>(0x80 | 127));
    for (int shift = 56; shift >= 0; shift -= 8) frame.push_back(static_cast<char>((payload.size() >> shift) & 0xff));
  }
  frame.append(mask, 4);
  for (std::size_t i = 0; i < payload.size(); ++i) frame.push_back(static_cast<char>(payload[i] ^ mask[i % 4]));
  return wire_.send(frame, patience);
}

Wire::Sent Live::send_frame(Opcode opcode, Final final, Masked masked, std::string_view payload) {
  std::string frame;
  frame.push_back(static_cast<char>((final == Final::Yes ? 0x80 : 0) | static_cast<unsigned>(opcode)));
  frame.push_back(static_cast<char>((masked == Masked::Yes ? 0x80 : 0) | payload.size()));  // short ones only
  if (masked == Masked::Yes) frame.append(mask, 4);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame.push_back(masked == Masked::Yes ? static_cast<char>(payload[i] ^ mask[i % 4]) : payload[i]);
  }
  return wire_.send(frame);
}

std::optional<Frame> Live::take_frame() {
  auto& buffer = wire_.buffer();
  if (buffer.size() < 2) return std::nullopt;
  auto const at = [&](std::size_t place) { return static_cast<unsigned char>(buffer[place]); };
  if ((at(1) & 0x80) != 0) throw Broken("live: a server must not mask");
  std::size_t size = at(1) & 0x7f;
  std::size_t head = 2;
  if (size >= 126) {
    std::size_t const digits = size == 126 ? 2 : 8;
    if (buffer.size() < head + digits) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < digits; ++i) size = (size << 8) | at(head + i);
    head += digits;
  }
  if (buffer.size() < head + size) return std::nullopt;
  Frame frame{static_cast<Opcode>(at(0) & 0x0f), buffer.substr(head, size)};
  bool const is_whole = (at(0) & 0x80) != 0;
  buffer.erase(0, head + size);
  if (frame.opcode == Opcode::Text || frame.opcode == Opcode::Continuation) {
    partial_ += frame.payload;
    if (!is_whole) return Frame{Opcode::Continuation, {}};
    frame = {Opcode::Text, std::exchange(partial_, {})};
  }
  return frame;
}

std::optional<std::string> Live::hear(Frame const& frame) {
  switch (frame.opcode) {
    case Opcode::Text:
      return frame.payload;
    case Opcode::Ping:
      ++pings_;
      if (pongs_ == Pongs::Sent) send(Opcode::Pong, frame.payload);
      break;
    case Opcode::Close:
      over_ = true;
      if (frame.payload.size() >= 2) {
        close_code_ = static_cast<std::uint16_t>((static_cast<unsigned char>(frame.payload[0]) << 8) |
                                                 static_cast<unsigned char>(frame.payload[1]));
      }
      if (pongs_ == Pongs::Sent) send(Opcode::Close, frame.payload.substr(0, 2));
      break;
    case Opcode::Continuation:
    case Opcode::Pong:
      break;
    case Opcode::Binary:
      throw Broken("live: the server sent a binary frame");
  }
  return std::nullopt;
}

std::optional<std::string> Live::next(Patience patience) {
  Deadline const deadline{patience};
  while (!over_) {
    while (auto const frame = take_frame()) {
      if (auto text = hear(*frame)) return text;
      if (over_) return std::nullopt;
    }
    switch (wire_.receive(deadline)) {
      case Wire::Got::Bytes:
        break;
      case Wire::Got::End:
        over_ = true;
        return std::nullopt;
      case Wire::Got::Nothing:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

bool Live::is_closed_within(Patience patience) {
  Deadline const deadline{patience};
  while (!over_ && !deadline.is_over()) next(Patience{deadline.left_ms()});
  return over_;
}

HttpAnswer try_upgrade(std::uint16_t port, std::string_view target, HttpHeaders const& headers) {
  return Http{port}.send_raw(upgrade_request(port, target, headers));
}

}  // namespace support
