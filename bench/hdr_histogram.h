// A histogram of latencies with three significant digits over nine orders of magnitude, in a few hundred kilobytes.
//
// Log-linear buckets as Gil Tene's HdrHistogram lays them out, so that everybody's tools read what we write: the V2
// encoding is theirs byte for byte. A sum of squares or a mean of percentiles would hide the tail, which is the only
// part of a latency anybody feels.
//
//   bucket 0 counts 0..2047 one by one; bucket k counts [1024 << k, 2048 << k) in steps of 1 << k
//
// Thread:  one; threads keep their own and add() them up at the end.
// Failure: a value beyond `highest` is counted at `highest` and reported by clipped(); decoding answers with Result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports.h"

namespace bench {

class HdrHistogram {
 public:
  static constexpr int significant_digits = 3;

  explicit HdrHistogram(std::int64_t highest);

  void record(std::int64_t value) { record(value, 1); }
  void record(std::int64_t value, std::int64_t times);
  void add(HdrHistogram const& other);

  std::int64_t count() const { return count_; }
  std::int64_t clipped() const { return clipped_; }
  std::int64_t min() const;  // 0 while empty
  std::int64_t max() const;
  double mean() const;
  // The highest value equivalent to the one below or at which `percent` of all values lie.
  std::int64_t percentile(double percent) const;

  // "HISTF…": zlib inside base64, as every HdrHistogram reader takes it.
  std::string encode_v2() const;
  static engine::Result<HdrHistogram> decode_v2(std::string_view text);
  // The .hgrm table of percentiles, values divided by `unit`.
  std::string hgrm(double unit) const;

  friend bool operator==(HdrHistogram const& a, HdrHistogram const& b);

 private:
  std::size_t place_of(std::int64_t value) const;
  std::int64_t lowest_at(std::size_t place) const;
  std::int64_t highest_at(std::size_t place) const;

  std::int64_t highest_;
  std::vector<std::int64_t> counts_;
  std::int64_t count_ = 0;
  std::int64_t clipped_ = 0;
  std::int64_t min_ = INT64_MAX;
  std::int64_t max_ = 0;
};

}  // namespace bench
