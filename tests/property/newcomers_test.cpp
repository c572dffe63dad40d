// A hub that begins with the pictures of a snapshot, saved at any moment of any auction, shows everybody who comes what
// a hub shows that replayed everything: the same bytes; and from then on both tell the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "gateway/hub.h"
#include "tests/support/generator.h"
#include "tests/support/hub_world.h"

namespace {

using namespace hub_test;
using gateway::Gallery;

constexpr int commands_a_round = 300;
constexpr std::uint64_t seeds_to_reach_every_state = 60;

// A hub and those who come to it. Both hubs of a test have one name for their life, so that all they say is comparable.
class Door {
 public:
  Door(modules::Sight const& sight, engine::TransparencyLog const& log)
      : hub([this](std::function<void()> work) { queue_.push_back(std::move(work)); }, "e", sight, tables_, &log) {}

  void publish(engine::Turn const& turn) {
    hub.publish(std::make_unique<engine::Turn>(turn));
    run();
  }
  std::shared_ptr<FakeClient> enter(std::optional<modules::Actor> actor, std::vector<InquiryId> const& inquiries) {
    auto client = std::make_shared<FakeClient>(++number_, std::move(actor));
    hub.join(client);
    hub.subscribe(number_, "s", inquiries, {});
    run();
    return client;
  }
  void run() {
    for (; !queue_.empty(); queue_.pop_front()) queue_.front()();
  }

 private:
  NoSnapshots tables_;
  std::deque<std::function<void()>> queue_;
  std::uint64_t number_ = 0;

 public:
  gateway::Hub hub;
};

std::vector<std::optional<modules::Actor>> everybody() {
  using modules::Role;
  std::vector<std::optional<modules::Actor>> all{std::nullopt};
  all.push_back(
      modules::Actor{engine::PersonId{900}, engine::SessionId{1}, engine::OrgId{900}, Role::Purchaser, "330000"});
  for (std::uint64_t org = 1; org <= 6; ++org) {
    all.push_back(
        modules::Actor{engine::PersonId{org}, engine::SessionId{1 + org}, BidderId{org}, Role::Supplier, "330000"});
  }
  return all;
}

// The engine's side: what was decided, a turn a frame; and what was asked, to ask for it again.
class Frames {
 public:
  void apply(engine::Sequenced const& command) {
    auto const first = turn_.events.size();
    hall.apply(command, turn_.events);
    log.leaves[command.seq.number()] = support::hash_of(command.seq.number());
    turn_.decided.push_back({command.seq, command.parent, command.at, command.ticket, static_cast<std::uint32_t>(first),
                             static_cast<std::uint32_t>(turn_.events.size())});
    if (auto const* const bid = std::get_if<engine::PlaceBid>(&command.command)) bids.push_back(*bid);
    for (auto i = first; i < turn_.events.size(); ++i) {
      auto const* const scheduled = std::get_if<engine::LotScheduled>(&turn_.events[i]);
      if (scheduled == nullptr) continue;
      sight.published[engine::inquiry_of(scheduled->lot)].push_back(scheduled->lot);
      for (auto const& admitted : scheduled->admitted()) sight.suppliers.insert(admitted.bidder);
    }
  }
  // Since the last time.
  engine::Events const& events() const { return turn_.events; }
  engine::Turn take() { return std::exchange(turn_, {}); }
  std::vector<InquiryId> inquiries() const {
    std::vector<InquiryId> all;
    for (auto const& [inquiry, lots] : sight.published) all.push_back(inquiry);
    return all;
  }

  engine::Hall hall;
  Sight sight;
  support::SmallLog log;
  std::vector<engine::PlaceBid> bids;

 private:
  engine::Turn turn_;
};

Gallery loaded(Gallery const& gallery) {
  Gallery again;
  gallery.save([&](std::string_view piece) { EXPECT_TRUE(again.load(piece)); });
  EXPECT_TRUE(again.is_whole());
  return again;
}

void expect_same(std::vector<std::string> const& replayed, std::vector<std::string> const& loaded) {
  ASSERT_EQ(replayed.size(), loaded.size());
  for (std::size_t i = 0; i < replayed.size(); ++i) ASSERT_EQ(replayed[i], loaded[i]);
}

// Everybody comes to both and asks for what was bid, own keys and others'.
void expect_newcomers_alike(Frames const& frames, Door& replayed, Door& loaded) {
  for (auto const& actor : everybody()) {
    auto const first = replayed.enter(actor, frames.inquiries());
    auto const second = loaded.enter(actor, frames.inquiries());
    for (auto const& bid : frames.bids) {
      if (!actor || (bid.bidder != actor->org && bid.key.text.front() % 4 != 0)) continue;
      replayed.hub.ask(first->number(), bid.lot, bid.key);
      loaded.hub.ask(second->number(), bid.lot, bid.key);
    }
    replayed.run();
    loaded.run();
    expect_same(first->heard, second->heard);
    replayed.hub.leave(first->number());
    loaded.hub.leave(second->number());
  }
  replayed.run();
  loaded.run();
}

// Live now: somebody of each kind stays at both while commands go on, with tickets; what they hear is compared.
void expect_to_go_on_alike(Frames& frames, support::Generator& generator, Door& replayed, Door& loaded) {
  std::vector<std::pair<std::shared_ptr<FakeClient>, std::shared_ptr<FakeClient>>> inside;
  for (auto const& actor : everybody()) {
    inside.emplace_back(replayed.enter(actor, frames.inquiries()), loaded.enter(actor, frames.inquiries()));
    ASSERT_EQ(inside.back().first->number(), inside.back().second->number());
  }
  std::vector<std::size_t> decisions[2];
  for (std::uint64_t i = 0; i < 60; ++i) {
    auto command = generator.next(frames.hall.now(), frames.hall.next_due());
    command.ticket = {inside[i % inside.size()].first->number(), i + 1};
    auto const expect = [&](gateway::Hub& hub, std::vector<std::size_t>& heard) {
      hub.expect(command.ticket, [&heard](auto const&, auto const& events) {
        for (auto const& event : events) heard.push_back(event.index());
      });
    };
    expect(replayed.hub, decisions[0]);
    expect(loaded.hub, decisions[1]);
    frames.apply(command);
    generator.observe(frames.events());
    auto const turn = frames.take();
    replayed.publish(turn);
    loaded.publish(turn);
  }
  EXPECT_EQ(decisions[0], decisions[1]);
  for (auto const& [first, second] : inside) expect_same(first->heard, second->heard);
}

class Newcomers : public testing::TestWithParam<std::uint64_t> {};

std::optional<engine::Format> format_of(std::uint64_t seed) {
  auto const pick = seed % 6;
  return pick == 0 ? std::nullopt : std::optional{static_cast<engine::Format>(pick)};
}

TEST_P(Newcomers, are_shown_the_same_by_a_hub_that_began_with_a_snapshot) {
  auto const seed = GetParam();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random{seed};
  support::Generator generator{seed, format_of(seed)};
  Frames frames;
  Door replayed{frames.sight, frames.log};
  Door begun{frames.sight, frames.log};
  Gallery gallery;
  auto const saved_at = static_cast<int>(random() % commands_a_round);
  bool is_saved = false;
  for (int i = 0; i < commands_a_round; ++i) {
    frames.apply(generator.next(frames.hall.now(), frames.hall.next_due()));
    auto const before = frames.events().size();
    if (random() % 3 != 0 && i + 1 < commands_a_round) continue;  // more of them in the frame
    generator.observe(frames.events());
    auto const turn = frames.take();
    ASSERT_EQ(turn.events.size(), before);
    replayed.publish(turn);
    if (is_saved) {
      begun.publish(turn);
      continue;
    }
    gallery.publish(std::make_unique<engine::Turn>(turn));
    if (i < saved_at) continue;
    begun.hub.begin_with(loaded(gallery));
    begun.run();
    is_saved = true;
  }
  ASSERT_TRUE(is_saved);
  expect_newcomers_alike(frames, replayed, begun);
  expect_to_go_on_alike(frames, generator, replayed, begun);
  expect_newcomers_alike(frames, replayed, begun);
}

INSTANTIATE_TEST_SUITE_P(Seeds, Newcomers, testing::Range<std::uint64_t>(1, 25));

// More lots over than are kept whole, a snapshot among their ends.
TEST(NewcomersToManyLots, are_shown_the_same_of_lots_that_were_shed) {
  std::mt19937_64 random{7};
  Frames frames;
  Door replayed{frames.sight, frames.log};
  Door begun{frames.sight, frames.log};
  Gallery gallery;
  std::uint64_t seq = 0;
  auto const decide = [&](engine::Command command) {
    ++seq;
    auto const at = engine::at_millis(1'795'000'000'000) + engine::Duration{seq};
    frames.apply({engine::Seq{seq}, {}, at, std::nullopt, {}, std::move(command)});
  };
  std::vector<LotId> lots;
  for (std::uint64_t i = 0; i < Gallery::kept_whole + 30; ++i) {
    lots.push_back(engine::lot_id(InquiryId{1 + i / 32}, static_cast<std::uint8_t>(1 + i % 32)));
  }
  for (auto const lot : lots) {
    decide(engine::OpenLot{lot, reverse_rules(), {}, {{BidderId{1}, {}}, {BidderId{2}, {}}}});
    decide(engine::PlaceBid{lot, BidderId{1}, engine::PersonId{1}, yuan(90'000), key("k")});
  }
  std::shuffle(lots.begin(), lots.end(), random);
  auto const publish = [&](bool is_saved) {
    auto const turn = frames.take();
    replayed.publish(turn);
    if (is_saved)
      begun.publish(turn);
    else
      gallery.publish(std::make_unique<engine::Turn>(turn));
  };
  auto const saved_at = Gallery::kept_whole + random() % 20;
  for (std::size_t i = 0; i + 5 < lots.size(); ++i) {  // five go on
    decide(engine::AbortLot{lots[i], engine::PersonId{9}, "采购任务取消,终止本次竞价"});
    publish(i > saved_at);
    if (i != saved_at) continue;
    begun.hub.begin_with(loaded(gallery));
    begun.run();
  }
  frames.bids.resize(40);
  expect_newcomers_alike(frames, replayed, begun);
}

// The property says something of a state only if it was saved in it.
TEST(NewcomersToEveryState, are_among_what_the_generated_commands_lead_to) {
  std::set<engine::LotState> states;
  std::set<engine::StageKind> stages;
  for (std::uint64_t seed = 1; seed <= seeds_to_reach_every_state; ++seed) {
    support::Generator generator{seed, format_of(seed)};
    Frames frames;
    Gallery gallery;
    for (int i = 0; i < commands_a_round; ++i) {
      frames.apply(generator.next(frames.hall.now(), frames.hall.next_due()));
      generator.observe(frames.events());
      gallery.publish(std::make_unique<engine::Turn>(frames.take()));
      if (i % 25 != 0) continue;
      auto again = loaded(gallery);
      for (auto const& [inquiry, lots] : frames.sight.published) {
        for (auto const lot : lots) {
          states.insert(again.find(lot)->state());
          if (auto const& stage = again.find(lot)->stage()) stages.insert(stage->kind);
        }
      }
    }
  }
  EXPECT_EQ(states.size(), 13u);
  EXPECT_EQ(stages.size(), 7u);
}

}  // namespace
