// Heads, masks, pieces. See frames.h.
#include "gateway/frames.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "engine/check.h"

namespace gateway {
namespace {

constexpr unsigned final_bit = 0x80, reserved_bits = 0x70, opcode_bits = 0x0f, masked_bit = 0x80, length_bits = 0x7f;
constexpr std::size_t in_two_bytes = 126, in_eight_bytes = 127;
constexpr std::uint64_t control_bytes_max = 125;

static_assert(std::endian::native == std::endian::little, "a mask is turned as a number");

void unmask(std::span<char> bytes, std::uint32_t& mask) {
  auto const wide = std::uint64_t{mask} << 32 | mask;
  std::size_t at = 0;
  for (; at + sizeof wide <= bytes.size(); at += sizeof wide) {
    std::uint64_t eight;
    std::memcpy(&eight, bytes.data() + at, sizeof eight);
    eight ^= wide;
    std::memcpy(bytes.data() + at, &eight, sizeof eight);
  }
  for (; at < bytes.size(); ++at) {
    bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(mask & 0xff));
    mask = std::rotr(mask, 8);
  }
}

bool is_control(Opcode opcode) {
  return static_cast<unsigned>(opcode) >= static_cast<unsigned>(Opcode::Close);
}

bool is_known(unsigned opcode) {
  return opcode <= static_cast<unsigned>(Opcode::Binary) ||
         (opcode >= static_cast<unsigned>(Opcode::Close) && opcode <= static_cast<unsigned>(Opcode::Pong));
}

std::uint64_t length_of(std::span<unsigned char const> bytes) {
  std::uint64_t length = 0;
  for (auto const byte : bytes) length = length << 8 | byte;
  return length;
}

std::string_view text_of(std::span<char const> bytes) {
  return {bytes.data(), bytes.size()};
}

}  // namespace

bool Utf8Pieces::take(std::string_view piece) {
  for (auto const c : piece) {
    auto const byte = static_cast<unsigned char>(c);
    if (left_ > 0) {
      if (byte < low_ || byte > high_) return false;
      low_ = 0x80, high_ = 0xbf;
      --left_;
    } else if (byte >= 0x80) {
      if (byte < 0xc2 || byte > 0xf4) return false;
      left_ = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
      // Too long, a surrogate, above the last character.
      if (byte == 0xe0) low_ = 0xa0;
      if (byte == 0xed) high_ = 0x9f;
      if (byte == 0xf0) low_ = 0x90;
      if (byte == 0xf4) high_ = 0x8f;
    }
  }
  return true;
}

FrameReader::Step FrameReader::next(std::span<char>& bytes) {
  if (is_given_) {
    is_given_ = false;
    (is_control(opcode_) ? control_ : message_).clear();
  }
  while (true) {
    if (!is_in_payload_) {
      auto const is_whole = take_head(bytes);
      CloseCode why{};
      if (is_fault_known(why)) return why;
      if (!is_whole) return NeedsMore{};
      begin_payload();
    } else if (bytes.empty()) {
      return NeedsMore{};
    }
    auto const piece = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
    bytes = bytes.subspan(piece.size());
    unmask(piece, mask_);
    left_ -= piece.size();
    if (left_ == 0) is_in_payload_ = false, head_bytes_ = 0;
    auto const step = is_control(opcode_) ? take_control(piece) : take_data(piece);
    if (!std::holds_alternative<NeedsMore>(step)) return step;
  }
}

bool FrameReader::take_head(std::span<char>& bytes) {
  while (head_bytes_ < head_size()) {
    if (bytes.empty()) return false;
    head_[head_bytes_++] = static_cast<unsigned char>(bytes.front());
    bytes = bytes.subspan(1);
  }
  return true;
}

// As far as is known yet.
std::size_t FrameReader::head_size() const {
  constexpr std::size_t mask_bytes = 4;
  if (head_bytes_ < 2) return 2;
  auto const length = head_[1] & length_bits;
  return 2 + (length == in_two_bytes ? 2U : length == in_eight_bytes ? 8U : 0U) + mask_bytes;
}

bool FrameReader::is_fault_known(CloseCode& why) const {
  auto const fault = [&](CloseCode code) { return why = code, true; };
  if (head_bytes_ == 0) return false;
  auto const opcode = head_[0] & opcode_bits;
  bool const is_last = (head_[0] & final_bit) != 0;
  if ((head_[0] & reserved_bits) != 0 || !is_known(opcode)) return fault(broken_framing);
  bool const is_about_us = is_control(Opcode{static_cast<std::uint8_t>(opcode)});
  if (is_about_us && !is_last) return fault(broken_framing);
  bool const goes_on = opcode == static_cast<unsigned>(Opcode::Continuation);
  if (!is_about_us && goes_on != is_open_) return fault(broken_framing);
  if (head_bytes_ < 2) return false;
  if ((head_[1] & masked_bit) == 0) return fault(broken_framing);
  auto const in_short = head_[1] & length_bits;
  if (is_about_us && in_short > control_bytes_max) return fault(broken_framing);
  if (head_bytes_ < head_size()) return false;
  auto const length =
      in_short < in_two_bytes ? in_short : length_of(std::span(head_).subspan(2, in_short == in_two_bytes ? 2 : 8));
  // In as few bytes as it needs, and never with the highest bit.
  if ((in_short == in_two_bytes && length < in_two_bytes) || (in_short == in_eight_bytes && length < 0x10000) ||
      length >> 63 != 0) {
    return fault(broken_framing);
  }
  if (!is_about_us && length > message_bytes_max_ - message_.size()) return fault(CloseCode::TooBig);
  return false;
}

void FrameReader::begin_payload() {
  opcode_ = Opcode{static_cast<std::uint8_t>(head_[0] & opcode_bits)};
  is_final_ = (head_[0] & final_bit) != 0;
  auto const in_short = head_[1] & length_bits;
  auto const at = in_short == in_two_bytes ? 4U : in_short == in_eight_bytes ? 10U : 2U;
  left_ = in_short < in_two_bytes ? in_short : length_of(std::span(head_).subspan(2, at - 2));
  std::memcpy(&mask_, head_.data() + at, sizeof mask_);
  is_in_payload_ = true;
}

FrameReader::Step FrameReader::take_control(std::span<char> piece) {
  if (!is_in_payload_ && control_.empty()) return Heard{opcode_, text_of(piece)};
  control_.append(piece.data(), piece.size());
  if (is_in_payload_) return NeedsMore{};
  is_given_ = true;
  return Heard{opcode_, control_};
}

FrameReader::Step FrameReader::take_data(std::span<char> piece) {
  if (opcode_ != Opcode::Continuation && !is_open_) {
    kind_ = opcode_;
    text_ = {};
    if (!is_in_payload_ && is_final_) {
      bool const is_well = kind_ == Opcode::Binary || simdjson::validate_utf8(piece.data(), piece.size());
      if (!is_well) return CloseCode::NotUtf8;
      return Heard{kind_, text_of(piece)};
    }
    is_open_ = true;
  }
  if (kind_ == Opcode::Text && !text_.take(text_of(piece))) return CloseCode::NotUtf8;
  message_.append(piece.data(), piece.size());
  if (is_in_payload_ || !is_final_) return NeedsMore{};
  is_open_ = false;
  if (kind_ == Opcode::Text && !text_.is_complete()) return CloseCode::NotUtf8;
  is_given_ = true;
  return Heard{kind_, message_};
}

CloseCode answer_to_goodbye(std::string_view payload) {
  if (payload.empty()) return normal_end;
  if (payload.size() == 1) return broken_framing;
  auto const code =
      static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 | static_cast<unsigned char>(payload[1]));
  // Those of the protocol that may be said, of the registry, of applications (RFC 6455 §7.4).
  bool const may_be_said =
      (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
  if (!may_be_said) return broken_framing;
  if (!simdjson::validate_utf8(payload.data() + 2, payload.size() - 2)) return CloseCode::NotUtf8;
  return CloseCode{code};
}

}  // namespace gateway
