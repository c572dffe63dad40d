// Server time that a test advances; never by itself.
#pragma once

#include <atomic>

#include "engine/ports.h"

namespace support {

class ManualClock final : public engine::Clock {
 public:
  explicit ManualClock(engine::Instant start = engine::at_millis(1'800'000'000'000)) : now_(start) {}
  engine::Instant now() override { return now_.load(); }
  void advance(engine::Duration by) { now_.store(now_.load() + by); }
  void set(engine::Instant at) { now_.store(at); }

 private:
  std::atomic<engine::Instant> now_;
};

}  // namespace support
