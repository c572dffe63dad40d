// Was it all true? What a load run saw of one lot, held against what the server says about it afterwards.
//
// The checker believes nobody: it computes the winner itself, wants every acknowledged bid in the history once, in
// order and at its price, nothing in the history that nobody bid, and every watcher's stream dense and ending in the
// same picture. It is pure, so that its own tests can feed it every lie.
//
// Failure: none; a difference is a sentence.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/money.h"

namespace bench::load {

// A bid whose receipt said "accepted".
struct Acknowledged {
  std::uint64_t seq = 0;
  std::uint32_t supplier = 0;
  engine::Money price;
};

// Where one client's stream ended.
struct StreamEnd {
  std::string whose;
  std::vector<std::string> faults;
  std::map<std::string, std::string, std::less<>> picture;
};

struct SeenLot {
  std::string lot;
  std::vector<Acknowledged> accepted;      // in any order
  std::size_t unanswered = 0;              // bids whose fate nobody learned
  std::vector<std::string> wrong_answers;  // refusals and receipts that the plan did not expect
  std::vector<std::string> suppliers;      // names, by place
  std::vector<StreamEnd> watchers;         // of the public stream: all must end equal
  std::vector<StreamEnd> others;           // own streams: must be dense
};

struct HistoryLine {
  std::uint64_t seq = 0;
  std::string alias;
  engine::Money price;
};

struct ToldLot {
  std::string state;
  std::vector<HistoryLine> history;  // as the server gave it
  std::optional<std::string> winner;
  std::optional<engine::Money> winning_price;
};

// Lowest price, then earliest seq; each supplier counts once, with its last bid. Empty: nobody bid.
std::optional<Acknowledged> winner_of(std::vector<Acknowledged> const& accepted);

// Empty: what was seen and what was told are the same.
std::vector<std::string> differences(SeenLot const& seen, ToldLot const& told);

std::string in_yuan(engine::Money money);
std::optional<engine::Money> from_yuan(std::string_view text);

}  // namespace bench::load
