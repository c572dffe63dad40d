// See the header.
#include "persistence/proof_check.h"

#include <algorithm>

namespace persistence {
namespace {

std::string hexed(Digest const& digest) {
  return hex(view(digest));
}
std::string name_of(TreeHead const& head) {
  return "the head of size " + std::to_string(head.size);
}
std::optional<std::string> unsigned_by(PublicKey const& key, TreeHead const& head) {
  if (is_signed_by(key, head)) return std::nullopt;
  return name_of(head) + " is not signed with the key " + hex({key.data(), key.size()});
}

}  // namespace

std::optional<std::string> what_is_wrong(InclusionProof const& proof, PublicKey const& key) {
  auto const& [seq, leaf, head, path] = proof;
  if (auto wrong = unsigned_by(key, head)) return wrong;
  if (!seq.is_given() || seq.number() > head.size) {
    return name_of(head) + " is too small to hold seq " + std::to_string(seq.number());
  }
  auto const root = merkle::root_by_inclusion(seq.number() - 1, head.size, leaf, path);
  if (!root) return "the path has " + std::to_string(path.size()) + " steps, which is no path in " + name_of(head);
  if (*root == head.root) return std::nullopt;
  return "the leaf of seq " + std::to_string(seq.number()) + ", " + hexed(leaf) + ", leads to the root " +
         hexed(*root) + "; " + name_of(head) + " has " + hexed(head.root);
}

std::optional<std::string> what_is_wrong(ConsistencyProof const& proof, PublicKey const& key) {
  auto const& [seen, head, path] = proof;
  if (auto wrong = unsigned_by(key, seen)) return wrong;
  if (auto wrong = unsigned_by(key, head)) return wrong;
  if (head.size < seen.size) {
    return "the log had " + std::to_string(seen.size) + " entries, and now shows " + std::to_string(head.size) +
           ": history was dropped";
  }
  auto const both = "root " + hexed(seen.root) + " of size " + std::to_string(seen.size) + " and root " +
                    hexed(head.root) + " of size " + std::to_string(head.size);
  switch (merkle::check_consistency(seen.size, head.size, seen.root, head.root, path)) {
    case merkle::Consistent::Yes:
      return std::nullopt;
    case merkle::Consistent::NoPath:
      return "a path of " + std::to_string(path.size()) + " steps does not connect " + both;
    case merkle::Consistent::OtherStart:
    case merkle::Consistent::OtherEnd:
      break;
  }
  return "the log does not continue what was seen: " + both + ": history was rewritten";
}

std::optional<std::string> what_disagrees(std::vector<PublishedHead> heads, std::optional<PublicKey> const& key) {
  std::ranges::stable_sort(heads, {}, [](PublishedHead const& published) { return published.head.size; });
  for (std::size_t at = 0; at < heads.size(); ++at) {
    auto const& [head, signer] = heads[at];
    if (signer != key.value_or(heads.front().key)) {
      return name_of(head) + " is published under the key " + hex({signer.data(), signer.size()}) + ", another one";
    }
    if (auto wrong = unsigned_by(signer, head)) return wrong;
    if (at > 0 && heads[at - 1].head.size == head.size && heads[at - 1].head.root != head.root) {
      return "two heads of size " + std::to_string(head.size) + " are signed, with the roots " +
             hexed(heads[at - 1].head.root) + " and " + hexed(head.root) + ": the log has shown two histories";
    }
  }
  return std::nullopt;
}

std::optional<std::string> what_is_wrong(LeafParts const& parts, Leaf const& leaf) {
  if (parts.salt) {
    auto const blinding = blinding_of(*parts.salt, parts.private_part);
    if (blinding != parts.blinding) {
      return "salt and private part give the blinding " + hexed(blinding) + "; the entry says " + hexed(parts.blinding);
    }
  }
  auto const made = leaf_of(parts.shown, parts.blinding);
  if (made == leaf) return std::nullopt;
  return "the entry gives the leaf " + hexed(made) + "; the receipt says " + hexed(leaf);
}

}  // namespace persistence
