// The real server, as a process: started on a free port of loopback with a data directory of its own, stopped kindly or
// killed, started again on the same directory.
//
// Thread:  one. Ownership: the directory goes with the object; a process still running is killed with it.
// Failure: throws Broken with the server's own log where it does not come up.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/e2e_wire.h"

namespace support {

class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(TemporaryDirectory const&) = delete;
  TemporaryDirectory& operator=(TemporaryDirectory const&) = delete;
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// What a finished program said.
struct Finished {
  int code = 0;  // 128 + n: ended by signal n
  std::string output;
  std::string errors;
};

// Keys of the configuration that differ from what the tests use anyway: {"server.stop_within_s", "2"}.
using Settings = std::vector<std::pair<std::string, std::string>>;

class ServerProcess {
 public:
  explicit ServerProcess(Settings settings = {});
  ~ServerProcess();
  ServerProcess(ServerProcess const&) = delete;
  ServerProcess& operator=(ServerProcess const&) = delete;

  void start();        // returns when it listens
  void kill();         // SIGKILL: as a power cut, but for what the kernel has already
  void ask_to_stop();  // SIGTERM, without waiting
  int wait();          // the exit code, as in Finished
  int stop();          // both
  bool is_running();

  std::uint16_t port() const { return port_; }
  // Of the administrator, printed at the first start only.
  std::string const& one_time_password() const { return one_time_password_; }
  std::filesystem::path data() const { return place_.path() / "data"; }
  std::string log() const;  // standard error of all its lives

  // Another sub-command on the same directory, such as verify.
  Finished run(std::vector<std::string> words) const;

 private:
  void write_config(Settings const& settings) const;
  std::string output() const;

  TemporaryDirectory place_;
  pid_t process_ = -1;
  std::uint16_t port_ = 0;
  std::string one_time_password_;
};

// Runs a program to its end.
Finished run_program(std::vector<std::string> const& words, std::filesystem::path const& place);

}  // namespace support
