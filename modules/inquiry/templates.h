// What a buyer's people read of their templates: all of them, or one. Inside of the module.
#pragma once

#include "modules/module.h"

namespace modules::inquiry {

Answer list_templates(Request const& request, engine::TableReader const& tables);  // oldest first, all in one
Answer show_template(Request const& request, engine::TableReader const& tables);

}  // namespace modules::inquiry
