// The signatures of suppliers over their bids, verified beside the engine: what it finds goes back into the log as
// NoteSignatures, and a lot that asks for signed bids closes behind its last one (engine/rules.h: signed_bids).
//
// A turn is published when its frame is durable and the modules have committed what it changed, so the tables that are
// read here know every key that was registered before a bid. Which of them counts is a matter of places in the log
// (gateway/signature.h), so that it makes no difference how much later they are read.
//
// Nothing is lost: a bid that waits here, or a note that did not get in, is still unverified in the hall, and the next
// start asks for it again.
//
// Thread:  publish() engine, the rest main; a thread of its own verifies. The engine never waits for it.
// Failure: none. A full inbox is asked again; one that was closed ends the work.
// Memory:  of the bids that wait, which the hall holds as well: as many as the attempts of the lots allow.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "gateway/log.h"
#include "gateway/metrics.h"
#include "gateway/signature.h"

namespace ebb {

class Notary final : public engine::Outlet {
 public:
  using KeyOf = std::function<std::optional<gateway::RegisteredKey>(engine::SigningKeyId, engine::TableReader const&)>;
  struct Doors {  // all outlive this
    engine::Snapshots const& tables;
    engine::Inbox& inbox;
    gateway::Metrics& metrics;
    gateway::Log& log;
    engine::Outlet& next;
  };
  static constexpr std::size_t verified_at_once = 512;  // bids; a note a lot goes out behind them
  static_assert(verified_at_once <= engine::limits::invalid_signatures_a_note);

  Notary(std::string house, KeyOf key_of, Doors const& doors);
  ~Notary() override;  // stop()

  // Behind the replay, whose turns are only passed on: takes what the hall has unverified.
  void begin(engine::Hall const& hall);
  void publish(std::unique_ptr<engine::Turn const> turn) override;
  // What waits is left to the next start.
  void stop();

 private:
  void take_in(engine::Events const& events);
  void run();
  std::vector<engine::BidSigned> next_bids();
  std::vector<engine::NoteSignatures> verify(std::span<engine::BidSigned const> bids);
  void tell_invalid(engine::BidSigned const& bid, gateway::SignatureVerdict verdict);
  enum class Offered : bool { No, Yes };
  Offered offer(engine::NoteSignatures const& note);

  std::string const house_;
  KeyOf const key_of_;
  Doors const doors_;
  gateway::Counter& verified_;
  gateway::Counter& invalid_;
  gateway::Gauge& waiting_;
  bool has_begun_ = false;

  std::mutex lock_;  // guards what follows
  std::condition_variable stirred_;
  std::deque<engine::BidSigned> bids_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace ebb
