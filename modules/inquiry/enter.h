// It happens: the rows of an inquiry change, and the engine's commands follow. Inside of the module.
#pragma once

#include "modules/module.h"

namespace modules::inquiry {

// Only what judge() let pass. Returns the id of the inquiry, or of the template.
std::uint64_t enter(engine::ModuleCommand const& command, engine::Instant at, engine::Tables& tables,
                    FollowUps& follow_ups);

}  // namespace modules::inquiry
