// What people may read of one inquiry: itself, a result, a history. Inside of the module. The list is list.h.
//
//   who                       draft   published        admitted    names in result and history
//   buyer's people            yes     yes              yes         yes, from the close on
//   regulator in scope        no      yes              yes         yes, from the close on
//   regulator out of scope    no      no (403)         -           -
//   admitted supplier         no      yes              no          the winner's; its own row is marked
//   anybody else              no      yes              no          the winner's
//
// Results and histories are refused before the close, for everybody: SEALED.
#pragma once

#include "modules/module.h"

namespace modules::inquiry {

Answer show_inquiry(Request const& request, engine::TableReader const& tables);
Answer show_result(Request const& request, engine::TableReader const& tables);
Answer show_history(Request const& request, engine::TableReader const& tables);  // ?after= the last seq seen

}  // namespace modules::inquiry
