// See the header.
#include "tools/ebb/signatures.h"

#include "persistence/hash.h"

namespace ebb {
namespace {

namespace accounts = modules::accounts;

std::string digest_of(std::string_view bytes) {
  return persistence::hex(persistence::view(persistence::Hasher{}.of({bytes})));
}

gateway::SigningAlgorithm algorithm_of(accounts::SigningAlgorithm algorithm) {
  return static_cast<gateway::SigningAlgorithm>(algorithm);
}
static_assert(int(accounts::SigningAlgorithm::EcdsaP256) == int(gateway::SigningAlgorithm::EcdsaP256));
static_assert(int(accounts::SigningAlgorithm::Sm2) == int(gateway::SigningAlgorithm::Sm2));

}  // namespace

std::string house_of(persistence::PublicKey const& key) {
  return digest_of({key.data(), key.size()});
}

std::optional<gateway::RegisteredKey> registered_key(engine::SigningKeyId id, engine::TableReader const& tables) {
  auto const row = accounts::signing_key(id, tables);
  if (!row) return std::nullopt;
  return gateway::RegisteredKey{row->org, algorithm_of(row->algorithm), row->public_key, row->added_seq,
                                row->revoked_seq};
}

accounts::KeyReader key_reader(persistence::PublicKey const& key) {
  return {.house = house_of(key),
          .is_key = [](auto algorithm,
                       auto der) { return gateway::VerifyingKey::read(algorithm_of(algorithm), der).has_value(); },
          .fingerprint = digest_of};
}

}  // namespace ebb
