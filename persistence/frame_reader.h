// Durable frames, by the commands that they hold, for threads beside the engine's: the tree and whoever shows an entry.
//
// The engine thread goes on writing meanwhile. Each frame is one short read transaction and a copy, so no reader keeps
// pages from being used again; the segment that is written is shared with the writer, because LMDB allows an
// environment to be opened only once.
//
// Thread:  any; one FrameReader may serve many. Locks are taken for the time of a look-up, and to open a segment.
// Failure: the disk, or a seq that is not in the journal.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "persistence/frame.h"
#include "persistence/lmdb_env.h"
#include "persistence/manifest.h"

namespace persistence {

// Where the frames lie just now: put there by Segments whenever a segment is sealed and a new one begun.
class SegmentShelf {
 public:
  struct Place {
    std::shared_ptr<Environment> written;  // nothing: it is sealed, and lies in
    std::uint32_t sealed = 0;              // the segment of this number
  };
  void put(Manifest const& sealed, std::shared_ptr<Environment> written);
  Place place_of(engine::Seq seq) const;
  std::uint32_t segment_of(engine::Seq seq) const;  // its number, sealed or not

 private:
  mutable std::mutex mutex_;
  Manifest sealed_;
  std::shared_ptr<Environment> written_;
};

class FrameReader {
 public:
  FrameReader(std::filesystem::path directory, std::size_t map_bytes, std::shared_ptr<SegmentShelf const> shelf);

  // The frame that holds the command; nothing: the journal is not that long.
  engine::Result<std::optional<std::string>> frame_of(engine::Seq seq) const;
  // Number of the segment that holds the command, or will.
  std::uint32_t segment_of(engine::Seq seq) const { return shelf_->segment_of(seq); }
  // Its segment was trimmed: whoever wants the frame asks the archive.
  bool is_trimmed(engine::Seq seq) const;
  // Of a segment that was trimmed since: as long as it is held open here, its disk does not have the room back.
  void let_go_of_trimmed() const;

 private:
  engine::Result<std::shared_ptr<Environment>> sealed(std::uint32_t number) const;

  std::filesystem::path const directory_;
  std::size_t const map_bytes_;
  std::shared_ptr<SegmentShelf const> const shelf_;
  mutable std::mutex mutex_;
  mutable std::uint32_t opened_number_ = 0;  // the sealed segment that was asked for last
  mutable std::shared_ptr<Environment> opened_;
};

}  // namespace persistence
