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

// What the flags say besides the options themselves.
struct Flags {
  std::string server, admin_file, scenario_file, format = "reverse";
  double rate = 200;
  std::int64_t seconds = 20, warmup = 5;
  bool is_surviving = false;
};

void add_run_flags(CLI::App& app, Options& options, Flags& flags) {
  auto& scenario = options.scenario;
  app.add_option("--server", flags.server, "HOST:PORT, loopback only");
  app.add_option("--admin-file", flags.admin_file, "file of two lines: login and password of an administrator");
  app.add_option("--auctions", scenario.auctions, "lots at the same time, in each process")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--suppliers", scenario.suppliers, "bidders a lot, each with a socket of its own")
      ->check(CLI::Range(3, 256))
      ->capture_default_str();
  app.add_option("--watchers", scenario.watchers, "watchers a lot, not signed in")
      ->check(CLI::Range(0, 10'000))
      ->capture_default_str();
  app.add_option("--seed", options.seed, "the same seed plans the same bids (default: random, printed)");
  app.add_option("--threads", scenario.threads, "threads of a process of the harness")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--processes", scenario.processes, "processes of the harness, each with lots and suppliers of its own")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--json", options.json_file, "write the result as JSON, with .hgrm tables beside it");
  app.add_option("--intervals", options.interval_log, "write a histogram log, an interval a second");
  app.add_option("--each", options.each_file,
                 "write a line a measured bid: its moment in ms since 1970, us to receipt (one process only)");
  app.add_flag("--survive-restarts", flags.is_surviving, "reconnect, resume and ask when the server goes away");
}

void add_schedule_flags(CLI::App& app, Flags& flags) {
  app.add_option("--rate", flags.rate, "bids a second over all lots")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--seconds", flags.seconds, "measured time")->check(CLI::Range(1, 3'600))->capture_default_str();
  app.add_option("--warmup", flags.warmup, "seconds before that: sent and verified, not measured")
      ->check(CLI::Range(0, 600))
      ->capture_default_str();
  app.add_option("--format", flags.format, "lot format")->check(CLI::IsMember({"reverse"}))->capture_default_str();
}

// A flag that was given stands over the file.
std::expected<void, int> take_scenario(CLI::App const& app, Options& options, Flags const& flags) {
  auto read = read_scenario(flags.scenario_file);
  if (!read) return std::unexpected(wrong(read.error().text()));
  auto& mine = options.scenario;
  auto const over = [&](char const* flag, std::uint32_t Scenario::* field) {
    if (app.count(flag) != 0) (*read).*field = mine.*field;
  };
  over("--auctions", &Scenario::auctions);
  over("--suppliers", &Scenario::suppliers);
  over("--watchers", &Scenario::watchers);
  over("--threads", &Scenario::threads);
  over("--processes", &Scenario::processes);
  if (app.count("--seed") == 0 && read->seed) options.seed = *read->seed;
  mine = std::move(*read);
  return {};
}

std::expected<void, int> take_server(Options& options, Flags const& flags) {
  auto const& server = flags.server.empty() ? options.scenario.server : flags.server;
  if (server.empty()) return std::unexpected(wrong("no server: give --server, or [server] address in the scenario"));
  auto const address = ebb_client::Address::parse(server);
  if (!address) return std::unexpected(wrong("--server " + address.error().what));
  options.server = *address;
  if (!flags.admin_file.empty() && !read_admin(flags.admin_file, options))
    return std::unexpected(wrong("--admin-file " + flags.admin_file + ": expected two lines, login and password"));
  if (options.admin_login.empty() || options.admin_password.empty())
    return std::unexpected(wrong("no administrator: give --admin-file, or EBB_ADMIN_LOGIN and EBB_ADMIN_PASSWORD"));
  return {};
}

Phase steady(Flags const& flags) {
  Phase phase;
  phase.name = "steady";
  phase.rate = flags.rate;
  phase.span = std::chrono::seconds{flags.seconds};
  return phase;
}

// A round of the soak.
Phase churning() {
  Phase phase;
  phase.kind = PhaseKind::Churn;
  phase.name = "churn";
  phase.rate = 50;
  phase.span = std::chrono::seconds{5};
  phase.joins_a_s = 20;
  phase.stay_s = 2;
  return phase;
}

}  // namespace

std::vector<Phase> Options::all_phases() const {
  auto phases = scenario.phases;
  if (scenario.warmup.count() == 0) return phases;
  Phase warming;
  warming.name = "warm-up";
  warming.rate = phases.front().rate;
  warming.span = scenario.warmup;
  phases.insert(phases.begin(), warming);
  return phases;
}

std::expected<Options, int> read_options(int argc, char** argv) {
  auto const unset = ebb_client::Address::parse("127.0.0.1:1");
  Options options{.server = *unset,
                  .admin_login = environment("EBB_ADMIN_LOGIN"),
                  .admin_password = environment("EBB_ADMIN_PASSWORD"),
                  .scenario = {},
                  .json_file = {},
                  .each_file = {},
                  .interval_log = {},
                  .report_file = {},
                  .before = {},
                  .after = {}};
  options.seed = std::random_device{}();
  Flags flags;
  CLI::App app{
      "Plays auctions against a running ebb on this machine, measures them, and verifies the outcome, always.\n"
      "Open loop: bids are sent on a schedule and measured from the schedule, so waiting counts.\n"
      "The administrator comes from --admin-file or from EBB_ADMIN_LOGIN and EBB_ADMIN_PASSWORD.\n"
      "Exit code: 0 everything was true, 1 a difference was found, 2 could not run, 3 a threshold was missed.",
      "ebb-load"};
  app.require_subcommand(0, 1);
  add_run_flags(app, options, flags);
  add_schedule_flags(app, flags);
  auto* const run = app.add_subcommand("run", "a scenario from a file (bench/scenarios, bench/README.md)");
  run->add_option("scenario", flags.scenario_file, "FILE.toml")->required();
  add_run_flags(*run, options, flags);
  auto* const search = app.add_subcommand("search", "the highest rate whose p99 of bid to receipt keeps a bound");
  add_run_flags(*search, options, flags);
  add_schedule_flags(*search, flags);
  search->add_option("--p99-ms", options.p99_ms, "the bound")->check(CLI::PositiveNumber)->capture_default_str();
  search->add_option("--runs", options.runs_max, "how many runs it may take")
      ->check(CLI::Range(2, 40))
      ->capture_default_str();
  auto* const soak = app.add_subcommand(
      "soak", "round after round of auctions with coming and going; does the server stay what it was?");
  add_run_flags(*soak, options, flags);
  soak->add_option("--minutes", options.minutes, "how long")->check(CLI::Range(1, 1'440))->capture_default_str();
  auto* const report = app.add_subcommand("report", "a result as one HTML page");
  report->add_option("result", options.before, "RESULT.json")->required()->expected(1);
  report->add_option("-o,--output", options.report_file, "FILE.html")->required();
  auto* const comparison = app.add_subcommand(
      "compare", "two sides: `compare a.json b.json`, or several runs a side with --before and --after");
  std::vector<std::string> pair;
  comparison->add_option("results", pair, "A.json B.json")->expected(0, 2);
  comparison->add_option("--before", options.before, "results of one side");
  comparison->add_option("--after", options.after, "results of the other side");
  comparison->add_option("-o,--output", options.report_file, "also as FILE.html");
  comparison
      ->add_option("--fail-above", options.fail_above, "exit code 3 where a measure is worse by this ratio, as 1.10")
      ->check(CLI::Range(1.0, 100.0));
  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return std::unexpected(app.exit(error) == 0 ? 0 : 2);
  }
  if (report->parsed()) {
    options.command = Command::Report;
    return options;
  }
  if (comparison->parsed()) {
    options.command = Command::Compare;
    if (pair.size() == 2 && options.before.empty() && options.after.empty()) {
      options.before = {pair[0]};
      options.after = {pair[1]};
    }
    if (options.before.empty() || options.after.empty()) return std::unexpected(wrong("compare: two sides are needed"));
    return options;
  }
  if (run->parsed()) {
    if (auto const taken = take_scenario(*run, options, flags); !taken) return std::unexpected(taken.error());
  } else {
    options.scenario.phases = {steady(flags)};
    options.scenario.warmup = std::chrono::seconds{flags.warmup};
  }
  if (search->parsed()) options.command = Command::Search;
  if (soak->parsed()) {
    options.command = Command::Soak;
    options.scenario.phases = {churning()};
    options.scenario.warmup = std::chrono::seconds{0};
  }
  if (auto const taken = take_server(options, flags); !taken) return std::unexpected(taken.error());
  options.restarts = flags.is_surviving ? Restarts::AreSurvived : Restarts::AreFaults;
  return options;
}

}  // namespace bench::load
