// Many sockets that only read: how many messages each has had, when the first and the last of them had theirs.
//
// Thread:  one. Failure: as engine::Result: a socket that ended, or nothing new for ten seconds.
// Memory:  a few bytes a socket; one buffer for all.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/ports.h"

namespace bench::fan_out {

using Steady = std::chrono::steady_clock;

// The frames of a server, counted as their bytes come.
class FrameCount {
 public:
  // How many messages ended in it; `pings` grows by the pings.
  std::uint64_t take(std::string_view bytes, std::uint64_t& pings);

 private:
  std::array<unsigned char, 10> head_{};
  std::size_t head_bytes_ = 0;
  std::uint64_t left_ = 0;
  bool is_in_payload_ = false;
};

class Watchers {
 public:
  Watchers();
  ~Watchers();
  Watchers(Watchers const&) = delete;
  Watchers& operator=(Watchers const&) = delete;

  // Descriptors of sockets that somebody else owns.
  void add(int socket);
  std::size_t count() const { return seats_.size(); }

  struct Round {
    Steady::time_point first;  // somebody had a message
    Steady::time_point last;   // everybody had all
  };
  // Reads until everybody has had so many more messages than before.
  engine::Result<Round> wait(std::uint64_t messages_each);
  // Reads what comes until nothing has come for so long.
  engine::Result<void> drain(std::chrono::milliseconds quiet);

 private:
  struct Seat {
    int socket;
    FrameCount frames;
    std::uint64_t had = 0;
  };
  engine::Result<std::uint64_t> read(Seat& seat);

  int poll_;
  std::vector<Seat> seats_;
  std::vector<char> buffer_;
};

}  // namespace bench::fan_out
