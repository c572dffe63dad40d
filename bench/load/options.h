// What ebb-load was asked to do, from the command line and the environment.
//
// Failure: what is wrong, what was expected; the program ends with code 2. A password is never taken from the command
// line: everybody on the machine can read it there.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <string>

#include "tools/client/address.h"

namespace bench::load {

enum class Restarts : std::uint8_t { AreFaults = 0, AreSurvived = 1 };

struct Options {
  ebb_client::Address server;
  std::string admin_login;
  std::string admin_password;
  std::uint32_t auctions = 10;
  std::uint32_t suppliers = 10;
  std::uint32_t watchers = 10;
  std::uint32_t rate = 200;
  std::chrono::seconds span{20};   // measured
  std::chrono::seconds warmup{5};  // before that, sent and checked but not measured
  std::uint64_t seed = 1;
  std::uint32_t threads = 1;
  Restarts restarts = Restarts::AreFaults;
  std::string json_file;  // empty: none
  std::string each_file;  // empty: none
};

// An exit code: 0 after --help, 2 for what was wrong (already said).
std::expected<Options, int> read_options(int argc, char** argv);

}  // namespace bench::load
