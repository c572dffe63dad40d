// See the header.
#include "persistence/tree_regrow.h"

#include <fcntl.h>
#include <stdio.h>

#include <vector>

#include "engine/bytes.h"
#include "persistence/anchor.h"
#include "persistence/directory_lock.h"
#include "persistence/doctor.h"
#include "persistence/failure.h"
#include "persistence/key_store.h"
#include "persistence/tree_store.h"
#include "persistence/walk.h"

namespace persistence {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t segment_bytes_any = std::size_t{16} << 30;
constexpr std::uint64_t leaves_a_commit = 65'536;  // what is not yet on the disk stays small

// ---- What the damaged tree still has -----------------------------------------------------------------------------

std::string bytes_of(StoredHeads const& stored) {
  engine::ByteWriter bytes;
  bytes.put(static_cast<std::uint8_t>(stored.is_whole));
  for (auto const& head : stored.heads) {
    bytes.put(head.size).put(head.at).put_raw(view(head.root)).put_raw({head.signature.data(), head.signature.size()});
  }
  return bytes.take();
}

StoredHeads stored_from(std::string_view text) {
  engine::ByteReader bytes{text};
  StoredHeads stored{.heads = {}, .is_whole = bytes.get<std::uint8_t>() != 0};
  while (bytes.ok() && !bytes.finished()) {
    TreeHead head;
    head.size = bytes.get<std::uint64_t>();
    head.at = bytes.get_instant();
    std::ranges::copy(bytes.get_raw(head.root.size()), head.root.begin());
    std::ranges::copy(bytes.get_raw(head.signature.size()), head.signature.begin());
    stored.heads.push_back(head);
  }
  return stored;
}

StoredHeads heads_of(fs::path const& tree) {
  auto const answer = in_a_child([&] { return bytes_of(TreeStore::heads_in(tree)); });
  return answer ? stored_from(*answer) : StoredHeads{};
}

// ---- Growing -----------------------------------------------------------------------------------------------------

class Regrowing {
 public:
  Regrowing(Digest const& log_key, std::optional<PublicKey> const& key, StoredHeads stored, TreeStore store)
      : salts_(log_key), key_(key), stored_(std::move(stored)), store_(std::move(store)) {}

  engine::Result<void> see(WalkedFrame const& frame) {
    find_leaves(frame.bytes.substr(frame_header_bytes), salts_, leaves_);
    for (auto const& leaf : leaves_) {
      store_.append(leaf);
      keep_heads();
    }
    place_ = {store_.size(), Sha256{}.add(frame.bytes).digest()};
    if (place_.size - store_.committed().size < leaves_a_commit) return {};
    return store_.commit(place_, std::nullopt);
  }
  engine::Result<Regrown> finish() {
    if (next_ < stored_.heads.size()) {
      contradict(stored_.heads[next_], "the journal ends at seq " + std::to_string(store_.size()));
    }
    if (auto kept = store_.commit(place_, std::nullopt); !kept) return std::unexpected(kept.error());
    found_.leaves = store_.size();
    found_.are_heads_lost = !stored_.is_whole;
    return found_;
  }

 private:
  void keep_heads() {
    for (; next_ < stored_.heads.size() && stored_.heads[next_].size == store_.size(); ++next_) {
      auto const& head = stored_.heads[next_];
      if (key_ && !is_signed_by(*key_, head)) {
        contradict(head, "it is not signed with the key " + hex({key_->data(), key_->size()}));
      } else if (auto const root = store_.root(); root != head.root) {
        contradict(head, "it says the root " + hex(view(head.root)) + ", and the journal gives " + hex(view(root)));
      } else {
        store_.keep(head);
        ++found_.heads;
      }
    }
  }
  void contradict(TreeHead const& head, std::string const& why) {
    if (!found_.contradicts) found_.contradicts = "the head of size " + std::to_string(head.size) + ": " + why;
  }

  LogSalts const salts_;
  std::optional<PublicKey> const key_;
  StoredHeads const stored_;
  std::size_t next_ = 0;  // of them
  TreeStore store_;
  TreePlace place_;
  std::vector<Leaf> leaves_;
  Regrown found_;
};

// Under the directory's lock.
engine::Result<Regrown> regrow(fs::path const& directory, fs::path const& archive, fs::path const& into) {
  auto stored = heads_of(directory / "tree");
  auto const anchor = Anchor::open(directory / "ANCHOR", Access::ReadOnly);
  if (!anchor) return std::unexpected(anchor.error());
  auto const segments = Segments::open(directory / "journal", Access::ReadOnly, segment_bytes_any, archive);
  if (!segments) return std::unexpected(segments.error());
  if (segments->unreadable_until().is_given()) {
    return failed(where_they_lie(directory / "journal", segments->sealed(), segments->trimmed()) +
                  ": a tree grows from the first command on");
  }
  auto const keys = KeyStore::open(directory / "keys", Access::ReadOnly);
  if (!keys) return std::unexpected(keys.error());
  if (!keys->log_key()) return failed((directory / "keys").string() + ": there is no key of the log");
  std::optional<PublicKey> key;
  if (auto const file = directory / "keys" / head_key_name; is_there(file)) {
    auto const signer = HeadSigner::open(file, HeadSigner::Missing::Refuse);
    if (!signer) return std::unexpected(signer.error());
    key = signer->key();
  }
  auto store = TreeStore::open(into, Access::ReadWrite);
  if (!store) return std::unexpected(store.error());
  Regrowing growing{*keys->log_key(), key, std::move(stored), std::move(*store)};
  Walked walked;
  auto const read =
      walk(*segments, anchor->tail(), 0, walked, [&](WalkedFrame const& frame) { return growing.see(frame); });
  if (!read) return std::unexpected(read.error());
  return growing.finish();
}

}  // namespace

engine::Result<Regrown> regrow_tree(fs::path const& data_directory, fs::path const& archive, fs::path const& into) {
  auto const lock = DirectoryLock::take(data_directory);
  if (!lock) return std::unexpected(lock.error());
  return regrow(data_directory, archive, into);
}

engine::Result<Regrown> mend_tree(fs::path const& data_directory, fs::path const& archive) {
  auto const lock = DirectoryLock::take(data_directory);
  if (!lock) return std::unexpected(lock.error());
  auto const tree = data_directory / "tree";
  auto const made = data_directory / "tree.new";
  std::error_code error;
  if (fs::remove_all(made, error); error) return failed(made.string() + ": remove: " + error.message());
  auto const grown = regrow(data_directory, archive, made);
  if (!grown) return grown;
  if (!grown->contradicts) {
    if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, tree.c_str(), RENAME_EXCHANGE) != 0) {
      return failed_with_errno(made.string() + ": exchange");
    }
    if (auto synced = sync_directory(data_directory); !synced) return std::unexpected(synced.error());
  }
  if (fs::remove_all(made, error); error) return failed(made.string() + ": remove: " + error.message());
  return grown;
}

}  // namespace persistence
