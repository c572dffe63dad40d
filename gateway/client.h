// One connected WebSocket client, as the hub sees it.
//
// The hub never touches a socket: it hands immutable messages over and is told nothing back. A client that cannot keep
// up closes itself (3008, slow) and resumes by position; so nothing here blocks and nothing here is lost silently.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "modules/module.h"

namespace gateway {

// Encoded once, shared by everybody who may see it.
using Message = std::shared_ptr<std::string const>;

enum class CloseCode : std::uint16_t {
  Binary = 1003,
  NotUtf8 = 1007,
  TooBig = 1009,
  Restart = 3001,
  Slow = 3008,
  NoPong = 3012,
  Malformed = 3500,
  SessionEnded = 3501,
  TooManySessions = 3503,
};

class Client {
 public:
  virtual ~Client() = default;
  virtual std::uint64_t number() const = 0;  // of this connection, never reused while the process lives; > 0
  virtual std::optional<modules::Actor> const& actor() const = 0;  // fixed at the upgrade
  // Thread: any (posts to the client's own strand).
  virtual void deliver(Message message) = 0;
  virtual void close(CloseCode code) = 0;
};

}  // namespace gateway
