// Strict JSON for request bodies: text in, a value or the place of the first fault out.
//
// Stricter than the standard where the standard lets a sender be ambiguous: a duplicate name is refused, NUL in a
// string is refused, and a number stays the text it was, so that no price ever passes through a double. The whole
// input must be one value; nesting and size are bounded here, because the parser below does not bound them. Live
// messages have their own, narrower reader (wire.h).
//
// Thread: any. Failure: input is judged, never trusted; the fault names a JSON Pointer and what was expected.
#pragma once

#include <expected>
#include <string_view>

#include "modules/module.h"

namespace gateway {

std::expected<modules::Json, modules::Malformed> parse(std::string_view text);

// Whether `text` is a JSON number, all of it (RFC 8259 §6).
bool is_json_number(std::string_view text);

}  // namespace gateway
