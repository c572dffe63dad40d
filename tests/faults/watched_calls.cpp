// The libc's names for what changes a disk, taken over by the program that links this file. Each asks the watcher and
// then the kernel itself, so that there is no second way past the watcher and none back into it.
//
// What LMDB and the C++ library call by these names is taken over too: a name that the program defines wins.
#include "tests/faults/watched_calls.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <functional>
#include <mutex>
#include <optional>

namespace faults {
namespace {

std::atomic<Watcher*> watcher = nullptr;
std::string& root() {
  static std::string path;
  return path;
}
std::mutex& lock() {
  static std::mutex mutex;
  return mutex;
}

// Below the watched directory, or nothing.
std::optional<std::string> below(std::string_view path) {
  auto const& top = root();
  if (!path.starts_with(top)) return std::nullopt;
  path.remove_prefix(top.size());
  if (!path.empty() && path.front() != '/') return std::nullopt;
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string{path};
}

std::string path_of(int descriptor) {
  std::array<char, 4'096> text{};
  auto const link = "/proc/self/fd/" + std::to_string(descriptor);
  auto const size = ::readlink(link.c_str(), text.data(), text.size());
  return size > 0 ? std::string{text.data(), static_cast<std::size_t>(size)} : std::string{};
}

std::string at(int directory, char const* name) {
  if (name[0] == '/') return name;
  auto const parent = directory == AT_FDCWD ? std::string{"."} : path_of(directory);
  return parent + "/" + name;
}

struct stat status_of(int descriptor) {
  struct stat status{};
  ::fstat(descriptor, &status);
  return status;
}

using Kernel = std::function<long()>;

// Negative with errno, as the libc's own answer.
long ask(std::optional<Call> call, Kernel const& kernel) {
  auto* const looking = watcher.load();
  if (looking == nullptr || !call) return kernel();
  std::lock_guard const hold{lock()};
  if (int const wrong = looking->before(*call); wrong != 0) {
    errno = wrong;
    return -1;
  }
  auto const result = kernel();
  if (result < 0) return result;
  auto const said = errno;
  if (call->kind == Call::Kind::Write && static_cast<std::size_t>(result) < call->bytes.size()) {
    call->bytes.resize(static_cast<std::size_t>(result));
  }
  if (call->kind == Call::Kind::Make) call->file = status_of(static_cast<int>(result)).st_ino;
  looking->after(*call);
  errno = said;
  return result;
}

std::optional<Call> of_path(Call::Kind kind, std::string const& path) {
  if (watcher.load() == nullptr) return std::nullopt;
  auto found = below(path);
  if (!found) return std::nullopt;
  return Call{.kind = kind, .path = *std::move(found)};
}

std::optional<Call> of_file(Call::Kind kind, int descriptor) {
  if (watcher.load() == nullptr) return std::nullopt;
  auto found = below(path_of(descriptor));
  if (!found) return std::nullopt;
  auto const status = status_of(descriptor);
  Call call{.kind = kind, .path = *std::move(found)};
  call.file = status.st_ino;
  if (kind == Call::Kind::Sync && S_ISDIR(status.st_mode)) call.kind = Call::Kind::SyncDirectory;
  return call;
}

std::string joined(iovec const* parts, int count) {
  std::string bytes;
  for (int i = 0; i < count; ++i) bytes.append(static_cast<char const*>(parts[i].iov_base), parts[i].iov_len);
  return bytes;
}

std::optional<Call> of_write(int descriptor, std::uint64_t offset, std::string (*bytes_of)(void const*, std::size_t),
                             void const* from, std::size_t size) {
  auto call = of_file(Call::Kind::Write, descriptor);
  if (!call) return call;
  auto const flags = ::fcntl(descriptor, F_GETFL);
  call->offset = offset;
  call->bytes = bytes_of(from, size);
  call->is_through = (flags & (O_DSYNC | O_SYNC)) != 0;
  return call;
}

std::string plain(void const* from, std::size_t size) {
  return {static_cast<char const*>(from), size};
}
std::string scattered(void const* from, std::size_t count) {
  return joined(static_cast<iovec const*>(from), static_cast<int>(count));
}

std::uint64_t position_of(int descriptor) {
  return static_cast<std::uint64_t>(::lseek(descriptor, 0, SEEK_CUR));
}

int open_at(int directory, char const* name, int flags, mode_t mode) {
  auto const kernel = [&] { return ::syscall(SYS_openat, directory, name, flags, mode); };
  bool const writes = (flags & (O_WRONLY | O_RDWR)) != 0;
  if (watcher.load() == nullptr || !writes) return static_cast<int>(kernel());
  auto const path = at(directory, name);
  struct stat status{};
  bool const is_there = ::stat(path.c_str(), &status) == 0;
  auto call = of_path(is_there ? Call::Kind::Open : Call::Kind::Make, path);
  if (call && is_there) {
    call->file = status.st_ino;
    if ((flags & O_TRUNC) != 0) call->kind = Call::Kind::Resize;
  }
  return static_cast<int>(ask(std::move(call), kernel));
}

long resize(int descriptor, off_t size) {
  auto call = of_file(Call::Kind::Resize, descriptor);
  if (call) call->size = static_cast<std::uint64_t>(size);
  return ask(std::move(call), [&] { return ::syscall(SYS_ftruncate, descriptor, size); });
}

// Room that reads as zeros: the file grows where the caller may have it grow.
long allocate(int descriptor, int mode, off_t offset, off_t size) {
  auto call = mode == 0 ? of_file(Call::Kind::Resize, descriptor) : std::nullopt;
  if (call) {
    auto const now = static_cast<std::uint64_t>(status_of(descriptor).st_size);
    call->size = std::max(now, static_cast<std::uint64_t>(offset + size));
  }
  return ask(std::move(call), [&] { return ::syscall(SYS_fallocate, descriptor, mode, offset, size); });
}

long remove_at(int directory, char const* name, int flags) {
  return ask(of_path(Call::Kind::Remove, at(directory, name)),
             [&] { return ::syscall(SYS_unlinkat, directory, name, flags); });
}

long rename_at(int from_directory, char const* from, int to_directory, char const* to) {
  auto call = of_path(Call::Kind::Rename, at(from_directory, from));
  if (call) call->to = below(at(to_directory, to)).value_or("");
  return ask(std::move(call), [&] { return ::syscall(SYS_renameat2, from_directory, from, to_directory, to, 0U); });
}

}  // namespace

std::string_view name_of(Call::Kind kind) {
  static constexpr std::array<std::string_view, 9> names{"make",   "write",  "resize",         "sync", "sync directory",
                                                         "rename", "remove", "make directory", "open"};
  return names[static_cast<std::size_t>(kind)];
}

void watch(Watcher* next, std::string_view directory) {
  watcher = nullptr;
  root() = directory;
  watcher = next;
}

}  // namespace faults

// ---- The names ---------------------------------------------------------------------------------------------------

using faults::Call;

extern "C" {

int open(char const* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  auto const mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : mode_t{0};
  va_end(more);
  return faults::open_at(AT_FDCWD, name, flags, mode);
}
int open64(char const* name, int flags, ...) {
  va_list more;
  va_start(more, flags);
  auto const mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(more, mode_t) : mode_t{0};
  va_end(more);
  return faults::open_at(AT_FDCWD, name, flags, mode);
}

ssize_t pwrite(int descriptor, void const* from, size_t size, off_t offset) {
  return faults::ask(faults::of_write(descriptor, static_cast<std::uint64_t>(offset), faults::plain, from, size),
                     [&] { return ::syscall(SYS_pwrite64, descriptor, from, size, offset); });
}
ssize_t pwrite64(int descriptor, void const* from, size_t size, off64_t offset) {
  return pwrite(descriptor, from, size, offset);
}
ssize_t pwritev(int descriptor, iovec const* parts, int count, off_t offset) {
  return faults::ask(faults::of_write(descriptor, static_cast<std::uint64_t>(offset), faults::scattered, parts,
                                      static_cast<std::size_t>(count)),
                     [&] { return ::syscall(SYS_pwritev, descriptor, parts, count, offset, 0); });
}
ssize_t pwritev64(int descriptor, iovec const* parts, int count, off64_t offset) {
  return pwritev(descriptor, parts, count, offset);
}
ssize_t write(int descriptor, void const* from, size_t size) {
  return faults::ask(faults::of_write(descriptor, faults::position_of(descriptor), faults::plain, from, size),
                     [&] { return ::syscall(SYS_write, descriptor, from, size); });
}
ssize_t writev(int descriptor, iovec const* parts, int count) {
  return faults::ask(faults::of_write(descriptor, faults::position_of(descriptor), faults::scattered, parts,
                                      static_cast<std::size_t>(count)),
                     [&] { return ::syscall(SYS_writev, descriptor, parts, count); });
}

int ftruncate(int descriptor, off_t size) noexcept {
  return static_cast<int>(faults::resize(descriptor, size));
}
int ftruncate64(int descriptor, off64_t size) noexcept {
  return static_cast<int>(faults::resize(descriptor, size));
}
int fallocate(int descriptor, int mode, off_t offset, off_t size) {
  return static_cast<int>(faults::allocate(descriptor, mode, offset, size));
}
int fallocate64(int descriptor, int mode, off64_t offset, off64_t size) {
  return static_cast<int>(faults::allocate(descriptor, mode, offset, size));
}
int posix_fallocate(int descriptor, off_t offset, off_t size) {
  return faults::allocate(descriptor, 0, offset, size) == 0 ? 0 : errno;
}
int posix_fallocate64(int descriptor, off64_t offset, off64_t size) {
  return posix_fallocate(descriptor, offset, size);
}

int fsync(int descriptor) {
  return static_cast<int>(
      faults::ask(faults::of_file(Call::Kind::Sync, descriptor), [&] { return ::syscall(SYS_fsync, descriptor); }));
}
int fdatasync(int descriptor) {
  return static_cast<int>(
      faults::ask(faults::of_file(Call::Kind::Sync, descriptor), [&] { return ::syscall(SYS_fdatasync, descriptor); }));
}

int rename(char const* from, char const* to) noexcept {
  return static_cast<int>(faults::rename_at(AT_FDCWD, from, AT_FDCWD, to));
}
int unlink(char const* name) noexcept {
  return static_cast<int>(faults::remove_at(AT_FDCWD, name, 0));
}
int unlinkat(int directory, char const* name, int flags) noexcept {
  return static_cast<int>(faults::remove_at(directory, name, flags));
}
int rmdir(char const* name) noexcept {
  return static_cast<int>(faults::remove_at(AT_FDCWD, name, AT_REMOVEDIR));
}
int remove(char const* name) noexcept {
  auto const as_file = unlink(name);
  return as_file < 0 && errno == EISDIR ? rmdir(name) : as_file;
}
int mkdir(char const* name, mode_t mode) noexcept {
  return static_cast<int>(faults::ask(faults::of_path(Call::Kind::MakeDirectory, faults::at(AT_FDCWD, name)),
                                      [&] { return ::syscall(SYS_mkdirat, AT_FDCWD, name, mode); }));
}

}  // extern "C"
