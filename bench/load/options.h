// What ebb-load was asked to do, from the command line and the environment.
//
// Failure: what is wrong, what was expected; the program ends with code 2. A password is never taken from the command
// line: everybody on the machine can read it there.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>
#include <vector>

#include "bench/load/scenario.h"
#include "tools/client/address.h"

namespace bench::load {

enum class Restarts : std::uint8_t { AreFaults = 0, AreSurvived = 1 };

enum class Command : std::uint8_t { Run = 0, Search = 1, Soak = 2, Report = 3, Compare = 4 };

struct Options {
  Command command = Command::Run;
  ebb_client::Address server;
  std::string admin_login;
  std::string admin_password;
  Scenario scenario;
  std::uint64_t seed = 1;
  std::uint32_t process = 0;  // of those that share a run: each has accounts of its own
  Restarts restarts = Restarts::AreFaults;
  std::string json_file;     // empty: none
  std::string each_file;     // empty: none
  std::string interval_log;  // empty: none
  std::string report_file;   // empty: none
  // Search: the bound, and how many runs it may take.
  double p99_ms = 10;
  std::uint32_t runs_max = 12;
  std::uint32_t minutes = 5;  // Soak
  // Report and Compare: one result, or the results of two sides.
  std::vector<std::string> before, after;
  double fail_above = 0;  // 0: never

  // The phases with the warm-up before them, as everything is planned.
  std::vector<Phase> all_phases() const;
  std::chrono::seconds all_span() const { return scenario.warmup + scenario.span(); }
};

// An exit code: 0 after --help, 2 for what was wrong (already said).
std::expected<Options, int> read_options(int argc, char** argv);

}  // namespace bench::load
