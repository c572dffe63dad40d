// The twin of the engine that nobody could get wrong: a vector of everything that happened, scanned for every answer.
//
// Shares no code with engine/lot, book, attempts or award; only the vocabulary (commands, events, rules). Slow on
// purpose: what the engine keeps, this computes anew. Property tests compare the two event by event.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"

namespace support {

// One attempt to bid as it was answered.
struct NaiveTry {
  engine::PlaceBid bid;
  engine::Receipt receipt;
  bool accepted() const { return !receipt.refusal; }
};

struct NaiveLot {
  engine::OpenLot opened;
  engine::LotState state = engine::LotState::Scheduled;
  engine::LotState before_pause = engine::LotState::Running;
  engine::Instant start, end, cap, paused_at, until;
  int quoting_windows = 1;
  std::vector<NaiveTry> tries;
  std::set<engine::BidderId> disqualified;
  std::set<engine::BidderId> declined;
  std::vector<engine::Standing> closed;  // by rank at close
  bool few = false;                      // fewer bidders than usual, to be approved
  engine::BidderId asked;

  engine::LotRules const& rules() const { return opened.rules; }
  bool sealed() const { return rules().format == engine::Format::Sealed; }
  bool live() const { return engine::is_live(state); }
  bool admits(engine::BidderId bidder) const;
  NaiveTry const* last_accepted(engine::BidderId bidder) const;
  std::vector<NaiveTry const*> ranking() const;  // counted bids by raw price, then order
  std::vector<engine::Standing> left() const;    // not declined, renumbered
  engine::Instant due() const;

  void act(engine::Events& out);
  void close(engine::Events& out);
  void ask(engine::BidderId bidder, engine::Instant at, engine::Events& out);
  void lose(engine::PersonId by, engine::AwardOutcome outcome, engine::Instant at, engine::Events& out);
  void push_end(engine::Instant frozen, engine::Instant thawed);
  engine::LotClosed close_event() const;
  std::vector<engine::BidderId> selectable() const;
};

class NaiveHall {
 public:
  void apply(engine::Sequenced const& command, engine::Events& out);
  engine::Instant now() const { return now_; }
  engine::Instant next_due() const;
  std::map<engine::LotId, NaiveLot> const& lots() const { return lots_; }

 private:
  void advance(engine::Instant until, engine::Events& out);
  void outage(engine::Instant from, engine::Instant until, engine::Events& out);

  engine::Instant now_{};
  std::map<engine::LotId, NaiveLot> lots_;
};

}  // namespace support
