// One stream of one lot: what a watcher's position means, and what it missed.
//
// A position is (epoch, offset). The epoch names this process's life; the offset is dense, one more with every update,
// so that a gap is visible to the client and the journal's own sequence gives nothing away. The last updates are kept:
// who was away for less than that gets exactly what it missed, everybody else a fresh picture.
//
// Thread: the hub's strand. Memory: at most limits::stream_history_messages messages.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/client.h"

namespace gateway {

// Where a client says it stands in a stream.
struct Position {
  std::string stream;  // "12-1/public"
  std::string epoch;
  std::uint64_t offset = 0;
};

class Stream {
 public:
  // Nobody can resume what nobody was ever told: until it is opened a stream keeps nothing and stays at 0.
  bool is_open() const { return open_; }
  void open() { open_ = true; }

  // The offset of the newest update; 0: none yet.
  std::uint64_t head() const { return head_; }
  std::uint64_t oldest_kept() const { return head_ - kept_.size() + 1; }

  // `message` is the update with offset head() + 1.
  void append(Message message);
  // The update with that offset; nullptr: it is no longer kept, or not there yet.
  Message find(std::uint64_t offset) const;
  // Can a client that has everything up to `offset` be given the rest?
  bool can_resume(std::uint64_t offset) const { return offset <= head_ && offset + 1 >= oldest_kept(); }
  // Positions stay valid, what lies behind them does not: a resume from further back takes a snapshot.
  void forget() { kept_.clear(); }

 private:
  bool open_ = false;
  std::uint64_t head_ = 0;
  std::deque<Message> kept_;  // offsets oldest_kept() .. head_
};

}  // namespace gateway
