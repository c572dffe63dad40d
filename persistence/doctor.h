// `ebb doctor`: what is wrong with a data directory, found without changing it. The files and what is in them; what
// only deciding again can find is in tools/ebb/doctor.h.
//
// Damage of an inner page of LMDB can kill whoever reads it. So everything is read in a child: if it dies, that is the
// finding.
//
// Thread:  the tool's only one, and no other when it is called: it forks.
// Failure: the directory is in use, or is none. What is wrong inside is a finding.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/ports.h"

namespace persistence {

struct Finding {
  enum class Grade : std::uint8_t {
    Note = 1,      // it serves, and nothing is lost
    Mendable = 2,  // what is wrong can be made again from the journal: `ebb doctor --repair` does
    Person = 3,    // something may be lost, or somebody has to decide
  };
  Grade grade = Grade::Note;
  std::string where;
  std::string what;
  std::string mend;  // what can be done; a command where there is one
  friend bool operator==(Finding const&, Finding const&) = default;
};
using Findings = std::vector<Finding>;

struct Examined {
  Findings findings;
  std::uint64_t frames = 0;    // whole, from the beginning, or from behind what was trimmed
  std::uint64_t commands = 0;  // in them
  engine::Seq last;            // of them
  std::string trimmed;         // where segments lie that were not read; empty: all were
  // Journal and keys are good: everything else can be made from them.
  bool is_journal_whole = false;
};
// `archive`: where trimmed segments lie; empty: they are not looked at, and that is said.
engine::Result<Examined> examine(std::filesystem::path const& data_directory,
                                 std::filesystem::path const& archive = {});

// Removes what an interrupted roll-over or restart left half made: nothing was committed to it.
engine::Result<void> remove_half_made(std::filesystem::path const& data_directory);

// What `work` gave, or how the child that did it died. What it gives and findings may pass as bytes.
engine::Result<std::string> in_a_child(std::function<std::string()> const& work);
std::string bytes_of(Findings const& findings);
Findings findings_from(std::string_view bytes);

}  // namespace persistence
