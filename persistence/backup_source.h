// A journal read beside the server that writes it: everything that was acknowledged before open() is seen, and no
// commit waits.
//
// A sealed segment does not change any more. The one being written is read in short transactions: as many frames as
// fit a bounded copy are taken out of one, and it ends before anything is done with them, so that no reader of ours
// keeps LMDB from using its pages again. A copy of the file itself would see pages of different moments, and LMDB's own
// copying made commits wait a quarter of a second.
//
// It takes no lock of the directory: the server has it. Nothing is written there but a slot in LMDB's table of readers.
//
// Thread:  one.
// Failure: there is no journal, a segment cannot be read, or the disk.
// Memory:  one copy of at most 4 MiB, or of one frame.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "persistence/anchor.h"
#include "persistence/manifest.h"
#include "persistence/segment_archive.h"
#include "persistence/trimmed.h"

namespace persistence {

class BackupSource {
 public:
  // `archive`: where segments are read from that were trimmed; empty: nowhere, and reading one fails.
  static engine::Result<BackupSource> open(std::filesystem::path const& data_directory,
                                           std::filesystem::path const& archive = {});

  // As of open().
  Manifest const& sealed() const { return sealed_; }
  std::uint32_t last() const { return last_; }  // the segment being written; 0: there is none yet
  // What had been acknowledged, or a frame before it: the journal must come at least this far.
  Tail const& anchor() const { return anchor_; }

  // Frames of one segment whose first seq is at or behind `from`, in order, until `visit` fails.
  using Visit = std::function<engine::Result<void>(std::string_view frame)>;
  engine::Result<void> read(std::uint32_t segment, engine::Seq from, Visit const& visit) const;

 private:
  explicit BackupSource(std::filesystem::path directory) : directory_(std::move(directory)) {}
  engine::Result<void> open_archive(std::filesystem::path const& archive);
  engine::Result<void> read_trimmed_segment(std::uint32_t segment, engine::Seq from, Visit const& visit) const;

  std::filesystem::path directory_;
  Manifest sealed_;
  Trimmed trimmed_;
  std::optional<SegmentArchive> archive_;
  std::uint32_t last_ = 0;
  Tail anchor_;
};

// Name of a segment's directory, and of its frames in a backup.
std::string name_of_segment(std::uint32_t number);

}  // namespace persistence
