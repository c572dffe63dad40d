// Asks the server each second how it is: /metrics, and its process in /proc.
//
// Thread:  one of its own. Failure: a second without an answer is left out; the server may be restarting.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/load/outcome.h"
#include "tools/client/address.h"
#include "tools/client/reactor.h"

namespace bench::load {

using Values = std::map<std::string, double, std::less<>>;

// Prometheus text 0.0.4: every figure by its name, buckets left out, one with labels as name{labels}.
Values figures_in(std::string_view metrics);
Values ask(ebb_client::Address const& server);

class Scraper {
 public:
  explicit Scraper(ebb_client::Address server);
  ~Scraper();
  Scraper(Scraper const&) = delete;
  Scraper& operator=(Scraper const&) = delete;

  Values newest() const;  // thread: any
  // Ends it. Moments count from `start`.
  std::vector<Reading> readings(ebb_client::Steady::time_point start);

 private:
  struct Asked {
    ebb_client::Steady::time_point at;
    Values values;
  };
  void work(std::stop_token const& stop);

  ebb_client::Address server_;
  mutable std::mutex mutex_;
  std::vector<Asked> asked_;
  std::jthread thread_;
};

}  // namespace bench::load
