// On which of the live connections something has come, or has room again: one look for all of them.
//
// A session's socket is read with one system call when there is something to read, and never in vain. So the sockets
// stand in an epoll of their own, edge by edge, and that one is all the io threads wait for. Many are read in one look,
// and who is told when it ends can act once for all that was read.
//
// Thread:  watch(), forget() from any; arrived() and `looked` are called on the one of the io threads that looks.
// Failure: a socket that cannot be watched is told by watch(). Memory: a place a socket.
#pragma once

#include <atomic>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/ports.h"
#include "gateway/net.h"

namespace gateway {

class Watcher {
 public:
  virtual ~Watcher() = default;
  enum class What : std::uint8_t { Bytes, End /* nothing comes behind what is there */ };
  virtual void arrived(What what) = 0;
};

class Arrivals : public std::enable_shared_from_this<Arrivals> {
 public:
  // `looked` is called behind every look.
  static engine::Result<std::shared_ptr<Arrivals>> open(boost::asio::io_context& context, std::function<void()> looked);

  void start();
  void stop();  // soon

  using Place = std::uint64_t;
  // Until forgotten; `watcher` is told of what is there already, too. Nothing: the system has no room.
  std::optional<Place> watch(int socket, std::weak_ptr<Watcher> watcher);
  // Before the socket is closed. Who was being told at that moment may still hear once.
  void forget(Place place);
  // Whether the caller was called by a look, whose end is told.
  bool is_looking_here() const { return looking_ == std::this_thread::get_id(); }

 private:
  using Descriptor = boost::asio::posix::basic_stream_descriptor<net::Executor>;
  Arrivals(boost::asio::io_context& context, int epoll, std::function<void()> looked);
  void wait();
  bool look();  // whether there may be more

  struct Seat {
    std::weak_ptr<Watcher> watcher;
    std::uint32_t life = 0;  // of the seat: tells who sits there now from who did
    int socket = -1;
  };

  Descriptor epoll_;  // closed with this
  int const number_;  // of it
  bool is_stopped_ = false;
  std::function<void()> const looked_;
  std::atomic<std::thread::id> looking_{};
  std::mutex lock_;  // guards all below
  std::vector<Seat> seats_;
  std::vector<std::uint32_t> free_;
};

}  // namespace gateway
