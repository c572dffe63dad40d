// See the header.
#include "tests/faults/failing_disk.h"

#include <unistd.h>

#include <array>
#include <cerrno>

namespace faults {
namespace fs = std::filesystem;

namespace {

struct Way {
  int code;
  Ill how;
  char const* name;
};
constexpr std::array<Way, 3> ways{{{EIO, Ill::Once, "EIO once"},
                                   {EIO, Ill::FromThenOn, "EIO from then on"},
                                   {ENOSPC, Ill::FromThenOn, "ENOSPC from then on"}}};

// One life on the disk: opened, recovered, lived. Nothing: it came to its evening.
engine::Result<void> live_once(fs::path const& directory, Morning const& morning, Scribes scribes, Ended& ended) {
  support::ManualClock clock;
  ended = Ended::NotStarted;
  auto works = Works::open(directory, clock, {}, scribes, morning.log, morning.ahead);
  if (!works) return std::unexpected(works.error());
  if (auto recovered = (*works)->recover([](auto const&) {}); !recovered) return recovered;
  if (auto resumed = (*works)->resume(); !resumed) return resumed;
  ended = Ended::Halted;
  if (auto lived = live(**works, clock, morning); !lived) return lived;
  ended = Ended::Unharmed;
  return {};
}

class Sickbed {
 public:
  Sickbed(Truth const& truth, fs::path directory, Illness const& illness, Report& report)
      : truth_(truth), directory_(std::move(directory)), illness_(illness), report_(report) {}

  void run(std::size_t from, std::size_t to, std::function<void(std::size_t)> const& at) {
    for (auto trial = from; trial < to; ++trial) {
      at(trial);
      for (auto const& way : ways) suffer(illness_.first + trial * illness_.every, way);
    }
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
  }

 private:
  void suffer(std::size_t nth, Way const& way) {
    report_.begin("call " + std::to_string(nth) + ", " + way.name);
    std::error_code ignored;
    fs::remove_all(directory_, ignored);
    fs::create_directories(directory_);
    IllDisk disk{nth, way.code, way.how};
    Tape beliefs;
    auto ended = Ended::NotStarted;
    watch(&disk, directory_.string());
    auto const lived = live_once(directory_, illness_.morning, {&beliefs, nullptr}, ended);
    watch(nullptr, "");
    count(Ended::Tried);
    count(ended);
    if (!lived) hold_line(lived.error().what);
    auto const found = examine(directory_, truth_, beliefs.believed());
    if (!found.wrong.empty()) report_.wrong(found.wrong);
    if (!found.refused.empty()) report_.wrong("does not recover: " + found.refused);
  }

  // One line that says where and why.
  void hold_line(std::string const& line) {
    bool const is_placed = line.find(directory_.string()) != std::string::npos;
    bool const is_one = !line.empty() && line.find('\n') == std::string::npos;
    if (!is_placed || !is_one) report_.wrong("an unclear line: " + line);
  }
  void count(Ended what) { report_.count(static_cast<std::size_t>(what)); }

  Truth const& truth_;
  fs::path const directory_;
  Illness const& illness_;
  Report& report_;
};

}  // namespace

int IllDisk::before(Call const&) {
  ++calls_;
  bool const is_ill = nth_ != 0 && (how_ == Ill::Once ? calls_ == nth_ : calls_ >= nth_);
  return is_ill ? code_ : 0;
}

Score fail_every_call(fs::path const& scratch, Illness const& illness) {
  auto const directory = scratch / "well";
  fs::create_directories(directory);
  IllDisk well{0, 0, Ill::Once};
  watch(&well, directory.string());
  auto const truth = learn(directory, illness.morning, {}, nullptr);
  watch(nullptr, "");
  if (!truth || well.calls() < illness.first) {
    Score score;
    score.wrong = 1;
    score.complaints.push_back(truth ? "no call at all" : "a disk that is well: " + truth.error().what);
    return score;
  }
  auto const trials = (well.calls() - illness.first) / illness.every + 1;
  return Trials::run(trials, illness.children, [&](auto from, auto to, Report& report, auto const& at) {
    Sickbed{*truth, scratch / ("ill" + std::to_string(::getpid())), illness, report}.run(from, to, at);
  });
}

std::uint64_t counted(Score const& score, Ended what) {
  return score.counts[static_cast<std::size_t>(what)];
}

}  // namespace faults
