// Frames into a segment of a journal that nobody opens yet, many of them in one commit.
//
// Thread:  one. Failure: the disk, or a frame that does not lie behind the one before.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "persistence/lmdb_env.h"

namespace persistence {

class SegmentWriter {
 public:
  // Makes the directory.
  static engine::Result<SegmentWriter> begin(std::filesystem::path const& path);

  engine::Result<void> append(engine::Seq first, std::string_view frame);
  // Durable when it returns.
  enum class End : std::uint8_t { Sealed, GoesOn };
  engine::Result<void> finish(End end);

 private:
  SegmentWriter(std::filesystem::path path, Environment environment);
  engine::Result<void> commit();

  std::filesystem::path path_;
  Environment environment_;
  std::optional<Transaction> transaction_;
  std::size_t uncommitted_ = 0;
};

}  // namespace persistence
