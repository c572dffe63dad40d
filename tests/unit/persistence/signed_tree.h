// A transparency log made from a journal that nobody writes, with a signed head at the end of every frame.
#pragma once

#include "persistence/head.h"
#include "persistence/leaf.h"
#include "persistence/tree_store.h"
#include "persistence/walk.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {

inline std::vector<persistence::TreeHead> sign_every_frame(std::filesystem::path const& data,
                                                           std::size_t segment_bytes) {
  using namespace persistence;
  auto const keys = good(KeyStore::open(data / "keys", Access::ReadOnly));
  auto const signer = good(HeadSigner::open(data / "keys" / head_key_name, HeadSigner::Missing::Make));
  auto const anchor = good(Anchor::open(data / "ANCHOR", Access::ReadOnly));
  auto const segments = good(Segments::open(data / "journal", Access::ReadOnly, segment_bytes));
  auto tree = good(TreeStore::open(data / "tree", Access::ReadWrite));
  LogSalts const salts{*keys.log_key()};
  std::vector<TreeHead> heads;
  Walked walked;
  good(walk(segments, anchor.tail(), 0, walked, [&](WalkedFrame const& frame) -> engine::Result<void> {
    std::vector<Leaf> leaves;
    find_leaves(frame.bytes.substr(frame_header_bytes), salts, leaves);
    for (auto const& leaf : leaves) tree.append(leaf);
    heads.push_back(signer.sign(tree.size(), tree.root(), engine::at_millis(midnight_ms)));
    return tree.commit({tree.size(), Hasher{}.of({frame.bytes})}, heads.back());
  }));
  return heads;
}

}  // namespace tests
