// The leaves of one frame, found by several threads at once: each takes a few records at a time, as long as it has
// nothing better to do. So the engine finds some while it waits for a hash, and the rest while the disk is waited for
// is the sideline's.
//
// Thread:  begin() from one, when the work before is over; the others from any.
// Failure: none; records that are none CHECK.
#pragma once

#include <mutex>
#include <span>
#include <string_view>

#include "persistence/leaf.h"

namespace persistence {

class LeafWork {
 public:
  // What all of them refer to outlives the work; `leaves` are as many as the records.
  void begin(std::string_view records, LogSalts const& salts, std::span<Leaf> leaves);
  enum class Step : std::uint8_t { Done, NothingLeft };
  Step step();
  void finish();  // until nothing is left to take; others may still be at what they took

 private:
  std::mutex mutex_;  // of what is not taken yet
  std::string_view records_;
  std::span<Leaf> leaves_;
  LogSalts const* salts_ = nullptr;
};

}  // namespace persistence
