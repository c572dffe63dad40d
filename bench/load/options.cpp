// CLI11 lives in this file only: it takes seconds to compile.
#include "bench/load/options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <random>

namespace bench::load {
namespace {

std::string environment(char const* name) {
  auto const* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Two lines: login, password.
bool read_admin(std::string const& file, Options& options) {
  std::ifstream in{file};
  return std::getline(in, options.admin_login) && std::getline(in, options.admin_password) &&
         !options.admin_login.empty() && !options.admin_password.empty();
}

int wrong(std::string const& what) {
  fmt::print(stderr, "ebb-load: {}\n", what);
  return 2;
}

}  // namespace

std::expected<Options, int> read_options(int argc, char** argv) {
  auto const unset = ebb_client::Address::parse("127.0.0.1:1");
  Options options{.server = *unset,
                  .admin_login = environment("EBB_ADMIN_LOGIN"),
                  .admin_password = environment("EBB_ADMIN_PASSWORD"),
                  .json_file = {},
                  .each_file = {}};
  options.seed = std::random_device{}();
  std::string server, admin_file, format = "reverse";
  std::int64_t seconds = options.span.count(), warmup = options.warmup.count();
  bool is_surviving = false;

  CLI::App app{
      "Plays auctions against a running ebb on this machine, measures them, and verifies the outcome.\n"
      "Open loop: bids are sent on a schedule and measured from the schedule, so waiting counts.\n"
      "The administrator comes from --admin-file or from EBB_ADMIN_LOGIN and EBB_ADMIN_PASSWORD.\n"
      "Exit code: 0 everything was true, 1 a difference was found, 2 could not run.",
      "ebb-load"};
  app.add_option("--server", server, "HOST:PORT, loopback only")->required();
  app.add_option("--admin-file", admin_file, "file of two lines: login and password of an administrator");
  app.add_option("--auctions", options.auctions, "lots at the same time")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--suppliers", options.suppliers, "bidders a lot, each with a socket of its own")
      ->check(CLI::Range(3, 256))
      ->capture_default_str();
  app.add_option("--watchers", options.watchers, "watchers a lot, not signed in")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str();
  app.add_option("--rate", options.rate, "bids a second over all lots")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--seconds", seconds, "measured time")->check(CLI::Range(1, 3'600))->capture_default_str();
  app.add_option("--warmup", warmup, "seconds before that: sent and verified, not measured")
      ->check(CLI::Range(0, 600))
      ->capture_default_str();
  app.add_option("--format", format, "lot format")->check(CLI::IsMember({"reverse"}))->capture_default_str();
  app.add_option("--seed", options.seed, "the same seed plans the same bids (default: random, printed)");
  app.add_option("--threads", options.threads, "threads of the harness")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--json", options.json_file, "write the result as JSON, with .hgrm tables beside it");
  app.add_option("--each", options.each_file,
                 "write a line a measured bid: its moment in ms since 1970, us to receipt");
  app.add_flag("--survive-restarts", is_surviving, "reconnect, resume and ask when the server goes away");
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return std::unexpected(app.exit(error) == 0 ? 0 : 2);
  }
  auto const address = ebb_client::Address::parse(server);
  if (!address) return std::unexpected(wrong("--server " + address.error().what));
  options.server = *address;
  if (!admin_file.empty() && !read_admin(admin_file, options))
    return std::unexpected(wrong("--admin-file " + admin_file + ": expected two lines, login and password"));
  if (options.admin_login.empty() || options.admin_password.empty())
    return std::unexpected(wrong("no administrator: give --admin-file, or EBB_ADMIN_LOGIN and EBB_ADMIN_PASSWORD"));
  options.span = std::chrono::seconds{seconds};
  options.warmup = std::chrono::seconds{warmup};
  options.restarts = is_surviving ? Restarts::AreSurvived : Restarts::AreFaults;
  return options;
}

}  // namespace bench::load
