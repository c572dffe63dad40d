// Whatever the interleaving: a client that puts its picture together from what it was handed has the server's picture,
// offsets are dense, a resumed client gets exactly what it missed, and a sealed lot tells nobody anything.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "engine/limits.h"
#include "gateway/hub.h"
#include "tests/support/hub_world.h"

namespace {

using namespace hub_test;

class Game {
 public:
  explicit Game(std::uint64_t seed) : random_(seed) {}

  std::uint64_t pick(std::uint64_t below) { return random_() % below; }
  LotId some_lot() { return lots[pick(lots.size())]; }
  BidderId some_bidder() { return BidderId{1 + pick(bidders)}; }

  void open(LotId lot, engine::LotRules rules) {
    std::vector<BidderId> admitted;
    for (std::uint64_t i = 1; i <= bidders; ++i) admitted.push_back(BidderId{i});
    world.schedule(lot, rules, admitted);
    lots.push_back(lot);
    limit[lot] = 9'900'000;
  }

  // Prices fall, with some that are refused for every reason; keys repeat now and then.
  void bid(LotId lot) {
    auto& at = limit[lot];
    at -= static_cast<std::int64_t>(pick(4) == 0 ? 0 : 1'000 + pick(3'000));
    if (pick(20) == 0) at -= 500'000;
    auto const price = pick(15) == 0 ? -at : at + static_cast<std::int64_t>(pick(3) * 5'000);
    auto const name = pick(10) == 0 ? "k" + std::to_string(pick(5)) : "u" + std::to_string(++keys);
    auto const asker = world.clients.empty() ? 0 : world.clients[pick(world.clients.size())]->number();
    world.bid(lot, some_bidder(), Money::fen(price), name, {asker, ++requests},
              pick(2) == 0 ? engine::Consent::Given : engine::Consent::NotGiven);
  }

  void interfere(LotId lot) {
    engine::PersonId const by{900};
    std::string const reason = "现场情况需要处理,特此记录";
    switch (pick(7)) {
      case 0:
        return world.decide(engine::PauseLot{lot, by, reason});
      case 1:
      case 2:
        return world.decide(engine::ResumeLot{lot, by, reason});
      case 3:
        return world.decide(engine::DisqualifyBidder{lot, some_bidder(), by, reason});
      case 4:
      case 5:
        return world.decide(engine::ReinstateBidder{lot, some_bidder(), by, reason});
      default:
        world.wait(std::chrono::seconds{pick(240)});
        return world.decide(engine::Tick{});
    }
  }

  std::shared_ptr<FakeClient> enter() {
    switch (pick(3)) {
      case 0:
        return world.watcher();
      case 1:
        return world.supplier(some_bidder());
      default:
        return world.purchaser();
    }
  }

  static constexpr std::uint64_t bidders = 6;
  World world;
  std::vector<LotId> lots;
  std::map<LotId, std::int64_t> limit;
  std::uint64_t keys = 0, requests = 0;

 private:
  std::mt19937_64 random_;
};

// The lists of a snapshot end with the newest rows; a replica that was there longer has older ones too.
void expect_same(Replica const& pieced, Replica const& fresh, std::string const& stream) {
  EXPECT_EQ(pieced.offset, fresh.offset) << stream;
  EXPECT_EQ(pieced.members, fresh.members) << stream;
  for (auto const& [name, rows] : fresh.lists) {
    auto const found = pieced.lists.find(name);
    auto const mine = found == pieced.lists.end() ? std::vector<std::string>{} : found->second;
    ASSERT_GE(mine.size(), rows.size()) << stream << " " << name;
    EXPECT_TRUE(std::equal(rows.rbegin(), rows.rend(), mine.rbegin())) << stream << " " << name;
  }
}

// Everybody who is in asks once more, under another connection, and compares.
void expect_truth(Game& game, std::vector<std::shared_ptr<FakeClient>> const& inside) {
  game.world.publish();
  game.world.run();
  for (auto const& client : inside) {
    auto const actor = client->actor();
    auto const fresh = !actor                                   ? game.world.watcher()
                       : actor->role == modules::Role::Supplier ? game.world.supplier(actor->org)
                                                                : game.world.purchaser();
    game.world.subscribe(*fresh);
    game.world.run();
    for (auto const& [stream, replica] : client->replicas) expect_same(replica, fresh->replicas.at(stream), stream);
    game.world.hub.leave(fresh->number());
  }
  game.world.run();
}

class WireHub : public testing::TestWithParam<std::uint64_t> {};

TEST_P(WireHub, every_replica_equals_the_servers_picture_whatever_the_interleaving) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  Game game{GetParam()};
  auto rules = reverse_rules();
  game.open(engine::lot_id(InquiryId{1}, 1), rules);
  rules.step_basis = engine::StepBasis::Best;
  game.open(engine::lot_id(InquiryId{1}, 2), rules);
  game.open(engine::lot_id(InquiryId{2}, 1), sealed_rules());
  std::vector<std::shared_ptr<FakeClient>> inside;
  for (int round = 0; round < 600; ++round) {
    auto const choice = game.pick(20);
    if (choice < 9)
      game.bid(game.some_lot());
    else if (choice < 10)
      game.interfere(game.some_lot());
    else if (choice < 13)
      game.world.publish();
    else if (choice < 17)
      game.world.step();
    else if (choice < 18 && inside.size() < 12)
      game.world.subscribe(*inside.emplace_back(game.enter()));
    else if (choice == 18 && !inside.empty()) {
      // Gone, and back with its positions, perhaps after something happened.
      auto& client = inside[game.pick(inside.size())];
      game.world.hub.leave(client->number());
      if (game.pick(2) == 0) game.world.publish();
      if (game.pick(2) == 0) game.world.run();
      auto const actor = client->actor();
      auto const again = !actor                                   ? game.world.watcher()
                         : actor->role == modules::Role::Supplier ? game.world.supplier(actor->org)
                                                                  : game.world.purchaser();
      // What was on its way to the old connection is lost with it: the position is what it had taken.
      again->replicas = client->replicas;
      game.world.subscribe(*again, client->positions());
      client = again;
    } else if (choice == 19 && !inside.empty()) {
      game.world.subscribe(*inside[game.pick(inside.size())]);  // asks again: a fresh snapshot
    }
    if (testing::Test::HasFailure()) return;
  }
  expect_truth(game, inside);
}

TEST_P(WireHub, a_resumed_client_gets_the_bytes_that_those_who_stayed_got) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  Game game{GetParam()};
  game.open(engine::lot_id(InquiryId{1}, 1), reverse_rules());
  auto const stayed = game.world.supplier(BidderId{1});
  auto const left = game.world.supplier(BidderId{1});
  game.world.subscribe(*stayed);
  game.world.subscribe(*left);
  game.world.publish();
  game.world.run();
  auto const play = [&](int turns) {
    for (int i = 0; i < turns; ++i) {
      for (auto bids = game.pick(3); bids > 0; --bids) game.bid(game.lots[0]);
      game.world.publish();
      game.world.run();
    }
  };
  play(static_cast<int>(game.pick(40)));
  game.world.hub.leave(left->number());
  auto const seen = stayed->of_type("update").size();
  play(static_cast<int>(game.pick(100)));
  auto const back = game.world.supplier(BidderId{1});
  back->replicas = left->replicas;
  game.world.subscribe(*back, left->positions());
  game.world.run();
  auto missed = stayed->of_type("update");
  missed.erase(missed.begin(), missed.begin() + static_cast<std::ptrdiff_t>(seen));
  EXPECT_THAT(back->of_type("update"), testing::UnorderedElementsAreArray(missed));
  EXPECT_THAT(back->of_type("snapshot"), testing::SizeIs(0));
}

// The digits of a leaf say nothing: it is a hash over a salt. By chance they may be those of a price.
std::string without_leaves(std::string text) {
  constexpr std::string_view before = "\"leaf\":\"";
  constexpr std::size_t digits = 64;
  for (auto at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
    text.erase(at + before.size(), digits);
  }
  return text;
}

TEST_P(WireHub, a_sealed_lot_tells_nobody_a_price_or_a_count_before_it_closes) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  Game game{GetParam()};
  auto const lot = engine::lot_id(InquiryId{2}, 1);
  game.open(lot, sealed_rules());
  game.world.publish();
  game.world.run();
  std::vector<std::shared_ptr<FakeClient>> everybody{game.world.watcher(), game.world.purchaser()};
  for (std::uint64_t i = 1; i <= Game::bidders; ++i) everybody.push_back(game.world.supplier(BidderId{i}));
  for (auto const& client : everybody) game.world.subscribe(*client);
  game.world.run();
  auto const announced = everybody[0]->heard.size();

  std::vector<std::string> secrets;
  auto const quote = [&](std::int64_t fen, BidderId bidder) {
    auto const digits = std::to_string(fen / 100);
    secrets.push_back(digits);
    auto const& asker = everybody[1 + bidder.number()];
    game.world.bid(lot, bidder, Money::fen(fen), "q" + std::to_string(secrets.size()), {asker->number(), 1},
                   engine::Consent::NotGiven);
  };
  for (int i = 0; i < 60; ++i) {
    // Accepted ones, implausibly low ones and ones above the ceiling, all with digits nothing else has.
    auto const base = std::array<std::int64_t, 3>{7'373'700, 1'313'100, 73'737'300}[game.pick(3)];
    quote(base + static_cast<std::int64_t>(game.pick(90)) * 100, game.some_bidder());
    if (game.pick(3) == 0) game.world.publish();
    game.world.run();
  }
  game.world.publish();
  game.world.run();
  auto const late = game.world.purchaser();
  game.world.subscribe(*late);
  for (std::uint64_t i = 1; i <= Game::bidders; ++i) {
    for (std::size_t k = 1; k <= secrets.size(); ++k) {
      game.world.hub.ask(everybody[1 + i]->number(), lot, key("q" + std::to_string(k)));
    }
  }
  game.world.run();
  everybody.push_back(late);
  for (auto const& client : everybody) {
    for (auto const& heard : client->heard) {
      auto const text = without_leaves(heard);
      for (auto const& secret : secrets) ASSERT_EQ(text.find(secret), std::string::npos) << text;
      ASSERT_EQ(text.find("\"rank\""), std::string::npos) << text;
      ASSERT_EQ(text.find("\"bids\""), std::string::npos) << text;
      ASSERT_EQ(text.find("\"bidders\""), std::string::npos) << text;
    }
  }
  // Not even that something happened: the public and the supervision stream did not move.
  EXPECT_EQ(everybody[0]->heard.size(), announced);
  EXPECT_EQ(everybody[1]->of_type("update").size(), 0u);

  // The same test can fail: after the close the prices are there.
  game.world.wait(std::chrono::hours{2});
  game.world.decide(engine::Tick{});
  game.world.publish();
  game.world.run();
  auto const& result = everybody[0]->replicas.at("2-1/public").members.at("result");
  EXPECT_TRUE(std::ranges::any_of(secrets, [&](auto const& secret) { return result.contains(secret); })) << result;
}

INSTANTIATE_TEST_SUITE_P(Seeds, WireHub, testing::Range<std::uint64_t>(1, 41));

}  // namespace
