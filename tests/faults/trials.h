// Many trials of something that may kill the process that tries it: each runs in a child, so that a death is one more
// result. Children work side by side through ranges of their own and tell their counts through a shared page.
//
// Thread:  one, and no other may run in the process: it forks.
// Failure: a child that dies is counted with the trial it died in, and the trials behind that one go on in a new child.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace faults {

// What children say; lives in shared memory.
class Report {
 public:
  static constexpr std::size_t counters = 32;

  void begin(std::string_view trial);  // what the parent quotes if this is the end
  void count(std::size_t counter, std::uint64_t more = 1);
  void wrong(std::string_view what);  // of the trial that was begun

 private:
  friend class Trials;
  std::uint64_t unit_ = 0;
  std::array<std::uint64_t, counters> counts_{};
  std::uint64_t wrong_ = 0;
  std::array<char, 200> trial_{};
  std::array<char, 16'384> said_{};  // what was wrong, line by line, while there is room
  std::size_t said_size_ = 0;
};

struct Score {
  std::array<std::uint64_t, Report::counters> counts{};
  std::uint64_t wrong = 0;
  std::uint64_t died = 0;
  std::vector<std::string> complaints;  // the first ones of each child
  std::vector<std::string> deaths;
  void add(Score const& more);
};

// Tries the units [from, to) one after the other; calls begin() at least once in each, telling `unit`.
class Trials {
 public:
  using Work =
      std::function<void(std::size_t from, std::size_t to, Report& report, std::function<void(std::size_t)> const& at)>;
  static Score run(std::size_t units, unsigned children, Work const& work);

 private:
  struct Child;
};

}  // namespace faults
