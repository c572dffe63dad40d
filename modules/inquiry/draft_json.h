// A draft as JSON, both ways: what a purchaser sends and what a read shows. Inside of the module.
#pragma once

#include "modules/fields.h"
#include "modules/inquiry/draft.h"

namespace modules::inquiry {

inline constexpr Named<engine::Format> formats[] = {{"reverse", engine::Format::Reverse},
                                                    {"sealed", engine::Format::Sealed}};

// Everything that is not given gets the default of rules.md §4.3 or §4.4. A member of the other format is unknown.
// Finishes the fields.
Draft read_draft(Fields& body, Limits const& limits);

Json shown(engine::LotRules const& rules);
Json shown(Draft const& draft);  // as it may be sent again
// What a form needs to know beforehand: the platform's limits and every default, so that it repeats no number.
Json shown(Limits const& limits);

}  // namespace modules::inquiry
