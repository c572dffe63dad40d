// A journal in several small segments, and places to put its backup.
#pragma once

#include "persistence/backup.h"
#include "persistence/backup_heads.h"
#include "persistence/restore.h"
#include "persistence/verify.h"
#include "tests/unit/persistence/damage.h"
#include "tests/unit/persistence/signed_tree.h"

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
  std::vector<persistence::TreeHead> sign() { return sign_every_frame(place / "data", small_segment); }
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
