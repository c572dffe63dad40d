// SHA-256 as a value that can be copied half-way: what hashes a few dozen bytes a million times a second, and a MAC
// that keeps the state behind its key.
//
// Beside Hasher (hash.h) because a leaf, a node and a salt are one or two blocks each: a context on the stack takes
// 60 ns for one block where a kept EVP context takes 90 and a fresh one 350.
//
// Thread:  one per object.
// Failure: none.
#pragma once

#include <cstdint>
#include <string_view>

#include "persistence/hash.h"

namespace persistence {

class Sha256 {
 public:
  Sha256();
  Sha256& add(std::string_view bytes);
  Digest digest() const;  // of everything added so far; more can be added after it

 private:
  std::array<std::uint32_t, 28> state_;  // OpenSSL's SHA256_CTX, whose header stays behind the .cpp file
};

}  // namespace persistence
