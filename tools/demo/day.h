// A demo day: every minute a new auction, eight suppliers who want it, one who watches.
//
// Thread: the reactor's, which run() runs on the caller's. Failure: what goes wrong with one lot is said and the day
// goes on.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tools/client/participant.h"
#include "tools/client/reactor.h"
#include "tools/demo/behaviour.h"
#include "tools/demo/office.h"
#include "tools/demo/show.h"

namespace demo {

class Day {
 public:
  Day(Office& office, ebb_client::Address server, Show& show, std::uint64_t seed);
  ~Day();

  // Until stop(), or for as long as is said.
  void run(std::optional<std::chrono::seconds> length);
  void stop() { reactor_.stop(); }  // thread: any

 private:
  class Supplier;
  class Watcher;

  void start_next();
  void look_round();
  void follow(std::string const& inquiry);
  void attend(std::string const& lot, std::string const& state);
  void say_failure(engine::Result<void> const& done);

  Office& office_;
  Show& show_;
  std::uint64_t seed_;
  ebb_client::Reactor reactor_;
  ebb_client::Decoder decoder_;
  std::vector<std::unique_ptr<Supplier>> suppliers_;
  std::unique_ptr<Watcher> watcher_;
  std::size_t turn_ = 0;                        // how many auctions were started
  std::map<std::string, std::size_t> turn_of_;  // lot -> its turn
  std::set<std::string> followed_;
  std::set<std::string> chosen_;
};

}  // namespace demo
