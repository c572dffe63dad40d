// See the header.
#include "tests/faults/trials.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include "engine/check.h"

namespace faults {

void Report::begin(std::string_view trial) {
  auto const size = std::min(trial.size(), trial_.size() - 1);
  std::memcpy(trial_.data(), trial.data(), size);
  trial_[size] = '\0';
}

void Report::count(std::size_t counter, std::uint64_t more) {
  counts_[counter] += more;
}

void Report::wrong(std::string_view what) {
  ++wrong_;
  auto const line = std::string{trial_.data()} + ": " + std::string{what} + "\n";
  if (said_size_ + line.size() > said_.size()) return;
  std::memcpy(said_.data() + said_size_, line.data(), line.size());
  said_size_ += line.size();
}

void Score::add(Score const& more) {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += more.counts[i];
  wrong += more.wrong;
  died += more.died;
  complaints.insert(complaints.end(), more.complaints.begin(), more.complaints.end());
  deaths.insert(deaths.end(), more.deaths.begin(), more.deaths.end());
}

struct Trials::Child {
  std::size_t from = 0;
  std::size_t to = 0;
  Report* report = nullptr;
  pid_t process = -1;
};

namespace {

void add_report(Score& score, std::array<std::uint64_t, Report::counters> const& counts, std::uint64_t wrong,
                std::string_view said) {
  for (std::size_t i = 0; i < counts.size(); ++i) score.counts[i] += counts[i];
  score.wrong += wrong;
  while (!said.empty()) {
    auto const size = said.find('\n');
    score.complaints.emplace_back(said.substr(0, size));
    said.remove_prefix(size + 1);
  }
}

// What a child says when it dies is nobody's news, and neither is its core: the parent quotes the trial.
void be_silent() {
  rlimit const none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  int const nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
}

void work_as_child(std::size_t from, std::size_t to, Report& report, Trials::Work const& work, std::uint64_t& unit) {
  be_silent();
  work(from, to, report, [&unit](std::size_t at) { unit = at; });
  ::_exit(0);
}

}  // namespace

Score Trials::run(std::size_t units, unsigned children, Work const& work) {
  Score score;
  std::vector<Child> all(children);
  auto const start = [&](Child& child) {
    new (child.report) Report;
    child.report->unit_ = child.from;
    child.process = ::fork();
    CHECK(child.process >= 0);
    if (child.process == 0) work_as_child(child.from, child.to, *child.report, work, child.report->unit_);
  };
  std::size_t running = 0;
  for (unsigned i = 0; i < children; ++i) {
    auto& child = all[i];
    child.from = units * i / children;
    child.to = units * (i + 1) / children;
    auto* const page = ::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(page != MAP_FAILED);
    child.report = static_cast<Report*>(page);
    if (child.from == child.to) continue;
    start(child);
    ++running;
  }
  while (running > 0) {
    int status = 0;
    auto const ended = ::waitpid(-1, &status, 0);
    if (ended < 0 && errno == EINTR) continue;
    CHECK(ended > 0);
    auto const child = std::ranges::find(all, ended, &Child::process);
    if (child == all.end()) continue;
    auto const& report = *child->report;
    add_report(score, report.counts_, report.wrong_, {report.said_.data(), report.said_size_});
    --running;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
    ++score.died;
    score.deaths.push_back(std::string{report.trial_.data()} + ": " +
                           (WIFSIGNALED(status) ? "signal " + std::to_string(WTERMSIG(status))
                                                : "exit " + std::to_string(WEXITSTATUS(status))));
    child->from = report.unit_ + 1;
    if (child->from >= child->to) continue;
    start(*child);
    ++running;
  }
  for (auto const& child : all) ::munmap(child.report, sizeof(Report));
  return score;
}

}  // namespace faults
