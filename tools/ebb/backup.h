// `ebb backup` and `ebb restore`, as text for whoever runs them.
//
// A restored directory is decided once more before anybody hears that it is good: the digests in its frames are
// compared, and the tables come out of it.
//
// Thread:  one.
// Failure: what persistence/backup.h and persistence/restore.h say, and a journal that this program decides otherwise.
#pragma once

#include <string>

#include "engine/ports.h"
#include "tools/ebb/cli.h"

namespace ebb {

engine::Result<std::string> backup(BackupCall const& call);
engine::Result<std::string> restore(RestoreCall const& call);

}  // namespace ebb
