// utime and stime of /proc/N/stat, which stand at a fixed distance behind the name in brackets.
#include "bench/peers/processor.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace bench::peers {
namespace {

struct Status {
  int parent = 0;
  double seconds = 0;
};

std::optional<Status> status_of(std::string const& process) {
  std::ifstream file{"/proc/" + process + "/stat"};
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  auto const name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields{text.substr(name_end + 1)};
  std::string state, ignored;
  Status status;
  double user = 0, system = 0;
  fields >> state >> status.parent;
  for (int i = 0; i < 9; ++i) fields >> ignored;
  fields >> user >> system;
  status.seconds = (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
  return status;
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
  for (auto const& entry : std::filesystem::directory_iterator{"/proc", gone}) {
    auto const name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    auto const status = status_of(name);
    if (status && (name == std::to_string(process) || status->parent == process)) seconds += status->seconds;
  }
  return seconds;
}

}  // namespace bench::peers
