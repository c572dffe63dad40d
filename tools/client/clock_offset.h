// How far the server's clock is from ours, from probes of four times each, and how wrong that may be.
//
//   ours    t0 ----------> ......... ----------> t3      offset = ((t1 - t0) + (t2 - t3)) / 2
//   theirs          t1 ..... t2                          round trip = (t3 - t0) - (t2 - t1)
//
// The true offset lies within half a round trip of the estimate, whatever the way there and back took, so the probe
// with the shortest round trip is the best one: averaging would only mix worse ones in.
//
// Failure: none; without a probe there is no estimate.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace ebb_client {

class ClockOffset {
 public:
  using Micros = std::chrono::microseconds;

  struct Probe {
    Micros t0;  // we sent, our clock
    Micros t1;  // it received, its clock
    Micros t2;  // it sent, its clock
    Micros t3;  // we received, our clock
  };
  struct Estimate {
    Micros offset;  // server time = our time + offset
    Micros error;   // the true offset is within +- this
    Micros round_trip;
    std::uint32_t probes;
  };

  // A probe that claims to have come back before it left is not believed.
  void add(Probe probe);
  std::optional<Estimate> const& best() const { return best_; }

 private:
  std::optional<Estimate> best_;
  std::uint32_t probes_ = 0;
};

}  // namespace ebb_client
