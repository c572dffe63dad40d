// A demo day: open auctions, sealed inquiries and odd endings by a timetable, eight suppliers who want them, one who
// watches.
//
// At any moment two open auctions run at least, a sealed inquiry takes quotes and two auctions are announced; after
// some minutes every ending there is has been seen, and an open auction and a sealed inquiry whose bids are signed.
// Where people can play, the demo leaves them room: an account that it does not play is admitted everywhere, and what
// that buyer would choose is left to it for ten minutes.
//
// Thread: the reactor's, which run() runs on the caller's. Failure: what goes wrong with one lot is said and the day
// goes on.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "tools/demo/office.h"
#include "tools/demo/show.h"
#include "tools/demo/supplier.h"

namespace demo {

class Day {
 public:
  Day(Office& office, ebb_client::Address server, Show& show, std::uint64_t seed);
  ~Day();

  // Until stop(), or for as long as is said.
  void run(std::optional<std::chrono::seconds> length);
  void stop() { floor_.reactor.stop(); }  // thread: any

 private:
  class Watcher;
  // One of the three lists of goods.h, gone through again and again.
  struct Round {
    std::span<Auction const> list;
    std::size_t turn;
    Auction const& next() { return list[turn++ % list.size()]; }
  };

  void every(std::chrono::seconds span, std::function<void()> work);
  void open(Round& round, std::chrono::seconds ahead);
  void interfere(Player const& buyer, std::string const& inquiry, Auction const& auction, std::chrono::seconds ahead);
  Player const& buyer_of(Auction const& auction, std::size_t turn) const;
  void look_round();
  void follow(std::string const& inquiry);
  void unfollow(std::string const& inquiry);
  void attend(std::string const& lot, std::string const& state);

  Floor floor_;
  Round reverse_, sealed_, odd_;
  std::vector<Player const*> buyers_;  // the first is played by people, the demo speaks for it only where it must
  std::vector<std::unique_ptr<Supplier>> suppliers_;
  std::unique_ptr<Watcher> watcher_;
  std::map<std::string, Player const*> choosers_;          // lot -> the demo's buyer who chooses
  std::map<std::string, std::set<std::string>> followed_;  // inquiry -> its lots that are not over
};

}  // namespace demo
