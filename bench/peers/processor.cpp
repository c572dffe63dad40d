// Nanoseconds on a processor, from every thread's schedstat: ticks would lose most of what two hundred short backends
// do.
#include "bench/peers/processor.h"

#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace bench::peers {
namespace {

namespace fs = std::filesystem;

// The fourth field, behind the name in brackets.
int parent_of(fs::path const& process) {
  std::ifstream file{process / "stat"};
  std::string text;
  std::getline(file, text, '\0');
  auto const name_end = text.rfind(')');
  if (name_end == std::string::npos || name_end + 4 > text.size()) return 0;
  return std::atoi(text.c_str() + name_end + 4);
}

double seconds_of(fs::path const& process) {
  double nanoseconds = 0;
  std::error_code gone;
  for (auto const& thread : fs::directory_iterator{process / "task", gone}) {
    std::ifstream file{thread.path() / "schedstat"};
    if (double ran = 0; file >> ran) nanoseconds += ran;
  }
  return nanoseconds / 1e9;
}

}  // namespace

double own_processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval const& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double processor_seconds(int process) {
  if (process == 0) return 0;
  double seconds = 0;
  std::error_code gone;
  for (auto const& entry : fs::directory_iterator{"/proc", gone}) {
    auto const name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (name == std::to_string(process) || parent_of(entry.path()) == process) seconds += seconds_of(entry.path());
  }
  return seconds;
}

}  // namespace bench::peers
