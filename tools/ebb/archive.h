// `ebb archive`: finished inquiries as bundles that can be read and proved for as long as they must be kept, without
// the server and, but for deciding again, without our software.
//
//   inquiry.json     what it was: title, buyer, lots, rules, as its buyer reads it
//   results.json     how each lot ended: standings and history
//   events.jsonl     everything that happened, a line each
//   records.jsonl    every command: what it said, its journal record as far as it may be shown, its leaf
//   head.json        a signed head of the tree, and proofs.jsonl: the path from each leaf to its root
//   README.txt       all of this, and how to check it by hand
//   SHA256SUMS
//
// Sealed prices stand in it once their lot was opened; those of a lot that never was stay closed. What belongs to
// another inquiry is not in it: where only its time mattered here, the time is.
//
// Thread:  one. Beside a server that runs: it reads the journal as a backup does, and decides it again.
// Failure: the journal, an inquiry that is not there or not over, or TO. A bundle that is there is left as it is.
// Memory:  the commands and events of the inquiries that are archived.
#pragma once

#include <string>

#include "engine/ports.h"
#include "tools/ebb/cli.h"

namespace ebb {

engine::Result<std::string> archive(ArchiveCall const& call);
// A bundle alone: checksums, leaves, paths, signature; and everything decided again.
engine::Result<std::string> check_archive(CheckArchiveCall const& call);

}  // namespace ebb
