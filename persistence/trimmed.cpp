// See the header. The file: magic (8), version (u16), segments (u32), archive (text), CRC-32C of all before it (u32).
#include "persistence/trimmed.h"

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"
#include "persistence/files.h"

namespace persistence {
namespace {

constexpr std::string_view magic = "EBBTRIMD";
constexpr std::uint16_t trimmed_version = 1;

}  // namespace

engine::Result<Trimmed> read_trimmed(std::filesystem::path const& journal) {
  auto const path = journal / trimmed_name;
  if (!is_there(path)) return Trimmed{};
  auto const bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  engine::ByteReader reader{*bytes};
  if (reader.get_raw(magic.size()) != magic) return failed(path.string() + ": not a list of trimmed segments");
  auto const version = reader.get<std::uint16_t>();
  if (version != trimmed_version) return failed(path.string() + ": version " + std::to_string(version) + " is unknown");
  Trimmed trimmed;
  trimmed.segments = reader.get<std::uint32_t>();
  trimmed.archive = reader.get_text();
  auto const sum = reader.get<std::uint32_t>();
  bool const is_whole = reader.finished() && trimmed.segments > 0;
  if (!is_whole || sum != crc32c(std::string_view{*bytes}.substr(0, bytes->size() - sizeof sum))) {
    return failed(path.string() + ": damaged");
  }
  return trimmed;
}

engine::Result<void> write_trimmed(std::filesystem::path const& journal, Trimmed const& trimmed) {
  auto const path = journal / trimmed_name;
  if (trimmed.segments > 0) {
    engine::ByteWriter bytes;
    bytes.put_raw(magic).put(trimmed_version).put(trimmed.segments).put_text(trimmed.archive);
    bytes.put(crc32c(bytes.view()));
    return replace_file(path, bytes.view());
  }
  std::error_code error;
  std::filesystem::remove(path, error);
  if (error) return failed(path.string() + ": remove: " + error.message());
  return sync_directory(journal);
}

std::string where_they_lie(std::filesystem::path const& journal, Manifest const& manifest, Trimmed const& trimmed) {
  CHECK(trimmed.segments > 0 && trimmed.segments <= manifest.size());
  auto const& last = manifest[trimmed.segments - 1];
  return "segments 1 to " + std::to_string(trimmed.segments) + " of the journal (seq 1 to " +
         std::to_string(last.last.number()) + ") lie in the archive " + trimmed.archive + "; `ebb restore " +
         trimmed.archive + " " + journal.parent_path().string() + " --segments` brings them back";
}

}  // namespace persistence
