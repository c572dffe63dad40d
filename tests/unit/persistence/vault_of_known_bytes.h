// A vault that hides nothing and is always the same, so that the bytes of a record can be written down.
#pragma once

#include "persistence/failure.h"
#include "persistence/vault.h"

namespace tests {

class VaultOfKnownBytes final : public persistence::Vault {
 public:
  std::optional<engine::SecretOf> erased;

  engine::Result<std::string> seal(engine::SecretOf, engine::Seq, std::string_view secret) override {
    return "<" + std::string{secret} + ">";
  }
  persistence::Digest salt() override {
    persistence::Digest salt;
    salt.fill('s');
    return salt;
  }
  engine::Result<std::optional<std::string>> open(engine::SecretOf owner, engine::Seq,
                                                  std::string_view sealed) override {
    if (owner == erased) return std::nullopt;
    if (sealed.size() < 2 || sealed.front() != '<' || sealed.back() != '>')
      return persistence::failed("not sealed here");
    return std::string{sealed.substr(1, sealed.size() - 2)};
  }
};

}  // namespace tests
