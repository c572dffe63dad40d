// See the header.
#include "persistence/tree_check.h"

#include <algorithm>

#include "persistence/failure.h"

namespace persistence {
namespace {

std::string hexed(Digest const& digest) {
  return hex(view(digest));
}
std::string sized(std::uint64_t size) {
  return "size " + std::to_string(size);
}

// Of heads that somebody else kept: what can be said without the journal.
engine::Result<void> check_signatures(Kept const& kept, std::optional<PublicKey> const& key) {
  for (auto const& published : kept.heads) {
    if (key && published.key != *key) {
      return failed("a head of " + sized(published.head.size) + " was published under the key " +
                    hex({published.key.data(), published.key.size()}) + "; the key of this log is " +
                    hex({key->data(), key->size()}));
    }
    if (!is_signed_by(published.key, published.head)) {
      return failed("a published head of " + sized(published.head.size) + " is not signed with its key");
    }
  }
  return {};
}

}  // namespace

engine::Result<TreeCheck> TreeCheck::open(TreeStore const* store, Kept kept, std::optional<PublicKey> const& key) {
  TreeCheck check{store, std::move(kept)};
  check.key_ = check.kept_.key ? check.kept_.key : key;
  if (auto fits = check_signatures(check.kept_, check.key_); !fits) return std::unexpected(fits.error());
  std::ranges::stable_sort(check.kept_.heads, {}, [](PublishedHead const& published) { return published.head.size; });
  std::ranges::stable_sort(check.kept_.receipts, {}, &Kept::Receipt::seq);
  if (auto taken = check.take_next_head(); !taken) return std::unexpected(taken.error());
  return check;
}

engine::Result<void> TreeCheck::take_next_head() {
  if (store_ == nullptr) return {};
  auto const head = store_->head_from(last_signed_size_ + 1);
  if (!head) return std::unexpected(head.error());
  next_ = *head;
  if (!next_) return {};
  if (key_ && !is_signed_by(*key_, *next_)) {
    return failed("the head of " + sized(next_->size) + " is not signed with the key " +
                  hex({key_->data(), key_->size()}));
  }
  if (next_->at < last_signed_) return failed("the head of " + sized(next_->size) + " is older than the one before it");
  last_signed_ = next_->at;
  last_signed_size_ = next_->size;
  return {};
}

engine::Result<void> TreeCheck::add(Leaf const& leaf) {
  frontier_.append(leaf);
  if (auto fits = check_receipts(leaf); !fits) return fits;
  if (auto fits = check_heads(); !fits) return fits;
  bool const is_stored = store_ != nullptr && frontier_.size() <= store_->committed().size;
  return is_stored ? push(0, leaf) : engine::Result<void>{};
}

engine::Result<void> TreeCheck::check_receipts(Leaf const& leaf) {
  auto const seq = frontier_.size();
  auto const& receipts = kept_.receipts;
  for (; kept_receipts_ < receipts.size() && receipts[kept_receipts_].seq.number() == seq; ++kept_receipts_) {
    if (receipts[kept_receipts_].leaf == leaf) continue;
    return failed("a receipt of seq " + std::to_string(seq) + " has the leaf " + hexed(receipts[kept_receipts_].leaf) +
                  "; the journal gives " + hexed(leaf));
  }
  return {};
}

engine::Result<void> TreeCheck::check_heads() {
  auto const size = frontier_.size();
  auto const fits = [&](TreeHead const& head, std::string_view whose) -> engine::Result<void> {
    auto const root = frontier_.root();
    if (root == head.root) return {};
    return failed("the " + std::string{whose} + " head of " + sized(size) + " has the root " + hexed(head.root) +
                  "; the journal gives " + hexed(root));
  };
  for (; kept_heads_ < kept_.heads.size() && kept_.heads[kept_heads_].head.size == size; ++kept_heads_) {
    if (auto right = fits(kept_.heads[kept_heads_].head, "published"); !right) return right;
  }
  if (!next_ || next_->size != size) return {};
  if (auto right = fits(*next_, "signed"); !right) return right;
  ++heads_;
  return take_next_head();
}

engine::Result<void> TreeCheck::push(std::size_t level, Digest const& hash) {
  if (level == levels_.size()) levels_.emplace_back();
  auto& tile = levels_[level];
  tile.hashes.push_back(hash);
  if (tile.hashes.size() < TreeStore::tile_hashes) return {};
  if (auto same = compare(level); !same) return same;
  auto const root = merkle::root_over(tile.hashes);
  tile.hashes.clear();
  ++tile.number;
  return push(level + 1, root);
}

engine::Result<void> TreeCheck::compare(std::size_t level) const {
  auto const& [number, hashes] = levels_[level];
  auto const stored = store_->tile(level, number);
  if (!stored) return std::unexpected(stored.error());
  if (*stored == hashes) return {};
  auto const at = static_cast<std::size_t>(std::ranges::mismatch(*stored, hashes).in2 - hashes.begin());
  auto const first = number * TreeStore::tile_hashes;
  return failed("the tree keeps another hash than the journal gives: level " + std::to_string(level) + ", number " +
                std::to_string(first + at));
}

engine::Result<void> TreeCheck::finish() {
  auto const size = frontier_.size();
  if (kept_heads_ < kept_.heads.size()) {
    return failed("a head of " + sized(kept_.heads[kept_heads_].head.size) +
                  " was published, and the journal ends at " + std::to_string(size) + ": history was dropped");
  }
  if (kept_receipts_ < kept_.receipts.size()) {
    return failed("a receipt of seq " + std::to_string(kept_.receipts[kept_receipts_].seq.number()) +
                  " was given, and the journal ends at " + std::to_string(size) + ": history was dropped");
  }
  if (next_) {
    return failed("a head of " + sized(next_->size) + " was signed, and the journal ends at " + std::to_string(size) +
                  ": history was dropped");
  }
  if (store_ == nullptr) return {};
  if (store_->committed().size > size) {
    return failed("the tree has " + std::to_string(store_->committed().size) + " leaves, and the journal ends at " +
                  std::to_string(size));
  }
  for (std::size_t level = 0; level < levels_.size(); ++level) {
    if (levels_[level].hashes.empty()) continue;
    if (auto same = compare(level); !same) return same;
  }
  return {};
}

}  // namespace persistence
