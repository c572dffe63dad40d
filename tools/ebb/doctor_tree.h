// The transparency log of a data directory, as `ebb doctor` finds it: whether it is what the journal gives, and if not,
// whether it can be grown again without a word against a head that was signed.
//
// Thread:  one; it forks, because a damaged page can kill whoever reads it. Failure: none; what is wrong is a finding.
#pragma once

#include <filesystem>

#include "persistence/doctor.h"

namespace ebb {

inline constexpr std::string_view tree_place = "tree";  // where its findings are

// Of a directory whose journal is whole. `archive`: where segments lie that were trimmed, or nothing.
persistence::Findings examine_tree(std::filesystem::path const& directory, std::filesystem::path const& archive);

}  // namespace ebb
