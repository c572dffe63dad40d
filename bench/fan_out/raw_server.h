// The yardstick: a process that gives ready-made frames to many sockets by plain send(), one call a frame, when it is
// told to. No protocol, no queue, no encoding: what another server's fan-out costs above this is its own.
//
// Thread:  the parent's, one; the server is a process of its own, and ends with its parent's word or life.
// Failure: as engine::Result.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/ports.h"

namespace bench::fan_out {

class RawServer {
 public:
  // So many connected sockets, and a process that sends `bytes` of payload a frame to each. It runs on that processor.
  static engine::Result<RawServer> start(std::size_t sockets, std::size_t bytes, std::optional<unsigned> processor);
  RawServer(RawServer&& other) noexcept;
  RawServer& operator=(RawServer&&) = delete;
  ~RawServer();

  std::vector<int> const& sockets() const { return sockets_; }
  pid_t process() const { return process_; }
  // So many frames to every socket, from now on.
  void send(std::uint8_t frames_each) const;

 private:
  RawServer() = default;
  std::vector<int> sockets_;
  int order_ = -1;  // written by us, read by it
  pid_t process_ = 0;
};

}  // namespace bench::fan_out
