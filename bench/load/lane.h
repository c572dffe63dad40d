// One thread of the load: some of the lots, with all their bidders and watchers, each with a socket of its own.
//
// A lot belongs to one lane whole, so that nothing is shared: when the last watcher has heard of a bid is counted
// without a lock. The schedule is kept whatever the server does; who is not connected bids when it is back, and the
// waiting counts.
//
// Thread:  all of it on the lane's own, one step after the other; steps are ordered by the run (run.h).
// Failure: what did not come in time is said by the step; what was wrong is in the SeenLot.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "bench/load/acts.h"
#include "bench/load/checker.h"
#include "bench/load/options.h"
#include "bench/load/outcome.h"
#include "bench/load/plan.h"
#include "bench/load/record.h"
#include "bench/load/stage.h"
#include "tools/client/participant.h"

namespace bench::load {

using ebb_client::Steady;

class Absence;  // of a client that a storm dropped

class Lane {
 public:
  // Everything outlives the lane. It takes the lots with place % lanes == number.
  struct Work {
    Options const& options;
    Plan const& plan;
    std::vector<Act> const& acts;
    Staged const& staged;
    std::vector<Record>& records;
    Counters& counters;
    std::uint32_t number;
    std::uint32_t lanes;
  };
  explicit Lane(Work work);
  ~Lane();
  Lane(Lane const&) = delete;
  Lane& operator=(Lane const&) = delete;

  enum class Step : std::uint8_t { Done, TimedOut };
  Step connect(Steady::duration limit);  // everybody has a picture of the lot
  // The schedule, then the answers. `closes` where bids may come too late: from then on they are refused, not before.
  Step bid(Steady::time_point start, std::optional<Steady::time_point> closes, Steady::duration limit);
  Step watch_the_close(Steady::duration limit);  // every watcher has seen the end, and a newcomer agrees

  std::map<std::uint32_t, SeenLot> seen() const;  // by place of the lot
  // From the moment in the plan to the moment the last watcher had read it.
  std::vector<Sample> last_watcher() const;
  std::vector<Sample> const& joins() const { return joins_; }
  std::vector<Sample> const& comebacks() const { return comebacks_; }
  std::uint64_t reconnects() const;
  std::uint64_t resends() const;
  std::uint64_t busy() const { return busy_; }

 private:
  class Bidder;
  class Watcher;
  class Guest;
  struct Lead;
  struct Lot;

  Lot& lot_at(std::uint32_t place);
  void connect_next();
  void pump();
  void send(std::uint32_t number);
  void answered(Lot& lot, std::uint32_t supplier, std::string_view key, Fate fate, std::uint64_t seq,
                std::string const& code, Steady::time_point read_at);
  std::string wrong_answer(std::uint32_t number) const;
  bool may_be_closed(Record const& record) const;
  void act();
  void storm(Steady::time_point due);
  void stop_reading(Act const& act);
  void join(Act const& act);
  void let_go(Guest& guest);
  bool is_loyal() const;
  void came_back(Absence& absence, Steady::time_point read_at);
  // A client's connection is gone: whether that was meant is known by now.
  void lost(Lot& lot, std::string const& whose, bool is_meant, std::uint16_t code, std::string const& why);

  Work work_;
  ebb_client::Reactor reactor_;
  ebb_client::Decoder decoder_;
  std::vector<std::unique_ptr<Lot>> lots_;  // place / lanes
  std::vector<ebb_client::Participant*> to_connect_;
  std::size_t connecting_ = 0;
  std::size_t connected_ = 0;
  std::vector<std::uint32_t> mine_;  // numbers of this lane's bids, in order
  std::size_t next_ = 0;
  std::size_t unanswered_ = 0;
  std::uint64_t busy_ = 0;
  Steady::time_point start_{};
  std::optional<Steady::time_point> closes_;
  std::size_t next_act_ = 0;
  SlowWatchers slow_;
  std::size_t away_ = 0;     // dropped by a storm and not yet back
  bool is_through_ = false;  // the last second of the schedule has passed
  std::vector<Sample> joins_;
  std::vector<Sample> comebacks_;
};

}  // namespace bench::load
