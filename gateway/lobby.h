// What all connections share: the way into the engine, the figures, and how far the server's life has come.
//
// Owned by the server and outlived by nothing that refers to it. Everything in here may be used from any thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/inbox.h"
#include "engine/ports.h"
#include "gateway/arrivals.h"
#include "gateway/departures.h"
#include "gateway/hub.h"
#include "gateway/log.h"
#include "gateway/metrics.h"
#include "gateway/options.h"
#include "gateway/pages.h"
#include "modules/module.h"

namespace gateway {

class Proofs;

// What main wires the door to. All outlive the server.
struct Doors {
  engine::Inbox& inbox;
  Hub& hub;
  engine::Snapshots const& snapshots;
  modules::SignIn const& sign_in;
  std::vector<modules::Module const*> modules;  // their routes
  engine::Clock& clock;                         // for reads and time probes; never for judging
  Metrics& metrics;
  Log& log;
  std::vector<PageFile> pages = {};  // embedded; none: every address of the page is a 404
  Proofs const* proofs = nullptr;    // none: no routes of a transparency log
};

enum class Stage : std::uint8_t {
  Starting,  // replaying: alive, not ready, nothing is answered but /livez, /readyz, /metrics and the page
  Serving,
  Draining,  // no new connections, no new commands; what was taken is still answered
};

// What is let through to the engine while serving: less when the disk gets full.
enum class Takes : std::uint8_t {
  Everything,
  NothingNew,  // what runs goes on; nothing is published
  Nothing,     // no bid and no write: the server is read-only
};

struct Figures {
  explicit Figures(Metrics& metrics);
  Gauge& connections;
  Gauge& sessions;
  Counter& http_requests;
  Counter& http_refused;
  Counter& pages_served;
  Counter& bids_taken;
  Counter& bids_busy;
  Counter& messages_in;
  Counter& messages_out;
  Counter& malformed;
  Counter& closed_slow;
  Counter& closed_no_pong;
  Counter& sign_ins_failed;
  Histogram& read_to_stamp;
  Histogram& loop_lag;
};

struct Lobby {
  Lobby(Doors doors_, Options options_, std::shared_ptr<Arrivals> arrivals_, std::shared_ptr<Departures> departures_)
      : doors(std::move(doors_)),
        options(std::move(options_)),
        arrivals(std::move(arrivals_)),
        departures(std::move(departures_)),
        figures(doors.metrics) {}
  Doors const doors;
  Options const options;
  std::shared_ptr<Arrivals> const arrivals;  // at the sockets of live sessions
  std::shared_ptr<Departures> const departures;
  Figures figures;
  std::atomic<Stage> stage{Stage::Starting};
  std::atomic<Takes> takes{Takes::Everything};
  // Of clients and of tickets: one count, so that a number names one of them only.
  std::atomic<std::uint64_t> last_number{0};
  std::uint64_t next_number() { return ++last_number; }
};

}  // namespace gateway
