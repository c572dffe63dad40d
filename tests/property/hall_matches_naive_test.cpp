// The Hall and its naive twin decide generated commands alike: every event, every due time, for both formats, and the
// invariants of an auction hold after every command.
//
// EBB_SEED=<n> runs that seed alone; EBB_ROUNDS=<n> runs more of them (default below, a few seconds).
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "engine/codec.h"
#include "engine/hall.h"
#include "tests/support/generator.h"
#include "tests/support/naive_lot.h"
#include "tests/support/scenario.h"

namespace {

using namespace engine;

constexpr std::uint64_t rounds_default = 150;
constexpr int commands_a_round = 400;

std::uint64_t from_environment(char const* name, std::uint64_t otherwise) {
  auto const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string bytes_of(Event const& event) {
  ByteWriter bytes;
  encode(event, bytes);
  return bytes.take();
}

std::string spoken(Events const& events) {
  std::string text;
  for (auto const& event : events) {
    text += "\n   ";
    for (auto const& phrase : support::phrases(event)) text += " [" + phrase + "]";
  }
  return text;
}

void expect_same(Events const& hall, Events const& naive) {
  auto same = hall.size() == naive.size();
  for (std::size_t i = 0; same && i < hall.size(); ++i) same = bytes_of(hall[i]) == bytes_of(naive[i]);
  EXPECT_TRUE(same) << "hall:" << spoken(hall) << "\n naive:" << spoken(naive);
}

// What must hold whatever the rules of the day are; knows nothing of either implementation.
class Invariants {
 public:
  void check(Command const& command, Events const& events) {
    int receipts = 0;
    for (auto const& event : events) std::visit([&](auto const& e) { see(e); }, event);
    for (auto const& event : events) {
      receipts += std::holds_alternative<BidAccepted>(event) || std::holds_alternative<QuoteAccepted>(event) ||
                  std::holds_alternative<BidRefused>(event) || std::holds_alternative<BidRepeated>(event);
    }
    EXPECT_EQ(receipts, std::holds_alternative<PlaceBid>(command) ? 1 : 0);
  }

 private:
  struct Seen {
    LotRules rules;
    Instant ends_at;
    Money best;
    std::set<BidderId> asked;
    bool open = true;
  };
  void see(auto const&) {}
  void see(LotScheduled const& e) { lots_[e.lot] = {e.rules, e.ends_at, {}, {}, true}; }
  void see(BidAccepted const& e) {
    auto& lot = lots_[e.receipt.lot];
    EXPECT_TRUE(lot.open);
    EXPECT_LT(e.receipt.at, lot.ends_at) << "accepted at or after the end";
    EXPECT_LE(e.price, lot.rules.ceiling);
    EXPECT_GT(e.price, Money{});
    EXPECT_LE(e.best, e.price);
    if (lot.best != Money{}) {
      EXPECT_LE(e.best, lot.best) << "the lead rose";
    }
    EXPECT_GE(e.rank, 1);
    lot.best = e.best;
  }
  void see(QuoteAccepted const& e) {
    EXPECT_TRUE(lots_[e.receipt.lot].open);
    EXPECT_EQ(lots_[e.receipt.lot].rules.format, Format::Sealed);
  }
  void see(BidRefused const& e) {
    if (lots_.contains(e.receipt.lot) && lots_[e.receipt.lot].rules.format == Format::Sealed) {
      EXPECT_NE(e.receipt.refusal->actual.unit, Figure::Unit::Fen) << "a sealed price left the engine";
    }
  }
  void see(LotExtended const& e) {
    EXPECT_GT(e.ends_at, e.previous_ends_at);
    lots_[e.lot].ends_at = e.ends_at;
  }
  void see(LotStarted const& e) { lots_[e.lot].ends_at = e.ends_at; }
  void see(LotResumed const& e) {
    EXPECT_GE(e.ends_at, lots_[e.lot].ends_at) << "a pause took time away";
    lots_[e.lot].ends_at = e.ends_at;
  }
  void see(BidderDisqualified const& e) { lots_[e.lot].best = e.best; }
  void see(BidderReinstated const& e) { lots_[e.lot].best = e.best; }
  void see(LotClosed const& e) {
    auto& lot = lots_[e.lot];
    lot.open = false;
    EXPECT_EQ(e.closed_at, lot.ends_at);
    for (std::size_t i = 0; i < e.standings.size(); ++i) {
      EXPECT_EQ(e.standings[i].rank, i + 1);
      if (i > 0) {
        EXPECT_LE(e.standings[i - 1].evaluated_price, e.standings[i].evaluated_price);
      }
    }
  }
  void see(LotAborted const& e) { lots_[e.lot].open = false; }
  void see(AwardAnswered const& e) { EXPECT_TRUE(lots_[e.lot].asked.insert(e.bidder).second) << "asked twice"; }

  std::map<LotId, Seen> lots_;
};

void play(std::uint64_t seed) {
  SCOPED_TRACE("EBB_SEED=" + std::to_string(seed));
  support::Generator generator(seed);
  support::NaiveHall naive;
  Hall hall;
  Invariants invariants;
  std::vector<Sequenced> journal;
  for (int i = 0; i < commands_a_round && !testing::Test::HasFailure(); ++i) {
    journal.push_back(generator.next(hall.now(), hall.next_due()));
    auto const& command = journal.back();
    SCOPED_TRACE("command " + std::to_string(i) + " of type " + std::to_string(command.command.index()));
    Events decided, expected;
    hall.apply(command, decided);
    naive.apply(command, expected);
    expect_same(decided, expected);
    EXPECT_EQ(hall.next_due(), naive.next_due());
    EXPECT_EQ(hall.now(), naive.now());
    EXPECT_GT(hall.next_due(), hall.now());
    invariants.check(command.command, decided);
    generator.observe(decided);
  }
  // Replay from bytes: the same state, and any other history another one.
  Hall replayed;
  for (auto const& command : journal) {
    auto const before_last = &command == &journal.back();
    auto const [open, secret] = encode(command.command, Privacy::Private);
    auto again = command;
    again.command = decode_command(open, secret).value();
    Events ignored;
    if (before_last) {
      auto const digest = replayed.digest();
      replayed.apply(again, ignored);
      if (!ignored.empty() && std::holds_alternative<BidAccepted>(ignored.front())) {
        EXPECT_NE(digest, replayed.digest());
      }
    } else {
      replayed.apply(again, ignored);
    }
  }
  EXPECT_EQ(replayed.digest(), hall.digest());
}

TEST(HallMatchesNaive, on_generated_commands_event_by_event) {
  auto const one = from_environment("EBB_SEED", 0);
  auto const first = one != 0 ? one : 1;
  auto const rounds = one != 0 ? 1 : from_environment("EBB_ROUNDS", rounds_default);
  std::printf("seeds %llu..%llu, %d commands each\n", static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(first + rounds - 1), commands_a_round);
  for (std::uint64_t seed = first; seed < first + rounds && !HasFailure(); ++seed) play(seed);
}

// The stream is worth its name only if it gets everywhere.
TEST(HallMatchesNaive, the_generated_commands_reach_every_event_and_every_refusal) {
  std::set<std::size_t> events_seen;
  std::set<std::uint16_t> refusals_seen;
  for (std::uint64_t seed = 1; seed <= rounds_default; ++seed) {
    support::Generator generator(seed);
    Hall hall;
    for (int i = 0; i < commands_a_round; ++i) {
      Events events;
      hall.apply(generator.next(hall.now(), hall.next_due()), events);
      generator.observe(events);
      for (auto const& event : events) {
        events_seen.insert(event.index());
        if (auto const* refused = std::get_if<BidRefused>(&event)) {
          refusals_seen.insert(refused->receipt.refusal->kind->number);
        }
        if (auto const* refused = std::get_if<LotCommandRefused>(&event)) {
          refusals_seen.insert(refused->refusal.kind->number);
        }
      }
    }
  }
  EXPECT_EQ(events_seen.size(), std::variant_size_v<Event> - 1);  // all but ModuleAnswered, which modules make
  std::set<std::uint16_t> all;
  for (std::uint16_t number = 1; number < 1'000; ++number) {
    if (engine_refusal(number) != nullptr) all.insert(number);
  }
  EXPECT_EQ(refusals_seen, all);
}

}  // namespace
