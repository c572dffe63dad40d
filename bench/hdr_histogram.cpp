// Place arithmetic of the log-linear layout and the V2 encoding (counts in place order, ZigZag LEB128; a run of n empty
// places is the single number -n).
#include "bench/hdr_histogram.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>

#include "engine/check.h"

namespace bench {
namespace {

// 2 x 10^3 rounded up to a power of two: values below it are exact.
constexpr int sub_bits = 11;
constexpr std::int64_t sub_count = std::int64_t{1} << sub_bits;
constexpr std::int64_t sub_half = sub_count / 2;
constexpr std::uint32_t cookie_plain = 0x1c849303 | 0x10;
constexpr std::uint32_t cookie_zlib = 0x1c849304 | 0x10;
constexpr std::size_t header_bytes = 40;

int bucket_of(std::int64_t value) {
  auto const width = 64 - std::countl_zero(static_cast<std::uint64_t>(value) | (sub_count - 1));
  return width - sub_bits;
}

template <class Unsigned>
void put_big_endian(std::string& out, Unsigned value) {
  for (int shift = (static_cast<int>(sizeof value) - 1) * 8; shift >= 0; shift -= 8)
    out += static_cast<char>((value >> shift) & 0xff);
}

template <class Unsigned>
Unsigned big_endian(std::string_view bytes) {
  Unsigned value = 0;
  for (std::size_t i = 0; i < sizeof value; ++i)
    value = static_cast<Unsigned>((value << 8) | static_cast<unsigned char>(bytes[i]));
  return value;
}

// LEB128 in at most nine bytes; the ninth carries eight bits.
void put_zigzag(std::string& out, std::int64_t value) {
  auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
  for (int byte = 0; byte < 8; ++byte) {
    if (rest < 0x80) {
      out += static_cast<char>(rest);
      return;
    }
    out += static_cast<char>((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  out += static_cast<char>(rest);
}

std::optional<std::int64_t> take_zigzag(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int byte = 0; byte < 9; ++byte) {
    if (bytes.empty()) return std::nullopt;
    auto const next = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    if (byte == 8) {
      value |= std::uint64_t{next} << 56;
      break;
    }
    value |= std::uint64_t{next & 0x7fu} << (7 * byte);
    if ((next & 0x80) == 0) break;
  }
  return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = (group << 8) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j)
      out += i + j > bytes.size() ? '=' : base64_digits[(group >> (18 - 6 * j)) & 0x3f];
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t group = 0;
  int bits = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (char const c : text) {
    auto const digit = base64_digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    group = (group << 6) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((group >> bits) & 0xff);
  }
  return out;
}

std::unexpected<engine::Failure> broken(std::string_view what) {
  return std::unexpected(engine::Failure{fmt::format("histogram: {}", what)});
}

}  // namespace

HdrHistogram::HdrHistogram(std::int64_t highest)
    : highest_(std::max(highest, 2 * std::int64_t{1})),
      counts_(static_cast<std::size_t>((bucket_of(highest_) + 2) * sub_half)) {}

std::size_t HdrHistogram::place_of(std::int64_t value) const {
  auto const bucket = bucket_of(value);
  return static_cast<std::size_t>(bucket * sub_half + (value >> bucket));
}

std::int64_t HdrHistogram::lowest_at(std::size_t place) const {
  auto const index = static_cast<std::int64_t>(place);
  if (index < sub_count) return index;
  auto const bucket = index / sub_half - 1;
  return (index - bucket * sub_half) << bucket;
}

std::int64_t HdrHistogram::highest_at(std::size_t place) const {
  return lowest_at(place + 1) - 1;
}

void HdrHistogram::record(std::int64_t value, std::int64_t times) {
  if (value > highest_) clipped_ += times;
  value = std::clamp<std::int64_t>(value, 0, highest_);
  counts_[place_of(value)] += times;
  count_ += times;
  min_ = std::min(min_, value);
  max_ = std::max(max_, value);
}

void HdrHistogram::add(HdrHistogram const& other) {
  CHECK(highest_ == other.highest_);
  for (std::size_t place = 0; place < counts_.size(); ++place) counts_[place] += other.counts_[place];
  count_ += other.count_;
  clipped_ += other.clipped_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

std::int64_t HdrHistogram::min() const {
  return count_ == 0 ? 0 : min_;
}
std::int64_t HdrHistogram::max() const {
  return max_;
}

double HdrHistogram::mean() const {
  if (count_ == 0) return 0;
  double sum = 0;
  for (std::size_t place = 0; place < counts_.size(); ++place) {
    if (counts_[place] == 0) continue;
    auto const width = highest_at(place) + 1 - lowest_at(place);
    sum += static_cast<double>(lowest_at(place) + width / 2) * static_cast<double>(counts_[place]);
  }
  return sum / static_cast<double>(count_);
}

std::int64_t HdrHistogram::percentile(double percent) const {
  if (count_ == 0) return 0;
  // The next number below keeps 99.9 % of 1,000 from becoming the 1,000th by a rounding of the last bit.
  auto const asked = std::clamp(std::nextafter(percent, -1.0), 0.0, 100.0);
  auto const wanted =
      std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(asked * static_cast<double>(count_) / 100.0)));
  std::int64_t passed = 0;
  for (std::size_t place = 0; place < counts_.size(); ++place) {
    passed += counts_[place];
    if (passed >= wanted) return percent <= 0 ? lowest_at(place) : highest_at(place);
  }
  return max();
}

std::string HdrHistogram::encode_v2() const {
  std::string payload;
  auto const used = count_ == 0 ? 1 : place_of(max_) + 1;
  for (std::size_t place = 0; place < used;) {
    if (counts_[place] != 0) {
      put_zigzag(payload, counts_[place++]);
      continue;
    }
    std::int64_t zeros = 0;
    for (; place < used && counts_[place] == 0; ++place) ++zeros;
    // A single zero is itself; only a run is written as its negative length.
    put_zigzag(payload, zeros == 1 ? 0 : -zeros);
  }
  std::string plain;
  put_big_endian(plain, cookie_plain);
  put_big_endian(plain, static_cast<std::uint32_t>(payload.size()));
  put_big_endian(plain, std::uint32_t{0});  // normalising offset
  put_big_endian(plain, std::uint32_t{significant_digits});
  put_big_endian(plain, std::uint64_t{1});  // lowest discernible value
  put_big_endian(plain, static_cast<std::uint64_t>(highest_));
  put_big_endian(plain, std::bit_cast<std::uint64_t>(1.0));  // integer to double ratio
  plain += payload;

  auto size = compressBound(plain.size());
  std::string packed(size, '\0');
  compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<Bytef const*>(plain.data()), plain.size());
  packed.resize(size);
  std::string whole;
  put_big_endian(whole, cookie_zlib);
  put_big_endian(whole, static_cast<std::uint32_t>(packed.size()));
  return to_base64(whole + packed);
}

engine::Result<HdrHistogram> HdrHistogram::decode_v2(std::string_view text) {
  auto const whole = from_base64(text);
  if (!whole || whole->size() < 8) return broken("not base64");
  if (big_endian<std::uint32_t>(*whole) != cookie_zlib) return broken("not a compressed V2 histogram");
  // zlib packs a thousandfold at best: the packed size bounds the plain one.
  constexpr std::size_t plain_bytes_max = 16 << 20;
  std::string plain(std::min(plain_bytes_max, 2'048 + 1'040 * whole->size()), '\0');
  uLongf size = plain.size();
  if (uncompress(reinterpret_cast<Bytef*>(plain.data()), &size, reinterpret_cast<Bytef const*>(whole->data() + 8),
                 whole->size() - 8) != Z_OK)
    return broken("cannot be unpacked");
  plain.resize(size);
  if (size < header_bytes || big_endian<std::uint32_t>(plain) != cookie_plain) return broken("no V2 header");
  std::string_view const view = plain;
  if (big_endian<std::uint32_t>(view.substr(12)) != significant_digits ||
      big_endian<std::uint64_t>(view.substr(16)) != 1)
    return broken("only three digits from 1 are read");
  HdrHistogram histogram{static_cast<std::int64_t>(big_endian<std::uint64_t>(view.substr(24)))};
  auto rest = view.substr(header_bytes);
  for (std::size_t place = 0; !rest.empty();) {
    auto const number = take_zigzag(rest);
    if (!number) return broken("counts end in the middle");
    if (*number < 0) {
      place += static_cast<std::size_t>(-*number);
      continue;
    }
    if (place >= histogram.counts_.size()) return broken("more counts than places");
    if (*number > 0) histogram.record(std::min(histogram.lowest_at(place), histogram.highest_), *number);
    ++place;
  }
  return histogram;
}

std::string HdrHistogram::hgrm(double unit) const {
  std::string out =
      fmt::format("{:>12} {:>14} {:>10} {:>14}\n\n", "Value", "Percentile", "TotalCount", "1/(1-Percentile)");
  // Five ticks per half distance to 100 %, as the plotting tools expect.
  for (double left = 1.0; count_ != 0; left /= std::exp2(0.2)) {
    auto const share = 1.0 - left;
    auto const value = percentile(share * 100);
    std::int64_t below = 0;
    for (std::size_t place = 0; place <= place_of(std::min(value, highest_)); ++place) below += counts_[place];
    out += fmt::format("{:>12.3f} {:>14.12f} {:>10} {:>14.2f}\n", static_cast<double>(value) / unit, share, below,
                       1.0 / left);
    if (below >= count_) break;
  }
  return out + fmt::format("#[Mean = {:.3f}, Max = {:.3f}, Total count = {}]\n", mean() / unit,
                           static_cast<double>(max()) / unit, count_);
}

bool operator==(HdrHistogram const& a, HdrHistogram const& b) {
  return a.highest_ == b.highest_ && a.counts_ == b.counts_;
}

}  // namespace bench
