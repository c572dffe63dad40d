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
#include "gateway/tree_figures.h"
#include "persistence/checkpointer.h"
#include "persistence/disk_room.h"
#include "persistence/recovery.h"
#include "tools/ebb/config.h"

namespace ebb {

class Vitals {
 public:
  // All outlive this; the journal calls it behind every commit from now on.
  Vitals(Config const& config, persistence::Store& store, gateway::Metrics& metrics, gateway::TreeFigures& tree,
         gateway::Log& log, gateway::Server& server);
  void look();
  // Of snapshots. Thread: the checkpointer's.
  persistence::CheckpointTold of_snapshots();
  // The one that this start began with.
  void began_with(engine::Seq snapshot) { snapshot_seq_.set(static_cast<std::int64_t>(snapshot.number())); }

 private:
  void note(persistence::Room before, persistence::Room now);

  persistence::Tables const& tables_;
  gateway::Log& log_;
  gateway::Server& server_;
  persistence::DiskRoom room_;
  gateway::Gauge& room_now_;
  gateway::Gauge& oldest_snapshot_;
  gateway::Gauge& snapshot_seq_;
  gateway::Gauge& snapshot_bytes_;
  gateway::Histogram& snapshot_seconds_;
  gateway::Counter& snapshots_failed_;
};

}  // namespace ebb
