// See the header. A slot: magic (8), turn (u64), record, CRC-32C of all before it (u32), zeros to 4,096 bytes.
#include "persistence/slot_file.h"

#include <fcntl.h>

#include <optional>

#include "engine/bytes.h"
#include "engine/check.h"
#include "persistence/crc32c.h"
#include "persistence/failure.h"

namespace persistence {
namespace {

struct Slot {
  std::uint64_t turn;
  std::string record;
};

std::string encode_slot(std::string_view magic, Slot const& slot) {
  engine::ByteWriter bytes;
  bytes.put_raw(magic).put(slot.turn).put_raw(slot.record);
  bytes.put(crc32c(bytes.view()));
  return bytes.take();
}

std::optional<Slot> decode_slot(std::string_view bytes, std::string_view magic, std::size_t record_bytes) {
  auto const sum_at = magic.size() + sizeof(std::uint64_t) + record_bytes;
  engine::ByteReader reader{bytes};
  auto const found_magic = reader.get_raw(magic.size());
  auto const turn = reader.get<std::uint64_t>();
  auto const record = reader.get_raw(record_bytes);
  auto const sum = reader.get<std::uint32_t>();
  if (!reader.ok() || found_magic != magic || sum != crc32c(bytes.substr(0, sum_at))) return std::nullopt;
  return Slot{turn, std::string{record}};
}

}  // namespace

engine::Result<SlotFile> SlotFile::open(std::filesystem::path const& path, std::string_view magic,
                                        std::string_view initial, Access access) {
  CHECK(magic.size() == 8);
  if (access == Access::ReadWrite && !is_there(path)) {
    auto fresh = encode_slot(magic, Slot{0, std::string{initial}});
    fresh.resize(2 * slot_bytes);
    if (auto made = replace_file(path, fresh); !made) return std::unexpected(made.error());
  }
  auto bytes = read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  bytes->resize(2 * slot_bytes);
  std::optional<Slot> newest;
  for (auto const at : {std::uint64_t{0}, slot_bytes}) {
    auto slot = decode_slot(std::string_view{*bytes}.substr(at, slot_bytes), magic, initial.size());
    if (slot && (!newest || slot->turn > newest->turn)) newest = std::move(slot);
  }
  if (!newest) return failed(path.string() + ": neither of its two records is whole");
  auto file = File::open(path, access == Access::ReadWrite ? O_RDWR : O_RDONLY);
  if (!file) return std::unexpected(file.error());
  return SlotFile{std::move(*file), std::string{magic}, std::move(newest->record), newest->turn};
}

SlotFile::SlotFile(File file, std::string magic, std::string record, std::uint64_t turn)
    : file_(std::move(file)), magic_(std::move(magic)), record_(std::move(record)), turn_(turn) {}

engine::Result<void> SlotFile::write(std::string_view record) {
  CHECK(record.size() == record_.size());
  record_ = record;
  ++turn_;
  return file_.write_at(turn_ % 2 * slot_bytes, encode_slot(magic_, Slot{turn_, record_}));
}

}  // namespace persistence
