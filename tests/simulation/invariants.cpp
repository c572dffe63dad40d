// See the header.
#include "tests/simulation/invariants.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>

#include "modules/text.h"

namespace simulation {
namespace {

// "7" and four more digits, a point, two decimals, in quotes: the face of a secret price.
bool shows_a_secret(std::string_view message) {
  auto const digit = [&](std::size_t at) { return std::isdigit(static_cast<unsigned char>(message[at])) != 0; };
  for (auto at = message.find("\"7"); at != std::string_view::npos; at = message.find("\"7", at + 1)) {
    if (at + 10 > message.size()) return false;
    bool const fits = digit(at + 2) && digit(at + 3) && digit(at + 4) && digit(at + 5) && message[at + 6] == '.' &&
                      digit(at + 7) && digit(at + 8) && message[at + 9] == '"';
    if (fits) return true;
  }
  return false;
}

bool is_about(std::string_view message, engine::LotId lot) {
  auto const name = "\"" + modules::lot_text(lot);
  return message.find(name + "\"") != std::string_view::npos || message.find(name + "/") != std::string_view::npos;
}

engine::Receipt const* receipt_in(engine::Event const& event) {
  if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) return &accepted->receipt;
  if (auto const* accepted = std::get_if<engine::QuoteAccepted>(&event)) return &accepted->receipt;
  if (auto const* refused = std::get_if<engine::BidRefused>(&event)) return &refused->receipt;
  if (auto const* repeated = std::get_if<engine::BidRepeated>(&event)) return &repeated->original;
  return nullptr;
}

}  // namespace

std::string key_text(engine::BidKey const& key) {
  return {key.text.begin(), std::ranges::find(key.text, '\0')};
}

void Invariants::asked(engine::Ticket ticket, engine::Command const& command) {
  auto kind = Kind::Other;
  if (std::holds_alternative<engine::PlaceBid>(command)) kind = Kind::Bid;
  if (std::holds_alternative<engine::ModuleCommand>(command)) kind = Kind::Module;
  EXPECT_TRUE(open_.try_emplace(ticket.request, kind).second) << "a ticket was used twice";
}

void Invariants::published(engine::Turn const& turn) {
  for (auto const& decided : turn.decided) {
    EXPECT_EQ(decided.seq.number(), last_seq_ + 1) << "seqs are dense";
    last_seq_ = decided.seq.number();
    std::size_t receipts = 0;
    std::size_t answers = 0;
    for (auto i = decided.first_event; i < decided.last_event; ++i) {
      auto const& event = turn.events[i];
      lead_never_rises(event);
      receipts += receipt_in(event) != nullptr ? 1U : 0U;
      answers += std::holds_alternative<engine::ModuleAnswered>(event) ? 1U : 0U;
      if (auto const* scheduled = std::get_if<engine::LotScheduled>(&event)) {
        if (scheduled->rules().format == engine::Format::Sealed) sealed_.insert(scheduled->lot);
      } else if (auto const* closed = std::get_if<engine::LotClosed>(&event)) {
        sealed_.erase(closed->lot);
      }
    }
    auto const ours = decided.parent.is_given() ? open_.end() : open_.find(decided.ticket.request);
    if (ours == open_.end()) continue;
    EXPECT_EQ(receipts, ours->second == Kind::Bid ? 1U : 0U) << "receipts of seq " << last_seq_;
    EXPECT_EQ(answers, ours->second == Kind::Module ? 1U : 0U) << "answers of seq " << last_seq_;
    ++outcomes_;
    open_.erase(ours);
  }
}

void Invariants::acknowledged(engine::PlaceBid const& bid, std::uint64_t seq, std::string outcome) {
  BidName const name{bid.lot, bid.bidder, key_text(bid.key)};
  auto const [known, is_new] = acknowledged_.try_emplace(name, Acknowledged{bid, seq, outcome});
  if (is_new) return;
  EXPECT_EQ(known->second.seq, seq) << std::get<2>(name) << " was decided twice";
  EXPECT_EQ(known->second.outcome, outcome) << std::get<2>(name);
}

void Invariants::crashed() {
  open_.clear();
  last_seq_ = 0;  // the replay counts from the beginning
  lead_.clear();
  sealed_.clear();
}

void Invariants::every_command_gets_exactly_one_outcome() {
  EXPECT_TRUE(open_.empty()) << open_.size() << " commands were taken and never answered";
}

void Invariants::lead_never_rises(engine::Event const& event) {
  if (auto const* accepted = std::get_if<engine::BidAccepted>(&event)) {
    auto const [lead, is_first] = lead_.try_emplace(accepted->receipt.lot, accepted->placed.best);
    EXPECT_TRUE(is_first || accepted->placed.best <= lead->second) << modules::lot_text(accepted->receipt.lot);
    lead->second = accepted->placed.best;
  } else if (auto const* out = std::get_if<engine::BidderDisqualified>(&event)) {
    lead_.erase(out->lot);  // the one thing that may raise it: the leader's bids were voided
  } else if (auto const* in = std::get_if<engine::BidderReinstated>(&event)) {
    lead_.erase(in->lot);
  }
}

void Invariants::nobody_sees_what_view_forbids(std::optional<engine::BidderId> reader, std::string_view message) {
  ++messages_;
  if (shows_a_secret(message)) {
    for (auto const lot : sealed_) {
      EXPECT_FALSE(is_about(message, lot)) << "a sealed price before its close: " << message;
    }
  }
  auto const mine = reader ? "\"b" + std::to_string(reader->number()) + "." : std::string{};
  // Keys begin with their bidder's number: another's key is another's receipt.
  for (auto at = message.find("\"key\":\"b"); at != std::string_view::npos; at = message.find("\"key\":\"b", at + 1)) {
    EXPECT_TRUE(reader && message.substr(at + 6).starts_with(mine)) << "another's receipt: " << message;
  }
}

void Invariants::a_decided_bid_survives(engine::Receipt const& again) {
  auto const known = acknowledged_.find({again.lot, again.bidder, key_text(again.key)});
  if (known == acknowledged_.end()) return;
  EXPECT_EQ(again.seq.number(), known->second.seq) << "an acknowledged bid was decided anew";
  EXPECT_EQ(again.refusal ? std::string{again.refusal->kind->code} : "accepted", known->second.outcome);
}

void Invariants::equal_journals_give_equal_digests(std::uint64_t before, std::uint64_t after) {
  EXPECT_EQ(before, after) << "the replay remembers something else";
}

}  // namespace simulation
