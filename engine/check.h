// CHECK: the third lane of errors, a bug of ours.
//
// A refusal is an answer and a failure is the outside world; a CHECK that does not hold is neither. It says what and
// where, and aborts in every build: restart replays the journal, so stopping loses nothing and carrying on might.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace engine {

[[noreturn]] inline void check_failed(char const* what, char const* file, int line) {
  std::fprintf(stderr, "%s:%d: CHECK failed: %s\n", file, line, what);
  std::abort();
}

}  // namespace engine

#define CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::engine::check_failed(#condition, __FILE__, __LINE__))
#define UNREACHABLE() ::engine::check_failed("unreachable", __FILE__, __LINE__)
