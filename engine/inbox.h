// The one door into the engine: stamps the time of a command and gives it its place in the queue, under one lock.
//
// The fairness rule: the time of a bid is its entry here, and a deadline is judged by that time, never by when the
// engine gets round to it. Because stamp and place are taken under the same lock, the queue is in order of time, and
// when drain() returns a horizon, nothing stamped earlier than it can still come.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "engine/ports.h"

namespace engine {

struct Entry {
  Ticket ticket;
  Instant at;
  Command command;
};

enum class Offer : std::uint8_t { Taken, Busy /* full: say so at once, never wait */, Closed /* shutting down */ };
// When a sleeping engine is woken: at once, or by a wake() that is sure to follow, one for many offers.
enum class Wake : std::uint8_t { Now, Later };

class Inbox {
 public:
  Inbox(Clock& clock, std::size_t commands_max);  // `clock` outlives the inbox

  // Thread: any.
  Offer offer(Ticket ticket, Command command, Wake wake = Wake::Now);
  void wake();
  void close();  // refuse new commands; those inside are still drained
  std::size_t depth() const;

  struct Batch {
    std::vector<Entry> entries;  // in order of time
    Instant horizon;             // nothing earlier is still outside
  };
  // Thread: engine. Moves at most `commands_max` entries into `batch`, reusing its memory.
  void drain(Batch& batch, std::size_t commands_max);
  // Sleeps until something is inside, the inbox is closed, or server time reaches `due`.
  void wait(Instant due);
  bool is_closed() const;

 private:
  Clock& clock_;
  std::size_t const commands_max_;
  mutable std::mutex lock_;  // guards all below
  std::condition_variable filled_;
  std::vector<Entry> entries_;
  Instant last_at_ = Instant::min();  // no stamp is earlier than the one before
  bool waiting_ = false;              // the engine sleeps: the next offer wakes it
  bool closed_ = false;
};

}  // namespace engine
