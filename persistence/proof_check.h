// What somebody outside can check without trusting the server: that a receipt is in the log under a signed head, and
// that this head continues a head that was seen before. Needs no disk, no server and no secret.
//
// Thread:  any.
// Failure: none: what does not fit is the answer, with both values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "persistence/head.h"
#include "persistence/leaf.h"
#include "persistence/merkle.h"

namespace persistence {

// The key that the checker knows the log by, not one that came with the proof.
struct InclusionProof {
  engine::Seq seq;
  Leaf leaf{};  // of the receipt
  TreeHead head;
  merkle::Path path;
};
std::optional<std::string> what_is_wrong(InclusionProof const& proof, PublicKey const& key);

struct ConsistencyProof {
  TreeHead seen;
  TreeHead head;
  merkle::Path path;
};
std::optional<std::string> what_is_wrong(ConsistencyProof const& proof, PublicKey const& key);

// Of heads that were published, without a log to ask: each is signed, all with one key, and one size has one root.
std::optional<std::string> what_disagrees(std::vector<PublishedHead> heads, std::optional<PublicKey> const& key);

// What a leaf is made of, as its owner is given it. The salt is asked for by whoever wants to see the private part in
// it.
struct LeafParts {
  std::string shown;
  Blinding blinding{};
  std::optional<Salt> salt;
  std::string private_part;
};
std::optional<std::string> what_is_wrong(LeafParts const& parts, Leaf const& leaf);

}  // namespace persistence
