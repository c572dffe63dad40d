// How much room the disk has left, and what the house still takes on with that: a full disk is a failed commit, and a
// failed commit is a halt in the middle of auctions, so it must be seen coming.
//
//   Enough      everything
//   Low         everything, but somebody should be told
//   NothingNew  what runs goes on; nothing new is begun
//   ReadOnly    only what the house owes by itself is written: lots close, what was decided stays decided
//
// A stage is left again when there is a tenth more room than where it begins, so that it does not flutter.
//
// Thread:  look() from one; room() and free_bytes() from any.
// Failure: a disk that does not say how much room it has leaves the stage as it was, and the reason with the caller.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "engine/ports.h"

namespace persistence {

enum class Room : std::uint8_t { Enough, Low, NothingNew, ReadOnly };

// Each stage begins below so many free bytes; 0: never.
struct RoomStages {
  std::uint64_t low = 0;
  std::uint64_t nothing_new = 0;
  std::uint64_t read_only = 0;
};

class DiskRoom {
 public:
  using Ask = std::function<engine::Result<std::uint64_t>()>;  // free bytes
  DiskRoom(Ask ask, RoomStages stages) : ask_(std::move(ask)), stages_(stages) {}

  engine::Result<Room> look();
  Room room() const { return room_; }
  std::uint64_t free_bytes() const { return free_bytes_; }

 private:
  Ask const ask_;
  RoomStages const stages_;
  std::atomic<Room> room_ = Room::Enough;
  std::atomic<std::uint64_t> free_bytes_ = 0;
};

// What is free for us on the disk under `path`.
engine::Result<std::uint64_t> free_bytes_under(std::filesystem::path const& path);

}  // namespace persistence
