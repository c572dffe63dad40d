// What judging the signatures of bids takes from a house: its name in every signed text, and the keys of its registry.
//
// Thread:  any, on a snapshot or in the command's transaction. Failure: none.
#pragma once

#include <optional>
#include <string>

#include "engine/ports.h"
#include "gateway/signature.h"
#include "modules/accounts/signing_keys.h"
#include "persistence/head.h"

namespace ebb {

// SHA-256 of the public key of its log, in hexadecimal.
std::string house_of(persistence::PublicKey const& key);
std::optional<gateway::RegisteredKey> registered_key(engine::SigningKeyId id, engine::TableReader const& tables);
// What the registry asks of a key that comes in.
modules::accounts::KeyReader key_reader(persistence::PublicKey const& key);

}  // namespace ebb
