// See the header. The file: magic (8), version (u16), count (u32), entries, CRC-32C of all before it (u32).
#include "persistence/manifest.h"

#include <algorithm>

#include "engine/bytes.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/files.h"

namespace persistence {
namespace {

constexpr std::string_view magic = "EBBMANIF";
constexpr std::uint16_t manifest_version = 1;

SealedSegment segment_from(engine::ByteReader& reader) {
  SealedSegment segment;
  segment.number = reader.get<std::uint32_t>();
  segment.first = reader.get<engine::Seq>();
  segment.last = reader.get<engine::Seq>();
  segment.frames = reader.get<std::uint64_t>();
  std::ranges::copy(reader.get_raw(segment.head.size()), segment.head.begin());
  return segment;
}

}  // namespace

engine::Result<Manifest> read_manifest(std::filesystem::path const& path) {
  auto const bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  engine::ByteReader reader{*bytes};
  if (reader.get_raw(magic.size()) != magic) return failed(path.string() + ": not a manifest");
  auto const version = reader.get<std::uint16_t>();
  if (version != manifest_version)
    return failed(path.string() + ": version " + std::to_string(version) + " is unknown");
  Manifest manifest;
  for (auto left = reader.get<std::uint32_t>(); left > 0 && reader.ok(); --left) {
    manifest.push_back(segment_from(reader));
    if (manifest.back().number != manifest.size()) reader.fail();
  }
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.finished() || sum != crc32c(std::string_view{*bytes}.substr(0, bytes->size() - sizeof sum))) {
    return failed(path.string() + ": damaged");
  }
  return manifest;
}

engine::Result<void> write_manifest(std::filesystem::path const& path, Manifest const& manifest) {
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(manifest_version).put(static_cast<std::uint32_t>(manifest.size()));
  for (auto const& segment : manifest) {
    bytes.put(segment.number).put(segment.first).put(segment.last).put(segment.frames).put_raw(view(segment.head));
  }
  bytes.put(crc32c(bytes.view()));
  return replace_file(path, bytes.view());
}

}  // namespace persistence
