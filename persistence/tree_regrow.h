// A transparency log that was damaged, grown again from the journal: the same leaves give the same tree. The heads that
// were signed are no leaves; those that can still be read are kept, and each must fit what was grown.
//
// A head that does not fit is no damage that can be mended: it was signed over another history. Then nothing changes.
//
// Thread:  the tool's only one, and no other when it is called: it forks, for what LMDB has damaged can kill the
// reader. Failure: the directory is in use; the journal has not all frames, or is damaged; its keys are not there; the
// disk. Memory:  of the heads, about 120 bytes each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/ports.h"

namespace persistence {

struct Regrown {
  std::uint64_t leaves = 0;
  std::uint64_t heads = 0;                 // kept
  bool are_heads_lost = false;             // some could not be read; they are only where they were published
  std::optional<std::string> contradicts;  // a head that was signed over another history
};
// Into `into`, which is not there yet. `archive`: where segments lie that were trimmed, or nothing.
engine::Result<Regrown> regrow_tree(std::filesystem::path const& data_directory, std::filesystem::path const& archive,
                                    std::filesystem::path const& into);
// In the place of the one that is there: either is there whenever the power goes. Nothing changes where one
// contradicts.
engine::Result<Regrown> mend_tree(std::filesystem::path const& data_directory, std::filesystem::path const& archive);

}  // namespace persistence
