// The tree on the disk: hashes in tiles, signed heads for ever, and how far the tree has come in the journal.
//
// tree/ is an LMDB environment of its own and derived: remove it, and the next start makes the same tree from the
// journal (the heads that were signed are then only where they were published). FORMAT.md gives the rows; each carries
// a checksum, because LMDB has none.
//
// A tile holds up to 256 hashes that lie next to each other, of leaves or of the roots of 256 hashes one level below.
// What lies between is hashed again when a proof asks: at most 255 hashes a level, and no byte stored twice.
//
// Thread:  append, root and commit: one, the tree's. Everything else: any, each call one short read transaction.
// Failure: the disk, or a row that is not what was written.
// Memory:  tiles that were filled since the last commit.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "persistence/head.h"
#include "persistence/lmdb_env.h"
#include "persistence/merkle.h"

namespace persistence {

// A place in the journal: the last command of a frame, and the hash of that frame.
struct TreePlace {
  std::uint64_t size = 0;  // leaves; the seq of that command
  Digest frame{};          // zeros: nothing yet
  friend bool operator==(TreePlace const&, TreePlace const&) = default;
};

// The heads of an environment that may be damaged, by size.
struct StoredHeads {
  std::vector<TreeHead> heads;
  bool is_whole = false;  // every row of a head was read
};

class TreeStore {
 public:
  static constexpr std::size_t tile_hashes = 256;

  static engine::Result<TreeStore> open(std::filesystem::path const& directory, Access access);

  // What can still be read of one that open() would refuse. An inner page that is damaged can kill the reader.
  static StoredHeads heads_in(std::filesystem::path const& directory);

  std::uint64_t size() const { return size_; }           // with what was appended and not committed
  TreePlace const& committed() const { return place_; }  // as of the last commit
  void append(Digest const& leaf);
  // A head of size() that was signed before: durable with the next commit.
  void keep(TreeHead const& head);
  // Of everything that was appended.
  Digest root() const;
  // Durable when it returns. `place.size` is size(); a head is of that size.
  engine::Result<void> commit(TreePlace const& place, std::optional<TreeHead> const& head);

  engine::Result<std::optional<TreeHead>> newest_head() const;
  engine::Result<std::optional<TreeHead>> head_from(std::uint64_t size) const;  // the first with at least that size
  engine::Result<std::optional<Digest>> leaf(std::uint64_t index) const;
  // Hashes [number * tile_hashes, …) of a level, as many as there are.
  engine::Result<std::vector<Digest>> tile(std::size_t level, std::uint64_t number) const;
  engine::Result<Digest> root_of(std::uint64_t size) const;
  // Within what is committed. A path that would not lead to the signed head of that size is a Failure, not an answer.
  engine::Result<engine::Path> inclusion(std::uint64_t index, std::uint64_t size) const;
  engine::Result<engine::Path> consistency(std::uint64_t from, std::uint64_t to) const;

 private:
  using Tile = std::vector<Digest>;
  struct Level {  // the tile that is being filled
    std::uint64_t number = 0;
    Tile hashes;
  };
  struct FilledRow {
    std::string key;
    std::string value;
  };
  explicit TreeStore(Environment environment) : environment_(std::move(environment)) {}
  engine::Result<void> load();
  void push(std::size_t level, Digest const& hash);

  Environment environment_;
  TreePlace place_;
  std::uint64_t size_ = 0;
  std::vector<Level> levels_;
  std::vector<FilledRow> filled_;  // since the last commit; heads that are kept, too
};

}  // namespace persistence
