// See the header; FIPS 180-4 §5.1.1, §6.2.2. The instructions are chosen at run time, so that one binary runs
// everywhere.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "persistence/sha256_pair.h"

#include <openssl/sha.h>

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace persistence {
namespace {

std::uint32_t big_endian(std::uint32_t word) {
  return std::endian::native == std::endian::big ? word : std::byteswap(word);
}

void add_alone(Lane lane, std::size_t count) {
  SHA256_CTX context{};
  std::ranges::copy(lane.state, context.h);
  for (std::size_t i = 0; i < count; ++i) {
    SHA256_Transform(&context, reinterpret_cast<unsigned char const*>(lane.blocks + i * sha256_block_bytes));
  }
  std::ranges::copy(context.h, lane.state.begin());
}

#if defined(__x86_64__)

alignas(16) constexpr std::array<std::uint32_t, 64> round_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// The state in the order in which the instructions want it: words a b e f, and c d g h.
struct Registers {
  __m128i abef;
  __m128i cdgh;
  __m128i words[4];  // the last sixteen of the message schedule
};

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void load(Registers& lane, Midstate const& state) {
  auto const* const at = reinterpret_cast<__m128i const*>(state.data());
  auto const cdab = _mm_shuffle_epi32(_mm_loadu_si128(at), 0xb1);
  auto const efgh = _mm_shuffle_epi32(_mm_loadu_si128(at + 1), 0x1b);
  lane.abef = _mm_alignr_epi8(cdab, efgh, 8);
  lane.cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void store(Registers const& lane, Midstate& state) {
  auto* const at = reinterpret_cast<__m128i*>(state.data());
  auto const feba = _mm_shuffle_epi32(lane.abef, 0x1b);
  auto const dchg = _mm_shuffle_epi32(lane.cdgh, 0xb1);
  _mm_storeu_si128(at, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(at + 1, _mm_alignr_epi8(dchg, feba, 8));
}

[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void load_block(Registers& lane, char const* block) {
  auto const reversed = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto const* const at = reinterpret_cast<__m128i const*>(block);
#pragma GCC unroll 4
  for (std::size_t i = 0; i < 4; ++i) lane.words[i] = _mm_shuffle_epi8(_mm_loadu_si128(at + i), reversed);
}

// Rounds 4 i to 4 i + 3, and the words of the message for four rounds sixteen later.
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void four_rounds(Registers& lane, std::size_t i) {
  auto& now = lane.words[i % 4];
  auto const constants = _mm_load_si128(reinterpret_cast<__m128i const*>(round_constants.data()) + i);
  auto const sum = _mm_add_epi32(now, constants);
  lane.cdgh = _mm_sha256rnds2_epu32(lane.cdgh, lane.abef, sum);
  lane.abef = _mm_sha256rnds2_epu32(lane.abef, lane.cdgh, _mm_shuffle_epi32(sum, 0x0e));
  if (i >= 12) return;
  auto const& last = lane.words[(i + 3) % 4];
  auto const seven_before = _mm_alignr_epi8(last, lane.words[(i + 2) % 4], 4);
  auto const begun = _mm_add_epi32(_mm_sha256msg1_epu32(now, lane.words[(i + 1) % 4]), seven_before);
  now = _mm_sha256msg2_epu32(begun, last);
}

[[gnu::target("sha,sse4.1")]] void add_both(Lane one, Lane other, std::size_t count) {
  Registers left;
  Registers right;
  load(left, one.state);
  load(right, other.state);
  for (std::size_t block = 0; block < count; ++block) {
    load_block(left, one.blocks + block * sha256_block_bytes);
    load_block(right, other.blocks + block * sha256_block_bytes);
    auto const left_before = left;
    auto const right_before = right;
#pragma GCC unroll 16
    for (std::size_t i = 0; i < 16; ++i) {
      four_rounds(left, i);
      four_rounds(right, i);
    }
    left.abef = _mm_add_epi32(left.abef, left_before.abef);
    left.cdgh = _mm_add_epi32(left.cdgh, left_before.cdgh);
    right.abef = _mm_add_epi32(right.abef, right_before.abef);
    right.cdgh = _mm_add_epi32(right.cdgh, right_before.cdgh);
  }
  store(left, one.state);
  store(right, other.state);
}

bool has_instructions() {
  unsigned a = 0;
  unsigned b = 0;
  unsigned c = 0;
  unsigned d = 0;
  constexpr unsigned sha = 1U << 29;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0 && __builtin_cpu_supports("sse4.1");
}

#endif

}  // namespace

Digest digest_of(Midstate const& state) {
  Digest digest{};
  for (std::size_t i = 0; i < state.size(); ++i) {
    auto const word = big_endian(state[i]);
    std::memcpy(digest.data() + i * sizeof word, &word, sizeof word);
  }
  return digest;
}

void add_blocks_one_by_one(Lane one, Lane other, std::size_t count) {
  add_alone(one, count);
  add_alone(other, count);
}

void add_blocks(Lane one, Lane other, std::size_t count) {
#if defined(__x86_64__)
  static bool const is_able = has_instructions();
  if (is_able) return add_both(one, other, count);
#endif
  add_blocks_one_by_one(one, other, count);
}

std::size_t pad(char* blocks, std::size_t tail, std::uint64_t bytes) {
  constexpr std::size_t length_bytes = sizeof bytes;
  auto const count = (tail + 1 + length_bytes + sha256_block_bytes - 1) / sha256_block_bytes;
  auto const end = count * sha256_block_bytes;
  std::memset(blocks + tail, 0, end - tail);
  blocks[tail] = static_cast<char>(0x80);
  auto const bits = std::endian::native == std::endian::big ? 8 * bytes : std::byteswap(8 * bytes);
  std::memcpy(blocks + end - length_bytes, &bits, length_bytes);
  return count;
}

}  // namespace persistence
