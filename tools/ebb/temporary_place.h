// A directory for what is thrown away at the end, under TMPDIR.
//
// Thread: one. Failure: an empty path where none can be made; whoever uses it then fails with that.
#pragma once

#include <unistd.h>

#include <filesystem>

namespace ebb {

class TemporaryPlace {
 public:
  TemporaryPlace() {
    auto name = (std::filesystem::temp_directory_path() / "ebb-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  TemporaryPlace(TemporaryPlace const&) = delete;
  TemporaryPlace& operator=(TemporaryPlace const&) = delete;
  ~TemporaryPlace() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace ebb
