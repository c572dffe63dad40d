// 628 real auctions with their real arrival times, mirrored: who bid up there, bids down here.
//
// The rules are applied a second time, by code that shares nothing with the engine and is simple enough to be checked
// by reading: that is what the server's outcomes are held against.
// Failure: throws where the file is not what it should be.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ebay {

struct Bid {
  std::size_t bidder = 0;       // within its auction, in order of appearance
  std::int64_t fen = 0;         // as bid upwards
  std::int64_t micro_days = 0;  // since the auction began
};
struct Auction {
  std::string id;
  std::int64_t opening_fen = 0;
  std::vector<Bid> bids;  // in order of arrival
};
// Nothing: the fixtures are not here.
std::optional<std::filesystem::path> fixture();
std::vector<Auction> read(std::filesystem::path const& file);

// How a mirrored lot is run.
enum class Basis : std::uint8_t { Own, Best };
struct LotRules {
  std::int64_t ceiling = 0;
  std::int64_t decrement = 0;
  Basis basis = Basis::Own;
  int min_bidders = 1;
};
struct PlannedBid {
  std::size_t bidder = 0;
  std::int64_t fen = 0;
  std::int64_t micro_days = 0;
  enum class Consent : std::uint8_t { NotGiven, Given } consent = Consent::NotGiven;
  std::string expected;  // code of the refusal; empty: accepted
};
struct Expected {
  std::string state;                  // after the close
  std::optional<std::size_t> winner;  // bidder
  std::int64_t price = 0;
  std::size_t accepted = 0;
};
struct Lot {
  LotRules rules;
  std::vector<PlannedBid> bids;
  Expected expected;
};
// `variety` chooses among mirrors, bases and numbers of bidders.
Lot mirror(Auction const& auction, std::size_t variety);

std::string yuan(std::int64_t fen);

}  // namespace ebay
