// Does any text make the reader or the runner of auction files abort, throw, or take for ever? What is told is JSON, is
// the same a second time, and is a list of problems exactly where the check alone finds some.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/check.h"
#include "tools/ebb/auction.h"
#include "tools/ebb/auction_json.h"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace ebb::auction;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const told = run(text);
  CHECK(told.exit_code >= 0 && told.exit_code <= 2);
  CHECK((told.exit_code == 2) == (check(text).exit_code == 2));
  Problems problems;
  CHECK(read_json(told.json, problems).has_value());
  if (told.exit_code != 2) CHECK(run(text).json == told.json);
  return 0;
}
