// See the header. The record: the moment of the beat, ms since 1970 (i64); 0 = never.
#include "persistence/alive.h"

#include "engine/bytes.h"

namespace persistence {
namespace {

std::string record_of(engine::Instant at) {
  engine::ByteWriter bytes;
  bytes.put(at);
  return bytes.take();
}

}  // namespace

engine::Result<Alive> Alive::open(std::filesystem::path const& path) {
  auto file = SlotFile::open(path, "EBBALIVE", record_of(engine::at_millis(0)), Access::ReadWrite);
  if (!file) return std::unexpected(file.error());
  return Alive{std::move(*file)};
}

std::optional<engine::Instant> Alive::last() const {
  auto const at = engine::ByteReader{file_.record()}.get_instant();
  if (at == engine::at_millis(0)) return std::nullopt;
  return at;
}

engine::Result<void> Alive::beat(engine::Instant now) {
  return file_.write(record_of(now));
}

}  // namespace persistence
