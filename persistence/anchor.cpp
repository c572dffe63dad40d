// See the header. The record: last seq (u64), frame hash (32 bytes).
#include "persistence/anchor.h"

#include <algorithm>

#include "engine/bytes.h"

namespace persistence {
namespace {

std::string record_of(Tail const& tail) {
  engine::ByteWriter bytes;
  bytes.put(tail.last).put_raw(view(tail.head));
  return bytes.take();
}

}  // namespace

engine::Result<Anchor> Anchor::open(std::filesystem::path const& path, Access access) {
  auto file = SlotFile::open(path, "EBBANCHR", record_of(Tail{}), access);
  if (!file) return std::unexpected(file.error());
  return Anchor{std::move(*file)};
}

Tail Anchor::tail() const {
  engine::ByteReader record{file_.record()};
  Tail tail{record.get<engine::Seq>(), {}};
  std::ranges::copy(record.get_raw(tail.head.size()), tail.head.begin());
  return tail;
}

engine::Result<void> Anchor::hold(Tail const& tail) {
  return file_.write(record_of(tail));
}

}  // namespace persistence
