// What is measured side by side: a server that takes bids and answers each when it is durable.
//
// Ebb is one of the peers. All are driven by the same loop (measure.h), with the same bids, so that what differs is the
// server and the protocol its own clients would speak.
//
// Thread:  one. Failure: as engine::Result, with what the peer said.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports.h"

namespace bench::peers {

struct Bid {
  std::uint32_t lot;     // as counted by Peer::open()
  std::uint32_t number;  // of this client's bids: what makes its key
  std::int64_t fen;
};

enum class Outcome : std::uint8_t { Accepted, Refused };

// One client's connection. Answers come in the order of the bids.
class Line {
 public:
  virtual ~Line() = default;
  virtual int socket() const = 0;
  virtual void bid(Bid const& bid) = 0;     // queued
  virtual engine::Result<void> send() = 0;  // what is queued
  // What has come, without waiting.
  virtual engine::Result<void> receive(std::vector<Outcome>& answers) = 0;
};

// Somebody who hears of every bid in the lots and says nothing.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual int socket() const = 0;
  virtual engine::Result<std::uint64_t> receive() = 0;  // messages heard since the last call
};

// Lots opened together.
struct Lots {
  std::uint32_t first;
  std::uint32_t count;
};

class Peer {
 public:
  virtual ~Peer() = default;
  virtual std::string_view name() const = 0;
  // Fresh lots in which the first `bidders` clients may bid, each so often in each.
  virtual engine::Result<Lots> open(std::uint32_t count, std::uint32_t bidders, std::uint32_t attempts_each) = 0;
  virtual engine::Result<std::unique_ptr<Line>> line(std::uint32_t client) = 0;
  virtual engine::Result<std::unique_ptr<Listener>> listener(Lots lots) = 0;
  // How many bids it has kept since the start, by its own books.
  virtual engine::Result<std::uint64_t> kept() = 0;
};

inline constexpr std::int64_t ceiling_fen = 1'000'000'000;
inline constexpr std::int64_t step_fen = 100;

}  // namespace bench::peers
