// The journal's segments: journal/00000001/ and so on, each an LMDB environment of its own with frames under their
// first seq. The last one is written; those before it are sealed and listed in journal/MANIFEST.
//
// Own environments, because an old segment can then be backed up, moved or unlinked while the server writes the next.
//
// What a crash can leave in a roll-over, and what the next start makes of it:
//   manifest written, no new segment yet       it is made
//   00000002.new half made                     it is removed and made again: nothing was committed to it
//   anything else                              refused
//
// The oldest may have been trimmed: moved to an archive (trimmed.h), beside the server that writes the last. They are
// then read from there, if it is given, and otherwise refused with a line that says where they lie. What a trim that
// was interrupted left of their directories is removed by the next start: they are in the archive.
//
// Thread:  engine (a tool: its only thread).
// Failure: a segment or the manifest is missing or does not fit; the disk.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "persistence/fill_ahead.h"
#include "persistence/frame_reader.h"
#include "persistence/lmdb_env.h"
#include "persistence/manifest.h"
#include "persistence/segment_archive.h"
#include "persistence/trimmed.h"

namespace persistence {

std::string segment_name(std::uint32_t number);

class Segments {
 public:
  // `archive`: where trimmed segments are read from; empty: nowhere.
  static engine::Result<Segments> open(std::filesystem::path const& directory, Access access, std::size_t segment_bytes,
                                       std::filesystem::path const& archive = {});

  Manifest const& sealed() const { return manifest_; }  // the trimmed ones, too
  Trimmed const& trimmed() const { return trimmed_; }
  SegmentArchive const* archive() const { return archive_.get(); }  // nullptr: none was given
  // The last command that cannot be read here, because its segment was trimmed; nothing: all can.
  engine::Seq unreadable_until() const;
  std::uint32_t last() const { return last_; }  // number of the segment that is written; 0: there is none yet
  std::string name(std::uint32_t number) const { return segment_name(number); }

  // Frames of one segment as they lie there, with keys from `first` to `last`, in order, until `visit` fails. The bytes
  // live as long as the call. Thread: any, as long as nobody appends.
  using Visit = std::function<engine::Result<void>(std::uint64_t key, std::string_view frame)>;
  engine::Result<void> read(std::uint32_t number, Visit const& visit, std::uint64_t first = 0,
                            std::uint64_t last = UINT64_MAX) const;
  // First seq of the very last frame; nothing: the journal is empty.
  engine::Result<engine::Seq> last_key() const;

  // The same frames for other threads, while this one writes.
  std::unique_ptr<FrameReader> reader() const;

  // From now on the file that is written is filled with zeros ahead of the commits.
  engine::Result<void> fill_ahead(Filling filling);
  // One durable commit to the last segment.
  engine::Result<void> append(engine::Seq first, std::string_view header, std::string_view records);
  std::size_t used_bytes() const { return written_->used_bytes(); }
  bool is_full() const { return used_bytes() >= segment_bytes_; }
  // Readers of other processes that died in the middle, so that they hold no pages any more.
  engine::Result<void> drop_dead_readers() { return written_->drop_dead_readers(); }
  // The last segment becomes `seal`, and a new one is written from now on.
  engine::Result<void> roll(SealedSegment const& seal);

 private:
  Segments(std::filesystem::path directory, Access access, std::size_t segment_bytes);
  engine::Result<void> take_stock();
  engine::Result<void> take_stock_of_trimmed();
  engine::Result<void> open_archive(std::filesystem::path const& directory);
  engine::Result<void> begin_segment(std::uint32_t number);
  engine::Result<void> begin_filling(std::size_t from);
  engine::Result<Environment> open_segment(std::filesystem::path const& path, Access access) const;
  std::filesystem::path path(std::uint32_t number) const { return directory_ / name(number); }

  std::filesystem::path directory_;
  Access access_;
  std::size_t segment_bytes_;
  Manifest manifest_;
  Trimmed trimmed_;
  std::shared_ptr<SegmentArchive const> archive_;
  std::uint32_t last_ = 0;
  std::shared_ptr<Environment> written_;  // the last segment
  Filling filling_;
  std::unique_ptr<FillAhead> ahead_;     // of the last segment
  std::shared_ptr<SegmentShelf> shelf_;  // what readers on other threads look at
};

}  // namespace persistence
