// What the engine told about lots, as rows: the module's own picture to judge by, the result and the history. Inside of
// the module.
//
// Bids do not come this far, nor do the extensions they cause: a batch of bids alone touches no table.
#pragma once

#include "engine/event.h"
#include "engine/ports.h"

namespace modules::inquiry {

inline constexpr std::size_t history_entries_a_row = 500;

// Events of lots that no inquiry knows are none of ours.
void mirror(engine::Event const& event, engine::Tables& tables);

}  // namespace modules::inquiry
