// Stands between a program and the file system: every call that changes a disk, or makes it durable, is told to one
// watcher before it happens and after. The calls themselves are watched_calls.cpp, linked into a test program or
// preloaded into a server (preloaded.cpp).
//
// Only what lies below the watched directory is told. Reading is not: a power cut does not undo it.
//
// Thread:  watch() while nobody writes; a watcher is called on whatever thread asked, under one lock.
// Failure: before() says with an errno that the call shall fail instead of happening.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace faults {

struct Call {
  enum class Kind : std::uint8_t {
    Make,           // open() that makes a file: path
    Write,          // file, offset, bytes; through: durable when it returns
    Resize,         // file, size
    Sync,           // file
    SyncDirectory,  // path
    Rename,         // path, to
    Remove,         // path: a file or an empty directory
    MakeDirectory,  // path
    Open,           // open() of what is there, for writing: path
  };
  Kind kind;
  std::string path;  // below the watched directory; empty: the directory itself
  std::string to{};
  ino_t file = 0;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::string bytes{};
  bool is_through = false;
};
std::string_view name_of(Call::Kind kind);

class Watcher {
 public:
  virtual ~Watcher() = default;
  virtual int before(Call const& call) = 0;  // 0, or the errno with which it fails
  virtual void after(Call const& call) = 0;  // it happened
};

// Until the next one; nullptr: nobody looks, and every call is the kernel's own. `below` is absolute.
void watch(Watcher* watcher, std::string_view below);

}  // namespace faults
