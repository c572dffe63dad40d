// The result of a run for people and for programs, with the statements that make a figure worth reading: what was
// warm-up, what was measured from where, and how late the harness itself was.
//
// Failure: a file that cannot be written, as engine::Result.
#pragma once

#include <string>

#include "bench/load/options.h"
#include "bench/load/run.h"

namespace bench::load {

std::string summary(Options const& options, Result const& result);
std::string as_json(Options const& options, Result const& result);
// FILE, FILE.receipt.hgrm and FILE.watchers.hgrm; and what each bid took, where it was asked for.
engine::Result<void> write_files(Options const& options, Result const& result);

}  // namespace bench::load
