// What a figure was measured on, and what the server's process takes of it: /proc, since both are on this machine.
//
// Failure: what /proc does not say is left out.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bench::load {

std::vector<std::pair<std::string, std::string>> machine();  // cores, cpu, kernel, memory, commit of the harness
std::string load_average();

// The process that listens on this port of loopback; nullopt: none that we may look into.
std::optional<pid_t> listener_on(std::uint16_t port);

struct ProcessFigures {
  double cpu_s = 0;
  double rss_bytes = 0;
  double heap_bytes = 0;  // anonymous memory: heap and stacks, not what is mapped from files
  double fds = 0;
  double threads = 0;
};
std::optional<ProcessFigures> figures_of(pid_t process);

}  // namespace bench::load
