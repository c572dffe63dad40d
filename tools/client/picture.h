// What one client knows of one stream: the picture, and whether the stream kept its promise.
//
// The promise is density: after a snapshot at offset n comes n+1, then n+2. A gap means that something was lost, a
// repeat that something came twice; both are remembered as faults, never repaired, because finding them is what the
// harness and the tests are for.
//
// The course of the best price (`leads`) is for those who draw it: it is not kept, because it would have to grow with
// every update here as it does there.
//
// Order:   members by name, so that two pictures compare equal however they came to be.
// Failure: none; a broken promise is a fault in words.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/client/message.h"

namespace ebb_client {

class Picture {
 public:
  void take(Snapshot const& snapshot);
  void take(Update const& update);

  bool is_known() const { return position_.has_value(); }
  std::optional<Position> const& position() const { return position_; }
  // JSON text of a member; nullptr: not in the picture.
  std::string const* find(std::string_view name) const;
  // The same without the quotes of a string.
  std::string text(std::string_view name) const;
  std::map<std::string, std::string, std::less<>> const& members() const { return members_; }
  std::vector<std::string> const& faults() const { return faults_; }
  std::uint64_t updates() const { return updates_; }
  std::uint64_t snapshots() const { return snapshots_; }

 private:
  void merge(std::string const& name, std::string const& value);

  std::optional<Position> position_;
  std::map<std::string, std::string, std::less<>> members_;
  std::vector<std::string> faults_;
  std::uint64_t updates_ = 0;
  std::uint64_t snapshots_ = 0;
};

}  // namespace ebb_client
