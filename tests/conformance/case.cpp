// Frames and the ends of cases. See case.h.
#include "tests/conformance/case.h"

#include <algorithm>
#include <array>
#include <utility>

namespace conformance {
namespace {

// A mask that shows: zero would hide a server that forgets to unmask.
constexpr std::array<char, 4> mask{0x3a, 0x51, 0x07, 0x66};

std::string two_octets(unsigned number) {
  return {static_cast<char>(number >> 8), static_cast<char>(number & 0xff)};
}

}  // namespace

std::string frame(unsigned opcode, std::string_view payload, Final final, unsigned reserved) {
  constexpr std::size_t short_most = 125, two_octets_most = 0xffff;
  std::string out(1, static_cast<char>((final == Final::Yes ? 0x80U : 0U) | reserved << 4 | opcode));
  if (payload.size() <= short_most) {
    out += static_cast<char>(0x80 | payload.size());
  } else {
    int const octets = payload.size() <= two_octets_most ? 2 : 8;
    out += static_cast<char>(0x80 | (octets == 2 ? 126 : 127));
    for (int at = octets - 1; at >= 0; --at) out += static_cast<char>(payload.size() >> (8 * at) & 0xff);
  }
  out.append(mask.data(), mask.size());
  auto const begin = out.size();
  out += payload;
  for (std::size_t i = 0; i < payload.size(); ++i) out[begin + i] = static_cast<char>(payload[i] ^ mask[i % 4]);
  return out;
}

std::string frame(Opcode opcode, std::string_view payload, Final final, unsigned reserved) {
  return frame(static_cast<unsigned>(opcode), payload, final, reserved);
}

std::string goodbye(unsigned code, std::string_view reason) {
  return frame(Opcode::Close, two_octets(code) + std::string{reason});
}

std::string in_fragments(Opcode opcode, std::string_view payload, std::size_t bytes_each) {
  std::string out;
  do {
    auto const piece = payload.substr(0, std::min(bytes_each, payload.size()));
    payload.remove_prefix(piece.size());
    out += frame(out.empty() ? opcode : Opcode::Continuation, piece, payload.empty() ? Final::Yes : Final::No);
  } while (!payload.empty());
  return out;
}

Case clean(std::string id, Steps steps) {
  steps.emplace_back(Say{goodbye(normal)});
  steps.emplace_back(HearGoodbye{normal});
  return {std::move(id), std::move(steps)};
}

Case failed(std::string id, Steps steps, std::uint16_t code) {
  steps.emplace_back(HearGoodbye{code});
  return {std::move(id), std::move(steps)};
}

Case echoed(std::string id, Opcode opcode, std::string const& payload, std::size_t chop) {
  return clean(std::move(id), {Say{frame(opcode, payload), chop}, Hear{opcode, payload}});
}

}  // namespace conformance
