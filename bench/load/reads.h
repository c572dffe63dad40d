// Reads over REST at a rate, beside the bidding: lists, one inquiry, the public log, as visitors of the page do.
//
// Open loop: each read has its moment, and who is late is late from there. Some connections take turns; a read waits
// for a free one, and the waiting counts.
//
// Thread:  one a connection, its own. Failure: a read without an answer, or with another than 200, is counted.
#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "bench/load/acts.h"
#include "bench/load/outcome.h"
#include "bench/load/stage.h"
#include "tools/client/reactor.h"

namespace bench::load {

class Reads {
 public:
  // Takes the reads among the acts. `acts` and `staged` outlive it.
  Reads(ebb_client::Address server, std::vector<Act> const& acts, Staged const& staged,
        ebb_client::Steady::time_point start);
  ~Reads();
  Reads(Reads const&) = delete;
  Reads& operator=(Reads const&) = delete;

  void finish();  // waits for the last
  std::vector<Sample> samples() const;
  std::uint64_t failed() const { return failed_; }

 private:
  void work();
  std::string target_of(std::size_t number) const;

  ebb_client::Address server_;
  Staged const& staged_;
  ebb_client::Steady::time_point start_;
  std::vector<Act> reads_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::uint64_t> failed_{0};
  mutable std::mutex mutex_;
  std::vector<Sample> samples_;
  std::vector<std::jthread> threads_;
};

}  // namespace bench::load
