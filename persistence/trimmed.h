// What a data directory says of segments that were trimmed: moved to an archive, copied and read back before they left.
// journal/TRIMMED: how many of the oldest, and where they went. Without the file none was.
//
// A file of its own beside the manifest: a server replaces the manifest while another process trims. The manifest goes
// on listing every segment, so the chain is whole without their frames.
//
// Thread:  any. Failure: a file that this code did not write, or the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "persistence/manifest.h"

namespace persistence {

inline constexpr std::string_view trimmed_name = "TRIMMED";  // in journal/

struct Trimmed {
  std::uint32_t segments = 0;  // numbers 1 to this one
  std::string archive;         // the folder, as it was called then
};

engine::Result<Trimmed> read_trimmed(std::filesystem::path const& journal);
// The old file or the new, whenever the power goes; of no segment: no file.
engine::Result<void> write_trimmed(std::filesystem::path const& journal, Trimmed const& trimmed);

// For whoever needs their frames: which they are, where they lie, and what brings them back.
std::string where_they_lie(std::filesystem::path const& journal, Manifest const& manifest, Trimmed const& trimmed);

}  // namespace persistence
