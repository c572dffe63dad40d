// The result of a run in words and in files, with the statements that make a figure worth reading: what was warm-up,
// what was measured from where, and how late the harness itself was.
//
// Failure: a file that cannot be written, as engine::Result.
#pragma once

#include <string>

#include "bench/load/options.h"
#include "bench/load/run.h"

namespace bench::load {

std::string summary(Options const& options, Outcome const& outcome);
// As HistogramLogWriter writes it: an interval a second, tagged by measure, values in nanoseconds, maxima in ms.
std::string interval_log(Outcome const& outcome);
// FILE and FILE.<measure>.hgrm; what each bid took and the interval log, where they were asked for.
engine::Result<void> write_files(Options const& options, Run const& run);
engine::Result<void> write_file(std::string const& file, std::string const& text);

}  // namespace bench::load
