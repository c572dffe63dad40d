// A whole day in one process: the real loop, hall, house, modules and hub over a journal and tables in memory, a clock
// that only the day advances, and people who bid, watch, interfere and lose their connections. All of it follows from
// one seed.
//
// Thread: one; the hub's strand is a queue that the day works off when it pleases.
// Failure: invariants report through gtest; what the day does is never an error, only what comes of it.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "engine/hall.h"
#include "engine/inbox.h"
#include "engine/loop.h"
#include "gateway/hub.h"
#include "gateway/wire.h"
#include "modules/accounts/accounts_module.h"
#include "modules/house.h"
#include "modules/inquiry/inquiry_module.h"
#include "tests/simulation/client.h"
#include "tests/simulation/invariants.h"
#include "tests/support/faulty_journal.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_journal.h"
#include "tests/support/memory_tables.h"
#include "tests/support/module_world.h"

namespace simulation {

// How often things happen, in a thousand steps. What is left over is an ordinary bid.
struct Chances {
  int new_inquiry = 12;
  int buyer_acts = 40;
  int award_answer = 15;
  int repeated_bid = 60;
  int rude_message = 60;
  int passing_time = 120;
  int clock_jump = 3;
  int connection_lost = 25;
  int refused_commit = 3;
  int crash = 3;
};

// What happened, for the curious and against a day on which nothing did.
struct Tally {
  std::size_t bids = 0, crashes = 0, refused_commits = 0, clock_jumps = 0, inquiries = 0, overwhelmed = 0, resumed = 0;
};

class World {
 public:
  explicit World(std::uint64_t seed);
  ~World();

  void live(std::size_t steps);  // the day
  void settle();                 // the evening: everything that is due happens, everybody hears everything

  Invariants& invariants() { return invariants_; }
  Tally const& tally() const { return tally_; }
  void resend_everything_acknowledged();
  void expect_the_same_rows_from_the_journal_alone();
  void expect_everybody_to_see_what_a_newcomer_sees();

 private:
  struct Life;
  struct Person {
    modules::Actor actor;
    std::optional<modules::Actor> as;  // nothing: watches without signing in
    std::size_t backlog_max = 1'000;
    std::size_t reads_at_once = 50;
    Memory memory;
    std::shared_ptr<Client> client;
  };
  struct KnownLot {
    engine::LotRules rules;
    std::vector<engine::BidderId> admitted;
    engine::Money best;
  };
  class Tap;

  int draw(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }
  template <class List>
  auto& any_of(List& list) {
    return list[random_() % list.size()];
  }

  // The house is built.
  void found();
  modules::Actor sign_in(engine::PersonId person);
  std::uint64_t post(modules::Actor const& actor, std::string const& path, std::string const& body);
  // Things that happen.
  void step();
  void new_inquiry();
  void buyer_acts();
  void award_answer();
  void bid();
  void repeat_a_bid();
  void rude_message();
  void time_passes();
  void clock_jumps();
  void somebody_loses_the_connection();
  void crash();
  // The world turns.
  void offer(engine::Command command, std::uint64_t session = 0);
  void place(Person const& person, engine::PlaceBid bid);
  void turn();
  void work(std::size_t hub_steps);
  void connect(Person& person);
  void heard(Client& client, std::string const& text, modules::Json const& message);
  void hear_turn(engine::Turn const& turn);

  std::mt19937_64 random_;
  Chances const chances_;
  Invariants invariants_;
  Tally tally_;
  support::ManualClock clock_;
  support::MemoryJournal journal_;
  support::MemoryTables tables_;
  modules::accounts::AccountsModule accounts_;
  modules::inquiry::InquiryModule inquiry_;
  support::RouteBook routes_;
  gateway::Decoder decoder_;
  std::deque<std::function<void()>> queue_;  // the hub's strand
  std::unique_ptr<Life> life_;
  std::vector<Person> suppliers_, buyers_, watchers_;
  std::map<engine::LotId, KnownLot> lots_;
  std::map<std::string, engine::PlaceBid> sent_;    // by key
  std::map<std::uint64_t, std::uint64_t> answers_;  // ticket -> id of what was made
  std::uint64_t next_request_ = 1;
  std::uint64_t next_client_ = 1;
  std::uint64_t next_key_ = 1;
  std::uint64_t sessions_ = 0;
  std::uint64_t lives_ = 0;
};

}  // namespace simulation
