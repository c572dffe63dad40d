// Which live connections have something to be written: all that waits for one goes over together, bidders before
// watchers, a few at a time.
//
// Where one thread carries all sockets, what the hub hands over in one step only goes into outboxes; the sockets are
// written behind it, each once however much has gathered. Between some of them and the next, waiting reads get their
// turn (the fairness rule), and whoever bids comes before those who only watch, however many those are. With more
// threads every session writes on its own strand and nobody stands here.
//
// Thread:  all of it on the one io thread; is_here() from any.
// Failure: none. Memory: a place for each that waits.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <thread>

namespace gateway {

class Departing {
 public:
  virtual ~Departing() = default;
  virtual void depart() = 0;  // writes all that waits; does not throw
};

class Departures : public std::enable_shared_from_this<Departures> {
 public:
  explicit Departures(boost::asio::io_context& context) : context_(context) {}

  // The calling thread is the only one that carries sockets, from now on.
  void settle() { here_ = std::this_thread::get_id(); }
  // Whether the caller may touch a session that it is not the strand of.
  bool is_here() const { return here_.load(std::memory_order_relaxed) == std::this_thread::get_id(); }

  enum class Line : std::uint8_t { Bidders, Watchers };
  // Soon; who stands in line already is not to be noted again.
  void note(std::shared_ptr<Departing> who, Line line);

 private:
  void schedule();
  void step();

  boost::asio::io_context& context_;
  std::atomic<std::thread::id> here_{};
  std::deque<std::shared_ptr<Departing>> bidders_, watchers_;
  bool is_scheduled_ = false;
};

}  // namespace gateway
