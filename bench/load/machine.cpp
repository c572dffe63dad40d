// Lines of /proc, read the plain way.
#include "bench/load/machine.h"

#include <fmt/format.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <thread>

namespace bench::load {
namespace {

namespace fs = std::filesystem;

// "model name : X" -> "X" of the first such line.
std::string value_in(std::string const& file, std::string_view name) {
  std::ifstream in{file};
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(name)) continue;
    auto const colon = line.find(':');
    auto const begins = colon == std::string::npos ? colon : line.find_first_not_of(" \t", colon + 1);
    return begins == std::string::npos ? "" : line.substr(begins);
  }
  return {};
}

double kib_in(std::string const& file, std::string_view name) {
  auto const text = value_in(file, name);
  double kib = 0;
  std::from_chars(text.data(), text.data() + text.size(), kib);
  return kib * 1024;
}

double entries_of(fs::path const& folder) {
  std::error_code error;
  double count = 0;
  for (fs::directory_iterator at{folder, error}, end; !error && at != end; at.increment(error)) ++count;
  return count;
}

// Inodes of the sockets that listen on the port.
std::set<std::string> listening(std::uint16_t port) {
  std::set<std::string> inodes;
  auto const ending = fmt::format(":{:04X}", port);
  for (auto const* file : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream in{file};
    for (std::string line; std::getline(in, line);) {
      std::istringstream words{line};
      std::vector<std::string> word{std::istream_iterator<std::string>{words}, {}};
      constexpr std::size_t local = 1, state = 3, inode = 9;
      if (word.size() > inode && word[local].ends_with(ending) && word[state] == "0A") inodes.insert(word[inode]);
    }
  }
  return inodes;
}

bool holds_one_of(fs::path const& process, std::set<std::string> const& inodes) {
  std::error_code error;
  for (fs::directory_iterator at{process / "fd", error}, end; !error && at != end; at.increment(error)) {
    std::error_code gone;
    auto const target = fs::read_symlink(at->path(), gone).string();
    constexpr std::string_view head = "socket:[";
    if (!gone && target.starts_with(head) &&
        inodes.contains(target.substr(head.size(), target.size() - head.size() - 1)))
      return true;
  }
  return false;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> machine() {
  utsname system{};
  uname(&system);
  return {{"cores", fmt::format("{}", std::thread::hardware_concurrency())},
          {"cpu", value_in("/proc/cpuinfo", "model name")},
          {"kernel", fmt::format("{} {}", system.sysname, system.release)},
          {"memory", fmt::format("{:.1f} GiB", kib_in("/proc/meminfo", "MemTotal") / (1 << 30))},
          {"harness_commit", EBB_COMMIT},
          {"harness_build", EBB_BUILD}};
}

std::string load_average() {
  std::ifstream in{"/proc/loadavg"};
  std::string one, five, fifteen;
  in >> one >> five >> fifteen;
  return fmt::format("{} {} {}", one, five, fifteen);
}

std::optional<pid_t> listener_on(std::uint16_t port) {
  auto const inodes = listening(port);
  if (inodes.empty()) return std::nullopt;
  std::error_code error;
  for (fs::directory_iterator at{"/proc", error}, end; !error && at != end; at.increment(error)) {
    auto const name = at->path().filename().string();
    pid_t process = 0;
    auto const [stop, wrong] = std::from_chars(name.data(), name.data() + name.size(), process);
    if (wrong == std::errc{} && *stop == '\0' && holds_one_of(at->path(), inodes)) return process;
  }
  return std::nullopt;
}

std::optional<ProcessFigures> figures_of(pid_t process) {
  auto const folder = fmt::format("/proc/{}", process);
  std::ifstream in{folder + "/stat"};
  std::string const stat{std::istreambuf_iterator<char>{in}, {}};
  auto const name_ends = stat.rfind(')');
  if (name_ends == std::string::npos) return std::nullopt;
  std::istringstream words{stat.substr(name_ends + 1)};
  std::vector<std::string> const word{std::istream_iterator<std::string>{words}, {}};
  constexpr std::size_t user = 11, system = 12, threads = 17;  // counted behind the name
  if (word.size() <= threads) return std::nullopt;
  auto const ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
  return ProcessFigures{.cpu_s = (std::stod(word[user]) + std::stod(word[system])) / ticks,
                        .rss_bytes = kib_in(folder + "/status", "VmRSS"),
                        .heap_bytes = kib_in(folder + "/status", "RssAnon"),
                        .fds = entries_of(folder + "/fd"),
                        .threads = std::stod(word[threads])};
}

}  // namespace bench::load
