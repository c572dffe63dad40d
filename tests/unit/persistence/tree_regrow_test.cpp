// A damaged tree grown again: the same hashes, the heads that can still be read, and no word that contradicts one.
#include "persistence/tree_regrow.h"

#include "persistence/directory_lock.h"
#include "tests/unit/persistence/backed_world.h"

namespace tests {
namespace {

using persistence::Access;
using persistence::TreeHead;
using persistence::TreeStore;
using testing::HasSubstr;
using testing::Optional;

struct TreeRegrowTest : BackedWorld {
  std::vector<TreeHead> signed_heads;

  void SetUp() override {
    BackedWorld::SetUp();
    live(6);
    disk.stop();
    signed_heads = sign();
  }
  std::filesystem::path data() const { return place / "data"; }
  std::filesystem::path file() const { return data() / "tree/data.mdb"; }
  TreeStore tree() const { return good(TreeStore::open(data() / "tree", Access::ReadOnly)); }
  persistence::Regrown mend() const { return good(persistence::mend_tree(data(), {})); }
  std::optional<std::string> damage() const { return good(persistence::verify(data())).damage; }
  void expect_all_heads() const {
    auto const found = TreeStore::heads_in(data() / "tree");
    EXPECT_TRUE(found.is_whole);
    EXPECT_EQ(found.heads, signed_heads);
  }
  // In every place where these bytes stand.
  void harm(std::string_view bytes) const {
    auto all = content(file());
    auto at = all.find(bytes);
    ASSERT_NE(at, std::string::npos);
    for (; at != std::string::npos; at = all.find(bytes, at + 1)) all[at + 2] = static_cast<char>(all[at + 2] ^ 1);
    overwrite(file(), all);
  }
  void harm_a_leaf() const {
    auto const leaf = good(tree().leaf(3)).value();
    harm(persistence::view(leaf));
  }
};

TEST_F(TreeRegrowTest, a_tree_with_a_damaged_tile_becomes_what_it_was_with_every_head) {
  auto const root = good(tree().root_of(signed_heads.back().size));
  harm_a_leaf();
  ASSERT_THAT(damage(), Optional(HasSubstr("transparency log: ")));
  auto const mended = mend();
  EXPECT_EQ(mended.contradicts, std::nullopt);
  EXPECT_EQ(mended.leaves, signed_heads.back().size);
  EXPECT_EQ(mended.heads, signed_heads.size());
  EXPECT_FALSE(mended.are_heads_lost);
  EXPECT_EQ(damage(), std::nullopt);
  EXPECT_EQ(good(tree().root_of(signed_heads.back().size)), root);
  expect_all_heads();
  EXPECT_FALSE(std::filesystem::exists(data() / "tree.new"));
}

TEST_F(TreeRegrowTest, a_head_that_cannot_be_read_is_lost_and_that_is_said) {
  harm(persistence::view(signed_heads[2].root));
  ASSERT_NE(damage(), std::nullopt);
  auto const mended = mend();
  EXPECT_EQ(mended.heads, signed_heads.size() - 1);
  EXPECT_TRUE(mended.are_heads_lost);
  EXPECT_EQ(damage(), std::nullopt);
  signed_heads.erase(signed_heads.begin() + 2);
  expect_all_heads();
}

TEST_F(TreeRegrowTest, a_tree_that_is_no_environment_any_more_grows_without_heads) {
  overwrite(file(), std::string(8'192, 'x'));
  auto const mended = mend();
  EXPECT_EQ(mended.heads, 0U);
  EXPECT_TRUE(mended.are_heads_lost);
  EXPECT_EQ(damage(), std::nullopt);
  EXPECT_EQ(tree().size(), signed_heads.back().size);
}

// What a rewritten journal would look like beside the heads that were signed before.
TEST_F(TreeRegrowTest, a_head_over_another_history_stops_it_and_nothing_changes) {
  {
    auto store = good(TreeStore::open(data() / "tree", Access::ReadWrite));
    auto const signer = good(persistence::HeadSigner::open(data() / "keys" / persistence::head_key_name,
                                                           persistence::HeadSigner::Missing::Refuse));
    auto const end = store.committed();
    good(store.commit(end, signer.sign(end.size, persistence::Digest{}, engine::at_millis(midnight_ms))));
  }
  auto const before = content(file());
  EXPECT_THAT(mend().contradicts, Optional(HasSubstr("and the journal gives ")));
  EXPECT_EQ(content(file()), before);
  EXPECT_FALSE(std::filesystem::exists(data() / "tree.new"));
}

TEST_F(TreeRegrowTest, a_head_behind_the_end_of_the_journal_stops_it) {
  {
    auto store = good(TreeStore::open(data() / "tree", Access::ReadWrite));
    auto const signer = good(persistence::HeadSigner::open(data() / "keys" / persistence::head_key_name,
                                                           persistence::HeadSigner::Missing::Refuse));
    store.append(persistence::Digest{});
    good(store.commit({store.size(), {}}, signer.sign(store.size(), store.root(), engine::at_millis(midnight_ms))));
  }
  EXPECT_THAT(mend().contradicts, Optional(HasSubstr("the journal ends at seq")));
}

TEST_F(TreeRegrowTest, what_a_death_left_half_made_is_in_nobodys_way) {
  harm_a_leaf();
  std::filesystem::create_directory(data() / "tree.new");
  overwrite(data() / "tree.new/data.mdb", "half");
  EXPECT_EQ(mend().heads, signed_heads.size());
  EXPECT_EQ(damage(), std::nullopt);
}

TEST_F(TreeRegrowTest, beside_the_damaged_one_it_grows_where_it_is_asked_to) {
  harm_a_leaf();
  auto const before = content(file());
  EXPECT_EQ(good(persistence::regrow_tree(data(), {}, place / "trial")).heads, signed_heads.size());
  EXPECT_EQ(content(file()), before);
}

TEST_F(TreeRegrowTest, a_directory_in_use_is_left_alone) {
  auto const lock = good(persistence::DirectoryLock::take(data()));
  EXPECT_THAT(why(persistence::mend_tree(data(), {})), HasSubstr("in use"));
}

}  // namespace
}  // namespace tests
