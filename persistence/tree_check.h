// A tree held against the leaves that its journal gives: every hash that is stored, the root under every head that was
// signed or published, and every receipt that somebody kept. Fed leaf by leaf, so that a journal of any length is
// checked in the memory of a few tiles.
//
// Thread:  one.
// Failure: the first thing that does not fit, with both values; or the disk.
#pragma once

#include <span>
#include <vector>

#include "persistence/head.h"
#include "persistence/leaf.h"
#include "persistence/tree_store.h"

namespace persistence {

// What somebody outside has kept, and a log that is honest still has.
struct Kept {
  struct Receipt {
    engine::Seq seq;
    Leaf leaf{};
  };
  std::vector<PublishedHead> heads;
  std::vector<Receipt> receipts;
  std::optional<PublicKey> key;  // the one the log is known by; nothing: the one that the directory has
};

class TreeCheck {
 public:
  // `store`: nothing, where there is no tree yet. It outlives this.
  static engine::Result<TreeCheck> open(TreeStore const* store, Kept kept, std::optional<PublicKey> const& key);

  engine::Result<void> add(Leaf const& leaf);
  // After the last leaf.
  engine::Result<void> finish();

  std::uint64_t heads() const { return heads_; }  // of the history that were checked
  std::uint64_t kept_heads() const { return kept_heads_; }
  std::uint64_t kept_receipts() const { return kept_receipts_; }

 private:
  TreeCheck(TreeStore const* store, Kept kept) : store_(store), kept_(std::move(kept)) {}
  engine::Result<void> take_next_head();
  engine::Result<void> check_heads();
  engine::Result<void> check_receipts(Leaf const& leaf);
  engine::Result<void> push(std::size_t level, Digest const& hash);
  engine::Result<void> compare(std::size_t level) const;

  TreeStore const* store_;
  Kept kept_;  // heads by size, receipts by seq
  merkle::Frontier frontier_;
  std::optional<TreeHead> next_;  // of the history
  engine::Instant last_signed_;   // heads are signed one after the other
  std::uint64_t last_signed_size_ = 0;
  std::uint64_t heads_ = 0;
  std::uint64_t kept_heads_ = 0;
  std::uint64_t kept_receipts_ = 0;
  std::optional<PublicKey> key_;
  struct Level {
    std::uint64_t number = 0;
    std::vector<Digest> hashes;
  };
  std::vector<Level> levels_;
};

}  // namespace persistence
