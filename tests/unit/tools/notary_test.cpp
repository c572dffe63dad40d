// What the notary makes of signed bids: who hears it, what it notes, and what it does while the inbox has no room.
#include "tools/ebb/notary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/support/manual_clock.h"
#include "tests/support/memory_tables.h"
#include "tools/client/signer.h"

namespace {

using ebb_client::Signer;
using engine::LotId;
using engine::NoteSignatures;
using engine::Seq;
using engine::SigningKeyId;

std::string const house(64, 'a');
constexpr engine::OrgId anna{5};
constexpr engine::OrgId bella{6};
constexpr LotId first_lot{(12 << 8) | 1};
constexpr LotId second_lot{(12 << 8) | 2};

class Hearing final : public engine::Outlet {
 public:
  void publish(std::unique_ptr<engine::Turn const> turn) override { turns.push_back(std::move(turn)); }
  std::vector<std::unique_ptr<engine::Turn const>> turns;
};

// A notary between an engine that only says what the test says, and an inbox that the test drains.
class Notary : public testing::Test {
 protected:
  explicit Notary(std::size_t inbox_max = 16) : inbox_(clock_, inbox_max) {
    register_key(SigningKeyId{1}, anna, Signer::Algorithm::EcdsaP256);
    register_key(SigningKeyId{2}, bella, Signer::Algorithm::Sm2);
  }

  void register_key(SigningKeyId id, engine::OrgId org, Signer::Algorithm algorithm) {
    auto signer = Signer::make(algorithm);
    ASSERT_TRUE(signer) << signer.error().what;
    keys_[id] = {org, static_cast<gateway::SigningAlgorithm>(algorithm), signer->public_key(), Seq{1}, Seq{}};
    signers_.emplace(id, *std::move(signer));
  }
  engine::PlaceBid bid(LotId lot, engine::OrgId org) {
    engine::PlaceBid bid{lot, org, engine::PersonId{9}, engine::Money::fen(90'000 - 100 * ++bids_), {}, {}};
    std::ranges::copy("k" + std::to_string(bids_), bid.key.text.begin());
    return bid;
  }
  // As its supplier signs it, with that key.
  engine::Signature sign(engine::PlaceBid const& bid, SigningKeyId key) {
    engine::Signature signature{key, {}};
    auto const bytes = signers_.at(key).sign(gateway::signed_text(house, bid));
    EXPECT_TRUE(bytes);
    if (bytes) std::ranges::copy(*bytes, signature.bytes.begin());
    return signature;
  }
  engine::BidSigned good(std::uint64_t seq, LotId lot = first_lot) {
    auto const placed = bid(lot, anna);
    return {placed, Seq{seq}, {}, sign(placed, SigningKeyId{1})};
  }
  // At another price than was signed.
  engine::BidSigned forged(std::uint64_t seq, LotId lot = first_lot) {
    auto told = good(seq, lot);
    told.bid.price = told.bid.price - engine::Money::fen(1);
    return told;
  }

  void begin(engine::Hall const& hall = {}) { notary_.begin(hall); }
  void publish(std::vector<engine::BidSigned> const& bids) {
    auto turn = std::make_unique<engine::Turn>();
    for (auto const& bid : bids) {
      turn->events.push_back(engine::OutageNoted{});  // others come between
      turn->events.push_back(bid);
    }
    notary_.publish(std::move(turn));
  }
  // Waits for the next `count` commands in the inbox.
  std::vector<NoteSignatures> notes(std::size_t count) {
    std::vector<NoteSignatures> notes;
    while (notes.size() < count) {
      inbox_.wait(engine::never);
      engine::Inbox::Batch batch;
      inbox_.drain(batch, 1);
      for (auto const& entry : batch.entries) notes.push_back(std::get<NoteSignatures>(entry.command));
    }
    return notes;
  }
  // All that is noted of the lot until it is noted through that bid.
  std::vector<Seq> invalid_through(Seq last, LotId lot = first_lot) {
    std::vector<Seq> invalid;
    for (Seq through; through != last;) {
      auto const note = notes(1).front();
      EXPECT_EQ(note.lot, lot);
      EXPECT_GT(note.through, through);
      through = note.through;
      invalid.insert(invalid.end(), note.invalid.begin(), note.invalid.end());
    }
    return invalid;
  }

  support::ManualClock clock_;
  support::MemoryTables tables_;
  engine::Inbox inbox_;
  gateway::Metrics metrics_;
  gateway::Log log_{gateway::Log::Level::Error};
  Hearing hearing_;
  std::map<SigningKeyId, gateway::RegisteredKey> keys_;
  std::map<SigningKeyId, Signer> signers_;
  int bids_ = 0;
  ebb::Notary notary_{house,
                      [this](SigningKeyId id, engine::TableReader const&) -> std::optional<gateway::RegisteredKey> {
                        auto const found = keys_.find(id);
                        return found == keys_.end() ? std::nullopt : std::optional{found->second};
                      },
                      {tables_, inbox_, metrics_, log_, hearing_}};
};

TEST_F(Notary, passes_on_every_turn_and_notes_only_what_came_behind_the_replay) {
  publish({forged(3)});
  EXPECT_EQ(hearing_.turns.size(), 1U);
  begin();
  publish({});
  publish({good(4)});
  EXPECT_EQ(hearing_.turns.size(), 3U);
  auto const note = notes(1).front();
  EXPECT_EQ(note.through, Seq{4});
  EXPECT_TRUE(note.invalid.empty());
}

TEST_F(Notary, names_the_bids_whose_signature_does_not_hold) {
  begin();
  auto others_key = good(5);
  others_key.bid.bidder = bella;
  auto unknown = good(6);
  unknown.signature.key = SigningKeyId{99};
  publish({good(3), forged(4), others_key, unknown, good(7)});
  EXPECT_EQ(invalid_through(Seq{7}), (std::vector{Seq{4}, Seq{5}, Seq{6}}));
  notary_.stop();
  auto const told = metrics_.text();
  EXPECT_NE(told.find("ebb_signatures_verified_total 5\n"), std::string::npos) << told;
  EXPECT_NE(told.find("ebb_signatures_invalid_total 3\n"), std::string::npos) << told;
}

TEST_F(Notary, verifies_sm2_as_well) {
  begin();
  auto const placed = bid(first_lot, bella);
  auto another = bid(first_lot, bella);
  publish({{placed, Seq{3}, {}, sign(placed, SigningKeyId{2})}, {another, Seq{4}, {}, sign(placed, SigningKeyId{2})}});
  EXPECT_EQ(invalid_through(Seq{4}), std::vector{Seq{4}});
}

TEST_F(Notary, notes_each_lot_through_its_own_last_bid) {
  begin();
  publish({good(3), forged(4, second_lot), good(5), good(6, second_lot)});
  std::map<LotId, Seq> through;
  std::vector<Seq> invalid;
  while (through[first_lot] != Seq{5} || through[second_lot] != Seq{6}) {
    auto const note = notes(1).front();
    through[note.lot] = note.through;
    invalid.insert(invalid.end(), note.invalid.begin(), note.invalid.end());
  }
  EXPECT_EQ(invalid, std::vector{Seq{4}});
}

TEST_F(Notary, loses_none_of_more_than_it_verifies_at_once) {
  begin();
  auto const one = good(1);
  std::vector<engine::BidSigned> many(ebb::Notary::verified_at_once + 10, one);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].seq = Seq{i + 2};
  publish(many);
  EXPECT_TRUE(invalid_through(many.back().seq).empty());
}

TEST_F(Notary, names_no_more_bids_in_a_note_than_the_engine_takes) {
  begin();
  auto one = good(1);
  one.signature.key = SigningKeyId{99};
  std::vector<engine::BidSigned> many(2 * engine::limits::invalid_signatures_a_note + 1, one);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].seq = Seq{i + 2};
  publish(many);
  std::size_t named = 0;
  for (Seq through; through != many.back().seq;) {
    auto const note = notes(1).front();
    EXPECT_LE(note.invalid.size(), engine::limits::invalid_signatures_a_note);
    named += note.invalid.size();
    through = note.through;
  }
  EXPECT_EQ(named, many.size());
}

// What a start finds: the hall was decided again, and its tables know the keys.
TEST_F(Notary, takes_at_the_start_what_the_hall_has_unverified) {
  engine::Hall hall;
  engine::OpenLot open;
  open.lot = first_lot;
  open.rules.format = engine::Format::Reverse;
  open.rules.ceiling = engine::Money::fen(100'000);
  open.rules.decrement = engine::Money::fen(1);
  open.rules.duration = std::chrono::minutes{10};
  open.rules.hard_cap = std::chrono::minutes{20};
  open.rules.signed_bids = true;
  open.opens_at = clock_.now();
  open.admitted = {{anna, {}}};
  auto const placed = bid(first_lot, anna);
  engine::Events events;
  hall.apply({Seq{1}, {}, clock_.now(), {}, {}, open}, events);
  hall.apply({Seq{2}, {}, clock_.now(), {}, {}, engine::PlaceSignedBid{placed, sign(placed, SigningKeyId{1})}}, events);
  ASSERT_TRUE(std::holds_alternative<engine::BidSigned>(events.back()));
  begin(hall);
  EXPECT_TRUE(invalid_through(Seq{2}).empty());
}

class NotaryWithoutRoom : public Notary {
 protected:
  NotaryWithoutRoom() : Notary(1) { EXPECT_EQ(inbox_.offer({}, engine::Tick{}), engine::Offer::Taken); }
  void make_room() {
    engine::Inbox::Batch batch;
    inbox_.drain(batch, 1);
    ASSERT_EQ(batch.entries.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<engine::Tick>(batch.entries.front().command));
  }
};

TEST_F(NotaryWithoutRoom, comes_again_until_there_is_some) {
  begin();
  publish({good(3)});
  publish({forged(4)});
  make_room();
  EXPECT_EQ(invalid_through(Seq{4}), std::vector{Seq{4}});
}

TEST_F(NotaryWithoutRoom, stops_with_what_it_could_not_note) {
  begin();
  publish({good(3)});
  notary_.stop();
  make_room();
  EXPECT_EQ(inbox_.depth(), 0U);
}

TEST_F(Notary, ends_quietly_behind_a_closed_inbox) {
  inbox_.close();
  begin();
  publish({good(3)});
  notary_.stop();
  publish({good(4)});
  EXPECT_EQ(hearing_.turns.size(), 2U);
}

TEST_F(Notary, that_never_began_stops_as_well) {
  notary_.stop();
}

}  // namespace
