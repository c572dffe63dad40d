// The Nth call that changes the disk fails, for every N: the works halt or do not start, with one clear line; nothing
// is half; and on a disk that is well again they recover.
//
// Thread:  one: it forks.
// Failure: the score says what was wrong, and for which N.
#pragma once

#include <cstdint>
#include <filesystem>

#include "tests/faults/trials.h"
#include "tests/faults/verdict.h"

namespace faults {

enum class Ill : std::uint8_t { Once, FromThenOn };

// Counts the calls, and fails from the Nth on.
class IllDisk final : public Watcher {
 public:
  IllDisk(std::size_t nth, int code, Ill how) : nth_(nth), code_(code), how_(how) {}
  int before(Call const& call) override;
  void after(Call const&) override {}
  std::size_t calls() const { return calls_; }

 private:
  std::size_t const nth_;  // from 1; 0: never
  int const code_;
  Ill const how_;
  std::size_t calls_ = 0;
};

struct Illness {
  Morning morning{};
  std::size_t first = 1;
  std::size_t every = 1;  // N = first, first + every, ...
  unsigned children = 2;
};
enum class Ended : std::uint8_t { Tried, Halted, NotStarted, Unharmed };
Score fail_every_call(std::filesystem::path const& scratch, Illness const& illness);
std::uint64_t counted(Score const& score, Ended what);

}  // namespace faults
