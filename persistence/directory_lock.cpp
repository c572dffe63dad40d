// See the header.
#include "persistence/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "persistence/failure.h"

namespace persistence {

engine::Result<DirectoryLock> DirectoryLock::take(std::filesystem::path const& directory) {
  auto const path = directory / "LOCK";
  auto file = File::open(path, O_CREAT | O_RDWR);
  if (!file) return std::unexpected(file.error());
  if (::flock(file->descriptor(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return failed_with_errno(path.string() + ": lock");
    auto const holder = read_file(path).value_or("unknown");
    return failed(directory.string() + " is in use by another server or tool (process " + holder + ")");
  }
  if (::ftruncate(file->descriptor(), 0) != 0) return failed_with_errno(path.string() + ": truncate");
  if (auto named = file->write_at(0, std::to_string(::getpid())); !named) return std::unexpected(named.error());
  return DirectoryLock{std::move(*file)};
}

}  // namespace persistence
