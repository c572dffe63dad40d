// The smallest round trip wins; see the header for why.
#include "tools/client/clock_offset.h"

namespace ebb_client {

void ClockOffset::add(Probe probe) {
  auto const round_trip = (probe.t3 - probe.t0) - (probe.t2 - probe.t1);
  if (round_trip < Micros{0}) return;
  ++probes_;
  if (!best_ || round_trip < best_->round_trip) {
    auto const twice = (probe.t1 - probe.t0) + (probe.t2 - probe.t3);
    best_ = Estimate{twice / 2, (round_trip + Micros{1}) / 2, round_trip, probes_};
  }
  best_->probes = probes_;
}

}  // namespace ebb_client
