// Problems as RFC 9457 writes them: one shape for everything that was refused or not understood, over HTTP and over
// the socket alike.
//
// Figures are printed by their unit: fen as yuan, a moment as RFC 3339, a span in whole seconds. Whether a figure may
// be shown at all (a sealed price) is view's business and decided before.
//
// Thread: any. Failure: none.
#pragma once

#include <string>
#include <string_view>

#include "engine/refusal.h"
#include "gateway/json_text.h"
#include "modules/module.h"

namespace gateway {

inline constexpr std::string_view problem_type = "application/problem+json";

// The whole object.
std::string problem(engine::Refusal const& refusal);
std::string problem(modules::Malformed const& malformed);  // 400, `errors` with a JSON Pointer each

// The members alone, into an object that is already open.
void append_problem(JsonText& json, engine::Refusal const& refusal);
void append_problem(JsonText& json, modules::Malformed const& malformed);

}  // namespace gateway
