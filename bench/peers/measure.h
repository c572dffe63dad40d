// The loop that drives every peer alike: so many clients, each with so many bids without an answer, and nothing else.
//
// Closed loop: a client bids again when it was answered, so the rate is what the peer gives and the latency is what a
// client that waits would see. A stall shows in the rate; percentiles of a closed loop flatter whoever stalls, which is
// why bench/load has an open one.
//
// Thread:  one for all clients. Failure: as engine::Result; a peer that is silent for ten seconds is one.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "bench/hdr_histogram.h"
#include "bench/peers/peer.h"

namespace bench::peers {

enum class Where : std::uint8_t { ManyLots, HotLot };

struct Course {
  Where where;
  std::uint32_t clients;
  std::uint32_t in_flight;  // bids of a client without an answer
  std::chrono::milliseconds warmup;
  std::chrono::milliseconds span;
};

// What a peer's clients remember from run to run.
struct Memory {
  std::vector<std::uint32_t> next_number;  // by client: no key twice
  std::vector<std::int64_t> next_fen;      // by lot
  std::uint64_t accepted = 0;              // of all runs, warm-up and end included
};

struct Figures {
  HdrHistogram latency{60'000'000'000};
  std::uint64_t accepted = 0;  // answered within the span
  std::uint64_t refused = 0;
  std::uint64_t heard = 0;  // messages of the listener, whole run
  double seconds = 0;
  double client_cpu = 0;  // seconds of it within the span
  double server_cpu = 0;
  double a_second() const { return static_cast<double>(accepted) / seconds; }
};

// `server`: process of the peer, for its processor time with that of its children; 0: not wanted.
engine::Result<Figures> run(Peer& peer, Memory& memory, Lots lots, Course const& course, int server);

// Bids that one client may make in one hot lot, before it goes on with the next of those given.
inline constexpr std::uint32_t attempts_in_a_hot_lot = 10'000;

}  // namespace bench::peers
