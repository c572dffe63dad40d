// A small pool for what would hold up the io threads: password hashing, long reads.
//
// Values in, values out: a job owns what it needs and posts its result where it belongs. The queue has a bound, and a
// full one says so at once, so that a flood of sign-ins costs the signers-in and not the bidders.
//
// Thread: offer() from any.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gateway {

class Workers {
 public:
  using Job = std::function<void()>;
  Workers(std::size_t threads, std::size_t jobs_max);
  ~Workers();  // finish()
  Workers(Workers const&) = delete;
  Workers& operator=(Workers const&) = delete;

  enum class Offer : std::uint8_t { Taken, Busy, Finished };
  Offer offer(Job job);
  void finish();  // takes no more, does what is inside, joins

 private:
  void work();

  std::size_t const jobs_max_;
  std::mutex lock_;  // guards all below but threads_
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace gateway
