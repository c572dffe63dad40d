// A lot's rules as JSON: one spelling for drafts, for reads and for the live picture.
//
// What is at its default is left out where it came after the first formats of the house, so that a plain auction reads
// as it always did. What is shown can be sent again, but for `min_bidders_approved`.
//
// Thread: any; pure. Failure: none.
#pragma once

#include "engine/rules.h"
#include "modules/json.h"

namespace modules {

Json shown_rules(engine::LotRules const& rules);

// The part that everybody who watches needs: what a bid is judged by and when it ends, not what follows the close.
Json shown_bidding_rules(engine::LotRules const& rules);

}  // namespace modules
