// Bytes: explicit little-endian writing and reading, shared by everything whose bytes must never depend on a compiler:
// journal records, module commands, table rows, outcome digests.
//
// The writer appends to memory it owns and keeps when it is cleared. The reader never throws and never reads past the
// end: the first short read makes it fail for good, every later read gives zeros, and the caller asks `finished()` once
// at the end.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "engine/ids.h"
#include "engine/money.h"
#include "engine/time.h"

namespace engine {

// From the order of this machine to the order of bytes, and back. Byte by byte in a loop, a number of 64 bits was fifty
// instructions.
template <class Bits>
constexpr Bits little_endian(Bits bits) {
  return std::endian::native == std::endian::little ? bits : std::byteswap(bits);
}

class ByteWriter {
 public:
  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  ByteWriter& put(T value) {
    write(room(sizeof(T)), value);
    return *this;
  }
  template <class T>
    requires std::is_enum_v<T>
  ByteWriter& put(T value) {
    return put(static_cast<std::underlying_type_t<T>>(value));
  }
  template <class Tag>
  ByteWriter& put(Id<Tag> id) {
    return put(id.number());
  }
  ByteWriter& put(Money money) { return put(money.in_fen()); }
  ByteWriter& put(BasisPoints points) { return put(points.count()); }
  ByteWriter& put(Instant at) { return put(in_millis(at)); }
  ByteWriter& put(Duration span) { return put(static_cast<std::int64_t>(span.count())); }
  ByteWriter& put_text(std::string_view text) {  // u32 length, then the bytes
    return put(static_cast<std::uint32_t>(text.size())).put_raw(text);
  }
  ByteWriter& put_raw(std::string_view bytes) {
    bytes.copy(room(bytes.size()), bytes.size());
    return *this;
  }
  // A text that is written piece by piece: begin_text(), its bytes, end_text() with what begin_text() gave.
  std::size_t begin_text() {
    put(std::uint32_t{0});
    return size_;
  }
  void end_text(std::size_t begun) {
    write(bytes_.data() + begun - sizeof(std::uint32_t), static_cast<std::uint32_t>(size_ - begun));
  }

  std::string_view view() const { return {bytes_.data(), size_}; }
  std::string take() {
    bytes_.resize(std::exchange(size_, 0));
    return std::exchange(bytes_, {});
  }
  void clear() { size_ = 0; }
  std::size_t size() const { return size_; }

 private:
  template <class T>
  static void write(char* at, T value) {
    auto const bits = little_endian(static_cast<std::make_unsigned_t<T>>(value));
    std::memcpy(at, &bits, sizeof(T));
  }
  char* room(std::size_t bytes) {
    if (bytes_.size() - size_ < bytes) [[unlikely]]
      grow(bytes);
    return bytes_.data() + std::exchange(size_, size_ + bytes);
  }
  [[gnu::noinline]] void grow(std::size_t bytes) { bytes_.resize(std::max(2 * bytes_.size(), size_ + bytes)); }

  std::string bytes_;  // longer than what is written: asking a string for every field was most of the time
  std::size_t size_ = 0;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class T>
    requires(std::is_integral_v<T> && !std::is_same_v<T, bool>)
  T get() {
    if (rest_.size() < sizeof(T)) return fail(), T{};
    std::make_unsigned_t<T> bits;
    std::memcpy(&bits, rest_.data(), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return static_cast<T>(little_endian(bits));
  }
  template <class T>
    requires std::is_enum_v<T>
  T get() {
    return static_cast<T>(get<std::underlying_type_t<T>>());
  }
  template <class T>
    requires requires(T id) { id.is_given(); }
  T get() {
    return T{get<std::uint64_t>()};
  }
  Money get_money() { return Money::fen(get<std::int64_t>()); }
  BasisPoints get_points() { return BasisPoints{get<std::int32_t>()}; }
  Instant get_instant() { return at_millis(get<std::int64_t>()); }
  Duration get_span() { return Duration{get<std::int64_t>()}; }
  std::string_view get_text() { return get_raw(get<std::uint32_t>()); }
  std::string_view get_raw(std::size_t size) {
    if (rest_.size() < size) return fail(), std::string_view{};
    auto const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  void fail() {
    failed_ = true;
    rest_ = {};
  }
  bool ok() const { return !failed_; }
  bool finished() const { return !failed_ && rest_.empty(); }  // all read, nothing short, nothing left over
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace engine
