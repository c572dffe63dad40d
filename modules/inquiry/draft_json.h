// A draft as JSON, both ways: what a purchaser sends and what a read shows. Inside of the module.
#pragma once

#include "modules/fields.h"
#include "modules/inquiry/draft.h"
#include "modules/rule_names.h"

namespace modules::inquiry {

// Everything that is not given gets the default of rules.md §4.3 or §4.4. A member of the other format is unknown.
// Finishes the fields.
Draft read_draft(Fields& body, Limits const& limits);

Json shown(Draft const& draft);  // as it may be sent again
// How the lots follow each other, as members; nothing where each is by itself.
void add_closing(Draft const& draft, Json& json);
// What makes a supplier's prices comparable, as members.
void add_evaluation(engine::Evaluation const& evaluation, Json& json);
// What a form needs to know beforehand: the platform's limits and every default, so that it repeats no number.
Json shown(Limits const& limits);

}  // namespace modules::inquiry
