// What is bought on a demo day, how each auction goes, and who is there: names as a provincial platform would show
// them, all invented.
//
// Thread: any; constants.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/money.h"
#include "engine/rules.h"

namespace demo {

struct Good {
  std::string_view title;
  std::uint32_t quantity = 1;
  engine::Money ceiling;
};

// How it goes, so that a newcomer finds every ending there is.
enum class Fate : std::uint8_t {
  Sold,      // bids, a winner, a yes
  Paused,    // the same after a pause in the middle
  Declined,  // the winner says no; asking the next is left to whoever plays the purchaser
  Aborted,   // by the buyer, with a reason
  Ignored,   // nobody bids: FAILED_NO_BID
  Thin,      // sealed, one quote, a second window, still one: FAILED_FEW
};

enum class Signatures : std::uint8_t { NotAskedFor, AskedFor };

struct Auction {
  std::string_view title;
  std::string_view about;
  std::span<Good const> lots;
  engine::Format format = engine::Format::Reverse;
  std::chrono::seconds duration{180};
  std::size_t suppliers = 6;  // of the demo's own, 3 to 8; people are admitted besides
  Fate fate = Fate::Sold;
  Signatures signatures = Signatures::NotAskedFor;
};
std::span<Auction const> reverse_auctions();
std::span<Auction const> sealed_inquiries();
std::span<Auction const> odd_endings();  // short ones that do not end well

enum class Played : std::uint8_t { ByTheDemo, ByPeople };

struct Cast {
  std::string_view login;
  std::string_view display;
  std::string_view role;  // as the protocol writes it
  std::string_view org;
  std::string_view org_kind;
  std::string_view division;
  Played played = Played::ByTheDemo;
};
std::span<Cast const> cast();  // people's accounts first

}  // namespace demo
