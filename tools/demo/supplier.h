// A demo supplier at the live socket: follows what it is told to, bids in each lot by its own Bidder, answers an award.
//
// It decides from what the socket shows it and nothing else, as people do; only the fates of the demo's own auctions
// are a matter of agreement. Where bids are to be signed it makes a key at its first bid, and another after a bid was
// voided.
//
// Thread: the floor's reactor. Failure: a request that went wrong is said on the show; a supplier who cannot sign
// leaves that lot to the others.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "tools/client/participant.h"
#include "tools/client/reactor.h"
#include "tools/demo/behaviour.h"
#include "tools/demo/office.h"
#include "tools/demo/show.h"
#include "tools/demo/signing_hand.h"

namespace demo {

// What everybody on a demo day shares.
struct Floor {
  Office& office;
  Show& show;
  ebb_client::Reactor reactor;
  ebb_client::Decoder decoder;
  std::map<std::string, Fate> fates;  // by lot; a lot of somebody else has none

  Fate fate(std::string const& lot) const;
  void say_failure(engine::Result<void> const& done);
};

class Supplier final : private ebb_client::Participant::Listener {
 public:
  // `place` among the demo's suppliers, from 0. The floor and the player outlive it.
  Supplier(Floor& floor, Player const& player, ebb_client::Address server, std::uint64_t seed, std::size_t place);

  void follow(std::string const& inquiry) { participant_.follow(inquiry); }
  void unfollow(std::string const& inquiry) { participant_.unfollow(inquiry); }

 private:
  struct Seat {
    Bidder bidder;
    std::uint32_t bids = 0;
    std::string voided = {};  // as it was last seen
  };

  void on_picture(ebb_client::Participant&, std::string const& stream, ebb_client::Picture const& picture,
                  ebb_client::Steady::time_point read_at) override;
  void sit_down(std::string const& lot, ebb_client::Picture const& picture);
  void look_again(std::string const& lot, Seat& seat, Sight const& sight);
  void look(std::string const& lot);
  engine::Result<void> bid(std::string const& lot, engine::Money price, ebb_client::Picture const& shown);
  void take_voided(std::string const& lot, ebb_client::Picture const& own);
  void answer(std::string const& lot, ebb_client::Picture const& own);

  Floor& floor_;
  Player const& player_;
  std::uint64_t seed_;
  std::size_t place_;
  std::map<std::string, Seat> seats_;
  std::set<std::string> answered_;
  std::optional<SigningHand> hand_;  // once a lot asked for signatures
  ebb_client::Participant participant_;
};

}  // namespace demo
