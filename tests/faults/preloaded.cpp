// The library that a server under test is started with: its disk, the room on it and its wall clock follow the reins of
// the test.
//
// Thread:  any; waits in place of a slow disk.
// Failure: without reins it does nothing.
#include <dlfcn.h>
#include <poll.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>

#include "tests/faults/reins.h"
#include "tests/faults/watched_calls.h"

namespace faults {
namespace {

Reins* reins = nullptr;

class Led final : public Watcher {
 public:
  int before(Call const& call) override {
    if (call.path.find("/data/") == std::string::npos) return 0;
    bool const is_flush = call.kind == Call::Kind::Sync || call.is_through;
    if (is_flush && reins->is_flush_held != 0) wait();
    return reins->fails_with;
  }
  void after(Call const&) override {}

 private:
  static void wait() {
    ++reins->flushes_held;
    while (reins->is_flush_held != 0) ::poll(nullptr, 0, 1);
    --reins->flushes_held;
  }
};

__attribute__((constructor)) void take_the_reins() {
  auto const* const page = std::getenv(reins_variable);
  if (page == nullptr) return;
  reins = map_reins(page);
  if (reins == nullptr) return;
  reins->process = ::getpid();
  static Led led;
  watch(&led, std::filesystem::temp_directory_path().string());
}

}  // namespace
}  // namespace faults

extern "C" int clock_gettime(clockid_t clock, timespec* at) noexcept {
  auto const result = static_cast<int>(::syscall(SYS_clock_gettime, clock, at));
  if (result != 0 || clock != CLOCK_REALTIME || faults::reins == nullptr) return result;
  constexpr std::int64_t second = 1'000'000'000;
  auto const now = at->tv_sec * second + at->tv_nsec + faults::reins->wall_is_off_ms * 1'000'000;
  at->tv_sec = now / second;
  at->tv_nsec = now % second;
  return 0;
}

extern "C" int statvfs(char const* path, struct statvfs* disk) noexcept {
  static auto const real = reinterpret_cast<int (*)(char const*, struct statvfs*)>(::dlsym(RTLD_NEXT, "statvfs"));
  auto const result = real(path, disk);
  if (result != 0 || faults::reins == nullptr || faults::reins->free_mib == 0) return result;
  disk->f_bavail = (faults::reins->free_mib << 20) / disk->f_frsize;
  return 0;
}
