// Signed heads of the tree in a backup: TO/heads, a line each as they are published. The tree itself can be made again
// from the journal; what was signed, and when, cannot.
//
// Thread:  one; beside a running server.
// Failure: the tree or the lines cannot be read, or they are of another tree.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "persistence/frame.h"
#include "persistence/head.h"
#include "persistence/key_store.h"
#include "persistence/leaf.h"
#include "persistence/tree_store.h"

namespace persistence {

// Those of at most `size` commands that are not there yet. Says how many; none where there is no tree.
engine::Result<std::size_t> back_up_heads(std::filesystem::path const& data_directory, std::filesystem::path const& to,
                                          std::uint64_t size);
// By size. A line that was cut short by an interrupted run does not count.
engine::Result<std::vector<TreeHead>> heads_of_backup(std::filesystem::path const& directory);

// A tree made again frame by frame, with the heads that were signed when it had their sizes: each must have the root
// that comes out.
class TreeAgain {
 public:
  // Into a directory without a tree. `keys` have the key of the log.
  static engine::Result<TreeAgain> begin(std::filesystem::path const& directory, KeyStore const& keys,
                                         std::vector<TreeHead> heads);
  engine::Result<void> grow(FrameHeader const& header, std::string_view frame, Digest const& hash);
  engine::Result<void> finish();

 private:
  TreeAgain(TreeStore store, LogSalts salts, std::vector<TreeHead> heads);
  TreeStore store_;
  LogSalts salts_;
  std::vector<TreeHead> heads_;
  std::size_t next_ = 0;
  TreePlace place_;
  std::vector<Leaf> leaves_;
};

}  // namespace persistence
