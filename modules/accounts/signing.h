// The registry of signing keys from inside: what its commands ask and do, and its routes. Inside of the module.
//
// Thread: engine for judging and entering; routes() as the module's. Failure: none.
#pragma once

#include <optional>

#include "modules/accounts/commands.h"

namespace modules::accounts {

std::optional<engine::Refusal> judge_signing(AddSigningKey const& command, Actor const& actor,
                                             engine::TableReader const& tables);
std::optional<engine::Refusal> judge_signing(RevokeSigningKey const& command, Actor const& actor,
                                             engine::TableReader const& tables);

// The number of the key.
std::uint64_t enter_signing(AddSigningKey const& command, engine::PersonId by, engine::Seq seq, engine::Instant at,
                            engine::Tables& tables);
std::uint64_t enter_signing(RevokeSigningKey const& command, engine::PersonId by, engine::Seq seq, engine::Instant at,
                            engine::Tables& tables);

void add_signing_routes(Routes& routes, KeyReader const& keys);  // signing_routes.cpp

}  // namespace modules::accounts
