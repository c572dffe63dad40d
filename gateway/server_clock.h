// Server time: monotonic time plus an offset that follows the wall clock slowly.
//
// Deadlines are judged by this clock, so it may never run backwards and may never leap because somebody set the wall
// clock. Small errors are slewed away (at most 500 millionths). A wall step of more than a second is not followed at
// all until main has paused the live lots (ClockStepped) and accepts it: then a forward step is taken at once, a
// backward one by running 5 % slow until the wall has caught up.
//
//   wall 09:00:00 -> 08:00:00 : pending_step() = -1 h, now() carries on from 09:00:00
//   accept_step()             : now() runs at 0.95 until it meets the wall
//
// Thread: any.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>

#include "engine/ports.h"

namespace gateway {

class ServerClock final : public engine::Clock {
 public:
  using Raw = std::function<std::int64_t()>;  // nanoseconds
  // `monotonic` from any origin, `wall` since 1970.
  ServerClock(Raw monotonic, Raw wall);
  // The machine's own clocks.
  static Raw machine_monotonic();
  static Raw machine_wall();

  engine::Instant now() override;
  // How far the wall has been stepped away from what this clock follows, if more than a second and not yet accepted.
  std::optional<engine::Duration> pending_step();
  void accept_step();

 private:
  void read();  // takes both raw clocks and moves offset_; under lock_
  void follow(std::int64_t elapsed);

  Raw const monotonic_;
  Raw const wall_;
  std::mutex lock_;                // guards all below
  std::int64_t monotonic_at_ = 0;  // the last reading
  std::int64_t offset_ = 0;        // server time = monotonic + offset_
  std::int64_t target_ = 0;        // the offset of the wall that we accept as true
  std::int64_t deviation_ = 0;     // of the wall's last reading from target_, while more than a second; otherwise 0
  std::int64_t latest_ = 0;        // what was last told, never told less
  bool retreating_ = false;        // an accepted backward step is being worked off
};

}  // namespace gateway
