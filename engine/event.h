// Events: what happened, as plain values in the past tense. Engine -> modules, hub, digest.
//
// Events are full: who may see what of them is gateway/view's business. With one exception made here, because a
// secret that is never handed out cannot leak: no event carries a hidden price before its stage has ended, nor the
// limit of a proxy ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/aside.h"
#include "engine/command.h"
#include "engine/lot_state.h"
#include "engine/refusal.h"
#include "engine/stage.h"

namespace engine {

struct LotScheduled {
  LotId lot;
  Aside<OpenLot> opened;
  Instant opens_at;  // in series: as expected now; LotRescheduled follows
  Instant ends_at;   // of the first stage, if nothing extends or pauses it

  LotRules const& rules() const { return opened->rules; }
  std::vector<Admitted> const& admitted() const { return opened->admitted; }
};
// The lot before it has ended: now it is known when this one opens.
struct LotRescheduled {
  LotId lot;
  Instant opens_at;
  Instant ends_at;
};
struct LotStarted {
  LotId lot;
  Instant ends_at;
};
// The next stage, from now until `ends_at`.
struct StageStarted {
  LotId lot;
  Stage stage;
  Instant ends_at;
};
// A turn or a best bid is over: what counts for its bidder now.
struct TurnEnded {
  LotId lot;
  Stage stage;
  Money price;
  bool changed = false;    // by a bid of this turn
  std::uint16_t rank = 0;  // after it
};
// Hidden first quotes or sealed bids are opened: all that count, leader first.
struct QuotesOpened {
  struct Quote {
    BidderId bidder;
    Money price;
    friend bool operator==(Quote const&, Quote const&) = default;
  };
  LotId lot;
  Stage stage;  // that ended
  std::vector<Quote> quotes;
};
// After a round of elimination, or a level that they did not accept: they bid no more, their last bid still counts.
struct BiddersEliminated {
  LotId lot;
  Stage stage;  // that ended
  std::vector<BidderId> bidders;
};

// The decision on one attempt. For a repeated key it is the original one, `repeated` says so, and nothing changed.
struct Receipt {
  LotId lot;
  BidderId bidder;
  BidKey key;
  Seq seq;                         // of the attempt that was decided (the original, for a repeat)
  Instant at;                      // its time
  std::uint32_t attempt = 0;       // 1.. per bidder and lot; 0 where the attempt was not kept (not admitted, none left)
  std::optional<Refusal> refusal;  // none: accepted
};
// What an open bid did to the order.
struct Placed {
  Money price;
  std::uint16_t rank = 0;           // 1.. among bidders with a valid bid (rules.h: RankBy, Ties)
  std::uint16_t previous_rank = 0;  // 0 = had none. Where ties go to the earlier, those between shift by one
  Money best;                       // the leader's price, after this bid
  BidderId leader;
};
struct BidAccepted {  // bids in the open
  Receipt receipt;
  Placed placed;
};
struct QuoteAccepted {
  Receipt receipt;
};  // where bids are hidden: no price, no rank
struct BidRefused {
  Receipt receipt;
};
struct BidRepeated {
  Receipt original;
};
// Before the receipt of a bid that the buyer's side entered.
struct SurrogateNoted {
  LotId lot;
  BidderId bidder;
  Seq seq;
  PersonId by;
  PersonId approved_by;
  std::string reason;
};
// Behind the receipt of a bid that was accepted with a signature: for whoever verifies it, and for nobody else. Where
// bids are hidden this one event has a hidden price, because there is no verifying without it.
struct BidSigned {
  PlaceBid bid;
  Seq seq;
  Instant at;
  Signature signature;
};
struct BidWithdrawn {
  LotId lot;
  BidderId bidder;
  PersonId by;
};
// The bidder's bid was voided; `order` and `best` as for BidderDisqualified.
struct BidCancelled {
  LotId lot;
  BidderId bidder;
  Seq bid;
  PersonId by;
  std::string reason;
  std::vector<BidderId> order;
  Money best;
};
struct ProxySet {
  LotId lot;
  BidderId bidder;
  PersonId by;
  Money step;
};
enum class ProxyEnd : std::uint8_t { Cancelled = 1, Exhausted = 2, Disqualified = 3 };
struct ProxyEnded {
  LotId lot;
  BidderId bidder;
  PersonId by;  // Cancelled: who
  ProxyEnd because;
};
// The engine bid for a bidder, caused by the command under way.
struct ProxyBid {
  LotId lot;
  BidderId bidder;
  Seq seq;  // of the cause
  Instant at;
  Placed placed;
};

enum class ExtendedBecause : std::uint8_t {
  LateBid = 1,
  TooFewQuotes = 2,
  Outage = 3,
  QuietPeriod = 4,  // the main time is over and the short clock begins
  OtherLot = 5,     // a late bid in another lot of the inquiry
};
struct LotExtended {
  LotId lot;
  Instant previous_ends_at;
  Instant ends_at;
  ExtendedBecause because;
};
struct LotPaused {
  LotId lot;
  PersonId by;
  std::string reason;
  Duration remaining;
};
struct LotResumed {
  LotId lot;
  PersonId by;
  std::string reason;
  Instant ends_at;
};
struct LotAborted {
  LotId lot;
  PersonId by;
  std::string reason;
};
// After either, `order` is the whole ranking, leader first (empty where bids are hidden).
struct BidderDisqualified {
  LotId lot;
  BidderId bidder;
  PersonId by;
  std::string reason;
  std::vector<BidderId> order;
  Money best;
};
struct BidderReinstated {
  LotId lot;
  BidderId bidder;
  PersonId by;
  std::string reason;
  std::vector<BidderId> order;
  Money best;
};

// One bidder's counted bid at close.
struct Standing {
  std::uint16_t rank = 0;  // by (evaluated price, time order)
  BidderId bidder;
  Money price;  // the contract price
  Evaluated evaluated_price{};
  Seq seq;
  Instant at;
  bool selectable = false;  // sealed: the buyer may choose it (k, band, mean)
  friend bool operator==(Standing const&, Standing const&) = default;
};
// One accepted bid, for the history that is public after close.
struct HistoryEntry {
  Seq seq;
  Instant at;
  BidderId bidder;
  Money price;
  bool voided = false;
};

// The bidding is over, the result waits: for signatures to be verified, or for other lots.
struct BiddingEnded {
  LotId lot;
  Instant closed_at;
};
struct LotClosed {
  LotId lot;
  LotState state;                     // Awarded, Selecting, FailedNoBid, FailedFew, PracticeEnded, ResultPending
  Instant closed_at;                  // the end, not the moment the engine got round to it
  std::vector<Standing> standings;    // by rank
  std::vector<HistoryEntry> history;  // by seq
};
struct SelectionOpened {
  LotId lot;
  Instant until;
  std::vector<BidderId> selectable;
};
struct QuoteChosen {
  LotId lot;
  BidderId bidder;
  std::uint16_t rank;
  PersonId by;
  PersonId approved_by;
  std::string reason;
};
struct AwardAsked {
  LotId lot;
  BidderId bidder;
  Money price;
  Instant until;
};
enum class AwardOutcome : std::uint8_t { Confirmed = 1, Declined = 2, Silent = 3 };
struct AwardAnswered {
  LotId lot;
  BidderId bidder;
  PersonId by;
  AwardOutcome outcome;
  LotState state;
  bool next_available;
};

// A command other than a bid was refused and changed nothing.
struct LotCommandRefused {
  LotId lot;
  Refusal refusal;
};
// A module decided its command.
struct ModuleAnswered {
  std::uint16_t module;
  std::uint16_t verb;
  PersonId actor;
  std::uint64_t id = 0;   // of what was made or changed
  bool repeated = false;  // the request key was seen before: this is the original answer
  std::optional<Refusal> refusal;
};
struct OutageNoted {
  Instant from;
  Instant until;
};
struct ClockStepNoted {
  Duration by;
};

using Event =
    std::variant<LotScheduled, LotStarted, BidAccepted, QuoteAccepted, BidRefused, BidRepeated, LotExtended, LotPaused,
                 LotResumed, LotAborted, BidderDisqualified, BidderReinstated, LotClosed, SelectionOpened, QuoteChosen,
                 AwardAsked, AwardAnswered, LotCommandRefused, ModuleAnswered, OutageNoted, ClockStepNoted,
                 LotRescheduled, StageStarted, TurnEnded, QuotesOpened, BiddersEliminated, SurrogateNoted, BidWithdrawn,
                 BidCancelled, ProxySet, ProxyEnded, ProxyBid, BiddingEnded, BidSigned>;
using Events = std::vector<Event>;

}  // namespace engine
