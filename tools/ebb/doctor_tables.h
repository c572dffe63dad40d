// Whether the tables of a data directory say what its journal says: decided again into tables that are thrown away,
// and compared at the command up to which those on the disk have applied it.
//
// Changes nothing there. Needs as much room for temporary files as the tables have.
//
// Thread:  one; it forks, because a damaged page may kill the reader.
// Failure: none; everything that goes wrong is a finding.
#pragma once

#include <filesystem>

#include "persistence/doctor.h"

namespace ebb {

// The journal and the keys are whole. Of a trimmed journal `archive` has the rest; without it only checksums are looked
// at.
persistence::Findings examine_tables(std::filesystem::path const& directory, std::filesystem::path const& archive = {});

}  // namespace ebb
