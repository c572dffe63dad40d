// What ebb-peers was asked to measure, from the command line and the environment.
//
// Failure: what is wrong, what was expected; the program ends with code 2.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "bench/peers/ebb_peer.h"
#include "tools/client/address.h"

namespace bench::peers {

struct Options {
  // Who is measured: whoever has an address.
  std::optional<ebb_client::Address> ebb;
  Administrator administrator;
  std::string postgres;
  std::string redis;
  int ebb_process = 0;
  int postgres_process = 0;
  int redis_process = 0;
  std::string folder;  // of redis.lua and postgres.sql

  std::vector<std::uint32_t> clients{1, 16, 64, 200};
  std::vector<std::string> where{"many", "hot"};
  std::uint32_t lots = 1'000;
  std::uint32_t in_flight = 16;  // of the rows with more than one; 1: there are none
  std::uint32_t rounds = 3;
  std::chrono::milliseconds warmup{1'000};
  std::chrono::milliseconds span{3'000};
  std::string json_file;  // empty: none
};

// An exit code: 0 after --help, 2 for what was wrong (already said).
std::expected<Options, int> read_options(int argc, char** argv);

}  // namespace bench::peers
