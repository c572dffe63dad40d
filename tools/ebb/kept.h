// What somebody outside has kept of the log, read from files and checked without a server: published heads, and a
// receipt (gateway/PROTOCOL.md, "A receipt to keep").
//
// Thread:  any.
// Failure: a file that is not there or not of its form. What does not fit is not a failure but the answer.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/signature.h"
#include "persistence/proof_check.h"
#include "persistence/tree_check.h"

namespace ebb {

// One line a head, as a server with `tree.heads_file` writes it.
engine::Result<std::vector<persistence::PublishedHead>> read_heads(std::filesystem::path const& file);

struct KeptReceipt {
  // What the message said.
  engine::Seq seq;
  engine::Instant at;
  persistence::Leaf leaf{};
  std::string lot;
  std::string bid_key;
  std::optional<std::string> price;
  // What came with it.
  persistence::PublicKey log_key{};
  persistence::InclusionProof inclusion;
  std::optional<persistence::LeafParts> entry;
  std::optional<persistence::ConsistencyProof> grown;  // from a head that was seen before
  struct SigningKey {
    engine::SigningKeyId id;
    gateway::SigningAlgorithm algorithm = gateway::SigningAlgorithm::EcdsaP256;
    std::string public_key;  // SubjectPublicKeyInfo in DER; empty: it was not shown
  };
  std::optional<SigningKey> signing_key;  // as the house showed it
};
engine::Result<KeptReceipt> read_receipt(std::filesystem::path const& file);

// `known` is the key that the checker has from elsewhere; nothing: the one in the file, which then proves only that the
// file holds together.
std::optional<std::string> what_is_wrong(KeptReceipt const& receipt,
                                         std::optional<persistence::PublicKey> const& known);
// What was checked, one line each, for a receipt in which nothing is wrong. A bid whose own signature does not hold is
// in the log all the same: that is told, and is nothing wrong with the receipt.
std::string told(KeptReceipt const& receipt, std::optional<persistence::PublicKey> const& known);

// For `ebb verify DIR`: what the directory must still have.
void add_to(persistence::Kept& kept, KeptReceipt const& receipt);

}  // namespace ebb
