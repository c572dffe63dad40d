// See the header.
#include "persistence/disk_room.h"

#include <algorithm>

#include "persistence/failure.h"

namespace persistence {
namespace {

enum class Margin : std::uint8_t { None, Tenth /* above the threshold: for leaving a stage */ };

Room stage_of(std::uint64_t free_bytes, RoomStages const& stages, Margin margin) {
  auto const is_below = [&](std::uint64_t threshold) {
    return free_bytes < threshold + (margin == Margin::Tenth ? threshold / 10 : 0);
  };
  if (is_below(stages.read_only)) return Room::ReadOnly;
  if (is_below(stages.nothing_new)) return Room::NothingNew;
  if (is_below(stages.low)) return Room::Low;
  return Room::Enough;
}

}  // namespace

engine::Result<Room> DiskRoom::look() {
  auto const free = ask_();
  if (!free) return std::unexpected(free.error());
  free_bytes_ = *free;
  auto const entered = stage_of(*free, stages_, Margin::None);
  auto const left = stage_of(*free, stages_, Margin::Tenth);
  auto const before = room_.load();
  // Down at once; up only as far as there is more room than it takes.
  room_ = entered > before ? entered : std::min(before, left);
  return room_.load();
}

engine::Result<std::uint64_t> free_bytes_under(std::filesystem::path const& path) {
  std::error_code error;
  auto const space = std::filesystem::space(path, error);
  if (error) return failed(path.string() + ": free space: " + error.message());
  return space.available;
}

}  // namespace persistence
