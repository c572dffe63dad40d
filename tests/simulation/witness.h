// Who hears everything that is published, holds it against every promise, and counts what was seen.
//
// Thread: one.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulation/byte_journal.h"
#include "tests/simulation/picture.h"
#include "tests/simulation/promises.h"
#include "tests/simulation/secrets.h"

namespace simulation {

// What the days reached: a day on which nothing happened proves nothing.
struct Reached {
  std::array<std::uint64_t, std::variant_size_v<engine::Event>> events{};
  std::array<std::uint64_t, 64> refusals{};                      // by RefusalKind::number
  std::array<std::array<std::uint64_t, 16>, 8> states{};         // by Format, LotState
  std::array<std::uint64_t, 8> stages{};                         // by StageKind
  std::array<std::uint64_t, 8> extensions{};                     // by ExtendedBecause
  std::array<std::uint64_t, 8> proxy_ends{};                     // by ProxyEnd
  std::array<std::uint64_t, 4> releases{};                       // by Release, of lots released
  std::uint64_t commands = 0, bids = 0, hidden = 0, limits = 0;  // decided; accepted; secrets hunted
  std::uint64_t crashes = 0, refused_commits = 0, unheard_commits = 0, replayed = 0, snapshots = 0, clock_jumps = 0,
                repeats = 0;

  void add(Reached const& other);
};

class Witness {
 public:
  explicit Witness(ByteJournal const& journal) : journal_(journal) {}  // outlives the witness

  void published(engine::Turn const& turn);
  void restarted(engine::Seq behind);  // the replay tells everything again that is behind it
  // Whether every word of what was published before has been said again.
  void replay_is_over();
  void hold(Broken const& broken);

  Picture const& picture() const { return picture_; }
  Secrets& secrets() { return secrets_; }
  Reached& reached() { return reached_; }
  std::vector<std::string> const& broken() const { return broken_; }
  engine::Seq last() const { return engine::Seq{said_.size()}; }

 private:
  void decided(engine::Sequenced const& command, std::span<engine::Event const> events);
  void judge(Scene const& scene, engine::Event const& event);
  void keep_secrets(engine::Sequenced const& command, engine::Event const& event, KnownLot const* lot);
  void count(engine::Event const& event);

  ByteJournal const& journal_;
  Picture picture_;
  Secrets secrets_;
  Reached reached_;
  std::vector<std::uint64_t> said_;  // by seq - 1: hash of the events that were published
  std::uint64_t heard_ = 0;          // in this life, replay included
  engine::Instant now_{};
  std::vector<std::string> broken_;
};

}  // namespace simulation
