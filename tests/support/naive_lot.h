// The twin of the engine that nobody could get wrong: a vector of everything that happened, scanned for every answer.
//
// Shares no code with engine/lot, book, attempts or award; only the vocabulary (commands, events, rules, evaluation).
// Slow on purpose: what the engine keeps, this computes anew. Property tests compare the two event by event.
//
// naive_lot.cpp      who counts, and whether a bid may be
// naive_stage.cpp    what time does: stages, the close, the order after it
// naive_proxy.cpp    automatic bids
// naive_decision.cpp the other commands to a lot
// naive_hall.cpp     many lots: openings, series, releases, outages
//
// Thread: none of its own. Failure: none, it refuses as the engine does. Memory: grows with what happens.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "engine/event.h"
#include "engine/figure.h"
#include "engine/ports.h"

namespace support {

inline std::optional<engine::Refusal> no(engine::RefusalKind const& kind, engine::Figure actual = {},
                                         engine::Figure limit = {}) {
  return engine::Refusal{&kind, actual, limit};
}

// The command under way, and the moment it brings about.
struct NaiveCause {
  engine::Seq seq;
  engine::Instant at;
};

// One attempt to bid as it was answered, or a bid that a proxy made.
struct NaiveTry {
  engine::PlaceBid bid;
  engine::Receipt receipt;
  bool automatic = false;
  bool voided = false;
  bool pending = false;  // of the turn under way: counts once it is over
  std::optional<engine::Signature> unverified{};
  bool accepted() const { return !receipt.refusal; }
  bool valid() const { return accepted() && !voided && !pending; }
};

// A proxy that was set once; its place in the list is the order of setting.
struct NaiveProxy {
  engine::BidderId bidder;
  engine::Money limit;
  engine::Money step;
  std::size_t place = 0;
  bool active = true;
};

struct NaiveLot {
  engine::OpenLot opened;
  engine::LotState state = engine::LotState::Scheduled;
  engine::LotState before_pause = engine::LotState::Running;
  engine::LotState outcome = engine::LotState::Scheduled;  // what a pending result will be
  bool waits = false;                                      // in series, for the lot before
  engine::Instant start, end, cap, paused_at, until;
  engine::Stage stage;
  std::optional<engine::Evaluated> lead_at_round_start;  // from the second round
  int quoting_windows = 1;
  int late_extensions = 0;              // of the round
  std::vector<engine::BidderId> turns;  // of the round, worst first
  engine::BidderId taker;               // dutch
  engine::Money taken;                  // at which price
  bool sealed_bids_over = false;        // dutch
  std::vector<NaiveTry> tries;          // in order of arrival
  std::vector<NaiveProxy> proxies;
  std::set<engine::BidderId> disqualified, eliminated, declined;
  std::vector<engine::Standing> closed;  // by rank at close
  bool few = false;                      // fewer bidders than usual, to be approved
  engine::BidderId asked;

  // Of the command under way: what the hall has to carry on to other lots.
  bool extended_already = false;
  engine::Duration extended_by{};
  bool ended_now = false;

  engine::LotRules const& rules() const { return opened.rules; }
  bool is(engine::Format format) const { return rules().format == format; }
  bool live() const { return engine::is_live(state); }
  bool before_close() const;
  bool takes_open_bids() const;  // reverse, in Bidding or Quiet
  bool hides_prices() const;
  bool hides_order() const;
  engine::Duration first_stage() const;
  void schedule(engine::Instant at);

  // Who counts (naive_lot.cpp).
  bool admits(engine::BidderId bidder) const;
  engine::Evaluation evaluation(engine::BidderId bidder) const;
  engine::Evaluated key(engine::BidderId bidder, engine::Money price) const;
  engine::Evaluated key(NaiveTry const& counted) const { return key(counted.bid.bidder, counted.bid.price); }
  engine::Money reference(engine::Evaluated const& key, engine::BidderId bidder) const;
  engine::Money decrement(engine::Money reference) const;
  engine::Money level_price(int level) const;
  NaiveTry const* last_valid(engine::BidderId bidder) const;
  NaiveTry* pending_of(engine::BidderId bidder);
  bool counts(engine::BidderId bidder) const;
  std::vector<NaiveTry const*> ranking() const;  // counted bids, leader first
  std::vector<engine::BidderId> order() const;
  std::uint16_t shown_rank(engine::BidderId bidder) const;  // 0 = none
  engine::Placed placed(NaiveTry const& bid, std::uint16_t previous_rank) const;

  // A bid (naive_lot.cpp).
  engine::Money top(engine::BidderId bidder) const;
  std::optional<engine::Refusal> judge_moment(engine::BidderId bidder, engine::Instant at) const;
  std::optional<engine::Refusal> judge_stage(engine::BidderId bidder, engine::Instant at) const;
  std::optional<engine::Refusal> judge_reverse(engine::BidderId bidder, engine::Money price, bool by_hand) const;
  std::optional<engine::Refusal> judge_price(engine::BidderId bidder, engine::Money price) const;
  std::optional<engine::Refusal> judge_slip(engine::BidderId bidder, engine::Money price) const;
  std::optional<engine::Refusal> judge(engine::PlaceBid const& bid, engine::Instant at, bool is_signed) const;
  void place(engine::PlaceBid const& bid, engine::PlaceSurrogateBid const* surrogate,
             engine::Signature const* signature, NaiveCause cause, engine::Events& out);
  void extend_late(engine::Instant at, std::uint16_t rank, engine::Events& out);

  // Time (naive_stage.cpp).
  engine::Instant due() const;
  void act(NaiveCause cause, engine::Events& out);
  void enter(engine::StageKind kind, engine::Duration length, engine::Events& out, int round = 1, int turn = 0,
             engine::BidderId bidder = {}, engine::Money level = {});
  void begin(engine::Events& out);
  void stage_over(NaiveCause cause, engine::Events& out);
  void bidding_over(NaiveCause cause, engine::Events& out);
  void round_over(NaiveCause cause, engine::Events& out);
  void begin_elimination_round(NaiveCause cause, engine::Events& out);
  void first_quotes_over(engine::Events& out);
  void begin_turns(engine::Events& out);
  void next_turn(std::size_t place, engine::Events& out);
  void turn_over(engine::Events& out);
  void level_over(engine::Events& out);
  void take(engine::BidderId bidder, engine::Money price, engine::Instant at, engine::Events& out);
  void sealed_bids_end(engine::Events& out);
  void begin_best_bid(engine::Events& out);
  void open_quotes(engine::Events& out);

  // The close and after (naive_stage.cpp).
  std::vector<engine::Standing> left() const;  // not declined, renumbered
  void close(engine::Events& out, engine::Instant at);
  std::vector<engine::Seq> unverified() const;
  void release(engine::Instant at, engine::Events& out);
  void ask_somebody(engine::Instant at, engine::Events& out);
  void ask(engine::BidderId bidder, engine::Instant at, engine::Events& out);
  void lose(engine::PersonId by, engine::AwardOutcome outcome, engine::Instant at, engine::Events& out);
  void push_end(engine::Instant frozen, engine::Instant thawed);
  engine::LotClosed close_event() const;
  std::vector<engine::BidderId> selectable() const;

  // Automatic bids (naive_proxy.cpp).
  NaiveProxy* active_proxy(engine::BidderId bidder);
  bool has_proxy(engine::BidderId bidder) const;
  bool is_better(NaiveProxy const& a, NaiveProxy const& b) const;
  bool can_beat(NaiveProxy const& proxy, engine::Evaluated const& key) const;
  void end_proxy(engine::BidderId bidder, engine::ProxyEnd because, engine::PersonId by, engine::Events& out);
  void place_automatic(NaiveProxy const& proxy, engine::Money price, NaiveCause cause, engine::Events& out);
  void try_limit(NaiveProxy const& proxy, NaiveCause cause, engine::Events& out);
  void outbid(NaiveProxy const& proxy, NaiveCause cause, engine::Events& out);
  void let_proxies_act(NaiveCause cause, engine::Events& out);
};

// A command other than a bid to a lot: what is wrong with it, or done (naive_decision.cpp).
std::optional<engine::Refusal> decide(NaiveLot& lot, engine::Command const& command, NaiveCause cause,
                                      engine::Events& out);

class NaiveHall {
 public:
  void apply(engine::Sequenced const& command, engine::Events& out);
  engine::Instant now() const { return now_; }
  engine::Instant next_due() const;
  std::map<engine::LotId, NaiveLot> const& lots() const { return lots_; }

 private:
  void decide_one(engine::Command const& command, NaiveCause cause, engine::Events& out);
  void advance(NaiveCause until, engine::Events& out);
  void carry_on(NaiveLot& lot, engine::Instant at, engine::Events& out);
  void release_together(NaiveLot const& ended, engine::Instant at, engine::Events& out);
  void outage(engine::Instant from, NaiveCause until, engine::Events& out);
  std::optional<engine::Refusal> judge(engine::OpenLot const& open, engine::Instant at) const;
  void open(engine::OpenLot const& open, NaiveCause cause, engine::Events& out);
  void bid(engine::PlaceBid const& bid, engine::PlaceSurrogateBid const* surrogate, engine::Signature const* signature,
           NaiveCause cause, engine::Events& out);

  engine::Instant now_{};
  std::map<engine::LotId, NaiveLot> lots_;
};

}  // namespace support
