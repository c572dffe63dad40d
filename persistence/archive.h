// A bundle: a few named files in one compressed file that anybody can open for as long as there are computers. A tar
// (POSIX ustar) under zstd, with SHA256SUMS in the form of sha256sum(1). FORMAT.md says what an archived inquiry has.
//
// Thread:  any.
// Failure: what is not a bundle, a checksum that does not fit, or the disk. Written whole or not at all.
// Memory:  the whole bundle, unpacked and packed; at most bundle_bytes_max unpacked.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/ports.h"

namespace persistence {

inline constexpr std::size_t bundle_bytes_max = std::size_t{1} << 30;

struct BundleFile {
  std::string name;
  std::string bytes;
  friend bool operator==(BundleFile const&, BundleFile const&) = default;
};
struct Bundle {
  std::string folder;  // into which it unpacks
  std::vector<BundleFile> files;

  // nullptr: there is none
  std::string const* find(std::string_view name) const;
};

// Adds SHA256SUMS.
engine::Result<void> write_bundle(std::filesystem::path const& path, Bundle const& bundle);
// Every file is listed in SHA256SUMS and is as listed there; that one is not among those given.
engine::Result<Bundle> read_bundle(std::filesystem::path const& path);

}  // namespace persistence
