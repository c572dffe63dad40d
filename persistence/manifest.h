// The list of sealed segments: what each must hold, so that a missing or exchanged segment is seen at once.
//
// Thread:  engine at roll-over, anybody under the directory's lock otherwise.
// Failure: a file that this code did not write, or a disk that does not take it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "engine/ids.h"
#include "engine/ports.h"
#include "persistence/hash.h"

namespace persistence {

struct SealedSegment {
  std::uint32_t number = 0;  // from 1, dense
  engine::Seq first;
  engine::Seq last;
  std::uint64_t frames = 0;
  Digest head{};  // hash of its last frame: through the chain, of everything before it, too
  friend bool operator==(SealedSegment const&, SealedSegment const&) = default;
};

using Manifest = std::vector<SealedSegment>;

engine::Result<Manifest> read_manifest(std::filesystem::path const& path);
// The old list or the new, whenever the power goes.
engine::Result<void> write_manifest(std::filesystem::path const& path, Manifest const& manifest);

}  // namespace persistence
