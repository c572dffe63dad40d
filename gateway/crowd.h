// Those who listen to one stream, and how far each of them was served.
//
// A crowd is served in slices: pump() goes on where it stopped and hands every seat whatever it has not had, in order,
// so a long fan-out can yield to waiting reads and a crowd that is behind gets several updates in one pass. Nobody gets
// anything twice or out of order, because each seat knows its next offset. Seats and listeners know each other's
// places, so that leaving costs nothing however many listen.
//
// Thread: the hub's strand. Ownership: a listener outlives its seats; a crowd is never moved.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "gateway/client.h"
#include "gateway/stream.h"

namespace gateway {

class Crowd;

struct Listener {
  struct Chair {
    Crowd* crowd;
    std::uint32_t seat;
  };
  std::shared_ptr<Client> client;
  std::vector<engine::InquiryId> inquiries;  // subscribed
  std::vector<Chair> chairs;
};

class Crowd {
 public:
  explicit Crowd(Stream const& stream) : stream_(stream) {}
  Crowd(Crowd const&) = delete;

  // Gets what comes from `next` on. A listener that is seated already is only moved to `next`.
  void seat(Listener& listener, std::uint64_t next);
  void unseat(Listener& listener);
  static void unseat_everywhere(Listener& listener);

  // Hands over at most `deliveries`; what is left of them is returned. Who fell behind what the stream keeps comes into
  // `lost`, counts as served up to the head, and needs a snapshot.
  std::size_t pump(std::size_t deliveries, std::vector<std::uint64_t>& lost);
  bool is_served() const { return cursor_ >= seats_.size() && !again_; }
  void serve_again();  // the stream has more

  // Whether the hub has it in its queue: kept here, so that asking is free.
  bool is_queued = false;

 private:
  struct Seat {
    Listener* listener;
    std::uint32_t chair;  // its place in listener->chairs
    std::uint64_t next;
  };
  void remove(std::uint32_t seat);

  Stream const& stream_;
  std::vector<Seat> seats_;
  std::size_t cursor_ = 0;  // seats before it were served in this pass
  bool again_ = false;      // another pass is needed after this one
};

}  // namespace gateway
