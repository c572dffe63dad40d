// The gate rule, the fairness rule, the order of follow-ups, and recovery: what the loop promises.
#include "engine/loop.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/support/faulty_journal.h"
#include "tests/support/manual_clock.h"
#include "tests/support/memory_journal.h"

namespace {

using namespace engine;
using namespace std::chrono_literals;

constexpr LotId lot = lot_id(InquiryId{1}, 1);
constexpr BidderId first_bidder{11};
constexpr BidderId second_bidder{12};

// Remembers what left the engine. Guarded: the gate test looks while the engine is held in a commit.
class RecordingOutlet final : public Outlet {
 public:
  void publish(std::unique_ptr<Turn const> turn) override {
    std::lock_guard const guard(lock_);
    turns_.push_back(std::move(turn));
  }
  std::size_t turns() const {
    std::lock_guard const guard(lock_);
    return turns_.size();
  }
  // Every event of the kind, over all turns.
  template <class T>
  std::vector<T> all() const {
    std::lock_guard const guard(lock_);
    std::vector<T> found;
    for (auto const& turn : turns_) {
      for (auto const& event : turn->events) {
        if (auto const* wanted = std::get_if<T>(&event)) found.push_back(*wanted);
      }
    }
    return found;
  }
  std::vector<Decided> decided() const {
    std::vector<Decided> found;
    for (auto const& turn : turns_) found.insert(found.end(), turn->decided.begin(), turn->decided.end());
    return found;
  }

 private:
  mutable std::mutex lock_;
  std::vector<std::unique_ptr<Turn const>> turns_;
};

// A participant whose every command opens the lot (verb 1) or pauses it (verb 2) as a follow-up. Its rows survive a
// "crash" in `kept`, as the real house's do in its tables.
class Opener final : public Participants {
 public:
  struct Kept {
    std::vector<FollowUp> owed;
    Seq applied;
  };
  Opener(Kept& kept, OpenLot open) : kept_(kept), owed_(kept.owed), open_(std::move(open)) {}

  void decide(Sequenced const& command, Events& outcome) override {
    auto const& act = std::get<ModuleCommand>(command.command);
    Command caused = PauseLot{lot, PersonId{1}, "a reason to pause"};
    if (act.verb == 1) {
      open_.opens_at = command.at;
      caused = open_;
    }
    owed_.push_back({command.seq, command.at, command.ticket, caused});
    fresh_.push_back(owed_.back());
    outcome.push_back(ModuleAnswered{act.module, act.verb, act.actor, 0, false, std::nullopt});
  }
  void hear(Sequenced const&, Event const&) override { ++heard; }
  std::vector<FollowUp> take_follow_ups() override { return std::exchange(fresh_, {}); }
  void settle(Seq parent) override {
    std::erase_if(owed_, [parent](FollowUp const& follow_up) { return follow_up.parent == parent; });
  }
  std::vector<FollowUp> pending() const override { return owed_; }
  Result<void> commit(Seq applied) override {
    if (fail_commit) return std::unexpected(Failure{"no space"});
    kept_ = {owed_, applied};
    return {};
  }
  Seq applied() const override { return kept_.applied; }

  std::size_t heard = 0;
  bool fail_commit = false;

 private:
  Kept& kept_;
  std::vector<FollowUp> owed_;
  std::vector<FollowUp> fresh_;
  OpenLot open_;
};

OpenLot ten_minutes() {
  LotRules rules;
  rules.ceiling = Money::fen(100'000'00);
  rules.decrement = Money::fen(500'00);
  rules.duration = 10min;
  rules.hard_cap = 60min;
  rules.trigger_window = 5min;
  rules.extension = 5min;
  return {lot, rules, Instant{}, {{first_bidder, {}}, {second_bidder, {}}}};
}

BidKey key(std::string const& text) {
  BidKey made;
  std::copy(text.begin(), text.end(), made.text.begin());
  return made;
}

// Everything around one loop; `restart()` keeps what is on disk and loses the rest.
struct LoopTest : testing::Test {
  support::ManualClock clock;
  support::MemoryJournal disk;
  support::FaultyJournal journal{disk};
  Opener::Kept tables;
  struct Process {
    Process(support::ManualClock& clock, Journal& journal, Opener::Kept& tables)
        : inbox(clock, 1'000), participants(tables, ten_minutes()), loop(inbox, journal, hall, participants, outlet) {}
    Inbox inbox;
    Hall hall;
    Opener participants;
    RecordingOutlet outlet;
    Loop loop;
  };
  std::unique_ptr<Process> process = start();

  std::unique_ptr<Process> start() { return std::make_unique<Process>(clock, journal, tables); }
  Result<void> restart() {
    process = start();
    if (auto replayed = disk.replay([this](auto frame) { return process->loop.replay(frame); }); !replayed)
      return replayed;
    return process->loop.resume();
  }

  std::vector<std::string> pieces() const {
    std::vector<std::string> saved;
    process->hall.save([&](std::string_view piece) { saved.emplace_back(piece); });
    return saved;
  }
  void load(std::vector<std::string> const& saved) {
    for (auto const& piece : saved) ASSERT_TRUE(process->hall.load(piece));
  }

  void act(std::uint16_t verb) {
    ModuleCommand command;
    command.module = 7;
    command.verb = verb;
    process->inbox.offer({1, 1}, command);
  }
  void bid(BidderId bidder, std::int64_t yuan, std::string const& name) {
    process->inbox.offer({2, 2}, PlaceBid{lot, bidder, PersonId{5}, Money::fen(yuan * 100), key(name)});
  }
  void turn() { ASSERT_TRUE(process->loop.turn()); }
  void open() {
    act(1);
    turn();
  }
  std::size_t accepted() const { return process->outlet.all<BidAccepted>().size(); }
  std::size_t refused() const { return process->outlet.all<BidRefused>().size(); }
};

TEST_F(LoopTest, nothing_leaves_before_its_frame_is_durable) {
  open();
  auto const turns_before = process->outlet.turns();
  journal.hold();
  bid(first_bidder, 99'000, "k1");
  std::thread engine([this] { EXPECT_TRUE(process->loop.turn()); });
  journal.wait_until_held();
  EXPECT_EQ(process->outlet.turns(), turns_before);
  EXPECT_EQ(process->hall.next_due(), clock.now() + 10min);  // memory has not run ahead either: nothing was extended
  journal.release();
  engine.join();
  EXPECT_EQ(process->outlet.turns(), turns_before + 1);
  EXPECT_EQ(accepted(), 1U);
}

TEST_F(LoopTest, a_failed_commit_halts_and_tells_nobody) {
  open();
  journal.fail_commit(journal.commits() + 1);
  bid(first_bidder, 99'000, "k1");
  auto const did = process->loop.turn();
  ASSERT_FALSE(did);
  EXPECT_NE(did.error().what.find("commit of 3..3"), std::string::npos) << did.error().what;
  EXPECT_EQ(accepted(), 0U);
}

TEST_F(LoopTest, a_failed_table_commit_halts_before_the_answer) {
  process->participants.fail_commit = true;
  act(1);
  EXPECT_FALSE(process->loop.turn());
  EXPECT_EQ(process->outlet.turns(), 0U);
}

TEST_F(LoopTest, a_bid_is_judged_by_its_entry_however_late_the_engine_is) {
  open();
  clock.advance(10min - 1ms);
  bid(first_bidder, 99'000, "in time, by a millisecond");
  clock.advance(1h);
  turn();
  EXPECT_EQ(accepted(), 1U);
}

TEST_F(LoopTest, a_bid_stamped_exactly_at_the_end_is_late) {
  open();
  clock.advance(10min);
  bid(first_bidder, 99'000, "k1");
  turn();
  auto const refusals = process->outlet.all<BidRefused>();
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_EQ(refusals[0].receipt.refusal->kind, &refusals::closed);
}

TEST_F(LoopTest, bids_before_and_at_the_end_in_one_batch_are_told_apart) {
  open();
  clock.advance(10min - 1ms);
  bid(first_bidder, 99'000, "k1");  // extends by five minutes from here
  clock.advance(5min);              // exactly the new end
  bid(second_bidder, 98'000, "k2");
  turn();
  EXPECT_EQ(accepted(), 1U);
  EXPECT_EQ(refused(), 1U);
  auto const closed = process->outlet.all<LotClosed>();
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].closed_at, clock.now());
}

TEST_F(LoopTest, a_lot_closes_by_a_tick_when_nothing_else_brings_the_time) {
  open();
  clock.advance(10min - 1ms);
  EXPECT_EQ(*process->loop.turn(), Loop::Did::Idle);
  clock.advance(1ms);
  EXPECT_EQ(*process->loop.turn(), Loop::Did::Worked);
  EXPECT_EQ(process->outlet.all<LotClosed>().size(), 1U);
  EXPECT_EQ(*process->loop.turn(), Loop::Did::Idle);
}

TEST_F(LoopTest, a_follow_up_comes_before_whatever_was_stamped_after_its_parent) {
  open();
  bid(first_bidder, 99'000, "before the pause");
  act(2);
  clock.advance(1ms);
  bid(second_bidder, 98'000, "after the pause");
  turn();
  EXPECT_EQ(accepted(), 1U);
  auto const refusals = process->outlet.all<BidRefused>();
  ASSERT_EQ(refusals.size(), 1U);
  EXPECT_EQ(refusals[0].receipt.refusal->kind, &refusals::paused);
}

TEST_F(LoopTest, a_parent_is_published_together_with_its_follow_up_and_the_ticket_is_shared) {
  open();
  ASSERT_EQ(process->outlet.turns(), 1U);
  auto const decided = process->outlet.decided();
  ASSERT_EQ(decided.size(), 2U);
  EXPECT_EQ(decided[1].parent, decided[0].seq);
  EXPECT_EQ(decided[1].ticket, decided[0].ticket);
  EXPECT_EQ(decided[1].at, decided[0].at);
}

TEST_F(LoopTest, every_command_is_decided_once_with_dense_seqs) {
  open();
  for (int i = 0; i < 50; ++i) bid(first_bidder, 99'000 - 600 * i, "k" + std::to_string(i));
  act(2);
  turn();
  std::uint64_t expected = 0;
  for (auto const& decided : process->outlet.decided()) EXPECT_EQ(decided.seq, Seq{++expected});
  EXPECT_EQ(expected, 2U + 50U + 2U);
  EXPECT_EQ(process->loop.last_seq(), Seq{expected});
}

TEST_F(LoopTest, every_decided_command_carries_the_leaf_that_the_journal_made_of_it) {
  open();  // two frames in one turn: the act and what follows from it
  bid(first_bidder, 99'000, "k1");
  bid(second_bidder, 98'000, "k2");
  turn();
  auto const all = process->outlet.decided();
  ASSERT_EQ(all.size(), 4U);
  for (auto const& decided : all) EXPECT_EQ(decided.leaf, support::MemoryJournal::leaf_of(decided.seq));
  ASSERT_TRUE(restart());
  for (auto const& decided : process->outlet.decided()) EXPECT_EQ(decided.leaf, Leaf{}) << "nobody waits in a replay";
}

TEST_F(LoopTest, recovery_gives_the_same_state_and_the_same_outcomes) {
  open();
  bid(first_bidder, 99'000, "k1");
  bid(second_bidder, 98'000, "k2");
  turn();
  auto const digest = process->hall.digest();
  ASSERT_TRUE(restart());
  EXPECT_EQ(process->hall.digest(), digest);
  EXPECT_EQ(accepted(), 2U);  // published again, for the hub's pictures
  bid(first_bidder, 97'000, "k3");
  turn();
  ASSERT_TRUE(restart());  // the outcomes bound by later frames still agree
  EXPECT_EQ(accepted(), 3U);
}

TEST_F(LoopTest, tables_that_are_ahead_of_the_replay_hear_nothing_twice) {
  open();
  ASSERT_TRUE(restart());
  EXPECT_EQ(process->participants.heard, 0U);
}

TEST_F(LoopTest, behind_a_snapshot_only_what_came_later_is_replayed) {
  open();
  bid(first_bidder, 99'000, "k1");
  turn();
  auto const saved = pieces();
  auto const snapshot = process->loop.last_seq();
  auto const frames_before = disk.frames().size();
  bid(second_bidder, 98'000, "k2");
  turn();
  auto const digest = process->hall.digest();
  process = start();
  load(saved);
  process->loop.continue_after(snapshot);
  for (auto frame = frames_before; frame < disk.frames().size(); ++frame) {
    ASSERT_TRUE(process->loop.replay(disk.frames()[frame].commands));
  }
  ASSERT_TRUE(process->loop.resume());
  EXPECT_EQ(process->hall.digest(), digest);
  EXPECT_EQ(accepted(), 1U) << "only what lies behind it is told again";
}

TEST_F(LoopTest, a_frame_that_does_not_follow_the_snapshot_stops_the_start) {
  open();
  process = start();
  process->loop.continue_after(Seq{7});
  auto const replayed = process->loop.replay(disk.frames()[0].commands);
  ASSERT_FALSE(replayed);
  EXPECT_NE(replayed.error().what.find("expected seq 8, found 1"), std::string::npos) << replayed.error().what;
}

// The parent lies in the snapshot, its follow-up in no frame: it is a row, and is done.
TEST_F(LoopTest, a_follow_up_that_is_owed_from_before_a_snapshot_is_done) {
  auto const at = clock.now();
  journal.fail_commit(journal.commits() + 2);
  act(1);
  ASSERT_FALSE(process->loop.turn());
  auto const saved = pieces();
  clock.advance(1min);
  support::FaultyJournal mended(disk);
  process = std::make_unique<Process>(clock, mended, tables);
  load(saved);
  process->loop.continue_after(Seq{1});
  ASSERT_TRUE(process->loop.resume());
  auto const scheduled = process->outlet.all<LotScheduled>();
  ASSERT_EQ(scheduled.size(), 1U);
  EXPECT_EQ(scheduled[0].opens_at, at);
}

TEST_F(LoopTest, tables_that_were_lost_are_built_again_with_the_same_follow_ups) {
  open();
  auto const frames = disk.frames().size();
  tables = {};
  ASSERT_TRUE(restart());
  EXPECT_GT(process->participants.heard, 0U);
  EXPECT_EQ(disk.frames().size(), frames);  // the opening was replayed, not done a second time
  EXPECT_EQ(tables.applied, process->loop.last_seq());
}

TEST_F(LoopTest, a_follow_up_that_a_crash_left_undone_is_done_at_its_parents_time) {
  auto const at = clock.now();
  journal.fail_commit(journal.commits() + 2);  // the parent's frame is durable, the follow-up's is not
  act(1);
  ASSERT_FALSE(process->loop.turn());
  clock.advance(1min);
  support::FaultyJournal mended(disk);
  process = std::make_unique<Process>(clock, mended, tables);
  ASSERT_TRUE(disk.replay([this](auto frame) { return process->loop.replay(frame); }));
  ASSERT_TRUE(process->loop.resume());
  auto const scheduled = process->outlet.all<LotScheduled>();
  ASSERT_EQ(scheduled.size(), 1U);
  EXPECT_EQ(scheduled[0].opens_at, at);
  EXPECT_TRUE(tables.owed.empty());
}

TEST_F(LoopTest, modules_that_cause_something_else_on_replay_stop_the_start) {
  open();
  auto altered = disk;  // a journal whose follow-up is not what the module causes
  tables = {};
  process = start();
  auto frames = altered.frames();
  std::get<OpenLot>(frames[1].commands[0].command).rules.decrement = Money::fen(1);
  ASSERT_TRUE(process->loop.replay(frames[0].commands));
  auto const replayed = process->loop.replay(frames[1].commands);
  ASSERT_FALSE(replayed);
  EXPECT_NE(replayed.error().what.find("follow-up of 1"), std::string::npos) << replayed.error().what;
}

TEST_F(LoopTest, tables_beyond_the_journals_end_stop_the_start) {
  open();
  tables.applied = Seq{99};
  auto const restarted = restart();
  ASSERT_FALSE(restarted);
  EXPECT_NE(restarted.error().what.find("99"), std::string::npos);
}

TEST_F(LoopTest, run_drains_what_is_inside_a_closed_inbox_and_returns) {
  open();
  bid(first_bidder, 99'000, "k1");
  process->inbox.close();
  ASSERT_TRUE(process->loop.run());
  EXPECT_EQ(accepted(), 1U);
}

TEST_F(LoopTest, the_price_of_a_bid_is_private_unless_its_lot_is_known_to_be_open) {
  bid(first_bidder, 99'000, "to no lot that is known");
  turn();
  open();
  bid(first_bidder, 98'000, "to an open lot");
  turn();
  auto const& frames = disk.frames();
  ASSERT_TRUE(frames.front().commands[0].secret_of);
  EXPECT_EQ(frames.front().commands[0].secret_of->id, 0U);
  EXPECT_FALSE(frames.back().commands[0].secret_of);
}

}  // namespace
