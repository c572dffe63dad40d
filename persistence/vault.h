// Who closes and opens the private part of a record. The real one is KeyStore; tests have one with known bytes.
//
// Thread:  engine (a tool: its only thread).
// Failure: the key is missing, or the bytes are not what was sealed.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/ports.h"
#include "persistence/hash.h"

namespace persistence {

class Vault {
 public:
  virtual ~Vault() = default;
  // What is sealed for one seq and owner opens for no other.
  virtual engine::Result<std::string> seal(engine::SecretOf owner, engine::Seq seq, std::string_view secret) = 0;
  // Nothing: the key was destroyed, because its person was erased.
  virtual engine::Result<std::optional<std::string>> open(engine::SecretOf owner, engine::Seq seq,
                                                          std::string_view sealed) = 0;
  // 32 bytes that nobody can guess, to be sealed with a secret.
  virtual Digest salt() = 0;
};

}  // namespace persistence
