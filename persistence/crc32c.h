// CRC-32C (Castagnoli): every single flipped bit and every burst up to 32 bits of a frame is found.
//
// LMDB has no checksum of its own, and a flipped bit in a data page comes back as good data 99 times of 100.
//
// Thread:  any.
// Failure: none.
#pragma once

#include <cstdint>
#include <string_view>

namespace persistence {

// Continues `before`: crc32c(b, crc32c(a)) is the sum of a and b together.
std::uint32_t crc32c(std::string_view bytes, std::uint32_t before = 0);

// The same by table: what runs where the processor has no instruction for it, and the twin of the fast one in tests.
std::uint32_t crc32c_by_table(std::string_view bytes, std::uint32_t before = 0);

}  // namespace persistence
