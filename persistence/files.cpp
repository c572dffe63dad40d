// See the header.
#include "persistence/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "persistence/failure.h"

namespace persistence {
namespace fs = std::filesystem;

engine::Result<File> File::open(fs::path const& path, int flags) {
  int const descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed_with_errno(path.string() + ": open");
  return File{descriptor, path};
}

File::File(int descriptor, fs::path path) : descriptor_(descriptor), path_(std::move(path)) {}
File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}
File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}
File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

engine::Result<void> File::write_at(std::uint64_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed_with_errno(path_.string() + ": write");
    offset += static_cast<std::uint64_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

engine::Result<void> File::push_out(std::uint64_t offset, std::uint64_t bytes) {
  constexpr auto and_wait = SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER;
  if (::sync_file_range(descriptor_, static_cast<off64_t>(offset), static_cast<off64_t>(bytes), and_wait) != 0) {
    return failed_with_errno(path_.string() + ": sync_file_range");
  }
  return {};
}

engine::Result<void> File::sync() {
  if (::fsync(descriptor_) != 0) return failed_with_errno(path_.string() + ": fsync");
  return {};
}

bool is_there(fs::path const& path) {
  std::error_code error;
  return fs::exists(path, error);
}

engine::Result<std::string> read_file(fs::path const& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return failed_with_errno(path.string() + ": open");
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (file.bad()) return failed_with_errno(path.string() + ": read");
  return bytes;
}

engine::Result<void> replace_file(fs::path const& path, std::string_view bytes) {
  auto const fresh = fs::path{path.string() + ".new"};
  {
    auto file = File::open(fresh, O_CREAT | O_TRUNC | O_WRONLY);
    if (!file) return std::unexpected(file.error());
    if (auto written = file->write_at(0, bytes); !written) return written;
    if (auto synced = file->sync(); !synced) return synced;
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return failed_with_errno(path.string() + ": rename");
  return sync_directory(path.parent_path());
}

engine::Result<void> make_directory(fs::path const& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return {};
  fs::create_directories(path, error);
  if (error) return failed(path.string() + ": make directory: " + error.message());
  fs::permissions(path, fs::perms::owner_all, error);
  if (error) return failed(path.string() + ": permissions: " + error.message());
  return sync_directory(fs::absolute(path).parent_path());
}

engine::Result<void> sync_directory(fs::path const& path) {
  auto directory = File::open(path.empty() ? fs::path{"."} : path, O_RDONLY | O_DIRECTORY);
  if (!directory) return std::unexpected(directory.error());
  return directory->sync();
}

}  // namespace persistence
