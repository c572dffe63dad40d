// Where a long run is: a bar that redraws itself on a terminal, a plain line now and then everywhere else.
//
// Thread: one. Failure: none.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench::load {

class Progress {
 public:
  explicit Progress(std::string program);
  // `aside` is shown behind the bar.
  void show(std::string_view what, std::uint64_t done, std::uint64_t all, std::string const& aside);
  void finish();

 private:
  enum class Screen : std::uint8_t { Terminal, Plain };
  std::string program_;
  Screen screen_;
  std::string last_what_;
  std::chrono::steady_clock::time_point next_line_{};
};

}  // namespace bench::load
