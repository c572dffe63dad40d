// A hash for what is not secret and needs no key: equal on every machine, for good, because its results are kept.
// Not for passwords, tokens or proofs.
#pragma once

#include <cstdint>
#include <string_view>

namespace modules {

// Every input bit moves every output bit (two rounds of multiply and fold).
constexpr std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 32)) * 0xd6e8feb86659fd93u;
  value = (value ^ (value >> 29)) * 0xd6e8feb86659fd93u;
  return value ^ (value >> 32);
}

constexpr std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  std::uint64_t hash = mixed(seed + bytes.size() + 1);
  for (char const c : bytes) hash = mixed(hash + static_cast<unsigned char>(c) + 1);
  return hash;
}

}  // namespace modules
