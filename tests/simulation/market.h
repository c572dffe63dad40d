// A market in one process: the real inbox, loop, hall and codec over a journal of bytes and a clock that only the day
// advances. Purchasers open lots of every format and interfere, suppliers bid politely, rudely or stupidly, a regulator
// cancels bids, commits fail and the power goes. All of it follows from one seed.
//
// Thread: one; markets share nothing, so several may live at once.
// Failure: broken() says which promises were not kept; what the day does is never an error, only what comes of it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/loop.h"
#include "tests/simulation/dice.h"
#include "tests/simulation/witness.h"
#include "tests/support/faulty_journal.h"
#include "tests/support/manual_clock.h"

namespace simulation {

// How often things happen, in a thousand steps. What is left over is an ordinary bid.
struct MarketChances {
  int new_inquiry = 12;
  int buyer_acts = 75;
  int award_acts = 60;
  int regulator_acts = 15;
  int proxy = 60;
  int surrogate = 20;
  int notary = 60;
  int withdrawal = 20;
  int rude = 110;
  int stupid = 50;
  int passing_time = 170;
  int clock_jump = 5;
  int other_command = 10;  // to a module, or an outage told twice
  int refused_commit = 3;
  int unheard_commit = 3;
  int crash = 4;
  int snapshot = 12;
};

class Market {
 public:
  explicit Market(std::uint64_t seed);
  ~Market();

  void live(std::size_t steps);
  // The evening: everything that is due happens, everything acknowledged is sent again, and the journal tells it all
  // once more to a hall that knows nothing.
  void settle();

  std::vector<std::string> const& broken() const { return witness_.broken(); }
  Reached const& reached() { return witness_.reached(); }

 private:
  struct Life;
  class Tap;

  // What happens.
  void step();
  void new_inquiry();
  void buyer_acts();
  void award_acts();
  void regulator_acts();
  void proxy();
  void surrogate_bid();
  void notary();
  void withdraw();
  void rude();
  void stupid();
  void other_command();
  void time_passes();
  void clock_jumps();
  void bid();
  // How suppliers think.
  engine::PlaceBid draw_bid();
  engine::Command as_asked(engine::PlaceBid const& bid);
  engine::Money polite_price(KnownLot const& lot, engine::BidderId bidder);
  engine::Money next_allowed(KnownLot const& lot, engine::BidderId bidder, engine::Money below);
  engine::Money somewhere_below(engine::Money highest);
  engine::Money in_secret(engine::Money price);
  engine::BidKey new_key();
  // Whom it concerns.
  KnownLot const* any_lot();
  KnownLot const* any_lot_in(engine::LotState state);
  engine::LotId any_lot_id();
  engine::BidderId any_bidder();
  engine::BidderId any_bidder_of(KnownLot const& lot);
  engine::PersonId person();
  std::string reason();
  // The world turns.
  // What a start may begin with instead of the first command: a hall, saved.
  struct Snapshot {
    Mark mark;
    std::vector<std::string> pieces;  // none: there is no snapshot yet
    engine::Hall loaded() const;      // of none: a hall that knows nothing
  };
  void make_snapshot();
  void offer(engine::Command command);
  void offer_note(engine::LotId lot, std::size_t signatures);
  void send(engine::PlaceBid bid);
  void turn();
  void crash();
  void send_everything_again();
  void expect_the_same_from_the_journal_alone();

  Dice dice_;
  MarketChances const chances_;
  support::ManualClock clock_;
  ByteJournal journal_;
  Witness witness_;
  std::unique_ptr<Life> life_;
  Snapshot snapshot_;  // the newest
  std::vector<engine::PlaceBid> sent_;
  std::uint64_t inquiries_ = 0;
  std::uint64_t next_key_ = 1;
};

// A whole day from a seed. The last market that a thread began is the one to blame when the process aborts.
struct DayReport {
  std::vector<std::string> broken;
  Reached reached;
};
DayReport live_a_day(std::uint64_t seed, std::size_t steps);
// From here on an abort says the seed of the day it ended.
void say_the_seed_on_abort();

}  // namespace simulation
