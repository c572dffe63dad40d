// `ebb doctor`: every finding with where it is, how bad, and what can be done; with --repair also done, where that
// cannot lose anything.
//
// Beside what persistence/doctor.h finds in the files, the journal is decided again into tables of its own that are
// thrown away: so it is known whether this program still decides as the one that wrote it, and whether the tables say
// what the journal says. A flipped bit in a table is found by nothing else. The transparency log is held against the
// journal, too, and where it is damaged it is grown again.
//
// Thread:  one; it forks.
// Failure: the directory is in use, or is none.
#pragma once

#include <string>

#include "engine/ports.h"
#include "tools/ebb/cli.h"

namespace ebb {

struct Diagnosis {
  // 0: nothing is wrong (notes do not count), 3: --repair mends all of it, 4: a person is needed.
  int exit_code = 0;
  std::string text;
};
engine::Result<Diagnosis> doctor(DoctorCall const& call);

}  // namespace ebb
