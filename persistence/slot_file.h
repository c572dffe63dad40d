// A small record that is overwritten often: two slots, written in turn, each with its own checksum.
//
// Whatever moment the process dies or the power goes, at most the slot being written is lost, and the other still holds
// the record before. Nothing is flushed by itself: write() costs about a microsecond, sync() is for those who must.
//
// Thread:  one.
// Failure: an unreadable file is refused at open. It is never silently begun anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/ports.h"
#include "persistence/files.h"

namespace persistence {

class SlotFile {
 public:
  // `magic` is 8 bytes, `initial` fixes the size of the record. Makes the file, durably, where there is none.
  static engine::Result<SlotFile> open(std::filesystem::path const& path, std::string_view magic,
                                       std::string_view initial, Access access);

  std::string const& record() const { return record_; }
  engine::Result<void> write(std::string_view record);
  engine::Result<void> sync() { return file_.sync(); }

  static constexpr std::uint64_t slot_bytes = 4'096;  // a slot never shares a disk sector with the other

 private:
  SlotFile(File file, std::string magic, std::string record, std::uint64_t turn);

  File file_;
  std::string magic_;
  std::string record_;
  std::uint64_t turn_;  // of the newest slot; odd and even turns take different slots
};

}  // namespace persistence
