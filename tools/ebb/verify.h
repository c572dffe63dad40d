// `ebb verify`: is a data directory whole, does it still have what others kept of it, does this program decide as it
// did, and were the signatures of bids noted as they are; and what a client kept, checked without a server.
//
// Thread:  one. Opens the directory under its lock and changes nothing.
// Failure: the directory is in use or is none; a kept file that cannot be read. Damage is the finding, not a failure.
#pragma once

#include <optional>
#include <string>

#include "engine/ports.h"
#include "tools/ebb/cli.h"

namespace ebb {

struct VerifyTold {
  std::string text;                   // what was checked, in lines
  std::optional<std::string> damage;  // the first thing that is not as it must be
};
engine::Result<VerifyTold> verify(VerifyCall const& call);

}  // namespace ebb
