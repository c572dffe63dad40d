// A journal in several small segments, and places to put its backup.
#pragma once

#include "persistence/backup.h"
#include "persistence/backup_heads.h"
#include "persistence/restore.h"
#include "persistence/verify.h"
#include "persistence/walk.h"
#include "tests/unit/persistence/damage.h"

namespace tests {

struct BackedWorld : testing::Test {
  static constexpr std::size_t small_segment = std::size_t{64} << 10;
  static constexpr std::uint64_t a_frame = 500;  // ticks in each

  Directory place;
  Disk disk{place / "data", small_segment};

  void SetUp() override {
    std::filesystem::create_directory(place / "data");
    good(disk.start());
  }
  // So many frames more; two of them with what is secret.
  void live(std::uint64_t frames) {
    for (std::uint64_t i = 0; i < frames; ++i) good(disk.commit(ticks(next_seq(), a_frame)));
    good(disk.commit({sealed_quote(next_seq(), 99'00)}));
    good(disk.commit({new_password(next_seq(), "hash")}));
  }
  // A tree with a signed head at the end of every frame, as a server would have left it. The disk is stopped.
  std::vector<persistence::TreeHead> sign() {
    using namespace persistence;
    auto const keys = good(KeyStore::open(place / "data/keys", Access::ReadOnly));
    auto const signer = good(HeadSigner::open(place / "data/keys" / head_key_name, HeadSigner::Missing::Make));
    auto const anchor = good(Anchor::open(place / "data/ANCHOR", Access::ReadOnly));
    auto const segments = good(Segments::open(place / "data/journal", Access::ReadOnly, small_segment));
    auto tree = good(TreeStore::open(place / "data/tree", Access::ReadWrite));
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
  std::uint64_t next_seq() { return disk.journal().last_seq().number() + 1; }

  persistence::BackedUp back_up() { return good(persistence::back_up(order())); }
  persistence::BackupOptions order() const {
    return {.directory = place / "data", .to = place / "backup", .keys_to = place / "keys"};
  }
  persistence::Restored restore(std::string_view to, persistence::Until until = {}) {
    return good(persistence::restore(restoring(to, until)));
  }
  persistence::RestoreOptions restoring(std::string_view to, persistence::Until until = {}) const {
    return {.from = place / "backup", .directory = place / to, .keys_from = place / "keys", .until = until};
  }
  // What a server would find there.
  std::vector<std::string> recovered(std::string_view in) const {
    Disk again{place / in, small_segment};
    good(again.start());
    return said_by_all(again.recovered());
  }
};

inline void flip(std::filesystem::path const& path, std::size_t at) {
  auto bytes = content(path);
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
  overwrite(path, bytes);
}

}  // namespace tests
