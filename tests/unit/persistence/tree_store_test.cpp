// The tree on the disk gives the roots and proofs of the arithmetic (merkle_test.cpp), across tiles, closes and opens,
// and names what is damaged.
#include "persistence/tree_store.h"

#include <gtest/gtest.h>

#include "persistence/leaf.h"
#include "tests/unit/persistence/small_world.h"

namespace tests {
namespace {

using persistence::Access;
using persistence::Digest;
using persistence::TreeHead;
using persistence::TreePlace;
using persistence::TreeStore;
namespace merkle = persistence::merkle;

Digest leaf_number(std::uint64_t number) {
  return persistence::leaf_of(std::to_string(number), {});
}
Digest frame_of(std::uint64_t size) {
  return persistence::leaf_of("frame", leaf_number(size));
}
TreeHead head_of(TreeStore const& store, std::uint64_t signed_with) {
  TreeHead head{store.size(), store.root(), engine::at_millis(midnight_ms), {}};
  head.signature.fill(static_cast<char>(signed_with));
  return head;
}

class Grown {
 public:
  TreeStore open(Access access = Access::ReadWrite) const { return good(TreeStore::open(directory.path(), access)); }
  void grow(TreeStore& store, std::uint64_t size) {
    while (store.size() < size) {
      auto const leaf = leaf_number(store.size());
      store.append(leaf);
      if (frontier.size() < store.size()) frontier.append(leaf);
    }
  }
  void commit(TreeStore& store, bool with_head = true) {
    auto const head = with_head ? std::optional{head_of(store, store.size())} : std::nullopt;
    good(store.commit({store.size(), frame_of(store.size())}, head));
  }

  Directory directory;
  merkle::Frontier frontier;
};

TEST(TreeStoreTest, a_new_tree_is_empty) {
  Grown grown;
  auto const store = grown.open();
  EXPECT_EQ(store.size(), 0U);
  EXPECT_EQ(store.committed(), TreePlace{});
  EXPECT_EQ(store.root(), merkle::root_of_nothing());
  EXPECT_EQ(good(store.newest_head()), std::nullopt);
  EXPECT_EQ(good(store.leaf(0)), std::nullopt);
}

TEST(TreeStoreTest, roots_are_those_of_the_arithmetic_around_the_ends_of_tiles) {
  Grown grown;
  auto store = grown.open();
  for (std::uint64_t const size :
       {1U, 2U, 3U, 255U, 256U, 257U, 511U, 512U, 600U, 65'535U, 65'536U, 65'537U, 66'000U}) {
    grown.grow(store, size);
    EXPECT_EQ(store.root(), grown.frontier.root()) << size;
    grown.commit(store);
    EXPECT_EQ(good(store.root_of(size)), grown.frontier.root()) << size;
  }
  EXPECT_EQ(good(store.root_of(600)), good(store.head_from(600))->root);
}

TEST(TreeStoreTest, a_tree_that_is_opened_again_goes_on_where_it_was_committed) {
  Grown grown;
  for (std::uint64_t const size : {1U, 200U, 256U, 300U, 512U, 70'000U}) {
    auto store = grown.open();
    grown.grow(store, size);
    grown.commit(store);
  }
  auto const store = grown.open(Access::ReadOnly);
  EXPECT_EQ(store.committed(), (TreePlace{70'000, frame_of(70'000)}));
  EXPECT_EQ(store.root(), grown.frontier.root());
}

TEST(TreeStoreTest, what_was_not_committed_is_not_there_after_a_close) {
  Grown grown;
  {
    auto store = grown.open();
    grown.grow(store, 300);
    grown.commit(store);
    grown.grow(store, 900);
  }
  EXPECT_EQ(grown.open().size(), 300U);
}

TEST(TreeStoreTest, proofs_hold_for_leaves_and_sizes_on_both_sides_of_tiles) {
  Grown grown;
  auto store = grown.open();
  std::vector<std::uint64_t> const sizes{1, 7, 256, 257, 700, 1'024, 66'001};
  for (auto const size : sizes) {
    grown.grow(store, size);
    grown.commit(store);
  }
  for (auto const size : sizes) {
    auto const root = good(store.head_from(size))->root;
    for (std::uint64_t const index : {0U, 6U, 255U, 256U, 699U, 1'023U, 66'000U}) {
      if (index >= size) continue;
      auto const leaf = good(store.leaf(index)).value();
      EXPECT_EQ(leaf, leaf_number(index));
      EXPECT_EQ(merkle::root_by_inclusion(index, size, leaf, good(store.inclusion(index, size))), root);
    }
    for (auto const from : sizes) {
      if (from > size) continue;
      EXPECT_EQ(merkle::check_consistency(from, size, good(store.head_from(from))->root, root,
                                          good(store.consistency(from, size))),
                merkle::Consistent::Yes)
          << from << " to " << size;
    }
  }
}

TEST(TreeStoreTest, heads_are_kept_for_ever_and_found_by_size) {
  Grown grown;
  auto store = grown.open();
  std::vector<TreeHead> heads;
  for (std::uint64_t const size : {3U, 10U, 300U}) {
    grown.grow(store, size);
    heads.push_back(head_of(store, size));
    grown.commit(store);
  }
  grown.grow(store, 310);
  grown.commit(store, false);
  EXPECT_EQ(good(store.head_from(1)), heads[0]);
  EXPECT_EQ(good(store.head_from(3)), heads[0]);
  EXPECT_EQ(good(store.head_from(4)), heads[1]);
  EXPECT_EQ(good(store.head_from(300)), heads[2]);
  EXPECT_EQ(good(store.head_from(301)), std::nullopt);
  EXPECT_EQ(good(store.newest_head()), heads[2]);
}

TEST(TreeStoreTest, a_path_that_does_not_lead_to_the_signed_head_is_not_given_away) {
  Grown grown;
  auto store = grown.open();
  grown.grow(store, 20);
  auto head = head_of(store, 1);
  head.root[0] = static_cast<char>(head.root[0] ^ 1);
  good(store.commit({20, frame_of(20)}, head));
  EXPECT_THAT(why(store.inclusion(4, 20)), testing::HasSubstr("does not lead to the head of size 20"));
  EXPECT_TRUE(store.inclusion(4, 19));
}

// One row changed behind the store's back, as a flipped bit would.
void bend_row(std::filesystem::path const& directory, std::string_view key) {
  auto environment = good(persistence::Environment::open(directory, {.map_bytes = std::size_t{32} << 30}));
  std::string value;
  {
    auto const transaction = good(environment.read());
    value = good(transaction.get(key)).value();
  }
  value[value.size() / 2] = static_cast<char>(value[value.size() / 2] ^ 4);
  auto transaction = good(environment.write());
  good(transaction.put(key, value));
  good(transaction.commit());
}

TEST(TreeStoreTest, a_bent_row_is_named) {
  using namespace std::string_literals;
  auto const number = std::string(8, '\0');
  auto damaged = [&](std::string const& key, auto const& asked) {
    Grown grown;
    {
      auto store = grown.open();
      grown.grow(store, 600);
      grown.commit(store);
    }
    bend_row(grown.directory.path(), key);
    auto const store = TreeStore::open(grown.directory.path(), Access::ReadOnly);
    return store ? asked(*store) : why(store);
  };
  auto const opened = [](TreeStore const&) { return "opened"s; };
  EXPECT_THAT(damaged("S", opened), testing::HasSubstr("row 53: damaged"));
  EXPECT_THAT(damaged("T\0"s + number.substr(1) + "\2", opened), testing::HasSubstr("damaged"));
  EXPECT_THAT(damaged("T\0"s + number, [](TreeStore const& store) { return why(store.leaf(3)); }),
              testing::HasSubstr("row 54000000000000000000: damaged"));
  EXPECT_THAT(
      damaged("H"s + number.substr(2) + "\x02\x58", [](TreeStore const& store) { return why(store.newest_head()); }),
      testing::HasSubstr("row 480000000000000258: damaged"));
}

}  // namespace
}  // namespace tests
