// The Hall and its naive twin decide generated commands alike: every event byte by byte, every due time, for every
// format, and the invariants of an auction hold after every command. What differs is shrunk to the fewest commands.
//
// EBB_SEED=<n> runs that seed alone; EBB_ROUNDS=<n> runs more of them for each format (default below).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "engine/codec.h"
#include "engine/hall.h"
#include "tests/support/difference.h"
#include "tests/support/generator.h"
#include "tests/support/naive_lot.h"

namespace {

using namespace engine;
using support::bytes_of;

constexpr std::uint64_t rounds_default = 40;
constexpr std::uint64_t rounds_to_reach_everything = 60;
constexpr int commands_a_round = 400;

std::uint64_t from_environment(char const* name, std::uint64_t otherwise) {
  auto const* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

bool are_same(Events const& hall, Events const& naive) {
  auto same = hall.size() == naive.size();
  for (std::size_t i = 0; same && i < hall.size(); ++i) same = bytes_of(hall[i]) == bytes_of(naive[i]);
  return same;
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
    auto const bids = std::holds_alternative<PlaceBid>(command) || std::holds_alternative<PlaceSurrogateBid>(command) ||
                      std::holds_alternative<PlaceSignedBid>(command);
    EXPECT_EQ(receipts, bids ? 1 : 0);
  }

 private:
  struct Seen {
    LotRules rules;
    Instant ends_at;
    Stage stage;
    std::set<BidderId> asked;
    std::map<BidderId, Money> proxy_step;
    bool open = true;
  };
  void see(auto const&) {}
  void see(LotScheduled const& e) {
    auto& lot = lots_[e.lot];
    lot.rules = e.rules();
    lot.ends_at = e.ends_at;
  }
  void see(LotRescheduled const& e) { lots_[e.lot].ends_at = e.ends_at; }
  void see(BidAccepted const& e) {
    auto& lot = lots_[e.receipt.lot];
    EXPECT_LT(e.receipt.at, lot.ends_at) << "accepted at or after the end";
    EXPECT_FALSE(is_hidden(lot.stage.kind)) << "a hidden price left the engine";
    EXPECT_FALSE(lot.proxy_step.contains(e.receipt.bidder)) << "by hand beside a proxy";
    see(lot, e.placed);
  }
  void see(ProxyBid const& e) {
    auto& lot = lots_[e.lot];
    EXPECT_TRUE(lot.proxy_step.contains(e.bidder)) << "nobody asked for that bid";
    EXPECT_LT(e.at, lot.ends_at);
    see(lot, e.placed);
  }
  void see(Seen& lot, Placed const& placed) {
    EXPECT_TRUE(lot.open);
    EXPECT_NE(lot.stage.kind, StageKind::Break);
    EXPECT_LE(placed.price, lot.rules.ceiling);
    EXPECT_GT(placed.price, Money{});
    EXPECT_GE(placed.rank, 1);
    if (lot.rules.rank_by == RankBy::Price) {
      EXPECT_LE(placed.best, placed.price);
    }
  }
  void see(ProxySet const& e) { lots_[e.lot].proxy_step[e.bidder] = e.step; }
  void see(ProxyEnded const& e) { EXPECT_EQ(lots_[e.lot].proxy_step.erase(e.bidder), 1u) << "ended twice"; }
  void see(QuoteAccepted const& e) {
    auto const& lot = lots_[e.receipt.lot];
    EXPECT_TRUE(lot.open);
    EXPECT_LT(e.receipt.at, lot.ends_at);
    EXPECT_TRUE(has_hidden_bids(lot.rules));
  }
  void see(BidRefused const& e) {
    auto const found = lots_.find(e.receipt.lot);
    if (found == lots_.end()) return;
    auto const format = found->second.rules.format;
    if (format == Format::Sealed || format == Format::Rounds || is_hidden(found->second.stage.kind)) {
      EXPECT_NE(e.receipt.refusal->actual.unit, Figure::Unit::Fen) << "a hidden price left the engine";
    }
  }
  void see(StageStarted const& e) {
    auto& lot = lots_[e.lot];
    auto const taken = lot.rules.format == Format::Dutch && lot.stage.kind == StageKind::Level;
    if (!taken) {  // a taker ends the level early
      EXPECT_GE(e.ends_at, lot.ends_at);
    }
    if (e.stage.turn == 1 && e.stage.kind == StageKind::Level) {
      EXPECT_EQ(e.ends_at, lot.ends_at);
    }
    lot.stage = e.stage;
    lot.ends_at = e.ends_at;
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
  void see(LotClosed const& e) {
    auto& lot = lots_[e.lot];
    lot.open = false;
    // A dutch lot may end with its taker, before the level does.
    if (lot.rules.format != Format::Dutch) {
      EXPECT_EQ(e.closed_at, lot.ends_at);
    }
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

// From the bytes of all commands: the same digest, and events that changed something another one.
void expect_replay(support::Commands const& journal, Hall const& original) {
  Hall replayed;
  for (auto const& command : journal) {
    auto const [open, secret] = encode(command.command, Privacy::Private);
    auto again = command;
    again.command = decode_command(open, secret).value();
    auto const digest = replayed.digest();
    Events events;
    replayed.apply(again, events);
    auto const accepted = std::ranges::any_of(events, [](Event const& event) {
      return std::holds_alternative<BidAccepted>(event) || std::holds_alternative<QuoteAccepted>(event);
    });
    if (accepted) {
      EXPECT_NE(replayed.digest(), digest);
    }
  }
  EXPECT_EQ(replayed.digest(), original.digest());
  EXPECT_EQ(replayed.next_due(), original.next_due());
}

void play(std::uint64_t seed, std::optional<Format> format) {
  SCOPED_TRACE("EBB_SEED=" + std::to_string(seed));
  support::Generator generator(seed, format);
  support::NaiveHall naive;
  Hall hall;
  Invariants invariants;
  support::Commands journal;
  for (int i = 0; i < commands_a_round && !testing::Test::HasFailure(); ++i) {
    journal.push_back(generator.next(hall.now(), hall.next_due()));
    auto const& command = journal.back();
    SCOPED_TRACE("command " + std::to_string(i) + " of type " + std::to_string(command.command.index()));
    Events decided, expected;
    hall.apply(command, decided);
    naive.apply(command, expected);
    auto const same = are_same(decided, expected) && hall.next_due() == naive.next_due() && hall.now() == naive.now();
    if (!same) FAIL() << support::report(support::shortest(journal));
    EXPECT_GT(hall.next_due(), hall.now());
    invariants.check(command.command, decided);
    generator.observe(decided);
  }
  expect_replay(journal, hall);
}

void play_all(std::optional<Format> format) {
  auto const one = from_environment("EBB_SEED", 0);
  auto const first = one != 0 ? one : 1;
  auto const rounds = one != 0 ? 1 : from_environment("EBB_ROUNDS", rounds_default);
  std::printf("seeds %llu..%llu, %d commands each\n", static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(first + rounds - 1), commands_a_round);
  for (std::uint64_t seed = first; seed < first + rounds && !testing::Test::HasFailure(); ++seed) play(seed, format);
}

TEST(HallMatchesNaive, reverse) {
  play_all(Format::Reverse);
}
TEST(HallMatchesNaive, sealed) {
  play_all(Format::Sealed);
}
TEST(HallMatchesNaive, rounds) {
  play_all(Format::Rounds);
}
TEST(HallMatchesNaive, dutch) {
  play_all(Format::Dutch);
}
TEST(HallMatchesNaive, japanese) {
  play_all(Format::Japanese);
}
TEST(HallMatchesNaive, all_formats_beside_each_other) {
  play_all(std::nullopt);
}

// The stream is worth its name only if it gets everywhere.
TEST(HallMatchesNaive, the_generated_commands_reach_every_event_and_every_refusal) {
  std::set<std::size_t> events_seen;
  std::set<std::uint16_t> refusals_seen;
  for (std::uint64_t seed = 1; seed <= rounds_to_reach_everything; ++seed) {
    auto const pick = seed % 6;
    support::Generator generator(seed, pick == 0 ? std::nullopt : std::optional{static_cast<Format>(pick)});
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
