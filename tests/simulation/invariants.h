// What must hold whatever the day brings: one function each, fed by the world, silent while all is well.
//
// Thread: one. Failure: a broken promise is a failed test, said with the seed by whoever runs the day.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "engine/ports.h"

namespace simulation {

// A bid as its bidder knows it: sent, and what came back.
using BidName = std::tuple<engine::LotId, engine::BidderId, std::string>;
struct Acknowledged {
  engine::PlaceBid bid;
  std::uint64_t seq = 0;
  std::string outcome;  // "accepted" or the code of the refusal
};

// Prices of sealed quotes are drawn from here and from nowhere else, so that one that leaks is recognised by its face.
inline constexpr std::int64_t secret_from_fen = 7'000'000;
inline constexpr std::int64_t secret_to_fen = 8'000'000;

class Invariants {
 public:
  // What is told about the world.
  void asked(engine::Ticket ticket, engine::Command const& command);
  void published(engine::Turn const& turn);  // before the hub hears of it
  void acknowledged(engine::PlaceBid const& bid, std::uint64_t seq, std::string outcome);
  void crashed();  // what was not answered may never be

  // The promises.
  void every_command_gets_exactly_one_outcome();  // asked for when the inbox is empty
  void lead_never_rises(engine::Event const& event);
  void nobody_sees_what_view_forbids(std::optional<engine::BidderId> reader, std::string_view message);
  void a_decided_bid_survives(engine::Receipt const& again);  // the answer to the same bid sent again
  void equal_journals_give_equal_digests(std::uint64_t before, std::uint64_t after);

  std::map<BidName, Acknowledged> const& acknowledgements() const { return acknowledged_; }
  std::size_t outcomes() const { return outcomes_; }
  std::size_t messages() const { return messages_; }

 private:
  enum class Kind : std::uint8_t { Bid, Module, Other };
  std::map<std::uint64_t, Kind> open_;  // by Ticket::request
  std::uint64_t last_seq_ = 0;
  std::map<engine::LotId, engine::Money> lead_;
  std::set<engine::LotId> sealed_;  // not yet closed
  std::map<BidName, Acknowledged> acknowledged_;
  std::size_t outcomes_ = 0;
  std::size_t messages_ = 0;
};

std::string key_text(engine::BidKey const& key);

}  // namespace simulation
