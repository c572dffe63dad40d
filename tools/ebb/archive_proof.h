// Head and paths of an archived inquiry: taken from the tree of a data directory, and checked without one.
//
// Thread:  one; beside a server that runs.
// Failure: the tree cannot be read, or says otherwise than the journal.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/ports.h"
#include "persistence/archive.h"
#include "tools/ebb/archive_lines.h"

namespace ebb {

// Adds head.json and proofs.jsonl where a signed head covers all of it. Says what it did.
engine::Result<std::string> prove(InquiryStory const& story, std::filesystem::path const& data_directory,
                                  persistence::Bundle& bundle);
// Every record's leaf leads to the signed root. Says to which; nothing: the bundle has no head.
engine::Result<std::optional<std::string>> check_proofs(std::span<RecordLine const> records,
                                                        persistence::Bundle const& bundle);

}  // namespace ebb
