// What an operator has to see of the disk, and what the door takes on with the room that is left.
//
// The journal tells what every commit took; the rest is asked once a second. When the room shrinks the door closes by
// stages (persistence/disk_room.h) and opens again by itself.
//
// Thread:  look() from main; everything it feeds is atomic.
// Failure: a disk that does not say how much is free is logged, and nothing changes.
#pragma once

#include "gateway/log.h"
#include "gateway/metrics.h"
#include "gateway/server.h"
#include "persistence/disk_room.h"
#include "persistence/recovery.h"
#include "tools/ebb/config.h"

namespace ebb {

class Vitals {
 public:
  // All outlive this; the journal calls it behind every commit from now on.
  Vitals(Config const& config, persistence::Store& store, gateway::Metrics& metrics, gateway::Log& log,
         gateway::Server& server);
  void look();

 private:
  void note(persistence::Room before, persistence::Room now);

  persistence::Tables const& tables_;
  gateway::Log& log_;
  gateway::Server& server_;
  persistence::DiskRoom room_;
  gateway::Gauge& room_now_;
  gateway::Gauge& oldest_snapshot_;
};

}  // namespace ebb
