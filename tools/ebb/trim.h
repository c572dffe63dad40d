// `ebb archive DIR ARCHIVE --trim`: segments of the journal that no start needs any more move to the archive, beside a
// server that runs; `ebb restore ARCHIVE DIR --segments` brings them back. What may go, and in which steps:
// persistence/trim.h.
//
// Beside the server, because nothing is in its way: a sealed segment is written by nobody, the server replaces the
// manifest and this a file of its own, and its readers let go within a second. A start that falls into the moment sees
// either.
//
// Thread:  one.
// Failure: of persistence/trim.h.
// Memory:  of the hall and the pictures of a snapshot, one after the other: each is loaded before it is relied on.
#pragma once

#include <string>

#include "engine/ports.h"
#include "tools/ebb/cli.h"

namespace ebb {

engine::Result<std::string> trim(TrimCall const& call);
engine::Result<std::string> bring_back(BringBackCall const& call);

}  // namespace ebb
