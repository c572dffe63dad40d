// The text of an auction file as a JSON value, strictly: a member given twice is a problem, a number stays the text it
// was, and size, depth and number of values are bounded.
//
// Thread: any. Failure: the one problem that ended the reading; a fault of the grammar is told by line and column.
// Memory: a small multiple of the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "modules/json.h"
#include "tools/ebb/auction_problem.h"

namespace ebb::auction {

inline constexpr std::size_t file_bytes_max = 16 << 20;
inline constexpr std::size_t values_max = 3'000'000;
inline constexpr std::size_t members_an_object_max = 256;

// Nothing: `problems` says why.
std::optional<modules::Json> read_json(std::string_view text, Problems& problems);

// A name as a part of a JSON Pointer (RFC 6901).
std::string pointer_part(std::string_view name);

}  // namespace ebb::auction
