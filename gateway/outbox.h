// What waits to be written to one client.
//
// Policy: nothing is merged or dropped here, because streams are dense and receipts are lossless; merging happens once
// for all in the hub, one message per view and turn. What bounds the queue is bytes: a client whose backlog passes the
// limit is too slow, loses the whole backlog, is closed with 3008 and resumes by position, so nothing is lost silently.
//
// Thread: the session's strand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gateway/client.h"
#include "gateway/frames.h"

namespace gateway {

class Outbox {
 public:
  explicit Outbox(std::size_t bytes_max);

  enum class Pushed : std::uint8_t {
    Queued,   // will be written
    Slow,     // over the limit with this one: the backlog is gone, the caller closes the client
    Dropped,  // the outbox was closed before
  };
  Pushed push(Message message, Opcode as = Opcode::Text);
  struct Waiting {
    Message message;
    Opcode as;
  };
  Waiting const& front() const { return queue_[first_]; }  // the oldest; not when empty
  Waiting take();                                          // the same, which is gone then
  void close();                                            // takes no more; what is inside may still be taken
  void discard();                                          // takes no more, and forgets what is inside

  bool is_empty() const { return first_ == queue_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t const bytes_max_;
  // A session that is written as fast as it is told uses the same few places for ever, and an idle one has none.
  std::vector<Waiting> queue_;
  std::size_t first_ = 0;  // places before it were taken
  std::size_t bytes_ = 0;  // of what waits, with what a queued message costs besides its text
  bool closed_ = false;
};

}  // namespace gateway
