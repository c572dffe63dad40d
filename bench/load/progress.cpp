// On stderr, so that stdout stays for the result.
#include "bench/load/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

namespace bench::load {
namespace {

constexpr std::chrono::seconds a_line_every{5};
constexpr std::uint64_t bar_width = 30;

}  // namespace

Progress::Progress(std::string program)
    : program_(std::move(program)), screen_(isatty(STDERR_FILENO) != 0 ? Screen::Terminal : Screen::Plain) {}

void Progress::show(std::string_view what, std::uint64_t done, std::uint64_t all, std::string const& aside) {
  if (screen_ == Screen::Terminal) {
    auto const filled = std::min(bar_width, done * bar_width / std::max<std::uint64_t>(all, 1));
    fmt::print(stderr, "\r\x1b[K{} {:<10} [{:=<{}}{: <{}}] {}/{} {}", program_, what, "", filled, "",
               bar_width - filled, done, all, aside);
    std::fflush(stderr);
    last_what_ = what;
    return;
  }
  auto const now = std::chrono::steady_clock::now();
  if (last_what_ == what && now < next_line_) return;
  last_what_ = what;
  next_line_ = now + a_line_every;
  fmt::print(stderr, "{} {} {}/{} {}\n", program_, what, done, all, aside);
}

void Progress::finish() {
  if (screen_ == Screen::Terminal && !last_what_.empty()) fmt::print(stderr, "\r\x1b[K");
}

}  // namespace bench::load
