// Pipes for what is agreed, a temporary file a process for what it measured.
#include "bench/load/together.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <iterator>
#include <memory>
#include <string>

namespace bench::load {
namespace {

using engine::Failure;

struct Child {
  pid_t process = -1;
  int from = -1;  // what it proposes
  int to = -1;    // what holds
  std::FILE* told = nullptr;
};

bool put(int to, std::int64_t value) {
  return write(to, &value, sizeof value) == static_cast<ssize_t>(sizeof value);
}

std::int64_t take(int from) {
  std::int64_t value = 0;
  return read(from, &value, sizeof value) == static_cast<ssize_t>(sizeof value) ? value : 0;
}

// In the child: never returns. A failure is told as the text behind a '!'.
[[noreturn]] void live(std::uint32_t number, Together const& together, std::FILE* told,
                       std::function<engine::Result<Outcome>(std::uint32_t, Together const&)> const& work) {
  auto const outcome = work(number, together);
  auto const text = outcome ? to_json(*outcome) : "!" + outcome.error().what;
  std::fwrite(text.data(), 1, text.size(), told);
  std::fflush(told);
  std::fflush(nullptr);
  _exit(outcome ? 0 : 2);
}

void agree(std::vector<Child> const& children) {
  std::int64_t latest = 0;
  bool is_somebody_gone = false;
  for (auto const& child : children) {
    auto const value = take(child.from);
    if (value == 0) is_somebody_gone = true;
    latest = std::max(latest, value);
  }
  for (auto const& child : children) put(child.to, is_somebody_gone ? 0 : latest);
}

engine::Result<Outcome> told_by(Child const& child) {
  int status = 0;
  waitpid(child.process, &status, 0);
  std::rewind(child.told);
  std::string text;
  std::array<char, 65'536> some{};
  for (std::size_t got = 0; (got = std::fread(some.data(), 1, some.size(), child.told)) != 0;)
    text.append(some.data(), got);
  std::fclose(child.told);
  close(child.from);
  close(child.to);
  if (text.starts_with('!')) return std::unexpected(Failure{text.substr(1)});
  if (text.empty())
    return std::unexpected(Failure{fmt::format("a process of the run ended without a result (status {})", status)});
  return from_json(text);
}

}  // namespace

std::int64_t Together::latest(std::int64_t mine) const {
  if (out_ < 0) return mine;
  return put(out_, mine) ? take(in_) : 0;
}

engine::Result<std::vector<Outcome>> in_processes(
    std::uint32_t count, std::uint32_t agreements,
    std::function<engine::Result<Outcome>(std::uint32_t, Together const&)> const& work) {
  // Whoever writes to a process that is gone should hear of it from write().
  std::signal(SIGPIPE, SIG_IGN);
  std::fflush(nullptr);
  std::vector<Child> children;
  for (std::uint32_t number = 0; number < count; ++number) {
    int up[2], down[2];
    auto* const told = std::tmpfile();
    if (told == nullptr || pipe(up) != 0 || pipe(down) != 0) return std::unexpected(Failure{"no pipes for processes"});
    auto const process = fork();
    if (process < 0) return std::unexpected(Failure{"no further process"});
    if (process == 0) {
      close(up[0]);
      close(down[1]);
      // Or an end of the others would stay open here when they are gone.
      for (auto const& earlier : children) {
        close(earlier.from);
        close(earlier.to);
      }
      live(number, Together{up[1], down[0]}, told, work);
    }
    close(up[1]);
    close(down[0]);
    children.push_back({process, up[0], down[1], told});
  }
  for (std::uint32_t i = 0; i < agreements; ++i) agree(children);
  std::vector<Outcome> outcomes;
  std::string failed;
  for (auto const& child : children) {
    auto outcome = told_by(child);
    if (outcome)
      outcomes.push_back(std::move(*outcome));
    else if (failed.empty())
      failed = outcome.error().what;
  }
  if (!failed.empty()) return std::unexpected(Failure{failed});
  return outcomes;
}

}  // namespace bench::load
