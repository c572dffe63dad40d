// Bytes that have to go: found in a file that may be written meanwhile, and overwritten with zeros where they still
// stand.
//
// Finding reads the whole file, a piece at a time; overwriting touches only what was found. So the first can be done
// beside whoever writes the file, and only the second has to keep it waiting.
//
// Thread:  any.
// Failure: the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "persistence/files.h"

namespace persistence {

struct Place {
  std::uint64_t offset;
  std::size_t text;  // which of the texts begins there
};
// Wherever one of the texts stands, in the order of the file for each text. They are not empty.
engine::Result<std::vector<Place>> places_of(std::filesystem::path const& path, std::span<std::string const> texts);

// Zeros over those of the places where the text still stands; durable with the file's next sync(). The file is open for
// reading and writing.
engine::Result<void> overwrite(File& file, std::span<std::string const> texts, std::span<Place const> places);

}  // namespace persistence
