// The tree against the vectors that implementations of RFC 6962/9162 share, and against a twin that spells out the
// definitions: every proof of every size up to a few hundred, and every way to bend one.
#include "persistence/merkle.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>

#include "persistence/sha256.h"

namespace tests {
namespace {

using namespace std::string_literals;
using persistence::Digest;
using persistence::Sha256;
using persistence::view;
using persistence::merkle::Consistent;
using persistence::merkle::Path;
namespace merkle = persistence::merkle;

std::string hexed(Digest const& digest) {
  return persistence::hex(view(digest));
}

// ---- The twin: definitions of RFC 9162 §2.1, written down as they stand there ------------------------------------

using Leaves = std::vector<Digest>;

Leaves part(Leaves const& leaves, std::size_t from, std::size_t to) {
  return {leaves.begin() + static_cast<std::ptrdiff_t>(from), leaves.begin() + static_cast<std::ptrdiff_t>(to)};
}
std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
Digest mth(Leaves const& d) {
  if (d.empty()) return Sha256{}.digest();
  if (d.size() == 1) return d[0];
  auto const k = largest_power_below(d.size());
  return Sha256{}.add("\1").add(view(mth(part(d, 0, k)))).add(view(mth(part(d, k, d.size())))).digest();
}
Path joined(Path path, Digest const& last) {
  path.push_back(last);
  return path;
}
Path path_of(std::size_t m, Leaves const& d) {
  if (d.size() == 1) return {};
  auto const k = largest_power_below(d.size());
  if (m < k) return joined(path_of(m, part(d, 0, k)), mth(part(d, k, d.size())));
  return joined(path_of(m - k, part(d, k, d.size())), mth(part(d, 0, k)));
}
Path subproof(std::size_t m, Leaves const& d, bool is_known) {
  if (m == d.size()) return is_known ? Path{} : Path{mth(d)};
  auto const k = largest_power_below(d.size());
  if (m <= k) return joined(subproof(m, part(d, 0, k), is_known), mth(part(d, k, d.size())));
  return joined(subproof(m - k, part(d, k, d.size()), false), mth(part(d, 0, k)));
}

// ---- Trees -------------------------------------------------------------------------------------------------------

Digest leaf_of(std::string_view text) {
  return Sha256{}.add({"\0", 1}).add(text).digest();
}
Leaves numbered(std::size_t size) {
  Leaves leaves;
  for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_of(std::to_string(i)));
  return leaves;
}
// The leaves that reference implementations of Certificate Transparency are tested with.
Leaves known_leaves() {
  Leaves leaves;
  for (auto const& text :
       {""s, "\0"s, "\x10"s, "\x20\x21"s, "\x30\x31"s, "\x40\x41\x42\x43"s, "\x50\x51\x52\x53\x54\x55\x56\x57"s,
        "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"s}) {
    leaves.push_back(leaf_of(text));
  }
  return leaves;
}
// Where the hashes of whole subtrees come from in these tests; refuses what is not a whole subtree.
merkle::Subtree source_of(Leaves const& leaves) {
  return [&leaves](unsigned height, std::uint64_t number) -> engine::Result<Digest> {
    auto const from = number << height;
    auto const to = (number + 1) << height;
    if (to > leaves.size()) return std::unexpected(engine::Failure{"no such subtree"});
    return mth(part(leaves, from, to));
  };
}
// All hashes of all whole subtrees, computed once.
class Grown {
 public:
  explicit Grown(Leaves leaves) : rows_{std::move(leaves)} {
    while (rows_.back().size() > 1) {
      Leaves above;
      auto const& below = rows_.back();
      for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
        above.push_back(Sha256{}.add("\1").add(view(below[i])).add(view(below[i + 1])).digest());
      }
      rows_.push_back(std::move(above));
    }
  }
  merkle::Subtree source() const {
    return
        [this](unsigned height, std::uint64_t number) -> engine::Result<Digest> { return rows_.at(height).at(number); };
  }

 private:
  std::vector<Leaves> rows_;
};

// ---- Known vectors -----------------------------------------------------------------------------------------------

TEST(MerkleTest, the_roots_of_the_known_trees_come_out) {
  auto const leaves = known_leaves();
  std::vector<std::string> const roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                       "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                       "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                       "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                       "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                       "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                       "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                       "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                       "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  merkle::Frontier frontier;
  for (std::size_t size = 0; size < roots.size(); ++size) {
    EXPECT_EQ(hexed(merkle::root(size, source_of(leaves)).value()), roots[size]) << size;
    EXPECT_EQ(hexed(frontier.root()), roots[size]) << size;
    if (size < leaves.size()) frontier.append(leaves[size]);
  }
}

std::vector<std::string> hexed(Path const& path) {
  std::vector<std::string> all;
  for (auto const& hash : path) all.push_back(hexed(hash));
  return all;
}

TEST(MerkleTest, the_known_inclusion_paths_come_out) {
  auto const leaves = known_leaves();
  auto path = [&](std::uint64_t index, std::uint64_t size) {
    return hexed(merkle::inclusion(index, size, source_of(leaves)).value());
  };
  EXPECT_EQ(path(0, 1), (std::vector<std::string>{}));
  EXPECT_EQ(path(0, 8), (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                                  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                                  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(path(5, 8), (std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_EQ(path(2, 3), (std::vector<std::string>{"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}));
}

TEST(MerkleTest, the_known_consistency_paths_come_out) {
  auto const leaves = known_leaves();
  auto path = [&](std::uint64_t from, std::uint64_t to) {
    return hexed(merkle::consistency(from, to, source_of(leaves)).value());
  };
  EXPECT_EQ(path(1, 1), (std::vector<std::string>{}));
  EXPECT_EQ(path(1, 8), (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                                  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                                  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
  EXPECT_EQ(path(6, 8), (std::vector<std::string>{"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                                                  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
  EXPECT_EQ(path(2, 5), (std::vector<std::string>{"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                                  "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
}

// ---- Against the twin --------------------------------------------------------------------------------------------

TEST(MerkleTest, every_inclusion_path_of_every_size_is_the_defined_one_and_holds) {
  constexpr std::size_t sizes = 130;
  auto const leaves = numbered(sizes);
  Grown const grown{leaves};
  for (std::size_t size = 1; size <= sizes; ++size) {
    auto const tree = part(leaves, 0, size);
    auto const root = mth(tree);
    for (std::size_t index = 0; index < size; ++index) {
      auto const path = merkle::inclusion(index, size, grown.source()).value();
      if (size <= 40) {
        ASSERT_EQ(path, path_of(index, tree)) << index << " of " << size;
      }
      ASSERT_EQ(merkle::root_by_inclusion(index, size, leaves[index], path), root) << index << " of " << size;
    }
  }
}

TEST(MerkleTest, every_consistency_path_between_all_sizes_is_the_defined_one_and_holds) {
  constexpr std::size_t sizes = 260;
  auto const leaves = numbered(sizes);
  Grown const grown{leaves};
  merkle::Frontier frontier;
  std::vector<Digest> roots{frontier.root()};
  for (auto const& leaf : leaves) {
    frontier.append(leaf);
    roots.push_back(frontier.root());
  }
  for (std::size_t to = 1; to <= sizes; ++to) {
    ASSERT_EQ(merkle::root(to, grown.source()).value(), roots[to]);
    if (to % 8 == 1) {
      ASSERT_EQ(roots[to], mth(part(leaves, 0, to)));
    }
    for (std::size_t from = 1; from <= to; ++from) {
      auto const path = merkle::consistency(from, to, grown.source()).value();
      if (to <= 34) {
        ASSERT_EQ(path, subproof(from, part(leaves, 0, to), true)) << from << " to " << to;
      }
      ASSERT_EQ(merkle::check_consistency(from, to, roots[from], roots[to], path), Consistent::Yes)
          << from << " to " << to;
    }
  }
}

// ---- What does not hold --------------------------------------------------------------------------------------------

TEST(MerkleTest, an_inclusion_path_that_is_bent_anywhere_leads_elsewhere) {
  auto const leaves = numbered(21);
  Grown const grown{leaves};
  for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
    auto const root = merkle::root(size, grown.source()).value();
    for (std::uint64_t index = 0; index < size; ++index) {
      auto const path = merkle::inclusion(index, size, grown.source()).value();
      auto leads = [&](std::uint64_t at, std::uint64_t of, Digest const& leaf, Path const& by) {
        return merkle::root_by_inclusion(at, of, leaf, by) == root;
      };
      EXPECT_FALSE(leads(index, size, leaf_of("another"), path));
      EXPECT_FALSE(leads(size, size, leaves[index], path));
      for (std::uint64_t other = 0; other < size; ++other) {
        if (other == index) continue;
        EXPECT_FALSE(leads(other, size, leaves[index], path)) << index << " as " << other;
      }
      auto longer = path;
      longer.push_back(root);
      EXPECT_FALSE(leads(index, size, leaves[index], longer));
      for (std::size_t step = 0; step < path.size(); ++step) {
        auto bent = path;
        bent[step][7] = static_cast<char>(bent[step][7] ^ 1);
        EXPECT_FALSE(leads(index, size, leaves[index], bent));
        auto shorter = path;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(step));
        EXPECT_FALSE(leads(index, size, leaves[index], shorter));
      }
    }
  }
}

TEST(MerkleTest, a_consistency_path_that_is_bent_anywhere_is_refused) {
  auto const leaves = numbered(19);
  Grown const grown{leaves};
  for (std::uint64_t to = 1; to <= leaves.size(); ++to) {
    for (std::uint64_t from = 1; from <= to; ++from) {
      auto const from_root = merkle::root(from, grown.source()).value();
      auto const to_root = merkle::root(to, grown.source()).value();
      auto const path = merkle::consistency(from, to, grown.source()).value();
      auto holds = [&](Digest const& start, Digest const& end, Path const& by) {
        return merkle::check_consistency(from, to, start, end, by) == Consistent::Yes;
      };
      EXPECT_FALSE(holds(leaf_of("another"), to_root, path)) << from << " to " << to;
      EXPECT_FALSE(holds(from_root, leaf_of("another"), path)) << from << " to " << to;
      auto longer = path;
      longer.push_back(to_root);
      EXPECT_FALSE(holds(from_root, to_root, longer));
      for (std::size_t step = 0; step < path.size(); ++step) {
        auto bent = path;
        bent[step][31] = static_cast<char>(bent[step][31] ^ 0x40);
        EXPECT_FALSE(holds(from_root, to_root, bent)) << from << " to " << to;
        auto shorter = path;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(step));
        EXPECT_FALSE(holds(from_root, to_root, shorter)) << from << " to " << to;
      }
    }
  }
}

TEST(MerkleTest, a_changed_leaf_breaks_the_consistency_of_every_tree_that_held_it) {
  auto const leaves = numbered(16);
  auto changed = leaves;
  changed[5] = leaf_of("rewritten");
  Grown const rewritten{changed};
  for (std::uint64_t from = 6; from < 16; ++from) {
    auto const path = merkle::consistency(from, 16, rewritten.source()).value();
    auto const seen = mth(part(leaves, 0, from));
    auto const now = mth(changed);
    EXPECT_EQ(merkle::check_consistency(from, 16, seen, now, path),
              std::has_single_bit(from) ? Consistent::OtherEnd : Consistent::OtherStart)
        << from;
  }
}

TEST(MerkleTest, sizes_that_no_path_connects_have_none) {
  Digest const any{};
  EXPECT_EQ(merkle::check_consistency(0, 3, any, any, {}), Consistent::NoPath);
  EXPECT_EQ(merkle::check_consistency(4, 3, any, any, {}), Consistent::NoPath);
  EXPECT_EQ(merkle::check_consistency(2, 3, any, any, {}), Consistent::NoPath);
  EXPECT_EQ(merkle::root_by_inclusion(3, 3, any, {}), std::nullopt);
}

TEST(MerkleTest, a_source_that_fails_fails_the_proof) {
  auto const leaves = numbered(5);
  EXPECT_EQ(merkle::inclusion(0, 6, source_of(leaves)).error().what, "no such subtree");
  EXPECT_EQ(merkle::consistency(3, 6, source_of(leaves)).error().what, "no such subtree");
  EXPECT_EQ(merkle::root(6, source_of(leaves)).error().what, "no such subtree");
}

}  // namespace
}  // namespace tests
