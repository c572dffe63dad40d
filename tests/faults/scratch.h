// A directory of one's own that goes away: in memory where the machine has such a place, because a crash image is
// looked at for a millisecond and a disk would only make it slower.
//
// Thread: one. Failure: aborts where nothing can be made.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace faults {

class Scratch {
 public:
  Scratch() {
    std::filesystem::path const memory{"/dev/shm"};
    auto const place = ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
    auto name = (place / "ebb-faults-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  Scratch(Scratch const&) = delete;
  Scratch& operator=(Scratch const&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace faults
