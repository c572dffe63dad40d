// The few things this room asks of the file system beside LMDB, each with what is on the disk when it returns.
//
// Thread:  any, one per object.
// Failure: every call; the message names the path.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "engine/ports.h"

namespace persistence {

enum class Access : std::uint8_t {
  ReadWrite,
  ReadOnly,    // whoever opens it holds the lock of the whole directory
  ReadBeside,  // another process may be writing it
};

// An open file. Owns its descriptor.
class File {
 public:
  static engine::Result<File> open(std::filesystem::path const& path, int flags);
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();

  int descriptor() const { return descriptor_; }
  engine::Result<void> write_at(std::uint64_t offset, std::string_view bytes);
  // Sends these bytes to the disk and waits until it has them. They are not durable: that is sync()'s.
  engine::Result<void> push_out(std::uint64_t offset, std::uint64_t bytes);
  engine::Result<void> sync();

 private:
  File(int descriptor, std::filesystem::path path);
  int descriptor_ = -1;
  std::filesystem::path path_;
};

bool is_there(std::filesystem::path const& path);
engine::Result<std::string> read_file(std::filesystem::path const& path);
// The old bytes or the new, never a mixture, whenever the power goes; the new, durably, once this returns.
engine::Result<void> replace_file(std::filesystem::path const& path, std::string_view bytes);
// Made (with its name durable in its parent), or there already.
engine::Result<void> make_directory(std::filesystem::path const& path);
// Names made, renamed or removed in it are durable.
engine::Result<void> sync_directory(std::filesystem::path const& path);

}  // namespace persistence
