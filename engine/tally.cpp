// The pass, three times over: what differs is the width.
//
// The two wide ones are written with intrinsics: the house compiles for every x86-64, and only these two functions may
// use more.
#include "engine/tally.h"

#include <algorithm>
#include <initializer_list>

#include "engine/check.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace engine {
namespace {

Tally tally_one_by_one(KeyLine const* lines, std::size_t count, std::int64_t first, std::int64_t second) {
  Tally tally;
  for (std::size_t line = 0; line < count; ++line) {
    for (auto const key : lines[line].keys) {
      tally.first.below += key < first;
      tally.first.equal += key == first;
      tally.second.below += key < second;
      tally.second.equal += key == second;
    }
  }
  return tally;
}

std::size_t line_with_one_by_one(KeyLine const* lines, std::size_t from, std::size_t count, std::int64_t key) {
  auto line = from;
  while (line < count && std::ranges::find(lines[line].keys, key) == lines[line].keys.end()) ++line;
  return line;
}

constexpr Passes one_by_one{tally_one_by_one, line_with_one_by_one};

#if defined(__x86_64__)

// Counts in both halves of each of four words: below in the low, equal in the high one.
[[gnu::target("avx2")]] Tally::Of sums(__m256i counts) {
  auto const halves = _mm_add_epi32(_mm256_castsi256_si128(counts), _mm256_extracti128_si256(counts, 1));
  auto const sum =
      static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_add_epi32(halves, _mm_unpackhi_epi64(halves, halves))));
  return {static_cast<std::uint32_t>(sum), static_cast<std::uint32_t>(sum >> 32)};
}

// A comparison gives minus one where it holds, so counts are differences.
[[gnu::target("avx2")]] Tally tally_256(KeyLine const* lines, std::size_t count, std::int64_t first,
                                        std::int64_t second) {
  auto const a = _mm256_set1_epi64x(first);
  auto const b = _mm256_set1_epi64x(second);
  auto of_a = _mm256_setzero_si256();
  auto of_b = of_a;
  constexpr int equal_in_high = 0b10101010;
  for (std::size_t line = 0; line < count; ++line) {
    for (std::size_t half = 0; half < KeyLine::width; half += 4) {
      auto const keys = _mm256_load_si256(reinterpret_cast<__m256i const*>(lines[line].keys.data() + half));
      of_a = _mm256_sub_epi32(
          of_a, _mm256_blend_epi32(_mm256_cmpgt_epi64(a, keys), _mm256_cmpeq_epi64(a, keys), equal_in_high));
      of_b = _mm256_sub_epi32(
          of_b, _mm256_blend_epi32(_mm256_cmpgt_epi64(b, keys), _mm256_cmpeq_epi64(b, keys), equal_in_high));
    }
  }
  return {sums(of_a), sums(of_b)};
}

[[gnu::target("avx2")]] std::size_t line_with_256(KeyLine const* lines, std::size_t from, std::size_t count,
                                                  std::int64_t key) {
  auto const wanted = _mm256_set1_epi64x(key);
  auto line = from;
  for (; line < count; ++line) {
    auto const* const halves = reinterpret_cast<__m256i const*>(lines[line].keys.data());
    auto const equal = _mm256_or_si256(_mm256_cmpeq_epi64(wanted, _mm256_load_si256(halves)),
                                       _mm256_cmpeq_epi64(wanted, _mm256_load_si256(halves + 1)));
    if (!_mm256_testz_si256(equal, equal)) break;
  }
  return line;
}

// A comparison gives one bit a key. Measured: faster for a few lines; for many, taking the bits out of their
// registers is what limits, and counting in vectors of half the width wins.
[[gnu::target("avx512f,popcnt")]] Tally tally_512(KeyLine const* lines, std::size_t count, std::int64_t first,
                                                  std::int64_t second) {
  constexpr std::size_t few = 4;
  if (count > few) return tally_256(lines, count, first, second);
  auto const a = _mm512_set1_epi64(first);
  auto const b = _mm512_set1_epi64(second);
  auto const held = [](__mmask8 bits) {
    return static_cast<std::uint32_t>(__builtin_popcount(static_cast<unsigned>(bits)));
  };
  Tally tally;
  for (std::size_t line = 0; line < count; ++line) {
    auto const keys = _mm512_load_si512(lines[line].keys.data());
    tally.first.below += held(_mm512_cmplt_epi64_mask(keys, a));
    tally.first.equal += held(_mm512_cmpeq_epi64_mask(keys, a));
    tally.second.below += held(_mm512_cmplt_epi64_mask(keys, b));
    tally.second.equal += held(_mm512_cmpeq_epi64_mask(keys, b));
  }
  return tally;
}

[[gnu::target("avx512f")]] std::size_t line_with_512(KeyLine const* lines, std::size_t from, std::size_t count,
                                                     std::int64_t key) {
  auto const wanted = _mm512_set1_epi64(key);
  auto line = from;
  while (line < count && _mm512_cmpeq_epi64_mask(_mm512_load_si512(lines[line].keys.data()), wanted) == 0) ++line;
  return line;
}

constexpr Passes in_256{tally_256, line_with_256};
constexpr Passes in_512{tally_512, line_with_512};

#endif

}  // namespace

bool has_vectors(Vectors vectors) {
#if defined(__x86_64__)
  if (vectors == Vectors::Bits512) return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx2");
  if (vectors == Vectors::Bits256) return __builtin_cpu_supports("avx2");
#endif
  return vectors == Vectors::None;
}

Passes const& passes(Vectors vectors) {
  CHECK(has_vectors(vectors));
#if defined(__x86_64__)
  if (vectors == Vectors::Bits512) return in_512;
  if (vectors == Vectors::Bits256) return in_256;
#endif
  return one_by_one;
}

Passes const& widest_passes() {
  for (auto const vectors : {Vectors::Bits512, Vectors::Bits256}) {
    if (has_vectors(vectors)) return passes(vectors);
  }
  return one_by_one;
}

}  // namespace engine
