// A page of memory that a test shares with the server it started: what its disk and its clock shall do from now on.
//
// Thread:  any, in both processes: every member is atomic and stands alone.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace faults {

struct Reins {
  std::atomic<std::int32_t> is_flush_held = 0;   // flushes below the data directory wait while it is set
  std::atomic<std::uint32_t> flushes_held = 0;   // that wait now
  std::atomic<std::int32_t> fails_with = 0;      // an errno: of every call that changes the disk
  std::atomic<std::int64_t> wall_is_off_ms = 0;  // the wall clock, from the machine's own
  std::atomic<std::uint64_t> free_mib = 0;       // on every disk; 0: what there is
  std::atomic<std::int32_t> process = 0;         // the server's
};

// The file of the page, in the environment of the server.
inline constexpr char const* reins_variable = "EBB_FAULTS_REINS";

// nullptr: there is no such page.
inline Reins* map_reins(char const* path) {
  int const descriptor = ::open(path, O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return nullptr;
  auto* const page = ::mmap(nullptr, sizeof(Reins), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  ::close(descriptor);
  return page == MAP_FAILED ? nullptr : static_cast<Reins*>(page);
}

}  // namespace faults
