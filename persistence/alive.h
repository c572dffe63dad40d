// The heartbeat: when the server was last seen alive, so that the outage rule knows when an outage began.
//
// main beats once a second and reads the last beat at start (engine::Started). A beat is not flushed: after a power cut
// the file may be half a minute old, the outage counts as longer than it was, and that errs on the suppliers' side.
//
// Thread:  one.
// Failure: an unreadable file, or a disk that does not take the beat.
#pragma once

#include <filesystem>
#include <optional>

#include "engine/ports.h"
#include "persistence/slot_file.h"

namespace persistence {

class Alive {
 public:
  static engine::Result<Alive> open(std::filesystem::path const& path);

  std::optional<engine::Instant> last() const;  // nothing: never alive before
  engine::Result<void> beat(engine::Instant now);

 private:
  explicit Alive(SlotFile file) : file_(std::move(file)) {}
  SlotFile file_;
};

}  // namespace persistence
