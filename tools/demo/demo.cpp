// ebb-demo: makes the demo's accounts through the front door and plays a demo day against a running server.
//
// Signals are taken by a thread of their own, so that Ctrl-C ends the day between two lines and not inside one.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "tools/demo/day.h"
#include "tools/demo/guide.h"

namespace {

struct Options {
  std::string server = "127.0.0.1:8080";
  std::string book = "var/demo.json";
  std::uint64_t seed = 2026;
  std::int64_t seconds = 0;  // 0: until Ctrl-C
};

int complain(std::string const& what) {
  std::fprintf(stderr, "demo: %s\n", what.c_str());
  return 1;
}

int play(Options const& options) {
  auto const address = ebb_client::Address::parse(options.server);
  if (!address) return complain(address.error().what);
  auto const* const password = std::getenv("EBB_DEMO_ADMIN_PASSWORD");
  demo::Office office{*address, options.book};
  if (auto const opened = office.open(password == nullptr ? "" : password); !opened)
    return complain(opened.error().what);
  demo::Show show{::isatty(STDOUT_FILENO) != 0 ? demo::Colour::Ansi : demo::Colour::Plain};
  show.say(demo::welcome(options.server, demo::accounts(office)));
  show.say(demo::guide(office, options.server));

  demo::Day day{office, *address, show, options.seed};
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  std::jthread listener{[&] {
    int signal = 0;
    sigwait(&ends, &signal);
    day.stop();
  }};
  day.run(options.seconds == 0 ? std::nullopt : std::optional{std::chrono::seconds{options.seconds}});
  pthread_kill(listener.native_handle(), SIGTERM);  // it may still be waiting
  return 0;
}

// Before any thread: all of them leave these signals to the one that waits for them.
void hold_signals() {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
}

}  // namespace

int main(int count, char** words) {
  Options options;
  CLI::App app{"A demo day against a running Ebb server", "ebb-demo"};
  app.add_option("--server", options.server, "address of the server, on loopback");
  app.add_option("--book", options.book, "where the demo keeps its accounts");
  app.add_option("--seed", options.seed, "of the suppliers' dice");
  app.add_option("--for", options.seconds, "seconds to play; 0: until Ctrl-C");
  app.footer("The administrator's one-time password comes in EBB_DEMO_ADMIN_PASSWORD at the first start.");
  try {
    app.parse(count, words);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  hold_signals();
  return play(options);
}
