// An auction as a file: lots with their rules, bidders, and acts in order of time, ready for the engine.
//
//   {"ebb_auction": 1, "lots": [{"name": "A", "format": "reverse", …}], "bidders": [{"name": "acme"}],
//    "acts": [{"at": "+00:05:00", "do": "bid", "lot": "A", "bidder": "acme", "price": "99800.00"}]}
//
// tools/ebb/auctions/auction.schema.json says every member; the examples beside it are run by the tests. All lots are
// lots of one inquiry. An act may say what it expects, and a lot how it ends: so a file is a test.
//
// Thread: any. Failure: every problem of the file at once; then nothing of it may be run. No exception, no abort, and
// bounded time for any bytes.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/command.h"
#include "engine/event.h"
#include "tools/ebb/auction_problem.h"

namespace ebb::auction {

inline constexpr std::size_t acts_max = 100'000;

// Names of the file and the numbers the engine knows them by: 1, 2, … in order of appearance.
class Names {
 public:
  // The number of a new name; nothing: it is taken.
  std::optional<std::uint64_t> add(std::string const& name);
  std::optional<std::uint64_t> find(std::string const& name) const;
  std::string const& of(std::uint64_t number) const { return names_.at(number - 1); }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint64_t> numbers_;
};

// How a lot is to end; what is not said is not compared.
struct LotExpectation {
  std::optional<std::string> state;
  std::optional<engine::BidderId> winner;
  std::optional<engine::Money> price;
  std::optional<engine::Instant> closed_at;
  std::optional<std::vector<engine::BidderId>> ranking;
};

struct Act {
  engine::Instant at;
  std::string verb;
  engine::Command command;
  std::optional<std::size_t> bid_of;    // cancel_bid: the act whose bid is meant, as its place in File::acts
  std::optional<std::string> expected;  // "accepted", "repeated", or the code of a refusal
};

struct File {
  Names lots;
  Names bidders;
  Names persons;
  engine::Instant announced_at;          // when all lots are opened: at the first opening, or the first act before it
  std::vector<engine::OpenLot> opening;  // in order of the file
  std::vector<LotExpectation> expected;  // of each
  std::vector<Act> acts;

  std::string const& name(engine::LotId lot) const { return lots.of(engine::place_of(lot)); }
  std::string const& name(engine::BidderId bidder) const { return bidders.of(bidder.number()); }
  std::string const& name(engine::PersonId person) const { return persons.of(person.number()); }
};

std::expected<File, Problems> read_file(std::string_view text);

}  // namespace ebb::auction
