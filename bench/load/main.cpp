// ebb-load: the load harness as a program. Wiring only.
#include <fmt/format.h>

#include "bench/load/options.h"
#include "bench/load/report.h"
#include "bench/load/run.h"

int main(int argc, char** argv) {
  using namespace bench::load;
  auto const options = read_options(argc, argv);
  if (!options) return options.error();
  fmt::print(stderr, "ebb-load seed {}\n", options->seed);
  auto const result = run(*options);
  if (!result) {
    fmt::print(stderr, "ebb-load: {}\n", result.error().what);
    return 2;
  }
  fmt::print("{}", summary(*options, *result));
  if (auto const written = write_files(*options, *result); !written) {
    fmt::print(stderr, "ebb-load: {}\n", written.error().what);
    return 2;
  }
  return result->differences.empty() ? 0 : 1;
}
