// RFC 6455 §5.2, without what this client never needs: fragments and extensions.
#include "bench/peers/frames.h"

#include <array>
#include <cstring>

namespace bench::peers {
namespace {

constexpr unsigned char final_bit = 0x80, mask_bit = 0x80, reserved_bits = 0x70, opcode_bits = 0x0f;

}  // namespace

void append_frame(std::string& out, Opcode opcode, std::string_view payload, std::uint32_t mask) {
  out.push_back(static_cast<char>(final_bit | static_cast<unsigned char>(opcode)));
  auto const size = payload.size();
  if (size < 126) {
    out.push_back(static_cast<char>(mask_bit | size));
  } else {
    out.push_back(static_cast<char>(mask_bit | 126));
    out.push_back(static_cast<char>(size >> 8));
    out.push_back(static_cast<char>(size & 0xff));
  }
  std::array<char, 4> key;
  std::memcpy(key.data(), &mask, key.size());
  out.append(key.data(), key.size());
  auto const begin = out.size();
  out.append(payload);
  for (std::size_t i = 0; i < size; ++i) out[begin + i] = static_cast<char>(out[begin + i] ^ key[i & 3]);
}

FirstFrame first_frame(std::string_view in) {
  if (in.size() < 2) return {};
  auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(in[at]); };
  auto const is_whole = (byte(0) & final_bit) != 0 && (byte(0) & opcode_bits) != 0;
  if (!is_whole || (byte(0) & reserved_bits) != 0 || (byte(1) & mask_bit) != 0) return {{}, Framing::Broken};
  std::size_t head = 2;
  std::size_t size = byte(1);
  if (size >= 126) {
    auto const more = size == 126 ? 2U : 8U;
    if (in.size() < head + more) return {};
    size = 0;
    for (std::size_t i = 0; i < more; ++i) size = (size << 8) | byte(head + i);
    head += more;
  }
  if (size > (std::size_t{1} << 30)) return {{}, Framing::Broken};
  if (in.size() < head + size) return {};
  return {Frame{static_cast<std::uint8_t>(byte(0) & opcode_bits), in.substr(head, size), head + size}};
}

}  // namespace bench::peers
