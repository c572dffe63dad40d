// Watches a hall from outside: what every event promises, held against those before it; and what the day's next step
// may aim at, such as the best price or the level that is asked now.
//
// It knows the lots only by their events, so it shares no state with the engine. A promise that is broken is said in
// one line, then the program aborts: the fuzzer keeps the input.
//
// Thread: one. Failure: abort. Memory: grows with the lots and bidders of one input.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/event.h"
#include "engine/ports.h"

namespace fuzz {

// What is seen of one bidder in one lot.
struct SeenBidder {
  engine::Money own;      // of the last accepted bid; 0 = none
  engine::Money pending;  // of the quote accepted last
  engine::Seq last;       // the seq of the last accepted bid
  engine::Money limit;    // of the proxy set last
  std::optional<engine::PlaceBid> sent;
  bool is_disqualified = false;
  bool is_eliminated = false;
};

struct SeenLot {
  engine::OpenLot opened;
  engine::LotState state = engine::LotState::Scheduled;
  engine::Stage stage;
  engine::Instant ends_at;
  engine::Money best;
  engine::Money limit;                 // of the proxy set last
  bool is_hidden_until_close = false;  // sealed: until the results are told
  std::map<engine::BidderId, SeenBidder> bidders;

  engine::LotRules const& rules() const { return opened.rules; }
  bool hides_bids() const;     // a bid placed now is not told
  bool hides_counted() const;  // what counts now has not been told yet
  bool is_before_close() const;
};

class Watch {
 public:
  // The events of one command, which left the hall with that time and that due.
  void saw(engine::Sequenced const& command, engine::Events const& events, engine::Instant now,
           engine::Instant next_due);

  std::vector<engine::LotId> const& lots() const { return order_; }  // in order of opening
  SeenLot const* find(engine::LotId lot) const;

 private:
  void see(engine::LotScheduled const& e);
  void see(engine::LotRescheduled const& e);
  void see(engine::LotStarted const& e);
  void see(engine::StageStarted const& e);
  void see(engine::TurnEnded const& e);
  void see(engine::QuotesOpened const& e);
  void see(engine::BiddersEliminated const& e);
  void see(engine::BidAccepted const& e);
  void see(engine::QuoteAccepted const& e);
  void see(engine::BidRefused const& e);
  void see(engine::BidRepeated const& e);
  void see(engine::ProxySet const& e);
  void see(engine::ProxyBid const& e);
  void see(engine::LotExtended const& e);
  void see(engine::LotPaused const& e);
  void see(engine::LotResumed const& e);
  void see(engine::LotAborted const& e);
  void see(engine::BidderDisqualified const& e);
  void see(engine::BidderReinstated const& e);
  void see(engine::BidCancelled const& e);
  void see(engine::BiddingEnded const& e);
  void see(engine::LotClosed const& closed);
  void see(engine::SelectionOpened const& e);
  void see(engine::AwardAsked const& e);
  void see(engine::AwardAnswered const& e);
  template <class Event>
  void see(Event const&) {}  // promises nothing
  void see_receipt(engine::Receipt const& receipt);
  void see_order(engine::LotId lot, std::vector<engine::BidderId> const& order, engine::Money best);
  void see_accepted(engine::Receipt const& receipt, SeenLot& lot);
  void see_placed(engine::Placed const& placed, engine::BidderId bidder, SeenLot& lot);
  SeenLot& lot(engine::LotId id);
  SeenBidder& bidder(engine::LotId lot, engine::BidderId bidder);

  std::map<engine::LotId, SeenLot> seen_;
  std::vector<engine::LotId> order_;
  engine::Instant now_{};
  // The command under way.
  engine::Seq seq_;
  engine::PlaceBid const* asked_ = nullptr;
  engine::SetProxy const* proxy_ = nullptr;
  std::size_t receipts_ = 0;
};

}  // namespace fuzz
