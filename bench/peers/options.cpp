// CLI11 lives in this file only: it takes seconds to compile.
#include "bench/peers/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

namespace bench::peers {
namespace {

std::string environment(char const* name) {
  auto const* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int wrong(std::string const& what) {
  fmt::print(stderr, "ebb-peers: {}\n", what);
  return 2;
}

}  // namespace

std::expected<Options, int> read_options(int argc, char** argv) {
  Options options;
  options.administrator = {environment("EBB_ADMIN_LOGIN"), environment("EBB_ADMIN_PASSWORD")};
  std::string ebb;
  std::int64_t warmup = options.warmup.count(), span = options.span.count();
  CLI::App app{
      "Drives Ebb, PostgreSQL and Redis with the same bids, in turns, and says how they compare.\n"
      "bench/peers/run starts all three and calls this program.\n"
      "The administrator of Ebb comes from EBB_ADMIN_LOGIN and EBB_ADMIN_PASSWORD.\n"
      "Exit code: 0 measured, 1 a peer lost count of its bids, 2 could not run.",
      "ebb-peers"};
  app.add_option("--ebb", ebb, "HOST:PORT of ebb, loopback only");
  app.add_option("--postgres", options.postgres, "where PostgreSQL is, as libpq has it: an empty database");
  app.add_option("--redis", options.redis, "path of the UNIX socket of an empty Redis");
  app.add_option("--ebb-process", options.ebb_process, "to tell its processor time");
  app.add_option("--postgres-process", options.postgres_process, "the same");
  app.add_option("--redis-process", options.redis_process, "the same");
  app.add_option("--folder", options.folder, "where redis.lua and postgres.sql are")->required();
  app.add_option("--clients", options.clients, "numbers of clients")->delimiter(',')->check(CLI::Range(1, 1'000));
  app.add_option("--where", options.where, "many lots, one hot lot")
      ->delimiter(',')
      ->check(CLI::IsMember({"many", "hot"}));
  app.add_option("--lots", options.lots, "how many are many")->check(CLI::Range(1, 1'024))->capture_default_str();
  app.add_option("--in-flight", options.in_flight,
                 "bids without an answer in the rows with more than one; 1: no such rows")
      ->check(CLI::Range(1, 128))
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "of each row; the median counts")
      ->check(CLI::Range(1, 25))
      ->capture_default_str();
  app.add_option("--warmup-ms", warmup, "before each round, not measured")->check(CLI::Range(0, 60'000));
  app.add_option("--span-ms", span, "of each round")->check(CLI::Range(100, 600'000));
  app.add_option("--json", options.json_file, "write the result as JSON");
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return std::unexpected(app.exit(error) == 0 ? 0 : 2);
  }
  options.warmup = std::chrono::milliseconds{warmup};
  options.span = std::chrono::milliseconds{span};
  if (!ebb.empty()) {
    auto const address = ebb_client::Address::parse(ebb);
    if (!address) return std::unexpected(wrong("--ebb " + address.error().what));
    options.ebb = *address;
    if (options.administrator.login.empty() || options.administrator.password.empty())
      return std::unexpected(wrong("no administrator in EBB_ADMIN_LOGIN and EBB_ADMIN_PASSWORD"));
  }
  if (ebb.empty() && options.postgres.empty() && options.redis.empty())
    return std::unexpected(wrong("nobody to measure: give --ebb, --postgres or --redis"));
  return options;
}

}  // namespace bench::peers
