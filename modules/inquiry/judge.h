// May this command to an inquiry happen? The rules of the purchaser's side, without effect. Inside of the module.
//
// Order: is the session alive, has the role, does the object exist, is it theirs, is its state right, are the contents
// right. So a stranger learns nothing about an inquiry's state.
#pragma once

#include <optional>

#include "modules/module.h"

namespace modules::inquiry {

std::optional<engine::Refusal> judge(engine::ModuleCommand const& command, engine::Instant at,
                                     engine::TableReader const& tables);

}  // namespace modules::inquiry
