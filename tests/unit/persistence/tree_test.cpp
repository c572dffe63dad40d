// The transparency log over a real journal: it grows behind the commits, proves what is in it, comes back after a
// restart, and refuses a journal that is not its own.
#include "persistence/tree.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/unit/persistence/logged_disk.h"

namespace tests {
namespace {

using namespace std::chrono_literals;
using persistence::Digest;
using persistence::Tree;
using persistence::TreeHead;
namespace merkle = persistence::merkle;

TEST(TreeTest, every_command_is_provable_from_the_next_head_on) {
  Directory directory;
  LoggedDisk log{directory.path()};
  log.start();
  log.commit({bid(1, 9'800'000), sealed_quote(2, 9'700'000)});
  std::vector<Digest> leaves(log.disk.journal().leaves().begin(), log.disk.journal().leaves().end());
  log.commit({tick(3)});
  leaves.push_back(log.disk.journal().leaves().front());
  auto const head = log.head_of(3);
  EXPECT_TRUE(persistence::is_signed_by(log.tree->key(), head));
  EXPECT_EQ(head.at, engine::at_millis(midnight_ms));
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    EXPECT_EQ(good(log.tree->leaf(engine::Seq{seq})), leaves[seq - 1]);
    EXPECT_TRUE(log.includes(engine::Seq{seq}, leaves[seq - 1], head));
  }
  EXPECT_FALSE(log.includes(engine::Seq{1}, leaves[1], head));
}

TEST(TreeTest, heads_follow_each_other_and_each_is_consistent_with_the_one_before) {
  Directory directory;
  LoggedDisk log{directory.path()};
  log.start();
  std::vector<TreeHead> heads;
  for (std::uint64_t seq = 1; seq <= 20; ++seq) {
    log.commit({bid(seq, 9'000'000)});
    heads.push_back(log.head_of(seq));
  }
  for (std::size_t at = 1; at < heads.size(); ++at) {
    auto const path = good(log.tree->consistency(heads[at - 1].size, heads[at].size));
    EXPECT_EQ(merkle::check_consistency(heads[at - 1].size, heads[at].size, heads[at - 1].root, heads[at].root, path),
              merkle::Consistent::Yes);
    EXPECT_EQ(good(log.tree->head_from(heads[at].size)), heads[at]);
  }
}

TEST(TreeTest, stopping_signs_what_is_left_and_a_restart_goes_on_from_there) {
  Directory directory;
  LoggedDisk log{directory.path()};
  log.start();
  auto const key = log.tree->key();
  log.commit(ticks(1, 300));
  log.tree->stop();
  auto const head = log.tree->head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->size, 300U);
  log.start();
  EXPECT_EQ(log.tree->head(), head);
  EXPECT_EQ(log.tree->key(), key);
  log.commit(ticks(301, 5));
  auto const later = log.head_of(305);
  EXPECT_EQ(merkle::check_consistency(300, 305, head->root, later.root, good(log.tree->consistency(300, 305))),
            merkle::Consistent::Yes);
}

TEST(TreeTest, a_tree_that_is_gone_is_made_again_from_the_journal_and_is_the_same) {
  Directory directory;
  LoggedDisk log{directory.path(), std::size_t{1} << 20};
  log.start();
  std::uint64_t seq = 1;
  for (; seq < 4'000; seq += 500) log.commit(ticks(seq, 500));
  log.commit({sealed_quote(seq, 1), new_password(seq + 1, "hash")});
  auto const head = log.head_of(seq + 1);
  log.stop();
  std::filesystem::remove_all(directory / "tree");
  log.start();
  auto const again = log.head_of(seq + 1);
  EXPECT_EQ(again.root, head.root);
  EXPECT_EQ(again.size, head.size);
}

TEST(TreeTest, a_tree_that_is_behind_catches_up) {
  Directory directory;
  LoggedDisk log{directory.path()};
  good(log.open());
  log.commit(ticks(1, 10));
  log.stop();  // its thread never ran
  log.start();
  EXPECT_EQ(log.head_of(10).size, 10U);
}

TEST(TreeTest, what_a_full_backlog_leaves_out_is_read_from_the_journal) {
  Directory directory;
  LoggedDisk log{directory.path()};
  good(log.open());
  log.commit(ticks(1, 10));
  // As a backlog without room would: a hand-over that does not follow the one before.
  log.disk.journal().tell(*log.tree);
  std::vector<Digest> const none(3);
  log.tree->committed(engine::Seq{14}, none, {});
  log.commit(ticks(11, 6));
  log.tree->start(log.clock, [&](engine::Failure const& failure) { log.failures.push_back(failure.what); });
  auto const head = log.head_of(16);
  log.tree->stop();
  EXPECT_TRUE(log.failures.empty());
  log.stop();
  std::filesystem::remove_all(directory / "tree");
  log.start();
  EXPECT_EQ(log.head_of(16).root, head.root);
}

TEST(TreeTest, no_head_is_signed_while_nothing_is_added) {
  Directory directory;
  LoggedDisk log{directory.path()};
  log.start();
  std::this_thread::sleep_for(10ms);  // wait: a few intervals of the tree
  EXPECT_EQ(log.tree->head(), std::nullopt);
  log.commit(ticks(1, 2));
  auto const head = log.head_of(2);
  log.clock.at = engine::at_millis(midnight_ms + 5'000);
  log.tree->stop();
  EXPECT_EQ(log.tree->head(), head);
}

// ---- Entries -----------------------------------------------------------------------------------------------------

TEST(TreeTest, an_entry_gives_what_its_leaf_is_made_of) {
  Directory directory;
  LoggedDisk log{directory.path()};
  log.start();
  log.commit({bid(1, 9'800'000), sealed_quote(2, 9'700'000), new_password(3, "hash")});
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    auto const entry = good(log.tree->entry(engine::Seq{seq})).value();
    ASSERT_TRUE(entry.salt);
    EXPECT_EQ(persistence::blinding_of(*entry.salt, entry.private_bytes), entry.blinding) << seq;
    EXPECT_EQ(persistence::leaf_of(entry.public_bytes, entry.blinding), log.disk.journal().leaves()[seq - 1]) << seq;
    EXPECT_EQ(entry.command.seq, engine::Seq{seq});
  }
  EXPECT_EQ(good(log.tree->entry(engine::Seq{1}))->private_bytes, "");
  EXPECT_EQ(good(log.tree->entry(engine::Seq{3}))->private_bytes, "hash");
  auto const quote = good(log.tree->entry(engine::Seq{2})).value();
  EXPECT_EQ(std::get<engine::PlaceBid>(quote.command.command).price, engine::Money::fen(9'700'000));
  EXPECT_EQ(good(log.tree->entry(engine::Seq{4})), std::nullopt);
  EXPECT_EQ(good(log.tree->entry(engine::Seq{})), std::nullopt);
}

TEST(TreeTest, a_leaf_without_its_salt_gives_no_price_away) {
  // Whoever sees leaf and public bytes, and tries every price without the salt, finds nothing that fits.
  Directory directory;
  LoggedDisk log{directory.path()};
  log.start();
  log.commit({sealed_quote(1, 9'700'000)});
  auto const entry = good(log.tree->entry(engine::Seq{1})).value();
  auto guessed = [&](std::int64_t fen, Digest const& salt) {
    auto const secret = encode(sealed_quote(1, fen).command, engine::Privacy::Private).secret;
    return persistence::leaf_of(entry.public_bytes, persistence::blinding_of(salt, secret));
  };
  auto const leaf = log.disk.journal().leaves().front();
  EXPECT_EQ(guessed(9'700'000, entry.salt.value()), leaf);
  EXPECT_NE(guessed(9'700'000, Digest{}), leaf);
}

TEST(TreeTest, entries_and_proofs_are_read_while_the_engine_commits) {
  Directory directory;
  LoggedDisk log{directory.path(), std::size_t{1} << 20};
  log.start();
  log.commit({bid(1, 1'000)});
  log.head_of(1);
  std::atomic<bool> is_over{false};
  std::atomic<std::uint64_t> asked{0};
  std::thread reader{[&] {
    while (!is_over.load()) {
      auto const head = log.tree->head().value();
      auto const seq = engine::Seq{1 + asked.load() % head.size};
      auto const leaf = log.tree->leaf(seq);
      auto const entry = log.tree->entry(seq);
      EXPECT_TRUE(leaf && entry);
      if (!leaf || !entry) return;
      EXPECT_EQ(persistence::leaf_of((*entry)->public_bytes, (*entry)->blinding), **leaf);
      EXPECT_TRUE(log.includes(seq, **leaf, head));
      ++asked;
    }
  }};
  for (std::uint64_t seq = 2; seq < 400; seq += 10) log.commit(ticks(seq, 10));
  while (asked.load() < 20) std::this_thread::sleep_for(1ms);  // wait: for the reader
  is_over = true;
  reader.join();
}

// ---- A journal that is not its own -------------------------------------------------------------------------------

// Two histories of which one has the tree of the other.
void exchange_trees(Directory const& mine, Directory const& other) {
  std::filesystem::remove_all(mine / "tree");
  std::filesystem::copy(other / "tree", mine / "tree");
  std::filesystem::copy(other / "keys" / persistence::head_key_name, mine / "keys" / persistence::head_key_name,
                        std::filesystem::copy_options::overwrite_existing);
}
void write_history(Directory const& directory, std::vector<engine::Sequenced> const& frame) {
  LoggedDisk log{directory.path()};
  log.start();
  log.commit(frame);
  log.head_of(frame.back().seq.number());
}

TEST(TreeTest, the_tree_of_another_journal_stops_the_start_with_both_hashes) {
  Directory mine;
  Directory other;
  write_history(mine, {bid(1, 1'000), bid(2, 900)});
  write_history(other, {bid(1, 1'000), bid(2, 800)});
  exchange_trees(mine, other);
  LoggedDisk log{mine.path()};
  auto const said = why(log.open());
  EXPECT_THAT(said, testing::ContainsRegex("grew up to seq 2 from a frame with the hash [0-9a-f]{64}"));
  EXPECT_THAT(said, testing::ContainsRegex("the journal's ends at 2 and has [0-9a-f]{64}: this is another journal"));
}

TEST(TreeTest, a_journal_that_is_shorter_than_its_tree_stops_the_start) {
  Directory mine;
  Directory other;
  write_history(mine, {tick(1)});
  write_history(other, ticks(1, 3));
  exchange_trees(mine, other);
  LoggedDisk log{mine.path()};
  EXPECT_THAT(why(log.open()), testing::HasSubstr("the tree has 3 leaves, and the journal ends before"));
}

TEST(TreeTest, another_key_of_the_log_stops_the_start) {
  Directory directory;
  write_history(directory, {tick(1)});
  {
    auto environment = good(persistence::Environment::open(directory / "keys", {.map_bytes = std::size_t{4} << 30}));
    auto transaction = good(environment.write());
    good(transaction.erase(std::string_view{"\3\0\0\0\0\0\0\0\0", 9}));
    good(transaction.commit());
  }
  LoggedDisk log{directory.path()};
  EXPECT_THAT(why(log.open()), testing::HasSubstr("the key of the log is another one"));
}

TEST(TreeTest, a_missing_or_exchanged_signing_key_stops_the_start) {
  Directory directory;
  write_history(directory, {tick(1)});
  auto const key = directory / "keys" / persistence::head_key_name;
  std::filesystem::rename(key, directory / "kept");
  {
    LoggedDisk log{directory.path()};
    EXPECT_THAT(why(log.open()), testing::HasSubstr("missing, though heads were signed with it"));
  }
  good(persistence::HeadSigner::open(key, persistence::HeadSigner::Missing::Make));
  LoggedDisk log{directory.path()};
  EXPECT_THAT(why(log.open()), testing::HasSubstr("is not signed with the key"));
}

}  // namespace
}  // namespace tests
