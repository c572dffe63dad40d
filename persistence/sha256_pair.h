// SHA-256 of two messages at once, block by block: for what hashes a few blocks of many messages.
//
// The processor's SHA instructions wait for one another: a single message keeps half of their unit busy, a second one
// beside it is nearly free. Where there are no such instructions each message goes by itself through OpenSSL.
//
// Thread:  any; values only.
// Failure: none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "persistence/hash.h"

namespace persistence {

inline constexpr std::size_t sha256_block_bytes = 64;

// What a hash is after some whole blocks.
using Midstate = std::array<std::uint32_t, 8>;
inline constexpr Midstate sha256_start{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
Digest digest_of(Midstate const& state);  // of a message whose last block, the padding in it, was added

// One message of the two: its state, and where its next blocks lie.
struct Lane {
  Midstate& state;
  char const* blocks;
};
// Adds as many blocks to each.
void add_blocks(Lane one, Lane other, std::size_t count);
void add_blocks_one_by_one(Lane one, Lane other, std::size_t count);  // without the instructions

// The end of a message of `bytes` bytes: puts 80, zeros and the length behind the `tail` bytes of it that stand at
// `blocks`, whole blocks of them, and says how many blocks that are. There is room for tail + 72 bytes.
std::size_t pad(char* blocks, std::size_t tail, std::uint64_t bytes);

}  // namespace persistence
