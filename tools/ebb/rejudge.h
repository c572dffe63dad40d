// The signatures of bids judged again: every bid by the key registrations of the same journal, decided again, and what
// comes of it held against what was noted when it happened.
//
// Of a trimmed journal without its archive only those bids are judged whose key was registered in what is left; the
// tables say which registration that was.
//
// Thread:  one. Opens the directory under its lock and changes nothing.
// Failure: the directory is in use or damaged, or this program decides otherwise. A note that says otherwise than the
//          signature is the finding, not a failure.
// Memory:  tables of the modules in a temporary place; of the bids, those not yet noted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/ports.h"

namespace ebb {

struct Rejudged {
  std::uint64_t holding = 0;          // noted to hold, and holding
  std::uint64_t invalid = 0;          // noted not to, and not holding
  std::uint64_t otherwise = 0;        // noted one way, and found the other
  std::uint64_t waiting = 0;          // judged, and not noted yet
  std::uint64_t unjudged = 0;         // where their keys were registered was not seen
  std::optional<std::string> damage;  // the first that was noted otherwise
  std::string asked;                  // of the bid that was asked for, in words; empty: it is none with a signature
};
// `house`: in every text that is signed. `asked`: the seq of a bid, or nothing. `archive`: where segments lie that were
// trimmed, or nothing.
engine::Result<Rejudged> rejudge(std::filesystem::path const& directory, std::string const& house, engine::Seq asked,
                                 std::filesystem::path const& archive);

}  // namespace ebb
