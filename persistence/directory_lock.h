// One server, or one tool, per data directory: LMDB allows one process per environment, and two writers would make two
// orders of one log.
//
// Thread:  any.
// Failure: somebody else holds it; the message says who.
#pragma once

#include <filesystem>

#include "engine/ports.h"
#include "persistence/files.h"

namespace persistence {

class DirectoryLock {
 public:
  // Held until destroyed, or until the process dies, however it dies.
  static engine::Result<DirectoryLock> take(std::filesystem::path const& directory);

 private:
  explicit DirectoryLock(File file) : file_(std::move(file)) {}
  File file_;
};

}  // namespace persistence
