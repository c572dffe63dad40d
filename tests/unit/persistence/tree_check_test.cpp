// A data directory held against itself and against what others kept: published heads and receipts.
#include "persistence/tree_check.h"

#include <gtest/gtest.h>

#include "persistence/verify.h"
#include "tests/unit/persistence/logged_disk.h"

namespace tests {
namespace {

using persistence::Kept;
using persistence::PublishedHead;
using persistence::Verified;
using testing::HasSubstr;
using testing::Optional;

using History = std::vector<engine::Sequenced>;

History honest_history() {
  return {bid(1, 98'000'00), bid(2, 97'500'00), tick(3), bid(4, 97'000'00), tick(5)};
}

// What a second place has after a server lived through this history: a head for each command, and each receipt.
Kept live(std::filesystem::path const& directory, History const& history) {
  Kept kept;
  LoggedDisk log{directory};
  log.start();
  for (auto const& command : history) {
    log.commit({command});
    auto const head = log.head_of(command.seq.number());
    kept.heads.push_back({head, log.tree->key()});
    kept.receipts.push_back({command.seq, log.disk.journal().leaves().front()});
  }
  return kept;
}
// Another history, written with the keys of the first, as by somebody who has taken the server over.
void rewrite(Directory const& of, Directory const& as, History const& history) {
  std::filesystem::copy(of / "keys", as / "keys");
  live(as.path(), history);
}
Verified verified(Directory const& directory, Kept kept = {}) {
  return good(persistence::verify(directory.path(), std::move(kept)));
}

TEST(TreeCheckTest, an_honest_log_passes_with_all_that_was_kept) {
  Directory directory;
  auto const kept = live(directory.path(), honest_history());
  auto const found = verified(directory, kept);
  EXPECT_EQ(found.damage, std::nullopt);
  ASSERT_TRUE(found.log);
  EXPECT_EQ(found.log->leaves, 5U);
  EXPECT_EQ(found.log->heads, 5U);
  EXPECT_EQ(found.log->kept_heads, 5U);
  EXPECT_EQ(found.log->kept_receipts, 5U);
  EXPECT_EQ(found.log->newest, kept.heads.back().head);
}

TEST(TreeCheckTest, rewriting_everything_under_the_same_key_is_caught_by_the_published_heads) {
  Directory directory;
  auto const kept = live(directory.path(), honest_history());
  auto rewritten = honest_history();
  rewritten[1] = bid(2, 99'000'00);
  Directory forged;
  rewrite(directory, forged, rewritten);
  // In itself the forgery is perfect: checksums, chain, anchor, tree and signatures.
  EXPECT_EQ(verified(forged).damage, std::nullopt);
  EXPECT_THAT(verified(forged, {kept.heads, {}, {}}).damage,
              Optional(HasSubstr("the published head of size 2 has the root")));
  EXPECT_THAT(verified(forged, {{}, kept.receipts, {}}).damage, Optional(HasSubstr("a receipt of seq 2 has the leaf")));
}

TEST(TreeCheckTest, a_dropped_end_is_caught_by_heads_and_by_receipts) {
  Directory directory;
  auto const kept = live(directory.path(), honest_history());
  auto shorter = honest_history();
  shorter.resize(3);
  Directory forged;
  rewrite(directory, forged, shorter);
  EXPECT_EQ(verified(forged).damage, std::nullopt);
  EXPECT_THAT(verified(forged, {kept.heads, {}, {}}).damage,
              Optional(HasSubstr("a head of size 4 was published, and the journal ends at 3: history was dropped")));
  EXPECT_THAT(verified(forged, {{}, kept.receipts, {}}).damage,
              Optional(HasSubstr("a receipt of seq 4 was given, and the journal ends at 3: history was dropped")));
}

TEST(TreeCheckTest, a_published_head_that_was_changed_or_is_of_another_key_is_named) {
  Directory directory;
  auto kept = live(directory.path(), honest_history());
  auto changed = kept;
  changed.heads[2].head.root[5] = static_cast<char>(changed.heads[2].head.root[5] ^ 1);
  EXPECT_THAT(verified(directory, {changed.heads, {}, {}}).damage, Optional(HasSubstr("is not signed with its key")));
  Directory other;
  auto const others = live(other.path(), honest_history());
  EXPECT_THAT(verified(directory, {others.heads, {}, {}}).damage, Optional(HasSubstr("was published under the key")));
}

TEST(TreeCheckTest, the_key_that_the_checker_knows_counts_more_than_the_one_that_is_there) {
  Directory directory;
  live(directory.path(), honest_history());
  persistence::PublicKey known{};
  known.fill('k');
  EXPECT_THAT(verified(directory, {{}, {}, known}).damage, Optional(HasSubstr("is not signed with the key 6b6b6b")));
}

TEST(TreeCheckTest, a_hash_that_was_changed_in_the_tree_is_named) {
  Directory directory;
  {
    LoggedDisk log{directory.path()};
    log.start();
    log.commit(ticks(1, 700));
    log.head_of(700);
  }
  // With a checksum that fits, as a program would write it: only the journal tells.
  auto store = good(persistence::TreeStore::open(directory / "tree", persistence::Access::ReadOnly));
  auto const place = store.committed();
  auto hashes = good(store.tile(0, 0));
  auto const rest = good(store.tile(0, 1));
  auto const tail = good(store.tile(0, 2));
  {
    Directory again;
    auto bent = good(persistence::TreeStore::open(again.path(), persistence::Access::ReadWrite));
    hashes[17][0] = static_cast<char>(hashes[17][0] ^ 1);
    for (auto const& all : {hashes, rest, tail}) {
      for (auto const& hash : all) bent.append(hash);
    }
    good(bent.commit(place, std::nullopt));
    std::filesystem::copy(again / "data.mdb", directory / "tree" / "data.mdb",
                          std::filesystem::copy_options::overwrite_existing);
  }
  EXPECT_THAT(verified(directory).damage,
              Optional(HasSubstr("the tree keeps another hash than the journal gives: level 0, number 17")));
}

TEST(TreeCheckTest, without_a_tree_the_journal_is_still_held_against_what_was_kept) {
  Directory directory;
  auto const kept = live(directory.path(), honest_history());
  std::filesystem::remove_all(directory / "tree");
  auto const found = verified(directory, kept);
  EXPECT_EQ(found.damage, std::nullopt);
  EXPECT_EQ(found.log->heads, 0U);
  EXPECT_EQ(found.log->kept_heads, 5U);
}

TEST(TreeCheckTest, without_keys_the_log_is_not_checked_and_that_is_said) {
  Directory directory;
  auto const kept = live(directory.path(), honest_history());
  std::filesystem::remove_all(directory / "keys");
  auto const found = verified(directory, kept);
  EXPECT_EQ(found.damage, std::nullopt);
  EXPECT_FALSE(found.log);
}

}  // namespace
}  // namespace tests
